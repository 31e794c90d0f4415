import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  PersonaHistory,
  PersonaMovers,
  PersonasView,
  SegmentsList,
  SegmentsMap,
  SegmentsProposal,
  SegmentsView,
} from '../src/api/schema-segments.ts';
import type { CustomerBase } from '../src/customers/base/build-base.ts';
import { Random } from '../src/kernel/random.ts';
import { TestApi } from './app.ts';

const USER = { name: 'ana', role: 'manager' } as const;
const folder = mkdtempSync(join(tmpdir(), 'ramal-segments-'));
let api: TestApi;
beforeAll(async () => {
  api = await TestApi.open();
});
afterAll(async () => {
  await api?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Three kinds of customers, far apart in what they are worth and how much they use. */
const KINDS = [
  { mrr: 200, usage: 3, segment: 'VAREJO' },
  { mrr: 900, usage: 400, segment: 'SERVIÇOS' },
  { mrr: 20_000, usage: 60, segment: 'MANUFATURA' },
] as const;
interface Customer {
  readonly code: string;
  readonly kind: number;
  readonly mrr: number;
}

/** Customers by their number; those in `moved` are of the next kind. */
function customersOf(from: number, to: number, moved: (number: number) => boolean): Customer[] {
  return Array.from({ length: to - from }, (_, at) => {
    const number = from + at;
    const kind = (number + (moved(number) ? 1 : 0)) % 3;
    const random = new Random(7, number, kind);
    return { code: `C${number}`, kind, mrr: Math.round(KINDS[kind]!.mrr * Math.exp(0.2 * random.normal())) };
  });
}

/** A kept base of customers, made from files as an operator has them. */
async function keptBase(day: string, customers: readonly Customer[]): Promise<number> {
  const write = (name: string, lines: readonly string[]) => {
    mkdirSync(join(folder, day), { recursive: true });
    const path = join(folder, day, `${name}.csv`);
    writeFileSync(path, `${lines.join('\n')}\n`);
    return path;
  };
  const own = (code: string, label: string) => new Random(3, code, label);
  const paths = [
    write('clientes', [
      'CD_CLIENTE;DS_SEGMENTO;MRR_12M;CLIENTE_DESDE;resposta_NPS',
      ...customers.map(({ code, kind, mrr }) => {
        const since = `${own(code, 'd').int(1, 28)}/0${own(code, 'm').int(1, 9)}/20${own(code, 'y').int(12, 24)}`;
        const grade = kind === 2 ? own(code, 'n').int(0, 5) : own(code, 'n').int(6, 11);
        return `${code};${KINDS[kind]!.segment};${mrr},00;${since.padStart(10, '0')};${grade}`;
      }),
    ]),
    write('telemetria', [
      'CD_CLIENTE;slotid',
      ...customers.flatMap(({ code, kind }) =>
        Array.from(
          { length: Math.round(KINDS[kind]!.usage * Math.exp(0.2 * own(code, 'u').normal())) },
          () => `${code};x`,
        ),
      ),
    ]),
  ];
  const built = await api.job<CustomerBase & { file: string }>('/api/customers/file', { paths, day });
  const { bytes } = await api.ask(`/api/customers/file/${built.file}`, { as: 'administrator' });
  const path = join(folder, `${day}.parquet`);
  writeFileSync(path, bytes);
  return (await api.app.bases.keep(built, path, USER)).id;
}

const before = customersOf(0, 600, () => false);
/** A month later: the first thirty left, forty came, and the customers 100 to 159 that were small became large users. */
const moved = (number: number) => number >= 100 && number < 160 && number % 3 === 0;
const after = customersOf(30, 640, moved);

describe('customers of a base in groups', () => {
  let first: SegmentsView;
  let numberOf: (kind: number) => number;

  test('fields are proposed, the groups are those planted, and wait to be approved', async () => {
    await keptBase('2026-10-01', before);
    const { base, columns } = await api.json<SegmentsProposal>('/api/segments/proposal', { as: 'manager' });
    const proposed = columns.filter((one) => one.proposed);
    expect(proposed.map(({ name, role, treatment }) => [name, role, treatment])).toEqual([
      ['MRR_12M', 'value', 'log'],
      ['CLIENTE_DESDE_dias', 'tenure', 'standard'],
      ['telemetria_linhas', 'usage', 'log'],
    ]);
    const made = await api.job<{ id: number }>('/api/segments', {
      ...{ base, method: 'bgm' },
      columns: proposed.filter(({ role }) => role !== 'tenure').map(({ name, treatment }) => ({ name, treatment })),
    });
    first = await api.json<SegmentsView>(`/api/segments/${made.id}`, { as: 'manager' });
    expect(first.groups).toHaveLength(3);
    expect(first.groups.map(({ share }) => share)).toEqual([1 / 3, 1 / 3, 1 / 3]);
    expect(Math.min(...first.groups.map(({ stability }) => stability ?? 0))).toBeGreaterThan(0.75);
    expect([first.migration, first.beside]).toEqual([null, null]);
    const segmentOf = new Map(first.personas.map(({ group, segment }) => [group, segment]));
    numberOf = (kind) => [...segmentOf].find(([, segment]) => segment?.is === KINDS[kind]!.segment)![0];
    expect([...segmentOf.values()].map((segment) => segment?.share)).toEqual([1, 1, 1]);
    for (const [kind, { segment }] of KINDS.entries()) {
      const own = before.filter((one) => one.kind === kind);
      const at = first.features.findIndex(({ column }) => column === 'MRR_12M');
      const { averages } = first.groups.find(({ number }) => number === numberOf(kind))!;
      expect([segment, averages[at]?.n]).toEqual([segment, 200]);
      expect(averages[at]?.value).toBeCloseTo(own.reduce((sum, { mrr }) => sum + mrr, 0) / 200, 9);
    }
    expect(first.features.map(({ label }) => [label.pt, label.en])).toEqual([
      ['MRR (12 meses)', 'MRR (12 months)'],
      ['linhas de telemetria', 'telemetry rows'],
    ]);
    expect(await api.json<SegmentsList>('/api/segments', { as: 'manager' })).toMatchObject({
      ...{ current: null, divisions: [{ id: first.id, approvedAt: null, customers: 600 }] },
    });
    expect((await api.json<PersonasView>('/api/personas', { as: 'manager' })).segments).toBeNull();
  });

  test('its map has each customer, near those of its group', async () => {
    const { customers, points } = await api.json<SegmentsMap>(`/api/segments/${first.id}/map`, { as: 'manager' });
    expect([customers, points.length]).toEqual([600, 600]);
    const mean = (number: number, axis: 'x' | 'y') => {
      const own = points.filter((point) => point.number === number);
      return own.reduce((sum, point) => sum + point[axis], 0) / own.length;
    };
    const distance = (point: { x: number; y: number }, number: number) =>
      Math.hypot(point.x - mean(number, 'x'), point.y - mean(number, 'y'));
    const nearest = (point: { x: number; y: number }) =>
      [1, 2, 3].toSorted((a, b) => distance(point, a) - distance(point, b))[0];
    expect(points.filter((point) => nearest(point) === point.number).length / 600).toBeGreaterThan(0.97);
  });

  test('once approved its personas are in use, and what people write of them has a history', async () => {
    const large = numberOf(2);
    expect(
      (await api.ask(`/api/personas/${large}/texts`, { as: 'manager', method: 'POST', body: text('x') })).status,
    ).toBe(404);
    await api.json(`/api/segments/${first.id}/approval`, { as: 'manager', method: 'POST', body: {} });
    const { segments, personas, since } = await api.json<PersonasView>('/api/personas', { as: 'manager' });
    expect([segments?.id, since]).toEqual([first.id, null]);
    const own = personas.find(({ group }) => group === large)!;
    const worth = before.filter(({ kind }) => kind === 2).reduce((sum, { mrr }) => sum + mrr, 0);
    expect(own.worth).toBe(worth);
    expect(own.worthShare).toBeCloseTo(worth / before.reduce((sum, { mrr }) => sum + mrr, 0), 12);
    expect(own.aches).toMatchObject([{ kind: 'grade', column: 'resposta_NPS', n: 200 }]);
    expect(personas.filter(({ group }) => group !== large).flatMap(({ aches }) => aches)).toEqual([]);
    for (const name of ['Grandes', 'Contas-chave'])
      await api.json(`/api/personas/${large}/texts`, { as: 'manager', method: 'POST', body: text(name) });
    const { texts } = await api.json<PersonaHistory>(`/api/personas/${large}/texts`, { as: 'manager' });
    expect(texts.map(({ name }) => name)).toEqual(['Contas-chave', 'Grandes']);
  });

  test('a later base keeps the numbers and the texts, and says who moved with how much', async () => {
    const base = await keptBase('2026-11-01', after);
    const columns = first.columns;
    const made = await api.job<{ id: number }>('/api/segments', { base, columns, method: 'bgm' });
    const second = await api.json<SegmentsView>(`/api/segments/${made.id}`, { as: 'manager' });
    expect(second.migration).toMatchObject({ since: first.id, arrived: 40, left: 30 });
    const switched = after.filter(({ code }) => moved(Number(code.slice(1)))).length;
    expect(second.migration?.stayed).toBeCloseTo((570 - switched) / 570, 12);
    const moves = { both: 570, changed: switched, anew: false };
    expect(second.beside).toMatchObject({ ...moves, id: first.id, customers: 600, groups: 3, arrived: 40, left: 30 });
    expect(second.beside?.silhouette).toBe(first.silhouette);
    expect(second.beside?.stability).toBe(Math.min(...first.groups.map(({ stability }) => stability!)));
    for (const kind of [0, 1, 2])
      expect(second.personas.find(({ group }) => group === numberOf(kind))?.segment?.is).toBe(KINDS[kind]!.segment);
    await api.json(`/api/segments/${made.id}/approval`, { as: 'manager', method: 'POST', body: {} });
    // Seen from the other side: who came would leave.
    const former = await api.json<SegmentsView>(`/api/segments/${first.id}`, { as: 'manager' });
    expect(former.beside).toMatchObject({ ...moves, id: second.id, customers: 610, arrived: 30, left: 40 });
    expect((await api.json<SegmentsView>(`/api/segments/${second.id}`, { as: 'manager' })).beside).toBeNull();
    const { texts, since } = await api.json<PersonasView>('/api/personas', { as: 'manager' });
    expect(texts).toMatchObject([{ number: numberOf(2), name: 'Contas-chave' }]);
    expect(since?.day).toBe('2026-10-01');
    const worth = (customers: readonly Customer[]) => customers.reduce((sum, { mrr }) => sum + mrr, 0);
    const flow = (from: number | null, to: number | null) =>
      since?.flows.find((one) => one.from === from && one.to === to);
    const goers = before.filter(({ code }) => moved(Number(code.slice(1))));
    expect(flow(numberOf(0), numberOf(1))).toMatchObject({
      ...{ customers: switched, before: worth(goers) },
      now: worth(after.filter(({ code }) => goers.some((one) => one.code === code))),
    });
    const left = before.slice(0, 30).filter(({ kind }) => kind === 2);
    expect(flow(numberOf(2), null)).toMatchObject({ customers: left.length, before: worth(left), now: 0 });
    expect(since?.flows.reduce((sum, { customers }) => sum + customers, 0)).toBe(640);
    const { movers } = await api.json<PersonaMovers>(`/api/personas/${numberOf(1)}/movers`, { as: 'manager' });
    const row = movers.find(({ from, to }) => from === numberOf(0) && to === numberOf(1))!;
    expect(after.find(({ code }) => code === row.customer)?.mrr).toBe(row.now);
    const [told] = await api.app.lake.rows(
      `SELECT CD_CLIENTE AS code FROM read_parquet('${api.app.bases.pathOf(base)}', file_row_number = true) WHERE file_row_number = $row`,
      { row: row.row! - 1 },
    );
    expect(told).toEqual({ code: row.customer });
  });

  test('groups drawn anew go by numbers of their own: nothing that was written is of them', async () => {
    const { divisions, current } = await api.json<SegmentsList>('/api/segments', { as: 'manager' });
    const used = divisions.flatMap(({ groups }) => groups.map(({ number }) => number));
    const made = await api.job<{ id: number }>('/api/segments', { columns: first.columns, method: 'bgm', anew: true });
    const drawn = await api.json<SegmentsView>(`/api/segments/${made.id}`, { as: 'manager' });
    expect(drawn.groups).toHaveLength(3);
    expect(Math.min(...drawn.groups.map(({ number }) => number))).toBeGreaterThan(Math.max(...used));
    expect(drawn.migration).toBeNull();
    expect(drawn.beside).toMatchObject({ both: 610, changed: 610, arrived: 0, left: 0, anew: true });
    const written = drawn.texts.map(({ number }) => number);
    expect(drawn.personas.filter(({ group }) => written.includes(group))).toEqual([]);
    expect((await api.json<SegmentsList>('/api/segments', { as: 'manager' })).current).toBe(current);
  });

  test('two made at once do not share a number', async () => {
    const body = { columns: first.columns, method: 'kmeans', k: 3, anew: true };
    const [one, two] = await Promise.all(
      [1, 2].map((seed) => api.json<{ id: string }>('/api/segments', { method: 'POST', body: { ...body, seed } })),
    );
    await api.app.jobs.idle();
    const numbers = [one, two].map(
      (job) => (api.app.jobs.get(job!.id).result as { groups: { number: number }[] }).groups,
    );
    expect(numbers.map(({ length }) => length)).toEqual([3, 3]);
    expect(new Set(numbers.flat().map(({ number }) => number)).size).toBe(6);
  });

  test('the workbook says what people wrote', async () => {
    const { status, bytes } = await api.ask('/api/personas/workbook', { as: 'manager' });
    expect([status, bytes.subarray(0, 2).toString()]).toEqual([200, 'PK']);
  });

  test('what cannot be is refused with what to do, and a fit can be cancelled', async () => {
    const refused = async (body: Record<string, unknown>) =>
      (await api.ask('/api/segments', { as: 'manager', method: 'POST', body })).text;
    expect(await refused({ method: 'bgm', columns: [{ name: 'nada' }] })).toContain('A base não tem o campo nada');
    expect(await refused({ method: 'bgm', base: 99, columns: [{ name: 'MRR_12M' }] })).toContain('base de clientes');
    expect((await api.ask('/api/segments/99', { as: 'manager' })).status).toBe(404);
    expect((await api.ask('/api/segments', { as: 'supervisor' })).status).toBe(403);
    const { text } = await api.ask('/api/segments', {
      as: 'manager',
      method: 'POST',
      body: { method: 'bgm', columns: first.columns },
    });
    const { id } = JSON.parse(text) as { id: string };
    await api.ask(`/api/jobs/${id}`, { as: 'manager', method: 'DELETE' });
    await expect
      .poll(async () => (await api.json<{ state: string }>(`/api/jobs/${id}`, { as: 'manager' })).state)
      .toBe('cancelled');
    expect((await api.json<SegmentsList>('/api/segments', { as: 'manager' })).divisions).toHaveLength(5);
  });
});

const text = (name: string) => ({ name, portrait: null, pain: null, action: null });
