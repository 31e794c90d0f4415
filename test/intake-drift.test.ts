import { utimesSync } from 'node:fs';
import { beforeEach, expect, test } from 'vitest';
import { approveBatch, previewApproval } from '../src/intake/approve.ts';
import type { BatchRecord } from '../src/intake/batches.ts';
import { suggestedDecisions } from '../src/intake/drift/propose.ts';
import type { Layout } from '../src/intake/layout.ts';
import { loadFile } from '../src/intake/load.ts';
import { parseLayout } from '../src/intake/parse-layout.ts';
import { cpfCheckDigits } from '../src/kernel/brazil/cpf.ts';
import { silent } from '../src/kernel/progress.ts';
import { CALL_COLUMNS, callFile, KEYED } from './call-files.ts';
import { useHome } from './home.ts';

const home = useHome();

const LAYOUT = {
  source: 'beta',
  version: 1,
  label: { pt: 'Beta', en: 'Beta' },
  into: 'list',
  noun: { one: 'contrato', many: 'contratos' },
  covers: 'all',
  holds: 'all',
  format: { kind: 'delimited', header: true },
  key: ['CONTRATO'],
  columns: {
    contrato: { from: ['CONTRATO'], as: 'text' },
    cpf: { from: ['CPF'], as: 'cpf', required: true },
    valor: { from: ['VALOR'], as: 'decimal', format: '1.234,5' },
    vencimento: { from: ['VENC'], as: 'date', format: 'dd/mm/yyyy' },
    telefone: { from: ['FONE'], as: 'phone' },
  },
} as const;

interface Row {
  readonly [column: string]: string;
}

/** Contract `number` as the client sees it: everything follows from the number. */
function contract(number: number): Row {
  const nine = String(200_000_000 + number * 7919);
  return {
    CONTRATO: `C${number}`,
    CPF: `${nine}${cpfCheckDigits(nine)}`,
    VALOR: `${100 + number},5`,
    VENC: `${String((number % 28) + 1).padStart(2, '0')}/11/2026`,
    FONE: `1198${String(1_000_000 + number * 37)}`,
  };
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => contract(from + index));

function written(rows: readonly Row[], day: number, name = 'beta.csv', names: Record<string, string> = {}): string {
  const columns = Object.keys(rows[0]!);
  const lines = [
    columns.map((column) => names[column] ?? column),
    ...rows.map((row) => columns.map((one) => row[one]!)),
  ];
  const path = home().file(name, lines.map((cells) => `${cells.join(';')}\n`).join(''));
  const time = new Date(Date.UTC(2026, 10, day, 12));
  utimesSync(path, time, time);
  return path;
}

async function load(path: string, more: { yes?: boolean } = {}): Promise<BatchRecord> {
  const layout = home().layouts.get('beta');
  const { batch } = await loadFile(home(), path, { layout, byDay: true, by: 'marina', progress: silent, ...more });
  return batch;
}

const approve = (batch: BatchRecord, decisions: Parameters<typeof previewApproval>[2], once = false) =>
  approveBatch(home(), batch.batch_id, { decisions, once, by: 'marina', progress: silent });

async function start(more: Partial<Layout> = {}): Promise<BatchRecord> {
  await home().reset();
  await home().know(parseLayout({ ...LAYOUT, ...more }, 'teste'));
  const first = await load(written(range(0, 400), 10));
  await home().build();
  return first;
}

beforeEach(async () => {
  await home().ledger.sql`DELETE FROM layout WHERE source = 'beta'`;
});

const listed = async () =>
  (
    await home().rows<{ rows: number; due: number }>(
      'SELECT count(*) AS rows, count(vencimento) AS due FROM silver.list_beta',
    )
  )[0];

