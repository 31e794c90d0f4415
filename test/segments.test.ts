import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { writeXlsx } from 'hucre';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readArguments } from '../src/cli/arguments.ts';
import { runCommand } from '../src/cli/run.ts';
import { adjustedRand } from '../src/customers/models/agreement.ts';
import { Random } from '../src/kernel/random.ts';
import { clientOf, TestApi } from './app.ts';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.open();
});
afterAll(() => api?.close());

const CENTERS = [
  [100, 20, 9],
  [5000, 2, 2],
  [900, 45, 6],
];
const random = new Random(9);
const customers = Array.from({ length: 600 }, (_, row) => {
  const group = row % 6 === 0 ? 2 : row % 2;
  const [mrr, tickets, nps] = CENTERS[group]!.map((mean) => mean * Math.exp(random.normal(0, 0.08)));
  return { id: `C${row}`, group, mrr: mrr!, tickets: tickets!, nps: nps! };
});
const brazilian = (value: number) =>
  value.toLocaleString('pt-BR', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const file = (name: string, content: string | Uint8Array) => {
  const path = join(api.app.config.home, name);
  writeFileSync(path, content);
  return path;
};

interface Answer {
  readonly k: number;
  readonly rows: number;
  readonly weights: number[];
  readonly means: number[][];
  readonly features: { column: string; treatment: string; is?: string }[];
  readonly warnings: string[];
  readonly labels: string | null;
  readonly bound?: number;
  readonly inertia?: number;
  readonly stability: number[] | null;
  readonly traits: { column: string; is?: string; effect: number; n: number }[][];
  readonly profile: { is?: string; value: number; base: number }[][];
  readonly rule: { cuts: { column: string; at: number[] }[] } | null;
  readonly migration: { flows: { from: number; to: number; customers: number }[] } | null;
}
const columns = [{ name: 'mrr', treatment: 'log' }, { name: 'tickets' }, { name: 'nps' }];
const fitted = (path: string, more: object = {}) =>
  api.job<Answer>('/api/segments/file', { path, columns, method: 'bgm', ...more });

describe('the rows of a file are parted into groups', () => {
  test('with Brazilian numbers; means are as the file writes them, and each row has its group once', async () => {
    const lines = customers.map(({ id, mrr, tickets, nps }) => [id, ...[mrr, tickets, nps].map(brazilian)].join(';'));
    const path = file('clientes.csv', ['id;mrr;tickets;nps', ...lines, ''].join('\r\n'));
    const found = await fitted(path, { id: 'id', labels: true });
    expect(found).toMatchObject({ method: 'bgm', k: 3, rows: 600, warnings: [], converged: true });
    expect(found.features.map(({ column, treatment }) => `${column}:${treatment}`)).toEqual([
      'mrr:log',
      'tickets:standard',
      'nps:standard',
    ]);
    for (const group of [0, 1, 2]) {
      const own = customers.filter((one) => one.group === group);
      const at = found.weights.findIndex((weight) => Math.abs(weight - own.length / 600) < 1e-6);
      const tickets = own.reduce((sum, one) => sum + Number(one.tickets.toFixed(2)), 0) / own.length;
      expect(found.means[at]![1]).toBeCloseTo(tickets, 6);
    }
    const url = `/api/segments/labels/${found.labels}`;
    const { text } = await api.ask(url, { as: 'administrator' });
    const [head, ...rows] = text
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    expect(head).toEqual(['id', 'group', 'membership']);
    expect(rows.map(([id]) => id)).toEqual(customers.map(({ id }) => id));
    const labels = rows.map(([, group]) => Number(group) - 1);
    expect(adjustedRand({ groups: 3, labels: customers.map(({ group }) => group) }, { groups: 3, labels })).toBe(1);
    expect((await api.ask(url, { as: 'administrator' })).status).toBe(404);
  });

  test('the same of a workbook, by k-means with the number of groups that parts best', async () => {
    const rows = customers.map(({ id, mrr, tickets, nps }) => [id, mrr, tickets, nps]);
    const bytes = await writeXlsx({ sheets: [{ name: 'Base', rows: [['id', 'mrr', 'tickets', 'nps'], ...rows] }] });
    const found = await fitted(file('clientes.xlsx', bytes), { method: 'kmeans' });
    expect(found).toMatchObject({ method: 'kmeans', k: 3, rows: 600, labels: null });
    expect([found.bound, typeof found.inertia]).toEqual([undefined, 'number']);
  });

  test('holes, texts and a column of one value are told, not hidden', async () => {
    const lines = customers.map(({ mrr, tickets }, row) =>
      [row % 300 === 7 ? 'n/d' : mrr.toFixed(2), tickets.toFixed(2), row % 3 ? 'Varejo' : '', 'Brasil'].join(','),
    );
    const path = file('furos.csv', ['mrr,tickets,segmento,pais', ...lines].join('\n'));
    const names = ['mrr', 'tickets', 'segmento', 'pais'].map((name) => ({ name }));
    const found = await fitted(path, { columns: names, method: 'kmeans', k: 3, missing: 'flag' });
    const usual = await fitted(path, { columns: names, method: 'kmeans', k: 3 });
    expect(usual.warnings.slice(0, 2)).toEqual([
      '2 valores de mrr não são números e contam como faltantes',
      '0,3% das linhas não têm mrr, e contam como as mais parecidas que o têm',
    ]);
    expect(usual.features.filter(({ column }) => column === 'mrr')).toHaveLength(1);
    expect(found.warnings).toEqual([
      '2 valores de mrr não são números e contam como faltantes',
      'pais tem um valor só e ficou de fora',
      '2 linhas de exceções foram para os grupos mais próximos',
    ]);
    expect(found.features.map(({ column, is }) => (is ? `${column}: ${is}` : column))).toEqual([
      'mrr',
      'mrr: sem valor',
      'tickets',
      'segmento: Varejo',
      'segmento: sem valor',
    ]);
  });

  test('columns that do not part are told of each group', async () => {
    const left = (one: (typeof customers)[number], row: number) => (one.group === 1 ? row % 4 > 0 : row % 20 === 0);
    const lines = customers.map((one, row) => [one.mrr, one.tickets, left(one, row) ? 'sim' : 'não'].join(';'));
    const path = file('saida.csv', ['mrr;tickets;saiu', ...lines].join('\n'));
    const asked = {
      columns: [{ name: 'mrr', treatment: 'log' }, { name: 'tickets' }],
      profile: ['saiu'],
      resamples: 0,
    };
    const found = await fitted(path, asked);
    expect(found.features.map(({ column }) => column)).toEqual(['mrr', 'tickets']);
    const share = (rows: typeof customers) =>
      rows.filter((one) => left(one, customers.indexOf(one))).length / rows.length;
    const told = found.profile.map((own) => own.find(({ is }) => is === 'sim')!);
    expect(told.map(({ value, base }) => [value.toFixed(9), base.toFixed(9)]).sort()).toEqual(
      [0, 1, 2]
        .map((group) => [share(customers.filter((one) => one.group === group)).toFixed(9), share(customers).toFixed(9)])
        .sort(),
    );
    const [worst] = found.traits
      .flat()
      .filter(({ column }) => column === 'saiu')
      .toSorted((a, b) => b.effect - a.effect);
    expect([worst!.is, worst!.n]).toEqual(['sim', customers.filter(({ group }) => group === 1).length]);
  });

  test('later, groups keep their numbers, and who moved is told', async () => {
    const lines = (rows: typeof customers) =>
      ['id;mrr;tickets;nps', ...rows.map((one) => [one.id, one.mrr, one.tickets, one.nps].join(';'))].join('\n');
    const first = await fitted(file('antes.csv', lines(customers)), { id: 'id', labels: true });
    const { text } = await api.ask(`/api/segments/labels/${first.labels}`, { as: 'administrator' });
    const before = file('grupos.csv', text);
    // Half of the second group's customers become like the first's; twenty are new and ten are gone.
    const [from, to] = [customers.find(({ group }) => group === 1)!, customers.find(({ group }) => group === 0)!];
    const moved = customers.filter(({ group }) => group === 1).slice(0, 60);
    const later = customers
      .slice(10)
      .map((one) => (moved.includes(one) ? { ...one, mrr: to.mrr, tickets: to.tickets, nps: to.nps } : one))
      .concat(Array.from({ length: 20 }, (_, at) => ({ ...from, id: `N${at}` })));
    const path = file('depois.csv', lines(later));
    const found = await fitted(path, { id: 'id', labels: true, previous: before, resamples: 5 });
    const groupsAt = async (labels: string | null) => {
      const { text: told } = await api.ask(`/api/segments/labels/${labels}`, { as: 'administrator' });
      return new Map(
        told
          .trimEnd()
          .split('\n')
          .slice(1)
          .map((line) => line.split(',') as [string, string]),
      );
    };
    const was = new Map(
      text
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => line.split(',') as [string, string]),
    );
    const is = await groupsAt(found.labels);
    const movedIds = new Set(moved.map(({ id }) => id));
    for (const { id } of later.filter((one) => !one.id.startsWith('N') && !movedIds.has(one.id)))
      expect([id, is.get(id)]).toEqual([id, was.get(id)]);
    const stillThere = moved.filter((one) => later.some(({ id }) => id === one.id));
    const flow = found.migration!.flows.filter((one) => one.from !== one.to);
    expect(flow).toEqual([
      { from: Number(was.get(from.id)), to: Number(was.get(to.id)), customers: stillThere.length },
    ]);
    expect(found.migration).toMatchObject({ arrived: 20, left: 10, stayed: 1 - stillThere.length / 590 });
    expect(found.stability!.every((value) => value > 0.9)).toBe(true);
    expect(found.rule!.cuts.map(({ column }) => column)).toEqual(['mrr', 'tickets']);
    await expect(fitted(path, { previous: before })).rejects.toThrow('não se sabe quem é quem');
    await expect(fitted(path, { id: 'id', previous: path })).rejects.toThrow('não começa com id,group,membership');
    const torn = file('rasgado.csv', `${text.slice(0, 60)}\nC1,x`);
    await expect(fitted(path, { id: 'id', previous: torn })).rejects.toThrow('não se entende');
  });

  test('what cannot be is refused with what to do', async () => {
    const path = file('tres.csv', 'a;b\n1;2\n3;4\n5;6\n');
    const wrong = (more: object) => fitted(path, { columns: [{ name: 'a' }], ...more });
    await expect(wrong({ columns: [{ name: 'z' }] })).rejects.toThrow('O arquivo não tem a coluna z. Use entre a, b');
    await expect(wrong({ id: 'cliente' })).rejects.toThrow('O arquivo não tem a coluna cliente');
    await expect(wrong({ method: 'kmeans', k: 2 })).rejects.toThrow('3 linhas, 3 diferentes, são poucas para 2 grupos');
    await expect(fitted('/nenhum.csv')).rejects.toThrow('nenhum.csv');
    const alike = Array.from({ length: 400 }, (_, row) => random.normal(0, 1) + (row === 0 ? 60 : 0));
    const one = file('um.csv', ['a;b', ...alike.map((value) => `${value.toFixed(5)};x`)].join('\n'));
    await expect(fitted(one, { columns: [{ name: 'a' }] })).rejects.toThrow('100% das linhas ficam em um só');
  });

  test('the command refuses what it does not know, and counts rows and plain means', async () => {
    const path = file(
      'ids.csv',
      ['id;mrr;uso', ...customers.map(({ mrr, tickets }, row) => `C${row === 9 ? 8 : row};${mrr};${tickets}`)].join(
        '\n',
      ),
    );
    const command = (...words: string[]) =>
      runCommand(clientOf(api), readArguments(['segments', 'fit', '--file', path, ...words]), new PassThrough());
    await expect(command('--columns', 'mrr:logaritmo')).rejects.toThrow('Tratamento desconhecido: logaritmo');
    await expect(command('--columns', 'mrr', '--method', 'kmeans', '--k', '400')).rejects.toThrow('de 2 a 100');
    const asked = ['--columns', 'mrr:log,uso', '--id', 'id', '--method', 'kmeans', '--k', '3', '--resamples', '0'];
    const told = JSON.parse((await command(...asked, '--json'))!) as Answer & {
      sizes: number[];
      averages: number[][];
    };
    expect(told.warnings).toContain('1 linha repete o id de outra, e conta como outro cliente: deixe uma de cada');
    expect(told.sizes.reduce((sum, size) => sum + size, 0)).toBe(customers.length);
    const all = told.sizes.reduce((sum, size, one) => sum + size * told.averages[one]![0]!, 0);
    expect(all / customers.length).toBeCloseTo(customers.reduce((sum, { mrr }) => sum + mrr, 0) / customers.length, 6);
  });

  test('the golden mixture is what the file of it gives', async () => {
    const golden = JSON.parse(readFileSync(new URL('golden/mixtures/mixtures.json', import.meta.url), 'utf8')) as {
      rows: number[][];
      measures: { grouping: number[] };
    };
    const names = ['a', 'b', 'c', 'd', 'e'];
    const path = file('ouro.csv', [names, ...golden.rows].map((row) => row.join(';')).join('\n'));
    const asked = { columns: names.map((name) => ({ name })), labels: true, components: 6 };
    const { labels: id } = await fitted(path, asked);
    const { text } = await api.ask(`/api/segments/labels/${id}`, { as: 'administrator' });
    const labels = text
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => Number(line.split(',')[1]) - 1);
    const planted = { groups: 4, labels: golden.measures.grouping };
    expect(adjustedRand(planted, { groups: 6, labels })).toBeGreaterThan(0.95);
  });
});
