import { utimesSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Layout } from '../src/intake/layout.ts';
import { loadFile } from '../src/intake/load.ts';
import { Corrections, type NewCorrection } from '../src/intake/mend/corrections.ts';
import { parseLayout } from '../src/intake/parse-layout.ts';
import { systemClock } from '../src/kernel/clock.ts';
import { silent } from '../src/kernel/progress.ts';
import { decideReplay } from '../src/lake/mend-batches.ts';
import { CALL_COLUMNS, KEYED, KEYLESS, moment } from './call-files.ts';
import { useHome } from './home.ts';
import { full } from './services.ts';

const home = useHome();
const corrections = () => new Corrections(home().ledger, systemClock);

type Fix = Partial<NewCorrection> & Pick<NewCorrection, 'batch_id' | 'change'> & { readonly line?: number };

async function fix({ line, lines, ...asked }: Fix) {
  const ranges = lines ?? [[line ?? 0, line ?? 0] as const];
  return corrections().add({ column_name: null, reason: null, ...asked, lines: ranges }, 'teste');
}

async function replay(batch: number): Promise<boolean> {
  const changed = await decideReplay(home(), batch);
  await home().build();
  return changed;
}

const counts = async (batch: number) => {
  const { rows_read, loaded, quarantined, duplicate } = await home().batches.get(batch);
  return [rows_read, loaded, quarantined, duplicate];
};

async function sameAsFull(): Promise<void> {
  const built = await home().snapshot();
  await home().build({ full: true });
  expect(await home().snapshot()).toEqual(built);
}

/** A call of a number, and whether its start is bad. */
function row(id: number, start: string, agent = 'ag1'): string {
  const values: Record<string, string> = {
    id: `c${id}`,
    leg: '1',
    start,
    end: '',
    talk: '300',
    phone: `1198765432${id % 3}`,
    agent,
    status: 'answered',
  };
  return CALL_COLUMNS.map((name) => values[name] ?? '').join(';');
}

const file = (...rows: string[]) => `${[CALL_COLUMNS.join(';'), ...rows].join('\n')}\n`;
const GOOD = moment(600).slice(0, 19);

test.each([
  ['keyed', KEYED],
  ['keyless', KEYLESS],
])('a line corrected and replayed loads, undone it is back in quarantine: %s', async (_, layout) => {
  await home().reset();
  await home().know(layout);
  const { batch_id } = await home().load(
    { content: file(row(1, GOOD), row(2, '31/02/2026'), row(3, '2026-03-04 10:00:00'), row(4, 'x')) },
    layout,
  );
  await home().build();
  const before = await home().snapshot();
  expect(await counts(batch_id)).toEqual([4, 2, 2, 0]);

  const { correction_id } = await fix({
    batch_id,
    line: 3,
    column_name: 'start',
    change: 'use o valor 2026-02-28 09:00:00',
  });
  expect(await home().snapshot()).toEqual(before);
  expect(await replay(batch_id)).toBe(true);
  expect(await counts(batch_id)).toEqual([4, 3, 1, 0]);
  const after = await home().snapshot();
  const { lake_version } = (await home().rows<{ lake_version: number }>('SELECT lake_version FROM gold.version'))[0]!;
  expect(
    await home().rows('SELECT CAST(day AS VARCHAR) AS day FROM gold.contact WHERE row_id % 4294967296 = 3'),
  ).toEqual([{ day: '2026-02-28' }]);

  expect(await replay(batch_id)).toBe(false);
  expect(await home().snapshot()).toEqual(after);
  expect(await home().rows('SELECT lake_version FROM gold.version')).toEqual([{ lake_version }]);
  await sameAsFull();

  await corrections().undo(correction_id, 'teste');
  await corrections().undo(correction_id, 'teste');
  expect(await replay(batch_id)).toBe(true);
  expect(await counts(batch_id)).toEqual([4, 2, 2, 0]);
  const undone = await home().snapshot();
  expect({ ...undone, 'silver.mended': null }).toEqual({ ...before, 'silver.mended': null });
  await sameAsFull();
});