test('a renamed column waits, tells what approving would do, and from then on has its new name', async () => {
  const first = await start();
  expect(first).toMatchObject({ state: 'loaded', loaded: 400, drift: [] });
  const path = written(range(30, 457), 20, 'beta.csv', { VENC: 'DT_VENC' });
  const batch = await load(path);
  expect(batch).toMatchObject({ state: 'waiting', loaded: 0, rows_read: 427 });
  expect(batch.drift).toMatchObject([
    { kind: 'renamed', column: 'VENC', now: 'DT_VENC', mandatory: false, policy: 'ask', suggestion: { to: 'DT_VENC' } },
  ]);
  expect(batch.effect).toMatchObject({ noun: { many: 'contratos' }, rows: 427, new: 57, gone: 30, quarantined: 0 });
  await home().build();
  expect(await listed()).toEqual({ rows: 400, due: 400 });

  expect(await approve(batch, { VENC: 'same' })).toMatchObject({
    state: 'loaded',
    layout: 2,
    loaded: 427 - 370,
    rows_read: 427,
  });
  await home().build();
  expect(await listed()).toEqual({ rows: 427, due: 427 });
  expect((await home().batches.get(first.batch_id)).state).toBe('superseded');
  expect(home().layouts.saved(home().layouts.get('beta'))).toMatchObject({
    version: 2,
    valid_from: '2026-11-20',
    created_by: 'marina',
  });

  expect(await load(written(range(31, 458), 21, 'beta.csv', { VENC: 'DT_VENC' }))).toMatchObject({
    state: 'loaded',
    layout: 2,
    drift: [],
  });
  expect(await load(written(range(1, 390), 22, 'beta-2026-11-09.csv'))).toMatchObject({ state: 'loaded', layout: 1 });
  await home().build();
  const kept = await home().rows('SELECT * FROM silver.list_beta ORDER BY row_id');
  await home().build({ full: true });
  expect(await home().rows('SELECT * FROM silver.list_beta ORDER BY row_id')).toEqual(kept);
});

test('a person may say that it is another: the column is left out, for this file only', async () => {
  await start();
  const batch = await load(written(range(0, 400), 20, 'beta.csv', { VENC: 'DT_VENC' }));
  expect(await previewApproval(home(), batch, { VENC: 'gone' })).toMatchObject({ rows: 400, new: 0, gone: 0 });
  expect(await approve(batch, { VENC: 'gone' }, true)).toMatchObject({ state: 'loaded' });
  await home().build();
  expect(await listed()).toEqual({ rows: 400, due: 0 });
  expect(home().layouts.get('beta').version).toBe(1);
  expect(await load(written(range(0, 401), 21))).toMatchObject({ state: 'loaded', layout: 1, drift: [] });
});

test('a column that is gone while others are new is decided by a person, not by --yes, and may be any of them', async () => {
  await start();
  // Dates a century on and a list of codes: neither is like VENC.
  const rows = range(0, 400).map(({ VENC: _, ...row }, index) => ({ ...row, PRAZO: `${index % 7}`, CANAL: 'SMS' }));
  const batch = await load(written(rows, 20), { yes: true });
  expect(batch).toMatchObject({ state: 'waiting', effect: null });
  expect(batch.drift).toMatchObject([
    { kind: 'missing', column: 'VENC', suggestion: null, candidates: [{ to: 'PRAZO' }, { to: 'CANAL' }] },
    { kind: 'new' },
    { kind: 'new' },
  ]);
  expect(suggestedDecisions(batch.drift)).toEqual({});
  await expect(approve(batch, {})).rejects.toMatchObject({ code: 'usage' });
  expect((await previewApproval(home(), batch, { VENC: 'gone' }))?.lacking).toEqual([
    { column: 'vencimento', share: 1, before: null, lost: true },
  ]);
  expect((await previewApproval(home(), batch, { VENC: { now: 'PRAZO' } }))?.quarantined).toBe(400);
  expect(await previewApproval(home(), batch, { VENC: { now: 'OUTRA' } })).toBeNull();
  expect(await approve(batch, { VENC: { now: 'CANAL' } }, true)).toMatchObject({ state: 'loaded' });
});

