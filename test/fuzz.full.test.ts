import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { writeXlsx } from 'hucre';
import { afterAll, describe, expect, it } from 'vitest';
import type { Layout } from '../src/intake/layout.ts';
import { readRecords } from '../src/intake/records.ts';
import { lookAtFile } from '../src/intake/source-file.ts';
import { RamalError } from '../src/kernel/errors.ts';
import { call, callFile, KEYED } from './call-files.ts';
import { useHome } from './home.ts';
import { tableOf, writeTable } from './tables.ts';
import { zipOf } from './zip.ts';

const home = useHome();
const folder = mkdtempSync(join(tmpdir(), 'ramal-fuzz-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** No input of some kilobytes takes longer than this to read or to refuse. */
const SECONDS = 10;

/**
 * Reads bytes as a file of that name: the records written are as many as counted, or the file is refused with one
 * of our errors.
 */
async function read(name: string, bytes: Uint8Array, layout: Layout): Promise<'read' | 'refused'> {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  const began = performance.now();
  const out = join(folder, 'records');
  try {
    const records = await readRecords(await lookAtFile(path, 0), layout, out);
    const lines = (file: string) => readFileSync(file, 'utf8').split('\n').slice(0, -1);
    const good = lines(records.path);
    expect([good.length, lines(records.badPath).length]).toEqual([records.good, records.bad]);
    for (const line of good) expect(line.split(records.separator)).toHaveLength(records.columns.length + 1);
    return 'read';
  } catch (error) {
    if (!(error instanceof RamalError)) throw error;
    expect(error.code).toMatch(/^(file|header|columnCount)/);
    expect(error.message).not.toContain('\n');
    return 'refused';
  } finally {
    expect((performance.now() - began) / 1000).toBeLessThan(SECONDS);
  }
}

/** Changes that a broken disk, transfer or editor makes. */
const mutations = fc.array(
  fc.record({
    at: fc.nat(),
    change: fc.constantFrom('flip', 'cut', 'repeat', 'insert', 'truncate'),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 6 }),
    length: fc.nat(200),
  }),
  { minLength: 1, maxLength: 6 },
);
type Mutations = typeof mutations extends fc.Arbitrary<infer T> ? T : never;

function mutated(original: Uint8Array, changes: Mutations): Uint8Array {
  let bytes = Buffer.from(original);
  for (const { at, change, bytes: some, length } of changes) {
    const place = at % (bytes.length + 1);
    const [before, after] = [bytes.subarray(0, place), bytes.subarray(place)];
    if (change === 'flip') bytes = Buffer.concat([before, some, after.subarray(some.length)]);
    else if (change === 'cut') bytes = Buffer.concat([before, after.subarray(length)]);
    else if (change === 'repeat') bytes = Buffer.concat([before, after.subarray(0, length), after]);
    else if (change === 'insert') bytes = Buffer.concat([before, some, after]);
    else if (length < 40) bytes = Buffer.from(before);
  }
  return bytes;
}

const FREE: Layout = { ...KEYED, format: { kind: 'delimited', header: false, columns: ['id', 'leg', 'start'] } };
const SIGNS = [...';,|\t"\n\r\0\u001e\u001f'].map((sign) => sign.charCodeAt(0));
/** Bytes that mean something to a reader, among any others. */
const loaded = fc
  .array(fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...SIGNS) }, { weight: 3, arbitrary: fc.nat(255) }), {
    maxLength: 3000,
  })
  .map((bytes) => Uint8Array.from(bytes));

describe('a delimited file', () => {
  it('of any bytes is read or refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(loaded, fc.uint8Array({ maxLength: 3000 })), async (bytes) => {
        await read('a.csv', bytes, FREE);
        await read('a.csv', bytes, KEYED);
        await read('a.csv', Buffer.concat([Buffer.from(callFile([1])), bytes]), KEYED);
      }),
      { numRuns: 1200 },
    );
  });

  it('that was damaged adds up, to the last row of the lake', async () => {
    const outcomes = { read: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(tableOf(), mutations, async (table, changes) => {
        const bytes = mutated(writeTable(table).bytes, changes);
        const columns = [...table.columns];
        outcomes[await read('a.csv', bytes, { ...FREE, format: { kind: 'delimited', header: false, columns } })]++;
        const calls = mutated(Buffer.from(callFile([1, 2, 3, 4, 5, 6, 7, 8])), changes);
        outcomes[await read('a.csv', calls, KEYED)]++;
      }),
      { numRuns: 1200 },
    );
    expect(outcomes.read).toBeGreaterThan(200);
    expect(outcomes.refused).toBeGreaterThan(200);
  });

  it('that was damaged and is loaded adds up', async () => {
    await fc.assert(
      fc.asyncProperty(mutations, fc.array(fc.nat(500), { minLength: 5, maxLength: 60 }), async (changes, numbers) => {
        const content = mutated(Buffer.from(callFile(numbers)), changes);
        const answer = await home()
          .loadFile(home().file('arquivo.csv', content), KEYED)
          .catch((error: unknown) => error);
        if (answer instanceof RamalError) {
          expect(answer.code).toMatch(/^(file|header)/);
          return;
        }
        const { already, batch } = answer as Awaited<ReturnType<ReturnType<typeof home>['loadFile']>>;
        // A heading that was damaged is a column that is missing, about which a person is asked.
        if (already || batch.state === 'waiting') return;
        expect(batch).toMatchObject({ state: 'loaded' });
        const { batch_id, rows_read, loaded: kept, quarantined, duplicate } = batch;
        expect(kept + quarantined + duplicate).toBe(rows_read);
        const [stored] = await home().rows(
          `SELECT (SELECT count(*) FROM silver.natural_key WHERE batch_id = $batch) AS kept,
             (SELECT count(*) FROM silver.quarantine WHERE batch_id = $batch) AS quarantined`,
          { batch: batch_id },
        );
        expect(stored).toEqual({ kept, quarantined });
      }),
      { numRuns: 250 },
    );
    await home().know(KEYED);
    await home().build();
    const built = await home().snapshot();
    await home().build({ full: true });
    expect(await home().snapshot()).toMatchObject({ 'silver.contact': built['silver.contact'] });
  });
});

