import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Layout } from '../src/intake/layout.ts';
import { parseLayout } from '../src/intake/parse-layout.ts';
import { useHome } from './home.ts';
import { full } from './services.ts';
import { type Dialect, dialect, type Table, tableOf, writeTable } from './tables.ts';

const home = useHome();
const RUNS = full ? 400 : 8;
const PLAIN: Dialect = {
  delimiter: ';',
  lineEnd: '\n',
  encoding: 'utf-8',
  quoteAll: false,
  lastLineEnd: true,
};
const FIELDS = ['tags', 'city', 'queue', 'account', 'priority'] as const;

let sources = 0;

/** A layout of its own for a table: each column as text in a column of the contact, the time being constant. */
function layoutOf({ columns }: Pick<Table, 'columns'>, key: string[] = []): Layout {
  sources += 1;
  return parseLayout(
    {
      source: `t-${sources}`,
      version: 1,
      label: { pt: 't', en: 't' },
      holds: 'all',
      format: { kind: 'delimited', header: true },
      key,
      columns: {
        started_at: { as: 'constant', value: '2026-03-02 09:00:00' },
        ...Object.fromEntries(columns.map((name, index) => [FIELDS[index], { from: [name], as: 'text' }])),
      },
    },
    't',
  );
}

interface Stored {
  line: number;
  fields: (string | null)[];
}

async function storedRows(batch: number, width: number): Promise<Stored[]> {
  const found = await home().rows<Record<string, string | null> & { line: number }>(
    `SELECT row_id & 4294967295 AS line, ${FIELDS.join(', ')} FROM silver.contact WHERE batch_id = $batch ORDER BY line`,
    { batch },
  );
  return found.map(({ line, ...row }) => ({ line, fields: FIELDS.slice(0, width).map((name) => row[name] ?? null) }));
}

/** What intake keeps of a field: nothing when empty, a word where the contact wants one. */
function kept(value: string, index: number): string | null {
  if (value !== '') return value;
  return FIELDS[index] === 'tags' || FIELDS[index] === 'priority' ? null : 'desconhecido';
}

describe('rows in = loaded + quarantined + duplicate', () => {
  it('for tables in any dialect, whose values are stored as written and whose ragged rows are told by line', async () => {
    await fc.assert(
      fc.asyncProperty(tableOf(), async (table) => {
        const { bytes, lines } = writeTable(table);
        const layout = layoutOf(table);
        const batch = await home().load({ content: bytes }, layout);
        const at = (is: string) => table.parts.flatMap((part, index) => (part.is === is ? [lines[index]] : []));
        const rows = table.parts.flatMap((part, index) =>
          part.is === 'row' ? [{ line: lines[index], fields: part.fields.map(kept) }] : [],
        );
        expect(batch).toMatchObject({
          state: 'loaded',
          rows_read: rows.length + at('ragged').length,
          loaded: rows.length,
          quarantined: at('ragged').length,
          duplicate: 0,
        });
        await home().store(batch, layout);
        expect(await storedRows(batch.batch_id, table.columns.length)).toEqual(rows);
        const quarantine = await home().rows<{ line: number; reason: string; value: string }>(
          'SELECT line, reason, value FROM silver.quarantine WHERE batch_id = $batch ORDER BY line',
          { batch: batch.batch_id },
        );
        expect(quarantine).toEqual(
          table.parts.flatMap((part, index) =>
            part.is === 'ragged'
              ? [
                  {
                    line: lines[index],
                    reason: part.fields.length < table.columns.length ? 'too-few-columns' : 'too-many-columns',
                    value: String(part.fields.length),
                  },
                ]
              : [],
          ),
        );
      }),
      { numRuns: RUNS },
    );
  });
});

const cell = fc.constantFrom('', 'a', 'b', 'ç');

describe('the k-th copy of a row without a key', () => {
  it('is the k-th stored: a file that grew adds what is new, a file that repeats others adds nothing', async () => {
    await fc.assert(
      fc.asyncProperty(tableOf(cell), tableOf(cell), fc.nat(30), async (first, second, cut) => {
        const rowsOf = ({ parts }: Table) =>
          parts
            .filter(({ is }) => is === 'row')
            .map(({ fields }) => fields.slice(0, 2))
            // A line of delimiters alone is no record.
            .filter((fields) => fields.some((field) => field !== ''));
        const columns = ['coluna a', 'coluna b'];
        const layout = layoutOf({ columns });
        const held = new Map<string, number>();
        const before = rowsOf(first);
        const after = [...before.slice(0, cut), ...rowsOf(second)];
        for (const [rows, { dialect }] of [
          [before, first],
          [before, second],
          [after, second],
          [after, first],
        ] as const) {
          const parts = rows.map((fields) => ({ is: 'row' as const, fields }));
          if (parts.length === 0) continue;
          const added = newCopies(held, rows);
          const path = home().file('a.csv', writeTable({ columns, parts, dialect }).bytes);
          const { already, batch } = await home().loadFile(path, layout);
          if (already) expect(added).toBe(0);
          else
            expect([batch.rows_read, batch.loaded, batch.duplicate]).toEqual([rows.length, added, rows.length - added]);
        }
      }),
      { numRuns: RUNS / 4 },
    );
  });
});

