import { clockChanges, wallTimeAt } from '../kernel/brazil/dates.ts';
import { RamalError } from '../kernel/errors.ts';
import { literal, quoted } from '../storage/lake.ts';
import { type BronzeFile, rowsOf } from './bronze.ts';
import { scanned, scansOf, told } from './bronze-scan.ts';
import { refusables, refusalName } from './drift/refusable.ts';
import { type Layout, mappedColumns, WHOLE_LINE } from './layout.ts';
import type { Mapping } from './mapping.ts';
import { type CompiledRules, compileRules, skipping } from './rules/compile.ts';
import { hasSteps, rowsAfterSteps, stepChecks } from './steps/frozen.ts';
import { type Check, targetOf } from './targets/index.ts';
import { TRANSFORMS } from './transforms/index.ts';

/** Lines `[from, to)` of a file. */
export interface Lines {
  readonly from: number;
  readonly to: number;
}

/** The statements that turn bronze rows into rows of silver, made from their layout. */
export interface TypedSelect {
  /**
   * Every row: `row_id`, `key` (its natural key, 128 bits), `rank` and `content` (which tell its versions apart), `day`,
   * and `problem`: the failed check, or NULL; columns
   * `missing_NAME` and `emptied_NAME` as named by {@link fills} and {@link emptied}; of a layout with rules also
   * `failed`, a bit for each, and `probe_N`. All rows, or those that a condition on `_line` names.
   */
  readonly checked: (where?: string) => string;
  /** Rows that table `lacking` names: every canonical column and the originals of the identities. */
  readonly typed: (lines?: Lines) => string;
  /** The rows with a problem in table `checked`, all or those of the lines, with what was received. */
  readonly refused: (lines: readonly number[] | null) => string;
  /** What the others join as table `copies`, for a layout without a key. */
  readonly copies: string | null;
  /** Columns of the table in silver, in order, as expressions over {@link typed}. */
  readonly outputs: readonly string[];
  /** Filled columns that the layout maps, where the source may give nothing. */
  readonly fills: readonly string[];
  /** Columns left empty where their value was not understood. */
  readonly emptied: readonly string[];
  readonly rules: CompiledRules;
  /** Which `problem` the rows have that the policies refuse, by the name in the verdict. */
  readonly refusals: ReadonlyMap<string, number>;
  /** What the rules read of some lines, as `row_id` and `value_N`. */
  readonly sampled: (lines: readonly number[]) => string;
}

/** Raise it when a change makes other values of the same bronze rows: silver is then typed anew. */
export const TYPING_VERSION = 3;

const DURATIONS = ['wait_s', 'talk_s', 'hold_s', 'wrapup_s'] as const;
const YEARS = [1985, 2045] as const;
/** Times that the lake can count, in seconds of 32 bits; a year such as 0026 or 9999 is a mistake of the source. */
const MOMENTS = ['1970-01-01', '2038-01-01'] as const;

/** No wait or talk lasts longer than a year, in seconds. */
const LONGEST_S = 366 * 86_400;

interface Canonical {
  readonly name: string;
  readonly mapping: Mapping;
  readonly value: string;
  /** True where the source gave something. */
  readonly given: string;
  readonly checks: readonly Check[];
  readonly emptied: string | null;
}