test('a corrected row may be a version, a repeated row, or still wrong', async () => {
  await home().reset();
  await home().know(KEYED);
  const { batch_id } = await home().load(
    { content: file(row(1, GOOD, 'ag1'), row(1, 'x', 'ag2'), row(2, GOOD), row(2, 'x'), row(3, 'x'), row(4, 'x')) },
    KEYED,
  );
  await home().build();
  await fix({ batch_id, lines: [[3, 6]], column_name: 'start', change: `troque x por "${GOOD}"` });
  await fix({ batch_id, line: 7, column_name: 'start', change: 'use o valor 2026-02-30' });
  await replay(batch_id);
  expect(await counts(batch_id)).toEqual([6, 3, 1, 2]);
  expect(await home().rows('SELECT contact_id, agent_id FROM gold.contact ORDER BY contact_id')).toEqual([
    { contact_id: 'c1', agent_id: 'ag2' },
    { contact_id: 'c2', agent_id: 'ag1' },
    { contact_id: 'c3', agent_id: 'ag1' },
  ]);
  expect(await home().rows('SELECT line, value FROM silver.quarantine')).toEqual([{ line: 7, value: '2026-02-30' }]);
  await sameAsFull();
});

test('a line that was no record is mended whole', async () => {
  await home().reset();
  await home().know(KEYED);
  const broken = `${row(2, GOOD)};a mais`;
  const { batch_id } = await home().load({ content: file(row(1, GOOD), broken, 'c3;curta', row(4, GOOD)) }, KEYED);
  await home().build();
  expect(await counts(batch_id)).toEqual([4, 2, 2, 0]);
  const fixed = await fix({ batch_id, line: 3, change: 'apague ";a mais"' });
  await fix({ batch_id, line: 4, change: `use o valor ${row(3, 'x')}` });
  await replay(batch_id);
  expect(await counts(batch_id)).toEqual([4, 3, 1, 0]);
  expect(await home().rows('SELECT line, reason, value FROM silver.quarantine')).toEqual([
    { line: 4, reason: 'invalid-date', value: 'x' },
  ]);
  await sameAsFull();
  await fix({ batch_id, line: 4, column_name: 'start', change: `troque x por "${GOOD}"` });
  await replay(batch_id);
  expect(await counts(batch_id)).toEqual([4, 4, 0, 0]);
  await sameAsFull();
  await corrections().undo(fixed.correction_id, 'teste');
  await replay(batch_id);
  expect(await counts(batch_id)).toEqual([4, 3, 1, 0]);
  await sameAsFull();
});

test('a field of a line of fixed width is put back in its places', async () => {
  const layout: Layout = parseLayout(
    {
      source: 'larga',
      version: 1,
      label: { pt: 'Larga', en: 'Wide' },
      into: 'list',
      holds: 'all',
      format: {
        kind: 'fixed',
        fields: [
          { name: 'ID', from: 1, to: 4 },
          { name: 'VALOR', from: 5, to: 10 },
          { name: 'DIA', from: 11, to: 18 },
        ],
      },
      key: ['ID'],
      columns: {
        id: { from: ['ID'], as: 'text', personal: false },
        valor: { from: ['VALOR'], as: 'decimal' },
        dia: { from: ['DIA'], as: 'date', format: 'ddmmyyyy' },
      },
    },
    'larga',
  );
  await home().reset();
  await home().know(layout);
  const { batch_id } = await home().load({ content: '0001  1,5014032026\n0002  2,25x\n0003   3.020260315\n' }, layout);
  await home().build();
  expect(await counts(batch_id)).toEqual([3, 0, 3, 0]);
  await fix({ batch_id, lines: [[1, 2]], column_name: 'VALOR', change: 'troque vírgula por ponto' });
  await fix({ batch_id, line: 2, column_name: 'DIA', change: 'use o valor 15032026' });
  await fix({ batch_id, line: 3, column_name: 'DIA', change: 'data em aaaammdd' });
  // Too wide for its places: the line stays.
  await fix({ batch_id, line: 1, column_name: 'ID', change: 'use o valor 123456' });
  await replay(batch_id);
  expect(
    await home().rows(
      'SELECT id, CAST(valor AS DOUBLE) AS valor, CAST(dia AS VARCHAR) AS dia FROM silver.list_larga ORDER BY id',
    ),
  ).toEqual([
    { id: '0001', valor: 1.5, dia: '2026-03-14' },
    { id: '0002', valor: 2.25, dia: '2026-03-15' },
    { id: '0003', valor: 3, dia: '2026-03-15' },
  ]);
  const kept = await home().rows('FROM silver.list_larga ORDER BY id');
  await sameAsFull();
  expect(await home().rows('FROM silver.list_larga ORDER BY id')).toEqual(kept);
});

