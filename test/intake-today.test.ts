import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as schema from '../src/api/schema-today.ts';
import { cpfCheckDigits } from '../src/kernel/brazil/cpf.ts';
import { TestApi } from './app.ts';
import { age } from './home.ts';

let api: TestApi;

/** Wednesday 18 November 2026: three hours behind Greenwich, and no holiday. */
const at = (time: string, day = '2026-11-18') => {
  api.clock.at = new Date(`${day}T${time}:00-03:00`);
};

const row = (kind: string, cells: Record<string, string>) => api.job(`/api/reference/${kind}/rows`, { cells });
const expects = (source: string, weekday: number, opens: string, closes: string, deadline = '', due_at = '') =>
  row('arrivals', { source, weekday: String(weekday), opens, closes, due_at, deadline });

async function today(): Promise<schema.IntakeToday> {
  const found = await api.json<schema.IntakeToday>('/api/intake/today', { as: 'intake' });
  expect([...Value.Errors(schema.IntakeToday, found)]).toEqual([]);
  return found;
}

const told = ({ arrivals }: schema.IntakeToday) => arrivals.map(({ source, state }) => `${source} ${state}`);

const PROFILE = {
  ...{ rows: 10, sampled: 10, encoding: 'utf-8', delimiter: ';', width: null, firstDay: null, lastDay: null },
  columns: [],
};

/** A file that comes now, as the ledger keeps it once it was read. */
async function comes(source: string, state: 'loaded' | 'failed' | 'waiting', quarantined = 0): Promise<number> {
  const { batches } = api.app;
  const batch = await batches.open({
    ...{ source, layout: 1, file_name: `${source}.csv`, file_bytes: 10, received_by: 'teste', scope: null },
    written_at: api.clock.now(),
  });
  const shape = { encoding: 'utf-8', delimiter: ';', fills: {}, warnings: [], first_day: null, last_day: null };
  if (state === 'failed') await batches.fail(batch, 'não abriu');
  else if (state === 'waiting')
    await batches.hold(batch, {
      ...{
        file_hash: 'x',
        rows_read: 10,
        encoding: null,
        delimiter: null,
        warnings: [],
        effect: null,
        message: null,
      },
      ...{ state, profile: PROFILE },
      drift: [{ kind: 'renamed', column: 'A', was: 'A', now: 'B', mandatory: false, policy: 'ask', suggestion: null }],
    });
  else
    await batches.finish(
      batch,
      `${source} ${batch}`,
      { rows_read: 10, loaded: 8 - quarantined, quarantined, duplicate: 2, ...shape, rules: [], verdict: {} },
      1,
      { layout: 1, drift: [], profile: PROFILE },
    );
  return batch;
}