describe('a row with a natural key', () => {
  it('loads once of a file, from the last line that has it', async () => {
    const row = fc.record({ key: fc.constantFrom('', '1', '2', '3', '4', '5', '6'), value: fc.constantFrom('a', 'b') });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 12 }), dialect, async (rows, written) => {
        const columns = ['coluna a', 'coluna b'];
        const layout = layoutOf({ columns }, ['coluna a']);
        const parts = rows.map(({ key, value }) => ({ is: 'row' as const, fields: [key, value] }));
        const last = new Map(rows.filter(({ key }) => key !== '').map(({ key, value }) => [key, value]));
        const quarantined = rows.filter(({ key }) => key === '').length;
        const batch = await home().load({ content: writeTable({ columns, parts, dialect: written }).bytes }, layout);
        expect(batch).toMatchObject({
          rows_read: rows.length,
          loaded: last.size,
          quarantined,
          duplicate: rows.length - last.size - quarantined,
        });
        expect(await home().store(batch, layout)).toBe(last.size);
        const stored = await home().rows<{ contact_id: string; city: string }>(
          'SELECT contact_id, city FROM silver.contact WHERE source = $source',
          { source: layout.source },
        );
        expect(new Map(stored.map(({ contact_id, city }) => [contact_id, city]))).toEqual(last);
      }),
      { numRuns: RUNS / 4 },
    );
  });
});

const DEFECTS: Record<string, { column: string; value: string; reason: string }> = {
  'a day that never was': { column: 'início', value: '31/02/2026 10:00:00', reason: 'invalid-date' },
  'a date in another form': { column: 'início', value: '2026-03-02 10:00:00', reason: 'invalid-date' },
  'a year of two digits': { column: 'início', value: '02/03/26 10:00:00', reason: 'invalid-date' },
  'a year beyond any contact': { column: 'início', value: '02/03/9999 10:00:00', reason: 'invalid-date' },
  'an hour the clock skipped': { column: 'início', value: '04/11/2018 00:30:00', reason: 'clock-change' },
  'no start': { column: 'início', value: '', reason: 'missing' },
  'an end before the start': { column: 'fim', value: '01/03/2026 10:00:00', reason: 'ends-before-start' },
  'an end far in the future': { column: 'fim', value: '31/12/9999 00:00:00', reason: 'invalid-date' },
  'a negative duration': { column: 'espera', value: '-00:00:10', reason: 'negative-duration' },
  'no duration': { column: 'espera', value: '#VALOR!', reason: 'invalid-duration' },
  'seconds below zero': { column: 'conversa', value: '-1', reason: 'negative-duration' },
  'more seconds than fit': { column: 'conversa', value: '99999999999', reason: 'invalid-duration' },
  'seconds that are no number': { column: 'conversa', value: 'NaN', reason: 'invalid-duration' },
  'endless seconds': { column: 'conversa', value: 'Infinity', reason: 'invalid-duration' },
  'a number with letters': { column: 'perna', value: '1a', reason: 'invalid-number' },
  'a leg beyond any count': { column: 'perna', value: '99999', reason: 'invalid-number' },
  'a score out of range': { column: 'nota', value: '12345678901', reason: 'invalid-number' },
  'an unknown code': { column: 'situação', value: 'SUMIU', reason: 'unknown-code' },
};

const TYPED = parseLayout(
  {
    source: 'typed',
    version: 1,
    label: { pt: 't', en: 't' },
    holds: 'all',
    format: { kind: 'delimited', header: true },
    key: [],
    columns: {
      started_at: { from: ['início'], as: 'date-time', format: 'dd/mm/yyyy hh:mm:ss' },
      ended_at: { from: ['fim'], as: 'date-time', format: 'dd/mm/yyyy hh:mm:ss' },
      wait_s: { from: ['espera'], as: 'duration', unit: 'h:mm:ss' },
      talk_s: { from: ['conversa'], as: 'duration', unit: 's' },
      leg_no: { from: ['perna'], as: 'integer' },
      satisfaction: { from: ['nota'], as: 'decimal', format: '1.234,5' },
      status: { from: ['situação'], as: 'codes', codes: { OK: 'answered' } },
    },
  },
  'typed',
);
const GOOD: Record<string, string> = {
  início: '02/03/2026 10:00:00',
  fim: '02/03/2026 10:05:30',
  espera: '00:00:12',
  conversa: '310',
  perna: '1',
  nota: '9,5',
  situação: 'OK',
};