/** @param files bronze files of batches of the layout. */
export function typedSelect(layout: Layout, files: readonly BronzeFile[], timeZone: string): TypedSelect {
  const target = targetOf(layout);
  const raws = mappedColumns(layout);
  const stepped = hasSteps(layout);
  const raw = (name: string): string => `r${raws.indexOf(name)}`;
  const canonicals = Object.entries(layout.columns).map(([name, mapping]) =>
    canonical(name, mapping, raw, layout, timeZone),
  );
  const places = layout.format.kind === 'fixed' ? new Map(layout.format.fields?.map((one) => [one.name, one])) : null;
  const mapped = new Set(canonicals.map(({ name }) => name));
  const keyChecks = layout.key.map(
    (name): Check => ({ when: `${raw(name)} IS NULL`, reason: 'missing', column: name, value: 'NULL' }),
  );
  const width = Math.max(0, ...(layout.format.fields ?? []).map(({ to }) => to));
  // A line with more than the layout knows of: something moved, and none of its fields can be trusted.
  const tooWide: Check = {
    when: `_width > ${width}`,
    reason: 'record-too-long',
    column: '',
    value: 'CAST(_width AS VARCHAR)',
  };
  const own = [
    ...(places ? [tooWide] : []),
    ...stepChecks(layout),
    ...keyChecks,
    ...canonicals.flatMap((one) => one.checks),
    ...target.rowChecks(layout, mapped, raw),
  ];
  const rules = compileRules(layout, raw, own.length);
  const refused = refusables(layout);
  const refusals = refused.map(({ column, reason }): Check => {
    return { when: 'false', reason, column, value: raws.includes(column) ? raw(column) : 'NULL' };
  });
  const checks = [...own, ...rules.checks, ...refusals];
  const key = target.rowKey(layout, raw);
  const spaced = new Set(files.flatMap(({ uneven }) => uneven));
  const read = (name: string) => {
    if (stepped) return quoted(name);
    const place = places?.get(name);
    if (place) return `nullif(trim(substring(${WHOLE_LINE}, ${place.from}, ${place.to - place.from + 1})), '')`;
    return spaced.has(name) ? `nullif(trim(${quoted(name)}), '')` : quoted(name);
  };
  const problem = `CASE ${checks.map(({ when }, index) => `WHEN ${when} THEN ${index}`).join(' ')} END`;
  const keyed = layout.key.length > 0;
  const fields = [
    ...raws.map((name) => `${read(name)} AS ${raw(name)}`),
    ...(stepped ? ['_end', '_width'] : places ? [`length(${WHOLE_LINE}) AS _width`] : []),
  ];
  const extra = [...(stepped ? ['_end', '_width'] : places ? ['_width'] : []), ...(rules.daily ? ['_today'] : [])];
  const bronze = (where: string) =>
    (stepped ? files.map((file) => [file] as const) : scansOf(files))
      .map((scan) => {
        const [file] = scan;
        const written = told(scan, ({ writtenAt }) => writtenAt.getTime() * 1000);
        const today = told(
          scan,
          ({ writtenAt }) => `DATE ${literal(wallTimeAt(writtenAt.getTime(), timeZone).slice(0, 10))}`,
        );
        const values = [
          `(CAST(${told(scan, ({ batch }) => batch)} AS BIGINT) << 32) + _line AS row_id`,
          `CAST(${written} AS BIGINT) AS _written`,
          ...(rules.daily ? [`${today} AS _today`] : []),
        ];
        const filters = [...(where === '' ? [] : [where]), ...skipping(layout, file)];
        const relation = stepped ? rowsAfterSteps(layout, file) : scanned(scan);
        const filter = filters.length > 0 ? `WHERE ${filters.join(' AND ')}` : '';
        return `SELECT ${[...values, ...fields].join(', ')} FROM ${relation} ${filter}`;
      })
      .join(' UNION ALL ');
  const rows = (where: string) => `
      SELECT row_id, _written, ${[...raws.map(raw), ...extra].join(', ') || 'NULL AS r0'}, ${key} AS row_key,
        ${canonicals.map(({ name, value }) => `${value} AS ${quoted(name)}`).join(',\n        ')}
      FROM (${bronze(where)}) ${keyed ? '' : 'JOIN copies USING (row_id)'}`;
  const originals = target.originals(mapped).map(({ kind, column }) => {
    const from = layout.columns[column]?.from ?? [];
    const original = from.length === 0 ? 'NULL' : `concat_ws(' ', ${from.map(raw).join(', ')})`;
    return `${original} AS original_${kind}`;
  });
  const kept = ['row_id', 'row_key', ...canonicals.map(({ name }) => quoted(name)), ...originals];
  const missing = canonicals
    .filter(({ name }) => target.isFilled(name))
    .map(({ name, given }) => [name, `NOT (${given})`] as const);
  const emptied = canonicals.flatMap(({ name, emptied: when }) => (when ? [[name, when] as const] : []));
  const flags = [
    ...missing.map(([name, when]) => `${when} AS missing_${name}`),
    ...emptied.map(([name, when]) => `${when} AS emptied_${name}`),
  ];
  const natural = `md5_number(concat_ws(chr(31), ${target.keyParts(layout, mapped).join(', ')}))`;
  // Of what was understood, whatever the source's columns are called; the ledger keeps an order of its own.
  const content = keyed ? `hash(${['row_key', ...mapped].toSorted().map(quoted).join(', ')})` : 'hash(row_key)';
  const rank = mapped.has('updated_at') ? 'coalesce(epoch_us(updated_at), _written)' : '_written';
  const checked = [
    'row_id',
    `${natural} AS key`,
    `${rank} AS rank`,
    `${content} AS content`,
    `${target.day(layout, mapped)} AS day`,
    `${problem} AS problem`,
    ...rules.outputs,
  ];
  const pick = (value: (check: Check) => string) =>
    `CASE problem ${checks.map((check, index) => `WHEN ${index} THEN ${value(check)}`).join(' ')} END`;
  const among = (lines: readonly number[] | null) => (lines ? `_line IN (${lines.join(', ')})` : '');
  const refusedRows = (lines: readonly number[] | null) => `
    SELECT row_id, ${pick(({ column }) => (column === '' ? 'NULL' : literal(column)))} AS column_name, ${pick(({ reason }) => literal(reason))} AS reason,
      ${pick(({ value }) => value)} AS value
    FROM (${rows(among(lines))}) JOIN (SELECT row_id, problem FROM checked WHERE problem IS NOT NULL) USING (row_id)`;
  const between = (lines?: Lines) => (lines ? `_line >= ${lines.from} AND _line < ${lines.to}` : '');
  return {
    checked: (where = '') => `SELECT ${[...checked, ...flags].join(', ')} FROM (${rules.judged(rows(where))})`,
    typed: (lines) => `SELECT ${kept.join(', ')} FROM (${rows(between(lines))}) WHERE row_id IN (FROM lacking)`,
    refused: refusedRows,
    copies: keyed ? null : numberedCopies(files),
    outputs: target.outputs(layout, mapped),
    fills: missing.map(([name]) => name),
    emptied: emptied.map(([name]) => name),
    rules,
    refusals: new Map(refused.map((one, index) => [refusalName(one), own.length + rules.checks.length + index])),
    sampled: (lines) => `SELECT row_id, ${rules.values.join(', ')} FROM (${rows(among(lines))})`,
  };
}