describe('what came today', () => {
  beforeAll(async () => {
    api = await TestApi.open();
    at('06:00');
  }, 60_000);
  beforeEach(() => api.app.ledger.sql`DELETE FROM batch`);
  afterAll(() => api.close());

  test('without a table nothing is expected, and that is said', async () => {
    expect(await today()).toEqual({
      at: '2026-11-18T06:00:00',
      ...{ holiday: null, known: false, arrivals: [], waiting: [], returned: [] },
      sharedCodes: { codes: 0, examples: [] },
    });
    await comes('demo-calls', 'loaded', 3);
    await comes('demo-calls', 'loaded');
    expect((await today()).arrivals).toMatchObject([
      // Two files of ten rows: 5 + 8 loaded, 3 in quarantine, 2 + 2 repeated.
      {
        source: 'demo-calls',
        state: 'came',
        files: 2,
        read: 20,
        loaded: 13,
        quarantined: 3,
        duplicate: 4,
        closes: null,
      },
    ]);
  });

  test('by the clock of the day: later, due, late, and no more once it came', async () => {
    await expects('alfa', 3, '06:50', '07:10', 'mailing', '9h30');
    await expects('beta', 3, '09:00', '09:30');
    await expects('gama', 4, '06:00', '06:10');
    at('06:49');
    expect(told(await today())).toEqual(['alfa expected', 'beta expected']);
    at('06:50');
    expect(told(await today())).toEqual(['alfa due', 'beta expected']);
    at('07:10');
    expect(told(await today())).toEqual(['alfa due', 'beta expected']);
    at('07:11');
    const late = await today();
    expect(told(late)).toEqual(['alfa late', 'beta expected']);
    expect(late.known).toBe(true);
    expect(late.arrivals[0]).toMatchObject({
      opens: '06:50',
      closes: '07:10',
      dueAt: '09:30',
      deadline: 'mailing',
      batch: null,
    });

    await comes('alfa', 'failed');
    expect((await today()).arrivals[0]).toMatchObject({ source: 'alfa', state: 'late', batch: { state: 'failed' } });
    const batch = await comes('alfa', 'loaded');
    expect(told(await today())).toEqual(['beta expected', 'alfa came']);
    expect((await today()).arrivals[1]).toMatchObject({ batch: { batch }, files: 2, read: 10, loaded: 8 });
    // Half past midnight in London is still the day before here; a day later it is Thursday.
    at('23:59');
    expect(told(await today())).toEqual(['beta late', 'alfa came']);
    at('00:00', '2026-11-19');
    expect(told(await today())).toEqual(['gama expected']);
  });

  test('on a holiday nothing is late; a day on which the house works is no holiday', async () => {
    await expects('alfa', 5, '06:50', '07:10');
    at('12:00', '2026-11-20');
    const closed = await today();
    expect([closed.holiday, told(closed)]).toEqual(['Dia da Consciência Negra', ['alfa holiday']]);
    await row('holidays', { day: '2026-11-20', place: '', name: 'Consciência Negra', effect: 'open' });
    const open = await today();
    expect([open.holiday, told(open)]).toEqual([null, ['alfa late']]);
  });

  test('a holiday of the state, or of the city, is one where the house is', async () => {
    // 9 July is São Paulo's own; 26 January is Santos's, by the table.
    await row('holidays', { day: '2026-01-26', place: 'Santos', name: 'Aniversário de Santos', effect: 'closed' });
    const said = async (place: string, day: string) => {
      Object.assign(api.app.config, { place });
      at('12:00', day);
      return (await today()).holiday;
    };
    expect(await said('', '2026-07-09')).toBeNull();
    expect(await said('RJ', '2026-07-09')).toBeNull();
    expect(await said('SP', '2026-07-09')).toContain('Revolução Constitucionalista');
    expect(await said('SP', '2026-01-26')).toBeNull();
    expect(await said('SP/Santos', '2026-01-26')).toBe('Aniversário de Santos');
    Object.assign(api.app.config, { place: '' });
  });

  test('a batch tells the deadline of the day it came, its age, and who else has it open', async () => {
    at('07:00');
    const batch = await comes('demo-calls', 'waiting');
    const urgent = await comes('demo-tickets', 'waiting');
    const sooner = await comes('demo-chat', 'waiting');
    await expects('demo-tickets', 3, '06:00', '08:00', 'escala das 10h');
    await expects('demo-chat', 3, '06:00', '08:00', '', '08:15');
    at('10:00', '2026-11-20');
    const { waiting } = await today();
    expect(
      waiting.map(({ batch: one, dueAt, deadline, days, together }) => [one, dueAt, deadline, days, together]),
    ).toEqual([
      [sooner, '08:15', null, 2, false],
      [urgent, null, 'escala das 10h', 2, false],
      [batch, null, null, 2, false],
    ]);
    expect(await api.json(`/api/batches/${urgent}`)).toMatchObject({ deadline: 'escala das 10h' });

    const look = (as: 'intake' | 'manager') => api.json(`/api/batches/${urgent}/look`, { as, method: 'POST' });
    expect(await look('intake')).toMatchObject({ beside: null });
    expect(await look('manager')).toMatchObject({ beside: 'pessoa-intake' });
    expect(await look('intake')).toMatchObject({ beside: 'pessoa-manager' });
    at('10:01', '2026-11-20');
    expect(await look('manager')).toMatchObject({ beside: null });
  });

  test('what was sent back is apart, until a file answers it', async () => {
    const batch = await comes('demo-calls', 'waiting');
    await api.json(`/api/batches/${batch}/send-back`, { method: 'POST', body: { message: 'mudou' } });
    expect(await today()).toMatchObject({ waiting: [], returned: [{ batch }] });
    await comes('demo-calls', 'loaded');
    expect(await today()).toMatchObject({ waiting: [], returned: [] });
  });
});

const layoutOf = (source: string) => ({
  ...{ source, version: 1, label: { pt: source, en: source }, into: 'list', covers: 'all', holds: 'all' },
  noun: { one: 'contrato', many: 'contratos' },
  format: { kind: 'delimited', header: true },
  key: ['CONTRATO'],
  columns: { contrato: { from: ['CONTRATO'], as: 'text' }, cpf: { from: ['CPF'], as: 'cpf', required: true } },
});

