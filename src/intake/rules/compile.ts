import { literal, quoted } from '../../storage/lake.ts';
import { type BronzeFile, rowsOf } from '../bronze.ts';
import { type Layout, WHOLE_LINE } from '../layout.ts';
import { hasSteps } from '../steps/frozen.ts';
import type { Check } from '../targets/index.ts';
import { TRANSFORMS } from '../transforms/index.ts';
import { kindOf, type Rule, ruleReason } from './index.ts';
import type { Probe, RowView } from './rule.ts';
import { isTrailer, type Trailer } from './trailer.ts';

/** A rule over rows, as its statements know it. */
export interface CompiledRule {
  readonly rule: Rule;
  /** Its bit in column `failed`. */
  readonly bit: number;
  /** Its place among the checks, where it quarantines. */
  readonly check: number | null;
  readonly probe: Probe | null;
}

/** A layout's rules over rows as parts of the statement that types them; all empty without rules. */
export interface CompiledRules {
  readonly rules: readonly CompiledRule[];
  readonly trailers: readonly Trailer[];
  readonly checks: readonly Check[];
  /** Whether a rule asks for the day that the file was written. */
  readonly daily: boolean;
  /** Columns of the checked rows: `failed`, `probe_N` for the rules that look beyond the row, `sum_N` for the trailers. */
  readonly outputs: readonly string[];
  /** What the rules read, as `value_N`. */
  readonly values: readonly string[];
  /** The typed rows, with the bits of the conditions that they fail. */
  judged(rows: string): string;
}

/** @param before how many checks come before those of the rules. */
export function compileRules(layout: Layout, raw: (column: string) => string, before: number): CompiledRules {
  const trailers = (layout.rules ?? []).filter(isTrailer);
  const over = (layout.rules ?? []).filter((rule) => !isTrailer(rule));
  let daily = false;
  const row: RowView = {
    text: raw,
    value: (column, transform, format) => typedValue(layout, raw, column, transform, format),
    get today() {
      daily = true;
      return '_today';
    },
  };
  const checks: Check[] = [];
  const rules = over.map((rule, bit): CompiledRule => {
    const kind = kindOf(rule);
    const compiled = { rule, bit, probe: kind.probe?.(rule, row) ?? null };
    if ((rule.severity ?? 'quarantine') !== 'quarantine') return { ...compiled, check: null };
    const columns = kind.columns(rule);
    const received = columns.map(raw);
    checks.push({
      when: compiled.probe ? 'false' : `(_failed & ${bitOf(bit)}) <> 0`,
      reason: ruleReason(rule),
      column: columns.join(' + '),
      value: received.length === 1 ? received[0]! : `concat_ws(' ', ${received.join(', ')})`,
    });
    return { ...compiled, check: before + checks.length - 1 };
  });
  const bits = rules.flatMap(({ rule, bit }) => {
    const condition = kindOf(rule).condition?.(rule, row);
    return condition === undefined ? [] : [`CASE WHEN ${condition} THEN ${bitOf(bit)} ELSE 0 END`];
  });
  const probes = rules.flatMap(({ bit, probe }) =>
    probe
      ? [`CASE WHEN ${probe.value} IS NOT NULL THEN ${probeHash(probe, layout, rules[bit]!.rule)} END AS probe_${bit}`]
      : [],
  );
  const sums = trailers.flatMap(({ sums: column, format }, index) =>
    column === undefined ? [] : [`CAST(${row.value(column, 'decimal', format)} AS DECIMAL(18,4)) AS sum_${index}`],
  );
  return {
    rules,
    trailers,
    checks,
    daily,
    outputs: [...(rules.length === 0 ? [] : ['_failed AS failed', ...probes]), ...sums],
    values: rules.map(({ rule, bit }) => {
      const columns = kindOf(rule).columns(rule).map(raw);
      return `${columns.length === 1 ? columns[0] : `concat_ws(' ', ${columns.join(', ')})`} AS value_${bit}`;
    }),
    judged: (rows) =>
      rules.length === 0 ? rows : `SELECT *, ${bits.join(' + ') || bitOf(null)} AS _failed FROM (${rows})`,
  };
}

/** A rule's bit as a number of 64; null is none. */
export function bitOf(bit: number | null): string {
  return `CAST(${bit === null ? 0 : 2n ** BigInt(bit)} AS BIGINT)`;
}

/** What is compared of a value: in a list by itself, in a source with what it is of. */
function probeHash(probe: Probe, layout: Layout, { id }: Rule): string {
  return probe.over === 'source'
    ? `hash(${literal(`${layout.source}/${id}/`)} || ${probe.value})`
    : `hash(${probe.value})`;
}

/** The canonical column that the layout makes of a source column alone, or else what the transform makes of its text. */
function typedValue(
  layout: Layout,
  raw: (column: string) => string,
  column: string,
  transform: string,
  format?: string | readonly string[],
): string {
  const made = Object.entries(layout.columns).find(
    ([, { from = [], as, missing, invalid }]) =>
      from.length === 1 &&
      from[0] === column &&
      agrees(as, transform) &&
      missing === undefined &&
      invalid === undefined,
  );
  if (made && (format === undefined || format === made[1].format)) return quoted(made[0]);
  const form = format ?? (transform === 'date' || transform === 'date-time' ? ['dd/mm/yyyy', 'iso'] : undefined);
  if (transform === 'decimal' && form === undefined)
    return `try_cast(coalesce(brazilian_number(${raw(column)}), plain_number(${raw(column)})) AS DECIMAL(18,4))`;
  const mapping = {
    as: transform,
    ...(form === undefined ? {} : { format: typeof form === 'string' ? form : [...form] }),
  };
  const sql = TRANSFORMS.get(transform)!.sql([raw(column)], mapping);
  return transform === 'integer' ? `try_cast(${sql} AS BIGINT)` : sql;
}

const NUMBERS = ['integer', 'decimal', 'duration'];
const DATES = ['date', 'date-time'];

/** Whether a canonical column made by one transform answers for another: any of it for a plain text. */
function agrees(made: string, asked: string): boolean {
  if (made === asked) return true;
  if (asked === 'text') return made !== 'codes' && made !== 'constant' && made !== 'fields';
  return [NUMBERS, DATES].some((kinds) => kinds.includes(made) && kinds.includes(asked));
}

/** Conditions that leave the lines that are no rows of a file out: those that a trailer begins. */
export function skipping(layout: Layout, bronze: BronzeFile): string[] {
  const { columns } = bronze;
  const marks = new Set((layout.rules ?? []).filter(isTrailer).map(({ starts }) => starts));
  const first = layout.format.kind === 'fixed' ? WHOLE_LINE : quoted(columns[0] ?? '');
  return [...marks].map((mark) =>
    hasSteps(layout)
      ? `_line NOT IN (SELECT _line FROM ${rowsOf(bronze)} WHERE starts_with(coalesce(${first}, ''), ${literal(mark)}))`
      : `NOT starts_with(coalesce(${first}, ''), ${literal(mark)})`,
  );
}
