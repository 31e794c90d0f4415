import { addDays, type Day, daysBetween } from '../kernel/brazil/dates.ts';
import { RamalError } from '../kernel/errors.ts';
import { builtContacts } from '../lake/reference/resolved.ts';
import type { RepeatRule } from '../lake/rules/rules.ts';
import { dateParameter, type Lake, quoted } from '../storage/lake.ts';
import { type LakeFacts, lakeFacts, type SourceFacts } from './facts.ts';
import { wilson } from './interval.ts';
import { slicedRepeats } from './repeat-sums.ts';
import { identifiedSources, ruleNamed } from './repeats.ts';
import { askedColumns, conditions, type Scope } from './scope.ts';

/** Most periods told beside the one in question. */
export const MOST_BEFORE = 60;

export interface SameAgeQuestion {
  /** With both its days. */
  readonly scope: Scope;
  readonly rule: string;
  /** So many periods before it. */
  readonly before: number;
  /** The last complete day, when it is not the data's own. */
  readonly watermark?: Day | undefined;
}

/** A period as it stood at an age: anchors that had happened by its watermark, and those that had come back by then. */
export interface AgedPeriod {
  readonly from: Day;
  readonly to: Day;
  readonly watermark: Day;
  readonly anchors: number;
  readonly repeated: number;
  readonly rate: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export interface SameAge {
  readonly rule: string;
  /** Days known of the period, from its first on. */
  readonly age: number;
  /** The period in question first, then those before it. */
  readonly periods: readonly AgedPeriod[];
  readonly lakeVersion: number;
}

interface AgedRow {
  readonly before: number;
  anchors: number;
  repeated: number;
}

/**
 * The repeat rate of a period so far, beside earlier ones as they stood when as much time had passed since they began:
 * those of the same weekdays that all its sources hold. Every anchor counts, mature or not, so the rates are below the
 * final ones, all by as much. Persons and reasons are as they are known now.
 * @throws RamalError `usage` without days, and for a rule without anchors, of which nothing matures.
 */
export async function sameAge(lake: Lake, question: SameAgeQuestion): Promise<SameAge> {
  const rule = ruleNamed(question.rule);
  const facts = await lakeFacts(lake);
  const known = periodOf(question, rule, facts);
  if (!known) return { rule: rule.name, age: 0, periods: [], lakeVersion: facts.version };
  const { from, to, age, shift, sources } = known;
  const rows = await agedRows(lake, rule, question.scope, known);
  const oldest =
    sources
      .map(({ first_day }) => first_day)
      .sort()
      .at(-1) ?? from;
  const periods = Array.from({ length: question.before + 1 }, (_, index): AgedPeriod => {
    const { anchors, repeated } = rows.find(({ before }) => before === index) ?? { anchors: 0, repeated: 0 };
    const back = -index * shift;
    const bounds = wilson(repeated, anchors);
    return {
      ...{ from: addDays(from, back), to: addDays(to, back), watermark: addDays(from, back + age - 1) },
      ...{ anchors, repeated, rate: anchors > 0 ? repeated / anchors : null },
      ...{ low: bounds?.low ?? null, high: bounds?.high ?? null },
    };
  });
  return {
    rule: rule.name,
    age,
    periods: periods.filter((period, index) => index === 0 || period.from >= oldest),
    lakeVersion: facts.version,
  };
}

interface KnownPeriod {
  readonly from: Day;
  readonly to: Day;
  readonly age: number;
  /** Days from a period to the next one of the same weekdays. */
  readonly shift: number;
  readonly before: number;
  readonly watermark: Day;
  readonly sources: readonly SourceFacts[];
}

/** The period with what is known of it; nothing where it has not begun. */
function periodOf(question: SameAgeQuestion, rule: RepeatRule, facts: LakeFacts): KnownPeriod | null {
  const { from, to } = question.scope;
  if (!from || !to || from >= to)
    throw new RamalError('usage', { what: 'Falta o período', todo: 'Diga from e to, com ao menos um dia' });
  if (rule.kind !== 'house')
    throw new RamalError('usage', {
      what: `A regra ${rule.name} não tem âncoras: nada nela amadurece`,
      todo: 'Use house, house-received ou house-linked',
    });
  const { chosen: sources, watermark: ofData } = identifiedSources(facts.sources, question.scope);
  const watermark = question.watermark ?? ofData;
  if (watermark === null || watermark < from) return null;
  const shift = 7 * Math.ceil(daysBetween(from, to) / 7);
  return { from, to, age: daysBetween(from, watermark) + 1, shift, before: question.before, watermark, sources };
}

/** Anchors are the marts' by day; of those that came back, the first day on which they did is the rows'. */
async function agedRows(lake: Lake, rule: RepeatRule, asked: Scope, known: KnownPeriod): Promise<AgedRow[]> {
  const { from, to, shift, before, watermark, sources } = known;
  const scope = { ...asked, from: addDays(from, -before * shift), to };
  const { sql: condition, parameters } = conditions(scope, sources, 'contact');
  const of = (name: string) => quoted(`${rule.name}.${name}`);
  const [{ slices }, back] = await Promise.all([
    slicedRepeats(lake, rule, { scope, sources, watermark, by: ['day'] }),
    lake.rows<{ day: Day; first: Day; anchors: number }>(
      `WITH back AS (
         SELECT mark.${of('anchor_row_id')} AS row_id, min(contact.day) AS first
         FROM gold.mark JOIN ${builtContacts([])} AS contact USING (row_id)
         WHERE mark.${of('role')} = 'repeat' AND contact.day BETWEEN $from_day AND $watermark
         GROUP BY ALL
       )
       SELECT CAST(contact.day AS VARCHAR) AS day, CAST(back.first AS VARCHAR) AS first, count(*) AS anchors
       FROM back JOIN ${builtContacts(askedColumns(scope))} AS contact USING (row_id) WHERE ${condition} GROUP BY ALL`,
      { ...parameters, watermark: dateParameter(watermark) },
    ),
  ]);
  const rows = Array.from({ length: before + 1 }, (_, index) => ({ before: index, anchors: 0, repeated: 0 }));
  /** The period of a day, where the day is in one and was known at its age. */
  const periodOn = (day: Day) => {
    const ago = daysBetween(day, to) - 1;
    const row = ago % shift < daysBetween(from, to) ? rows[Math.floor(ago / shift)] : undefined;
    return row && day <= addDays(watermark, -row.before * shift) ? row : undefined;
  };
  for (const { key, sums } of slices) {
    const row = periodOn(String(key[0]));
    if (row) row.anchors += sums.anchors;
  }
  for (const { day, first, anchors } of back) {
    const row = periodOn(day);
    if (row && first <= addDays(watermark, -row.before * shift)) row.repeated += anchors;
  }
  return rows;
}