describe('a packed file', () => {
  it.each(['gz', 'bz2', 'zip'])('.%s of any bytes is read or refused', async (kind) => {
    const magic =
      kind === 'zip'
        ? zipOf([{ name: 'a.csv', content: Buffer.from('a') }])
        : kind === 'gz'
          ? Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])
          : Buffer.from('BZh91AY&SY');
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 500 }), async (bytes) => {
        await read(`a.csv.${kind}`, bytes, KEYED);
        await read(`a.csv.${kind}`, Buffer.concat([magic, bytes]), KEYED);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a spreadsheet', () => {
  it('that was damaged is read or refused', async () => {
    const layout: Layout = { ...KEYED, format: { kind: 'xlsx', sheet: 1, header: true } };
    const header = callFile([]).trim().split(';');
    const rows = [['Título'], header, ...[1, 2, 3].map((number) => [...call(number)])];
    const whole = await writeXlsx({ sheets: [{ name: 'a', rows }] });
    expect(await read('a.xlsx', whole, layout)).toBe('read');
    await fc.assert(
      fc.asyncProperty(mutations, async (changes) => {
        await read('a.xlsx', mutated(whole, changes), layout);
      }),
      { numRuns: 400 },
    );
  });

  it('of the old form, damaged, is read or refused', async () => {
    const columns = Object.fromEntries(
      Object.entries(KEYED.columns).map(([name, mapping]) => [
        name,
        mapping.from ? { ...mapping, from: ['DATA'] } : mapping,
      ]),
    );
    const layout: Layout = { ...KEYED, key: ['PROTOCOLO'], columns, format: { kind: 'xls' } };
    const whole = readFileSync(join(import.meta.dirname, 'golden', 'old-sheet', 'chamadas-2026-03.xls'));
    expect(await read('a.xls', whole, layout)).toBe('read');
    await fc.assert(
      fc.asyncProperty(mutations, async (changes) => {
        await read('a.xls', mutated(whole, changes), layout);
      }),
      { numRuns: 100 },
    );
  });
});

describe('records of several types', () => {
  it('that were damaged are read or refused', async () => {
    const layout: Layout = {
      ...KEYED,
      key: ['nosso_numero'],
      columns: { started_at: { from: ['ocorreu_em'], as: 'date-time' } },
      format: { kind: 'records', recordLayout: 'cnab240-bb-retorno' },
    };
    const whole = readFileSync(join(import.meta.dirname, 'golden', 'cnab-returns', 'retorno_bb.ret'));
    expect(await read('a.ret', whole, layout)).toBe('read');
    await fc.assert(
      fc.asyncProperty(mutations, fc.uint8Array({ maxLength: 2000 }), async (changes, bytes) => {
        await read('a.ret', mutated(whole, changes), layout);
        await read('a.ret', Buffer.concat([whole, bytes]), layout);
      }),
      { numRuns: 300 },
    );
  });
});

describe('pages of JSON', () => {
  it('that were damaged are read or refused', async () => {
    const layout: Layout = { ...KEYED, format: { kind: 'json-pages', records: 'data' } };
    const page = {
      data: [
        { id: 1, a: { b: [{ c: 'ção' }] } },
        { id: 2, leg: null },
      ],
    };
    const whole = Buffer.from(`${JSON.stringify(page)}\n${JSON.stringify(page)}\n`);
    expect(await read('a.jsonl', whole, layout)).toBe('read');
    await fc.assert(
      fc.asyncProperty(mutations, fc.json(), async (changes, json) => {
        await read('a.jsonl', mutated(whole, changes), layout);
        await read('a.jsonl', Buffer.from(`{"data":[${json},${json}]}`), layout);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a device that never ends', () => {
  it('is no file', async () => {
    await expect(lookAtFile('/dev/zero', 0)).rejects.toMatchObject({ code: 'fileMissing' });
  });
});