test('the steps of a layout take corrected rows as they are, and a replay keeps what they made', async () => {
  const layout = parseLayout(
    {
      ...KEYED,
      source: 'passos',
      steps: [{ do: 'trim', columns: ['agent'] }],
    },
    'passos',
  );
  await home().reset();
  await home().know(layout);
  const { batch_id } = await home().load({ content: file(row(1, GOOD, ' ag1 '), row(2, 'x', ' ag2 ')) }, layout);
  await home().build();
  expect(await counts(batch_id)).toEqual([2, 1, 1, 0]);
  await fix({ batch_id, line: 3, column_name: 'start', change: `use o valor ${GOOD}` });
  await replay(batch_id);
  expect(await counts(batch_id)).toEqual([2, 2, 0, 0]);
  expect(await home().rows('SELECT agent_id FROM silver.contact ORDER BY row_id')).toEqual([
    { agent_id: 'ag1' },
    { agent_id: 'ag2' },
  ]);
  await sameAsFull();
});

test('a batch that waits for a list loads when it is there, without any correction', async () => {
  await home().reset();
  const rules = [{ id: 'agente', kind: 'reference', column: 'agent', list: 'agentes', in: 'codigo' }];
  const layout = parseLayout({ ...KEYED, source: 'conferida', rules }, 'conferida');
  const list = parseLayout(
    {
      source: 'agentes',
      version: 1,
      label: { pt: 'Agentes', en: 'Agents' },
      into: 'list',
      holds: 'all',
      format: { kind: 'delimited', header: true, delimiter: ';' },
      key: ['CODIGO'],
      columns: { codigo: { from: ['CODIGO'], as: 'text' }, nome: { from: ['NOME'], as: 'text' } },
    },
    'agentes',
  );
  await home().know(layout);
  await home().know(list);
  const { batch_id } = await home().load({ content: file(row(1, GOOD, 'ag1'), row(2, GOOD, 'ag2')) }, layout);
  await home().build();
  expect(await counts(batch_id)).toEqual([2, 0, 2, 0]);
  expect(await replay(batch_id)).toBe(false);
  await home().load({ content: 'CODIGO;NOME\nag1;Ana\n' }, list);
  await home().build();
  await sameAsFull();
  expect(await replay(batch_id)).toBe(true);
  expect(await counts(batch_id)).toEqual([2, 1, 1, 0]);
  await fix({ batch_id, line: 3, column_name: 'agent', change: 'use o valor ag1' });
  await replay(batch_id);
  expect(await counts(batch_id)).toEqual([2, 2, 0, 0]);
  await sameAsFull();
});

type Step =
  | { readonly does: 'load'; readonly rows: readonly (readonly [number, number, number])[]; readonly hour: number }
  | { readonly does: 'fix'; readonly at: number; readonly lines: readonly [number, number]; readonly start: number }
  | { readonly does: 'undo'; readonly at: number }
  | { readonly does: 'replay'; readonly at: number }
  | { readonly does: 'roll back'; readonly at: number }
  | { readonly does: 'build' };

