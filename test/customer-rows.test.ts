import { mkdirSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROLES } from '../src/access/roles.ts';
import { intakeFiles } from '../src/api/resources/intake.ts';
import type { CustomerView, FoundCustomers } from '../src/api/schema-customers.ts';
import { parseLayout } from '../src/intake/parse-layout.ts';
import { silent } from '../src/kernel/progress.ts';
import { TestApi } from './app.ts';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.open();
});
afterAll(() => api?.close());

const CUSTOMERS = 20;
const code = (at: number) => `T${String(at).padStart(3, '0')}`;
const NAMES = ['Aço Forte Ltda', 'Padaria São João', 'Vitrine & Cia'];
const nameOf = (at: number) => NAMES[at] ?? `Empresa Inventada ${at}`;
const CNPJ = '11.222.333/0001-81';
const PHONE = '11987654321';

/** Keeps a base of files: customer `at` has an MRR of 100 × at on the last day. */
async function keep(
  day: string,
  { mrr, uso, without = [] }: { mrr: number; uso: number; without?: readonly number[] },
) {
  const folder = join(api.app.config.home, day);
  mkdirSync(folder);
  const file = (name: string, lines: readonly string[]) => {
    const path = join(folder, name);
    writeFileSync(path, `${lines.join('\n')}\n`);
    return path;
  };
  const all = Array.from({ length: CUSTOMERS }, (_, at) => at).filter((at) => !without.includes(at));
  const paths = [
    file('cadastro.csv', [
      'CD_CLIENTE;RAZAO_SOCIAL;CNPJ;DS_SEGMENTO;CONTATO;MRR_12M;CLIENTE_DESDE',
      ...all.map((at) => {
        const [segment, since] = [at % 2 ? 'Saúde' : 'Varejo', '2020-11-15'];
        return `${code(at)};${nameOf(at)};${at === 1 ? CNPJ : ''};${segment};${at === 1 ? PHONE : ''};${mrr * at};${since}`;
      }),
    ]),
    file('telemetria.csv', [
      'CLIENTE,modulo,segundos',
      ...all.flatMap((at) => Array.from({ length: at === 1 ? uso : 2 }, (_, row) => `${code(at)},m${row % 2},10`)),
    ]),
    file('tickets.csv', [
      'CLIENTE,STATUS_TICKET,horas',
      ...[1, 1, 2].map((at, row) => `${code(at)},${at === 1 ? 'Em andamento' : 'Fechado'},${row}`),
    ]),
    file('nps.csv', ['CLIENTE,resposta_NPS', `${code(1)},5`, `${code(2)},9`]),
  ];
  const { id } = await api.job<{ id: number }>('/api/customers/file', { paths, day, keep: true });
  return id;
}

const search = (base: number, text: string, as: (typeof ROLES)[number] = 'manager') =>
  api.json<FoundCustomers>(`/api/customers/bases/${base}/search`, { as, method: 'POST', body: { text } });
const customer = (base: number, row: number) =>
  api.json<CustomerView>(`/api/customers/bases/${base}/rows/${row}`, { as: 'manager' });
const told = ({ fields }: CustomerView, name: string) => fields.find((field) => field.name.endsWith(name))?.value;

