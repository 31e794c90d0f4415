import { describe, expect, it } from 'vitest';
import { type AccountName, namedSpans, nameTables, type ReasonName, resolveNames } from './naming.ts';

const account = (how: AccountName['how'], text: string, to: string, more: Partial<AccountName> = {}): AccountName => {
  return { how, text, account: to, source: '', from: null, to: null, ...more };
};
const given = (group: string, reason = 'desconhecido', source = 'calls') => {
  return { source, account: group, reason, reason_category: reason };
};

const TABLE = nameTables(
  [
    account('name', 'GRP 07', 'Alfa'),
    account('prefix', 'Nexo', 'Nexo Móvel'),
    account('prefix', 'Nexo Fibra', 'Nexo Fibra S.A.'),
    account('prefix', 'GRP', 'Grupo'),
    account('reason', 'Portabilidade', 'Beta'),
  ],
  [],
);
const on = (names: ReturnType<typeof given>) => {
  const { account: found, reason } = resolveNames(names, '2026-10-10', TABLE);
  return [found, reason];
};

describe('an account is found in this order', () => {
  it('by its exact name, before any prefix, whatever its accents and capitals', () => {
    expect(on(given('grp 07'))).toEqual(['Alfa', 'desconhecido']);
  });

  it('as an account that the table knows', () => {
    expect(on(given('NEXO MOVEL', 'senha'))).toEqual(['Nexo Móvel', 'senha']);
    expect(on(given('beta'))).toEqual(['Beta', 'desconhecido']);
  });

  it('by the longest prefix, whose remainder is the reason where none was given', () => {
    expect(on(given('Nexo - segunda via', '-'))).toEqual(['Nexo Móvel', 'segunda via']);
    expect(on(given('Nexo_Sem sinal'))).toEqual(['Nexo Móvel', 'Sem sinal']);
    expect(on(given('NEXO FIBRA: lentidão', 'boleto'))).toEqual(['Nexo Fibra S.A.', 'boleto']);
    expect(on(given('Nexo'))).toEqual(['Nexo Móvel', 'desconhecido']);
  });

  it('by the reason, when the group says nothing', () => {
    expect(on(given('xyz', 'portabilidade'))).toEqual(['Beta', 'portabilidade']);
    expect(on(given('desconhecido', 'Portabilidade'))).toEqual(['Beta', 'Portabilidade']);
  });

  it('and is MVNO não identificada when nothing does', () => {
    expect(on(given('xyz', 'senha'))).toEqual(['MVNO não identificada', 'senha']);
    expect(on(given('-', '-'))).toEqual(['MVNO não identificada', '-']);
  });
});

describe('names over time', () => {
  const dated = nameTables(
    [
      account('name', 'GRP 07', 'Alfa', { from: '2026-01-01', to: '2026-06-01' }),
      account('name', 'GRP 07', 'Gama', { from: '2026-06-01' }),
    ],
    [{ reason: 'Segunda via', category: 'Cobrança', from: '2026-03-01', to: null } satisfies ReasonName],
  );

  it('change on their days; before the first one the source keeps its own', () => {
    expect(namedSpans(given('GRP 07', 'segunda via'), dated)).toEqual([
      { from: '2026-01-01', to: '2026-03-01', account: 'Alfa', reason: 'segunda via', reason_category: 'segunda via' },
      { from: '2026-03-01', to: '2026-06-01', account: 'Alfa', reason: 'segunda via', reason_category: 'Cobrança' },
      { from: '2026-06-01', to: null, account: 'Gama', reason: 'segunda via', reason_category: 'Cobrança' },
    ]);
  });

  it('have no row where they stay as they are', () => {
    expect(namedSpans(given('x', 'y'), nameTables([], []))).toEqual([]);
  });

  it('leave a source alone that the table does not speak of', () => {
    const own = nameTables([account('name', 'GRP 07', 'Alfa', { source: 'chat' })], []);
    expect(namedSpans(given('GRP 07'), own)).toEqual([]);
    expect(namedSpans(given('GRP 07', 'x', 'chat'), own)).toMatchObject([{ account: 'Alfa' }]);
  });

  it('let a source’s own row count before what is said of all', () => {
    const both = nameTables([account('name', 'G', 'Todas'), account('name', 'G', 'Própria', { source: 'calls' })], []);
    expect(resolveNames(given('G'), '2026-01-01', both).account).toBe('Própria');
  });

  it('keep a category that the source gives when its reason is not mapped', () => {
    const names = { source: 'calls', account: 'a', reason: 'x', reason_category: 'Vendas' };
    expect(resolveNames(names, '2026-01-01', dated).reason_category).toBe('Vendas');
  });
});