/** The k-th identical row of a file is the k-th of its content: the copies are numbered in the file's order. */
function numberedCopies(files: readonly BronzeFile[]): string {
  const contents = files.map((file) => {
    const fields = file.columns.map((name) => `coalesce(${quoted(name)}, '')`);
    // Corrected rows come last, so that none of the others is numbered anew.
    const mended = file.mended === undefined ? 'false' : `_line IN (SELECT _line FROM ${file.mended})`;
    return `SELECT (CAST(${file.batch} AS BIGINT) << 32) + _line AS row_id, md5(concat_ws(chr(31), ${fields.join(', ')})) AS _content, ${mended} AS _mended FROM ${rowsOf(file)}`;
  });
  return `SELECT row_id, _content, row_number() OVER (PARTITION BY row_id >> 32, _content ORDER BY _mended, row_id) AS _copy FROM (${contents.join(' UNION ALL ')})`;
}

function canonical(
  name: string,
  mapping: Mapping,
  raw: (name: string) => string,
  layout: Layout,
  timeZone: string,
): Canonical {
  const transform = TRANSFORMS.get(mapping.as);
  if (!transform) {
    const what = `transformação desconhecida: ${mapping.as} em ${name}`;
    throw new RamalError('layoutInvalid', {
      layout: layout.source,
      what,
      todo: `Use uma de ${[...TRANSFORMS.keys()].join(', ')}`,
    });
  }
  const from = mapping.from ?? [];
  const missing = mapping.missing ?? [];
  const inputs = from.map((column) =>
    missing.length === 0
      ? raw(column)
      : `CASE WHEN ${raw(column)} NOT IN (${missing.map(literal).join(', ')}) THEN ${raw(column)} END`,
  );
  const target = targetOf(layout);
  const type = target.typeOf(name, layout);
  const made = transform.sql(inputs, mapping);
  const value = type === 'VARCHAR' ? made : `try_cast(${made} AS ${type})`;
  const given = from.length === 0 ? 'true' : `(${inputs.map((input) => `(${input}) IS NOT NULL`).join(' OR ')})`;
  const column = from.join(' + ') || name;
  const received = from.length === 0 ? 'NULL' : `concat_ws(' ', ${from.map(raw).join(', ')})`;
  const own = quoted(name);
  const misunderstood = `${given} AND ${own} IS NULL`;
  const checks: Check[] = [];
  const empties = (mapping.invalid ?? transform.invalid) === 'empty';
  if (mapping.required || target.mandatory(layout).includes(name))
    checks.push({ when: `NOT (${given})`, reason: 'missing', column, value: 'NULL' });
  if (!empties && mapping.as !== 'constant')
    checks.push({ when: misunderstood, reason: transform.reason, column, value: received });
  if (type === 'TIMESTAMP' && from.length > 0) {
    const when = `${own} < TIMESTAMP ${literal(MOMENTS[0])} OR ${own} >= TIMESTAMP ${literal(MOMENTS[1])}`;
    checks.push({ when, reason: transform.reason, column, value: received });
  }
  if (transform.wallTime && from.length > 0) {
    const inGap = clockGaps(own, received, timeZone);
    if (inGap) checks.push({ when: inGap, reason: 'clock-change', column, value: received });
  }
  if ((DURATIONS as readonly string[]).includes(name)) {
    checks.push({ when: `${own} < 0`, reason: 'negative-duration', column, value: received });
    checks.push({ when: `${own} > ${LONGEST_S}`, reason: 'invalid-duration', column, value: received });
  }
  return { name, mapping, value, given, checks, emptied: empties ? misunderstood : null };
}

const changes = new Map<string, readonly string[]>();

/** Days on which a zone's clocks went forward. */
function changeDays(timeZone: string): readonly string[] {
  const known = changes.get(timeZone);
  if (known) return known;
  const days = [...new Set(clockChanges(timeZone, YEARS[0], YEARS[1]).map(({ start }) => start.slice(0, 10)))];
  changes.set(timeZone, days);
  return days;
}

/** True when a time written with hours never existed: the clock jumped over it. Only days with a change are looked at. */
function clockGaps(name: string, received: string, timeZone: string): string | null {
  const days = changeDays(timeZone).map((day) => `DATE ${literal(day)}`);
  if (days.length === 0) return null;
  const zone = literal(timeZone);
  return `CASE WHEN CAST(${name} AS DATE) IN (${days.join(', ')}) AND contains(${received}, ':')
    THEN (${name} AT TIME ZONE ${zone}) AT TIME ZONE ${zone} <> ${name} ELSE false END`;
}