test('of a mandatory column nothing is decided without a person, whatever the policy and --yes say', async () => {
  for (const policies of [
    {},
    { kinds: { renamed: 'accept', missing: 'accept' } },
    { columns: { CPF: 'accept' } },
  ] as const) {
    await home().ledger.sql`DELETE FROM layout WHERE source = 'beta'`;
    await start({ policies });
    const renamed = await load(written(range(0, 400), 20, 'beta.csv', { CPF: 'NR_CPF' }), { yes: true });
    expect(renamed).toMatchObject({ state: 'waiting', drift: [{ kind: 'renamed', column: 'CPF', mandatory: true }] });
    const gone = await load(
      written(
        range(0, 400).map(({ CPF: _, ...row }) => row),
        21,
      ),
      { yes: true },
    );
    expect(gone).toMatchObject({ state: 'waiting', drift: [{ kind: 'missing', column: 'CPF', mandatory: true }] });
  }
});

test('contacts whose start is gone wait, and cannot be approved without one', async () => {
  await home().reset();
  await home().ledger.sql`DELETE FROM layout WHERE source = ${KEYED.source}`;
  await home().know(KEYED);
  const file = callFile([1, 2, 3, 4, 5, 6, 7, 8]);
  await home().load({ content: file }, KEYED);
  const at = CALL_COLUMNS.indexOf('start');
  const without = file.split('\n').map((line) => line.split(';').toSpliced(at, 1).join(';'));
  const batch = await home().load({ content: without.join('\n') }, KEYED);
  expect(batch).toMatchObject({ state: 'waiting', effect: null, drift: [{ kind: 'missing', column: 'start' }] });
  expect(await previewApproval(home(), batch, { start: 'gone' })).toBeNull();
  await expect(approve(batch, { start: 'gone' })).rejects.toThrow('Ainda falta uma coluna que o layout lê');
  expect(await approve(batch, { start: { now: 'opened' } }, true)).toMatchObject({ state: 'loaded' });
});

test('--yes takes what is suggested of other columns', async () => {
  await start();
  const batch = await load(written(range(0, 420), 20, 'beta.csv', { FONE: 'TELEFONE' }), { yes: true });
  expect(batch).toMatchObject({ state: 'loaded', layout: 2, loaded: 20 });
});

test('what is new or has moved is told and changes nothing', async () => {
  await start();
  const rows = range(0, 410).map(({ CONTRATO, CPF, ...row }, index) => ({
    CPF,
    CONTRATO,
    ...row,
    CANAL: index % 2 ? 'SMS' : 'VOZ',
  }));
  const batch = await load(written(rows as unknown as Row[], 20));
  expect(batch).toMatchObject({ state: 'loaded', layout: 1, loaded: 10, duplicate: 400 });
  expect(batch.drift.map(({ kind, column }) => [kind, column])).toContainEqual(['new', 'CANAL']);
});

test('another date form asks, and approved is read', async () => {
  await start();
  const rows = range(0, 400).map((row) => ({ ...row, VENC: row.VENC!.split('/').reverse().join('-') }));
  const batch = await load(written(rows, 20));
  expect(batch).toMatchObject({
    state: 'waiting',
    drift: [{ kind: 'format', column: 'VENC', was: 'dd/mm/yyyy', now: 'yyyy-mm-dd' }],
  });
  await approve(batch, { VENC: 'same' });
  await home().build();
  expect(await listed()).toEqual({ rows: 400, due: 400 });
});

test('the policy of a source may refuse a file, and a file that is sent back is answered by the next', async () => {
  await start({ policies: { columns: { FONE: 'stop' } } });
  const refused = await load(
    written(
      range(0, 400).map((row) => ({ ...row, FONE: '' })),
      20,
    ),
  );
  expect(refused).toMatchObject({
    state: 'refused',
    drift: [{ kind: 'empties', column: 'FONE', was: '0%', now: '100%' }],
  });
  const waiting = await load(written(range(0, 400), 21, 'beta.csv', { VALOR: 'VL_ABERTO' }));
  expect(waiting.state).toBe('waiting');
  await home().batches.sendBack(waiting.batch_id, 'VALOR mudou de nome', 'marina');
  const { total } = await home().batches.list({ needs: true, page: 1, size: 10 });
  expect(total).toBe(2);
  const answer = await load(written(range(0, 401), 22));
  expect(answer.state).toBe('loaded');
  for (const { batch_id } of [refused, waiting])
    expect((await home().batches.get(batch_id)).answered_by).toBe(answer.batch_id);
});