describe('a defect', () => {
  it('sends its row to quarantine with reason, line, column and value, and no other row', async () => {
    const kinds = [null, null, ...Object.keys(DEFECTS)];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 30 }),
        dialect,
        async (rows, how) => {
          await home().reset();
          const columns = Object.keys(GOOD);
          const parts = rows.map((kind, index) => {
            const defect = kind === null ? undefined : DEFECTS[kind];
            const fields = columns.map((name) => (name === defect?.column ? defect.value : (GOOD[name] ?? '')));
            return { is: 'row' as const, fields: [...fields, `linha\n${index}`] };
          });
          const { bytes, lines } = writeTable({ columns: [...columns, 'observação'], parts, dialect: how });
          const batch = await home().load({ content: bytes }, TYPED);
          const bad = rows.flatMap((kind, index) => {
            const defect = kind === null ? undefined : DEFECTS[kind];
            return defect ? [{ ...defect, line: lines[index] }] : [];
          });
          const loaded = rows.length - bad.length;
          expect(batch).toMatchObject({ rows_read: rows.length, loaded, quarantined: bad.length, duplicate: 0 });
          const quarantine = await home().rows(
            'SELECT line, column_name, reason, value FROM silver.quarantine WHERE batch_id = $batch ORDER BY line',
            { batch: batch.batch_id },
          );
          expect(quarantine).toEqual(
            bad.map(({ line, column, reason, value }) => ({
              line,
              column_name: column,
              reason,
              value: value === '' ? null : value,
            })),
          );
          await home().store(batch, TYPED);
          const [sum] = await home().rows(
            'SELECT count(*) AS n, sum(talk_s) AS talk, sum(wait_s) AS wait, CAST(max(satisfaction) AS DOUBLE) AS score FROM silver.contact',
          );
          expect(sum).toEqual(
            loaded === 0
              ? { n: 0, talk: null, wait: null, score: null }
              : { n: loaded, talk: 310 * loaded, wait: 12 * loaded, score: 9.5 },
          );
          await home().build();
        },
      ),
      {
        numRuns: RUNS / 4,
        examples: [[Object.keys(DEFECTS), { ...PLAIN, delimiter: '\t' }]],
      },
    );
  });
});

describe('a file loaded again', () => {
  const columns = ['coluna a', 'coluna b'];
  const parts = [
    ['x', '1'],
    ['x', '1'],
    ['', 'ção'],
    ['y', '2'],
  ].map((fields) => ({ is: 'row' as const, fields }));

  it('is known by its bytes, whatever its name', async () => {
    const layout = layoutOf({ columns });
    const { bytes } = writeTable({ columns, parts, dialect: PLAIN });
    const first = await home().loadFile(home().file('a.csv', bytes), layout);
    const second = await home().loadFile(home().file('b.csv', bytes), layout);
    expect([first.already, second.already, second.batch.batch_id]).toEqual([false, true, first.batch.batch_id]);
  });

  it('in another dialect and encoding adds nothing to silver', async () => {
    const layout = layoutOf({ columns });
    await home().load({ content: writeTable({ columns, parts, dialect: PLAIN }).bytes }, layout);
    const typed = async () =>
      Object.entries(await home().snapshot()).filter(([name]) => name !== 'silver.other_version');
    const before = await typed();
    for (const other of [
      { encoding: 'windows-1252' },
      { lineEnd: '\r\n' },
      { delimiter: '|' },
      { quoteAll: true },
    ] as const) {
      const { bytes } = writeTable({ columns, parts, dialect: { ...PLAIN, ...other } });
      expect(await home().load({ content: bytes }, layout)).toMatchObject({ loaded: 0, duplicate: 4 });
    }
    expect(await typed()).toEqual(before);
  });

  it('loads again once its batch was rolled back', async () => {
    await home().reset();
    const layout = layoutOf({ columns });
    const path = home().file('a.csv', writeTable({ columns, parts, dialect: PLAIN }).bytes);
    await home().know(layout);
    const first = await home().load(path, layout);
    await home().batches.tombstone(first.batch_id);
    await home().build();
    expect(await home().loadFile(path, layout)).toMatchObject({ already: false, batch: { loaded: 4, duplicate: 0 } });
  });
});

/** How many rows go beyond the copies held so far; the larger count is held from then on. */
function newCopies(held: Map<string, number>, rows: readonly (readonly string[])[]): number {
  let added = 0;
  for (const [content, copies] of Map.groupBy(rows, (row) => row.join('\u001f'))) {
    const more = Math.max(0, copies.length - (held.get(content) ?? 0));
    held.set(content, (held.get(content) ?? 0) + more);
    added += more;
  }
  return added;
}