describe('one customer of a kept base', () => {
  let [before, now] = [0, 0];
  beforeAll(async () => {
    before = await keep('2026-08-16', { mrr: 110, uso: 10, without: [3] });
    now = await keep('2026-11-15', { mrr: 100, uso: 4, without: [4] });
  });

  test('is found by code, name or any text, without accents or case; those of most value first', async () => {
    const all = await search(now, '');
    expect(all.total).toBe(CUSTOMERS - 1);
    expect(all.rows.map(({ key }) => key).slice(0, 3)).toEqual([code(19), code(18), code(17)]);
    expect(all.fields.map(({ name, role }) => [name, role])).toEqual([
      ['RAZAO_SOCIAL', null],
      ['DS_SEGMENTO', 'segment'],
      ['MRR_12M', 'value'],
      ['CLIENTE_DESDE_dias', 'tenure'],
      [expect.stringContaining('telemetria_linhas'), 'usage'],
    ]);
    for (const [text, found] of [
      ['t001', [1]],
      ['sao joao', [1]],
      ['AÇO', [0]],
      ['saude', [19, 17, 15, 13, 11, 9, 7, 5, 3, 1]],
      ['em andamento', [1]],
      ['nada disso', []],
      ['%', []],
    ] as const)
      expect([text, (await search(now, text)).rows.map(({ key }) => key)]).toEqual([text, found.map(code)]);
  });

  test('documents and phones are found whole alone, and never shown', async () => {
    for (const text of [CNPJ, '11222333000181', PHONE]) expect((await search(now, text)).total).toBe(1);
    for (const text of ['11222333', '98765', '.']) expect((await search(now, text)).total).toBe(0);
    const shown = JSON.stringify(await customer(now, 2));
    for (const secret of [CNPJ, '11222333000181', PHONE, 'São João']) expect(shown).not.toContain(secret);
    expect((await search(now, 'padaria')).rows[0]!.values[0]).toBe('Padaria S. J.');
  });

  test('stands where counting puts it, with all its fields', async () => {
    const one = await customer(now, 2);
    expect(one).toMatchObject({ base: now, day: '2026-11-15', customers: 19, row: 2, name: 'RAZAO_SOCIAL' });
    expect(one.key).toEqual({ field: 'CD_CLIENTE', value: code(1), masked: false });
    const standing = (field: string) => one.standings.find((each) => each.field.endsWith(field));
    // 17 have more than 100 (2, 3 and 5 to 19), one has 0.
    expect(standing('MRR_12M')).toMatchObject({ value: 100, rank: 18, n: 19 });
    expect(standing('telemetria_linhas')).toMatchObject({ value: 4, rank: 1, n: 19 });
    expect(standing('resposta_NPS')).toMatchObject({ value: 5, rank: 2, n: 2 });
    expect(told(one, 'DS_SEGMENTO')).toBe('Saúde');
    expect(told(one, 'CNPJ')).toBe('**.***.333/****-**');
    expect(one.fields.filter(({ masked }) => masked).map(({ name }) => name)).toEqual([
      ...['RAZAO_SOCIAL', 'CNPJ', 'CONTATO'],
      expect.stringContaining('STATUS_TICKET'),
    ]);
  });

  test('is followed from base to base, with figures that speak against it and their fields', async () => {
    const one = await customer(now, 2);
    const usage = one.standings.find(({ field }) => field.endsWith('telemetria_linhas'))!.field;
    const follow = (field: string) =>
      one.course.map(({ day, row, values }) => [day, row, values.find((each) => each.field === field)!.value]);
    expect(follow('MRR_12M')).toEqual([
      ['2026-08-16', 2, 110],
      ['2026-11-15', 2, 100],
    ]);
    expect(follow(usage).map(([, , value]) => value)).toEqual([10, 4]);
    const signal = (kind: string) => one.signals.find((each) => each.kind === kind);
    expect(signal('usage')).toMatchObject({
      state: 'attention',
      field: usage,
      now: 4,
      before: 10,
      since: '2026-08-16',
    });
    expect(signal('value')).toMatchObject({ state: 'attention', field: 'MRR_12M', now: 100, before: 110 });
    expect(signal('satisfaction')).toMatchObject({ state: 'attention', now: 5 });
    expect(signal('tickets')).toMatchObject({ state: 'attention', now: 2 });
    const other = await customer(now, 1);
    expect(other.signals.map(({ kind, state }) => [kind, state])).toEqual([
      ['usage', 'fine'],
      ['value', 'fine'],
      ['satisfaction', 'unknown'],
      ['tickets', 'fine'],
    ]);
  });

  test('who is not in another base is said to be not', async () => {
    // 4 is in the base before alone, in its fourth place; 3 in the last one alone.
    const left = await customer(before, 4);
    expect(left.key.value).toBe(code(4));
    expect(left.course.map(({ row }) => row)).toEqual([4, null]);
    expect(left.signals[0]).toMatchObject({ kind: 'gone', state: 'attention', since: '2026-11-15' });
    const began = await customer(now, 4);
    expect([began.key.value, began.course.map(({ row }) => row)]).toEqual([code(3), [null, 4]]);
    expect(began.signals.find(({ kind }) => kind === 'value')!.state).toBe('unknown');
  });

  test('is shown unmasked to administrators alone, and it is recorded', async () => {
    const url = `/api/customers/bases/${now}/rows/2/reveal`;
    expect((await api.ask(url, { as: 'manager', method: 'POST' })).status).toBe(403);
    const { row } = await api.json<{ row: Record<string, unknown> }>(url, { method: 'POST' });
    expect(row).toMatchObject({ CD_CLIENTE: code(1), RAZAO_SOCIAL: 'Padaria São João', CNPJ, CONTATO: PHONE });
    const kept = await api.app.ledger.sql`SELECT * FROM audit WHERE action = 'reveal'`;
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept)).toContain(`customer 2 of base ${now}`);
    expect(JSON.stringify(kept)).not.toContain('João');
  });

  test.each(ROLES)('what %s may ask', async (role) => {
    const expected = role === 'administrator' || role === 'manager' ? 200 : 403;
    const body = { text: 'a' };
    const asked = [
      await api.ask(`/api/customers/bases/${now}/rows/1`, { as: role }),
      await api.ask(`/api/customers/bases/${now}/search`, { as: role, method: 'POST', body }),
    ];
    expect(asked.map(({ status }) => status)).toEqual([expected, expected]);
  });

  test('a base whose file is gone is no day to follow', async () => {
    const path = api.app.bases.pathOf(before);
    renameSync(path, `${path}.gone`);
    const one = await customer(now, 2);
    renameSync(`${path}.gone`, path);
    expect(one.course.map(({ day }) => day)).toEqual(['2026-11-15']);
    expect(one.signals.find(({ kind }) => kind === 'usage')!.state).toBe('unknown');
  });

  test.each(['rows/99', 'rows/0', 'rows/x'])('what is not there is told: %s', async (place) => {
    expect((await api.ask(`/api/customers/bases/${now}/${place}`, { as: 'manager' })).status).toBe(404);
    expect((await api.ask(`/api/customers/bases/77/${place}`, { as: 'manager' })).status).toBe(404);
  });
});