test('a number of rows out of the history of the source asks', async () => {
  await start();
  for (let day = 11; day < 16; day++) await load(written(range(0, 400 + day), day));
  expect(await load(written(range(0, 60), 20))).toMatchObject({
    state: 'waiting',
    drift: [{ kind: 'rows', column: null, now: '60' }],
  });
});

test('an approved batch no longer warns of a column that its version now reads', async () => {
  await start();
  const batch = await load(written(range(0, 400), 20, 'beta.csv', { VENC: 'DT_VENC' }));
  expect(batch.warnings.map(({ kind, detail }) => [kind, detail])).toEqual([['extra-columns', 'DT_VENC']]);
  expect(await approve(batch, { VENC: 'same' })).toMatchObject({ state: 'loaded', warnings: [] });
  const other = await load(written(range(0, 400), 21, 'beta.csv', { VENC: 'QUANDO', FONE: 'CONTATO' }));
  const [told] = (await approve(other, { DT_VENC: 'same', FONE: 'gone' })).warnings;
  expect([told?.kind, told?.detail]).toEqual(['extra-columns', 'CONTATO']);
});

/** Keys that silver holds of a batch. */
const keysOf = async (batch: number) =>
  (
    await home().rows<{ rows: number }>(
      'SELECT count(*) AS rows FROM (FROM silver.natural_key UNION ALL FROM silver.other_version) WHERE batch_id = $batch',
      { batch },
    )
  )[0]!.rows;

test('a batch is decided once, by whoever comes first', async () => {
  await start();
  const batch = await load(written(range(400, 820), 20, 'beta.csv', { VENC: 'DT_VENC' }));
  expect(batch.state).toBe('waiting');
  expect(await approve(batch, { VENC: 'same' })).toMatchObject({ state: 'loaded', loaded: 420 });
  await expect(approve(batch, { VENC: 'same' })).rejects.toMatchObject({ code: 'batchDecided' });
  await expect(home().batches.sendBack(batch.batch_id, 'tarde', 'rui')).rejects.toMatchObject({ code: 'batchDecided' });
  expect(await keysOf(batch.batch_id)).toBe(420);
  await home().build();
  expect(await listed()).toMatchObject({ rows: 420 });
});

test('a batch that was sent back while it was being approved stays sent back, and leaves nothing', async () => {
  await start();
  const batch = await load(written(range(400, 820), 20, 'beta.csv', { VENC: 'DT_VENC' }));
  let sentBack: Promise<void> | undefined;
  const approval = approveBatch(home(), batch.batch_id, {
    ...{ decisions: { VENC: 'same' as const }, once: true, by: 'marina' },
    // It is being checked: its layout is made, and nothing of it is in yet.
    progress: () => {
      sentBack = home().batches.sendBack(batch.batch_id, 'VENC mudou', 'rui');
    },
  });
  await expect(approval).rejects.toMatchObject({ code: 'batchDecided' });
  await sentBack;
  expect(await home().batches.get(batch.batch_id)).toMatchObject({ state: 'refused', message: 'VENC mudou' });
  expect(await keysOf(batch.batch_id)).toBe(0);
});

test('an approval whose end was lost is made again without counting twice', async () => {
  await start();
  const batch = await load(written(range(400, 820), 20, 'beta.csv', { VENC: 'DT_VENC' }));
  await approve(batch, { VENC: 'same' });
  // What the ledger would hold had it gone away between the keys and its own word.
  await home().ledger.sql`UPDATE batch SET state = 'waiting' WHERE batch_id = ${batch.batch_id}`;
  expect(await approve(batch, { VENC: 'same' })).toMatchObject({ state: 'loaded', loaded: 420 });
  expect(await keysOf(batch.batch_id)).toBe(420);
  await home().build();
  expect(await listed()).toMatchObject({ rows: 420 });
});