const STARTS = ['x', '31/02/2026', GOOD, moment(3000), moment(9000)];
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        does: fc.constant('load' as const),
        rows: fc.array(fc.tuple(fc.nat(5), fc.nat(STARTS.length - 1), fc.nat(2)), { minLength: 1, maxLength: 8 }),
        hour: fc.nat(100),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        does: fc.constant('fix' as const),
        at: fc.nat(3),
        lines: fc.tuple(fc.integer({ min: 2, max: 9 }), fc.nat(3)),
        start: fc.nat(STARTS.length - 1),
      }),
    },
    { weight: 4, arbitrary: fc.record({ does: fc.constant('replay' as const), at: fc.nat(3) }) },
    { weight: 2, arbitrary: fc.record({ does: fc.constant('undo' as const), at: fc.nat(5) }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant('roll back' as const), at: fc.nat(3) }) },
    { weight: 2, arbitrary: fc.constant({ does: 'build' as const }) },
  ),
  { minLength: 4, maxLength: full ? 16 : 10 },
);

test.each([
  ['keyed', KEYED],
  ['keyless', KEYLESS],
  [
    'unique in the source',
    parseLayout(
      { ...KEYED, source: 'unica', rules: [{ id: 'u', kind: 'unique', columns: ['start'], within: 'source' }] },
      'unica',
    ),
  ],
])(
  'any sequence of load, fix, replay, undo and rollback equals a full build: %s',
  async (_, layout) => {
    await home().know(layout);
    await fc.assert(
      fc.asyncProperty(steps, async (made) => {
        await home().reset();
        const batches: number[] = [];
        const fixes: number[] = [];
        const gone = new Set<number>();
        for (const step of made) {
          if (step.does === 'load') {
            const path = home().file(
              'c.csv',
              file(...step.rows.map(([id, start, agent]) => row(id, STARTS[start]!, `ag${agent}`))),
            );
            utimesSync(path, new Date(), new Date(Date.UTC(2026, 3, 1, step.hour)));
            const { batch, already } = await loadFile(home(), path, { layout, by: 'teste', progress: silent });
            if (!already) batches.push(batch.batch_id);
          } else if (step.does === 'build') await home().build();
          else if (step.does === 'undo') {
            const id = fixes[step.at];
            if (id !== undefined) await corrections().undo(id, 'teste');
          } else {
            const batch_id = batches[step.at];
            if (batch_id === undefined || gone.has(batch_id)) continue;
            if (step.does === 'fix') {
              const [first, more] = step.lines;
              const held = await home().rows<{ line: number }>(
                'SELECT line FROM silver.quarantine WHERE batch_id = $batch_id AND line BETWEEN $first AND $last ORDER BY line',
                { batch_id, first, last: first + more },
              );
              if (held.length === 0) continue;
              const lines = held.map(({ line }) => [line, line] as const);
              const change = `use o valor ${STARTS[step.start]}`;
              fixes.push((await fix({ batch_id, lines, column_name: 'start', change })).correction_id);
            } else if (step.does === 'replay') await replay(batch_id);
            else {
              await home().batches.tombstone(batch_id);
              gone.add(batch_id);
            }
          }
        }
        await home().build();
        for (const { batch_id, rows_read, loaded, quarantined, duplicate } of await home().batches.inState('loaded')) {
          expect(rows_read).toBe(loaded + quarantined + duplicate);
          const [found] = await home().rows(
            `SELECT (SELECT count(*) FROM silver.contact WHERE batch_id = $batch_id) AS loaded,
               (SELECT count(*) FROM silver.quarantine WHERE batch_id = $batch_id) AS quarantined`,
            { batch_id },
          );
          expect(found).toEqual({ loaded, quarantined });
        }
        await sameAsFull();
      }),
      { numRuns: full ? 80 : 1 },
    );
  },
  full ? 900_000 : 120_000,
);