test('a list’s layout says what of it is personal', async () => {
  const columns = {
    codigo_cliente: { from: ['CD'], as: 'text', personal: false },
    apelido: { from: ['APELIDO'], as: 'text', personal: false },
    bairro: { from: ['BAIRRO'], as: 'text' },
  };
  const named = { source: 'carteira', version: 1, label: { pt: 'x', en: 'x' }, into: 'list', holds: 'all' };
  const format = { kind: 'delimited', header: true, delimiter: ';' };
  await api.app.layouts.save(parseLayout({ ...named, format, key: ['CD'], columns }, 'carteira'), { by: 'ana' });
  const path = join(api.app.config.home, 'carteira.csv');
  writeFileSync(path, 'CD;APELIDO;BAIRRO\nT1;Primeira;Centro\nT2;Segunda;Centro\n');
  utimesSync(path, new Date('2026-11-01'), new Date('2026-11-01'));
  const user = { name: 'ana', role: 'administrator' } as const;
  await intakeFiles(api.app, { paths: [path], source: 'carteira', build: true }, user, silent);
  const { id } = await api.job<{ id: number }>('/api/customers/bases', { day: '2026-11-21' });
  const one = await customer(id, 2);
  expect(one.key.value).toBe('T2');
  expect([told(one, 'apelido'), told(one, 'bairro')]).toEqual(['Segunda', '***tro']);
});
