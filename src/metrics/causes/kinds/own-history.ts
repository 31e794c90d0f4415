import { addDays } from '../../../kernel/brazil/dates.ts';
import { type Candidate, type CauseKind, minutes, share, shortDay } from '../cause.ts';
import type { CauseInputs, WeekSums } from '../inputs.ts';
import { against, type Difference, sampleOf } from '../statistics.ts';

/** Weeks before the last one that say what is usual. */
const WEEKS = 12;
/** Cases of a week below which it says little. */
const FEW = 20;

interface Measure {
  readonly name: 'handle-time' | 'repeat-rate';
  readonly metric: string;
  readonly cases: (week: WeekSums) => number;
  readonly value: (week: WeekSums) => number;
  readonly text: (value: number) => { pt: string; en: string };
  readonly hours: (difference: number, week: WeekSums, handle: number) => number;
  readonly words: { readonly pt: string; readonly en: string };
}

const MEASURES: readonly Measure[] = [
  {
    name: 'handle-time',
    metric: 'avgHandleTime',
    cases: ({ legs }) => legs,
    value: ({ handle_s, legs }) => handle_s / legs,
    text: (value) => ({ pt: minutes(value), en: minutes(value) }),
    hours: (difference, { legs }) => (difference * legs) / 3600,
    words: { pt: 'O TMA', en: 'The handle time' },
  },
  {
    name: 'repeat-rate',
    metric: 'repeatRate',
    cases: ({ matured }) => matured,
    value: ({ repeated, matured }) => repeated / matured,
    text: share,
    hours: (difference, { matured }, handle) => (difference * matured * handle) / 3600,
    words: { pt: 'A rechamada', en: 'The repeat rate' },
  },
];

/** Agents, reasons and accounts whose last closed week left their own twelve before it. */
export const ownHistory: CauseKind = {
  find(inputs) {
    const groups = Map.groupBy(inputs.weeks, ({ by, subject }) => `${by}\u0000${subject}`);
    return [...groups.values()].flatMap((weeks) =>
      weeks[0]!.subject === 'desconhecido'
        ? []
        : MEASURES.flatMap((measure) => {
            const found = lastWeek(inputs, weeks, measure);
            return found ? [found] : [];
          }),
    );
  },
};

function lastWeek(inputs: CauseInputs, weeks: readonly WeekSums[], measure: Measure): Candidate | null {
  const whole = weeks
    .filter(({ week }) => addDays(week, 6) <= inputs.watermark && week >= inputs.from)
    .filter((week) => measure.cases(week) >= FEW)
    .toSorted((a, b) => a.week.localeCompare(b.week));
  const last = whole.at(-1);
  const before = whole.slice(-WEEKS - 1, -1);
  const test = last && against(measure.value(last), sampleOf(before.map(measure.value)));
  return test ? candidate(inputs, measure, last, [...before, last], test) : null;
}

const WHAT = {
  agent: { pt: 'de', en: 'of' },
  reason: { pt: 'do motivo', en: 'of reason' },
  account: { pt: 'da conta', en: 'of account' },
} as const;

function candidate(
  { agents, handle }: CauseInputs,
  measure: Measure,
  last: WeekSums,
  shown: readonly WeekSums[],
  test: Difference & { readonly usual: number },
): Candidate {
  const name = last.by === 'agent' ? (agents.get(last.subject) ?? last.subject) : `“${last.subject}”`;
  const [now, usual] = [measure.text(measure.value(last)), measure.text(test.usual)];
  const [from, what] = [shortDay(last.week), WHAT[last.by]];
  const hours = (difference: number) => measure.hours(difference, last, handle);
  return {
    kind: 'own-history',
    subject: `${last.by}/${last.subject}/${measure.name}`,
    statement: {
      pt: `${measure.words.pt} ${what.pt} ${name} foi ${now.pt} na semana de ${from.pt}; nas ${shown.length - 1} anteriores, ${usual.pt}.`,
      en: `${measure.words.en} ${what.en} ${name} was ${now.en} in the week of ${from.en}; in the ${shown.length - 1} before it, ${usual.en}.`,
    },
    todo: {
      pt: 'Veja os atendimentos da semana: mudou o processo, o sistema, a pessoa ou o que o cliente pede?',
      en: 'Look at the contacts of the week: did the process, the system, the person or what customers ask change?',
    },
    metric: measure.metric,
    effectHours: hours(test.difference),
    interval: [hours(test.low), hours(test.high)],
    pValue: test.pValue,
    evidence: {
      unit: measure.name === 'handle-time' ? 's' : 'ratio',
      n: measure.cases(last),
      points: shown.map((week) => ({
        label: week.week,
        value: measure.value(week),
        usual: test.usual,
        ...(week === last ? { marked: true as const } : {}),
      })),
      rows: {
        from: last.week,
        to: addDays(last.week, 7),
        where: [`${last.by}=${last.subject}`],
        ...(measure.name === 'repeat-rate' ? { repeat: 'matured' as const } : {}),
      },
    },
  };
}
