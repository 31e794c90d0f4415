import { contact, identity } from '../contracts/index.ts';
import type { BatchRows } from '../intake/batch-rows.ts';
import type { BronzeFile } from '../intake/bronze.ts';
import type { Layout } from '../intake/layout.ts';
import { identityValue, primaryKinds, targetOf } from '../intake/targets/index.ts';
import { type Lines, typedSelect } from '../intake/typed-select.ts';
import { type LakeSession, literal, quoted } from '../storage/lake.ts';
import { fitTable } from '../storage/lake-schema.ts';

/** Rows typed at a time: bounds memory whatever a file's size, and is enough for every thread when files are small. */
const SLICE = 1_000_000;

const IDENTITY_COLUMNS = Object.keys(identity.columns).map(quoted).join(', ');

/** Whole files that are small enough together, or some lines of a large one. */
interface Slice {
  readonly files: readonly BronzeFile[];
  readonly lines?: Lines;
}

/**
 * Types into silver the rows of batches of one layout whose keys are held and that silver lacks, slice by slice, each
 * whole or not at all: what was begun and stopped is completed. Resolves to how many came.
 */
export async function storeBatches(
  session: LakeSession,
  batches: readonly BatchRows[],
  done: (share: number) => void = () => {},
): Promise<number> {
  const [first] = batches;
  if (!first) return 0;
  const { layout, timeZone, suffix } = first;
  const files = batches.map(({ bronze }) => bronze);
  const those = files.map(({ batch }) => batch).join(', ');
  const contract = targetOf(layout).contract(layout);
  const table = `${contract.schema}.${contract.name}${suffix}`;
  if (layout.into === 'list') await fitTable(session, contract, suffix);
  await session.run(
    `CREATE OR REPLACE TEMP TABLE lacking AS SELECT row_id FROM silver.natural_key${suffix}
     WHERE batch_id IN (${those}) AND row_id NOT IN (SELECT row_id FROM ${table} WHERE batch_id IN (${those}))`,
  );
  const slices = await slicesOf(session, files);
  let stored = 0;
  for (const [index, slice] of slices.entries()) {
    done(index / slices.length);
    const typed = typedSelect(layout, slice.files, timeZone);
    if (typed.copies) await session.run(`CREATE OR REPLACE TEMP TABLE copies AS ${typed.copies}`);
    await session.run(`CREATE OR REPLACE TEMP TABLE typed AS ${typed.typed(slice.lines)}`);
    await session.transaction(async () => {
      stored += await session.run(`INSERT INTO ${table} BY NAME SELECT ${typed.outputs.join(', ')} FROM typed`);
      if (contract === contact) await insertIdentities(session, layout, suffix);
    });
  }
  for (const table of ['lacking', 'typed', 'copies']) await session.run(`DROP TABLE IF EXISTS ${table}`);
  return stored;
}

async function slicesOf(session: LakeSession, files: readonly BronzeFile[]): Promise<Slice[]> {
  const found = await session.rows<{ batch: number; rows: number; first: number; last: number }>(
    `SELECT row_id >> 32 AS batch, count(*) AS rows, min(row_id & 4294967295) AS first, max(row_id & 4294967295) AS last
     FROM lacking GROUP BY 1`,
  );
  const lacking = new Map(found.map((one) => [one.batch, one]));
  const slices: Slice[] = [];
  let group: BronzeFile[] = [];
  let rows = 0;
  for (const file of files) {
    const wanted = lacking.get(file.batch);
    if (!wanted) continue;
    if (wanted.rows > SLICE) {
      for (let from = wanted.first; from <= wanted.last; from += SLICE)
        slices.push({ files: [file], lines: { from, to: from + SLICE } });
      continue;
    }
    if (rows + wanted.rows > SLICE) {
      slices.push({ files: group });
      group = [];
      rows = 0;
    }
    group.push(file);
    rows += wanted.rows;
  }
  return group.length > 0 ? [...slices, { files: group }] : slices;
}

async function insertIdentities(session: LakeSession, layout: Layout, suffix: string): Promise<void> {
  for (const { kind, column } of primaryKinds(new Set(Object.keys(layout.columns)))) {
    const value = `CAST(${identityValue(kind, column, layout)} AS VARCHAR)`;
    await session.run(
      `INSERT INTO silver.identity${suffix} (${IDENTITY_COLUMNS})
       SELECT row_id, CAST(row_id >> 32 AS INTEGER), ${literal(kind)}, ${value}, nullif(original_${kind}, CAST(${column} AS VARCHAR))
       FROM typed WHERE ${column} IS NOT NULL`,
    );
  }
}
