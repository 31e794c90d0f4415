import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CustomerView } from '../src/api/schema-customers.ts';
import { TestApi } from './app.ts';
import { keepFiles } from './kept-base.ts';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.open();
});
afterAll(() => api?.close());

const file = (name: string, ...rows: string[]) => {
  const path = join(api.app.config.home, name);
  writeFileSync(path, `${rows.join('\n')}\n`);
  return path;
};
const customer = (base: number, row: number) =>
  api.json<CustomerView>(`/api/customers/bases/${base}/rows/${row}`, { as: 'manager' });
const signal = ({ signals }: CustomerView, kind: string) => signals.find((one) => one.kind === kind);

describe('one set of reasons', () => {
  let base: number;
  beforeAll(async () => {
    const opened = (code: string, month: string, times: number, state: string) =>
      Array.from({ length: times }, (_, at) => `${code};${state};2026-${month}-0${at + 1}`);
    const kept = await keepFiles(api.app, [
      file('cadastro.csv', 'CD_CLIENTE;SEGMENTO;VAGAS', ...[1, 2, 3, 4].map((at) => `T${at};VAREJO;${at}`)),
      file(
        'contratos.csv',
        'CD_CLI;DS_PROD;DS_LIN_REC;SITUACAO;DT_ASSINATURA;VL_TOTAL',
        'T1;ERP;Gestão;ATIVO;01/02/2020;1.200,00',
        'T1;ERP;Gestão;ATIVO;01/02/2026;600,00',
        'T1;Folha;Pessoas;CANCELADO;03/04/2021;240,00',
        'T1;Fiscal;Gestão;ATIVO;03/05/2021;4.800,00',
        'T2;Folha;Pessoas;CANCELADO;05/06/2022;240,00',
        'T2;ERP;Gestão;ENCERRADO;05/06/2023;480,00',
        'T3;ERP;Gestão;ATIVO;05/06/2023;480,00',
      ),
      file(
        'pesquisa.csv',
        'CLIENTE;DATA;NOTA_NPS',
        ...['T1;2026-10-01;9', 'T1;2026-11-01;6', 'T2;2026-11-01;9', 'T3;2026-11-01;10'],
      ),
      file(
        'chamados.csv',
        'CLIENTE;STATUS;CRIADO_EM',
        ...opened('T1', '01', 9, 'Fechado'),
        ...opened('T1', '11', 2, 'Em andamento'),
        ...opened('T2', '11', 5, 'Fechado'),
        ...opened('T3', '11', 4, 'Fechado'),
      ),
      file(
        'acessos.csv',
        'CLIENTE;DATA_ACESSO',
        ...Array.from({ length: 40 }, () => 'T1;2026-09-01'),
        ...['T1;2026-11-10', 'T2;2026-11-10', 'T3;2026-11-10'],
      ),
    ]);
    base = kept.id;
  });

  test('is told as signals with their figures, as what may be sold tells it', async () => {
    const one = await customer(base, 1);
    expect(one.care).toEqual({
      ...{ lastNps: 6, medianNps: 7.5, openTickets: 2, recentTickets: 2, recentUse: 1, earlierUse: 40 },
      held: ['lowNps', 'openTickets', 'lessUse'],
    });
    expect(one.signals.map(({ kind, state, now }) => [kind, state, now])).toEqual([
      ['usage', 'attention', 41],
      ['value', 'unknown', null],
      ['satisfaction', 'attention', 6],
      ['tickets', 'attention', 2],
    ]);
    // None is open, and five in ninety days are many; four are not.
    const [second, third] = [await customer(base, 2), await customer(base, 3)];
    expect([second.care?.held, signal(second, 'tickets')]).toEqual([
      ['manyTickets'],
      expect.objectContaining({ state: 'attention', now: 0, word: null }),
    ]);
    expect([third.care?.held, third.care?.recentTickets, signal(third, 'tickets')?.state]).toEqual([[], 4, 'fine']);
    expect([second, third].map((each) => signal(each, 'satisfaction')?.state)).toEqual(['fine', 'fine']);
    // Who was never asked is not known to be content, and who has no ticket has none.
    const fourth = await customer(base, 4);
    expect(fourth.signals.map(({ kind, state }) => [kind, state])).toEqual([
      ['usage', 'unknown'],
      ['value', 'unknown'],
      ['satisfaction', 'unknown'],
      ['tickets', 'fine'],
    ]);
  });

  test('products are told with what became of them; the commonest one is not', async () => {
    const one = await customer(base, 1);
    expect(one.products).toEqual([
      { product: 'Fiscal', line: 'Gestão', first: '2021-05-03', last: '2021-05-03', amount: 400, current: true },
      { product: 'ERP', line: 'Gestão', first: '2020-02-01', last: '2026-02-01', amount: 150, current: true },
      { product: 'Folha', line: 'Pessoas', first: '2021-04-03', last: '2021-04-03', amount: null, current: false },
    ]);
    expect(one.texts).not.toContain('DS_PROD_mais_comum');
    expect(signal(one, 'contracts')).toBeUndefined();
    const ended = await customer(base, 2);
    expect(ended.products.map(({ current }) => current)).toEqual([false, false]);
    expect(ended.signals[0]).toMatchObject({ kind: 'contracts', state: 'attention', now: 2 });
    expect((await customer(base, 4)).products).toEqual([]);
  });
});

describe('bases of others', () => {
  test('are no days to follow a customer on: another column or another table names theirs', async () => {
    const list = (name: string, head: string, ...codes: string[]) =>
      file(name, `${head};CIDADE`, ...codes.map((code) => `${code};Recife`));
    const keep = (path: string, day: string) => keepFiles(api.app, [path], { day });
    const own = await keep(list('carteira_2026-08.csv', 'CD_CLIENTE', 'K1', 'K2'), '2026-08-16');
    const next = await keep(list('carteira_2026-11.csv', 'CD_CLIENTE', 'K1'), '2026-11-16');
    await keep(list('outra.csv', 'CD_CLIENTE', 'Z1', 'Z2'), '2026-11-17');
    await keep(list('carteira.csv', 'CODIGO_CLIENTE', 'Z1', 'Z2'), '2026-11-18');
    const stays = await customer(own.id, 1);
    expect(stays.course.map(({ base, row }) => [base, row])).toEqual([
      [own.id, 1],
      [next.id, 1],
    ]);
    expect(signal(stays, 'gone')).toBeUndefined();
    expect(signal(await customer(own.id, 2), 'gone')?.since).toBe('2026-11-16');
    expect((await customer(next.id, 1)).course.map(({ base }) => base)).toEqual([own.id, next.id]);
  });
});