/** Sends contracts `from` to `to`, whole, and gives the batch. */
async function sends(source: string, name: string, from: number, to: number, columns = 'CONTRATO;CPF') {
  const folder = join(api.app.config.home, 'sent');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  const lines = Array.from({ length: to - from }, (_, index) => {
    const nine = String(200_000_000 + (from + index) * 7919);
    const first = columns.startsWith('OBS') ? `nota ${index % 3}` : `C${from + index}`;
    return `${first};${nine}${cpfCheckDigits(nine)}`;
  });
  writeFileSync(path, [columns, ...lines, ''].join('\n'));
  age(path);
  const body = { paths: [path], source, build: false };
  const { batches } = await api.job<{ batches: { batch: number; state: string }[] }>('/api/intake', body);
  return batches[0]!;
}

describe('unchanged files', () => {
  beforeAll(async () => {
    api = await TestApi.open();
    for (const source of ['beta', 'gama']) {
      await api.json('/api/layouts', { method: 'POST', body: { layout: layoutOf(source) } });
      for (let day = 0; day < 5; day++) await sends(source, `${source}-${day}.csv`, day, 300 + day);
    }
    await api.job('/api/build', {});
  }, 60_000);
  afterAll(() => api.close());

  test('are approved together, each with its audit, and what cannot be is told one by one', async () => {
    const short = await sends('beta', 'beta-curto.csv', 4, 44);
    const other = await sends('gama', 'gama-curto.csv', 300, 330);
    const renamed = await sends('gama', 'gama-outro.csv', 4, 304, 'CONTRATO;NR_CPF');
    expect([short.state, other.state, renamed.state]).toEqual(['waiting', 'waiting', 'waiting']);
    const { waiting } = await today();
    expect(waiting.map(({ batch, together }) => [batch, together])).toEqual([
      [short.batch, true],
      [other.batch, true],
      [renamed.batch, false],
    ]);
    // Of 4…303: forty are still there, 260 are gone; of the other four stay, 26 are new and 296 are gone.
    expect(waiting[0]!.effect).toMatchObject({ rows: 40, new: 0, gone: 260 });
    expect(waiting[1]!.effect).toMatchObject({ rows: 30, new: 26, gone: 296 });

    const batches = [short.batch, renamed.batch, 9999, other.batch];
    // A whole list takes the place of the one before: its rows are all its own.
    const result = await api.job<schema.ApprovedTogether>('/api/batches/approve', { batches });
    expect([...Value.Errors(schema.ApprovedTogether, result)]).toEqual([]);
    expect(
      result.approved.map(({ batch, state, read, loaded, duplicate }) => [batch, state, read, loaded, duplicate]),
    ).toEqual([
      [short.batch, 'loaded', 40, 40, 0],
      [other.batch, 'loaded', 30, 30, 0],
    ]);
    expect(result.failed.map(({ batch, file, code }) => [batch, file, code])).toEqual([
      [renamed.batch, 'gama-outro.csv', 'batchAsksColumns'],
      [9999, null, 'notFound'],
    ]);
    const [listed] = await api.app.lake.rows<{ rows: number }>('SELECT count(*) AS rows FROM silver.list_gama');
    expect(listed).toEqual({ rows: 30 });
    const approvals = async () => {
      const audit = await api.app.ledger.sql<{ object: string }[]>`
        SELECT object FROM audit WHERE action = 'approve' ORDER BY object`;
      return audit.map(({ object }) => object);
    };
    expect(await approvals()).toEqual([`batch ${short.batch}`, `batch ${other.batch}`]);
    // The layout is the one before.
    expect(api.app.layouts.get('beta').version).toBe(1);

    const again = await api.job<schema.ApprovedTogether>('/api/batches/approve', { batches: [short.batch] });
    expect(again).toMatchObject({ approved: [], failed: [{ batch: short.batch, code: 'batchDecided' }] });
    // What was decided before is not written down as approved again.
    expect(await approvals()).toEqual([`batch ${short.batch}`, `batch ${other.batch}`]);
    expect((await today()).waiting.map(({ batch }) => batch)).toEqual([renamed.batch]);
  });

  test('a file without what names its rows waits, with no effect, and is not approved with others', async () => {
    const { batch, state } = await sends('beta', 'beta-sem-chave.csv', 0, 300, 'OBS;CPF');
    expect(state).toBe('waiting');
    const found = (await today()).waiting.find((one) => one.batch === batch);
    expect(found).toMatchObject({ together: false, effect: null });
  });
});
