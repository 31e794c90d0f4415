import { addDays, type Day, weekdayOf } from '../../../kernel/brazil/dates.ts';
import { type Candidate, type CauseKind, share, shortDay, written } from '../cause.ts';
import type { CauseInputs, DaySums } from '../inputs.ts';
import { against, type Sample, sampleOf, student95 } from '../statistics.ts';

/** Weeks before and after a day whose same weekdays say what is usual. */
const WEEKS = [-3, -2, -1, 1, 2, 3];
const LEAST_NEIGHBOURS = 2;
/** The day itself and the two after it. */
const LAGS = [0, 1, 2];

/** The natural logarithm of a day's contacts over those of its neighbours: the same weekdays around it, without events and holidays. */
export function dayRatios(
  { days, holidays, deploys }: Pick<CauseInputs, 'days' | 'holidays' | 'deploys'>,
  value: (day: DaySums) => number | null,
): Map<Day, { ratio: number; usual: number; ordinary: boolean }> {
  const known = new Map(days.map((one) => [one.day, one]));
  const events = new Set(deploys.flatMap(({ day }) => LAGS.map((lag) => addDays(day, lag))));
  const isOrdinary = (day: Day) => !events.has(day) && !holidays.has(day);
  const ratios = new Map<Day, { ratio: number; usual: number; ordinary: boolean }>();
  for (const one of days) {
    const own = value(one);
    const around = WEEKS.map((week) => addDays(one.day, 7 * week))
      .filter(isOrdinary)
      .flatMap((day) => {
        const other = known.get(day);
        return (other && value(other)) ?? [];
      });
    if (own === null || own <= 0 || around.length < LEAST_NEIGHBOURS || holidays.has(one.day)) continue;
    const usual = Math.exp(around.reduce((sum, each) => sum + Math.log(each), 0) / around.length);
    ratios.set(one.day, { ratio: Math.log(own / usual), usual, ordinary: isOrdinary(one.day) });
  }
  return ratios;
}

function isWeekend(day: Day): boolean {
  return [0, 6].includes(weekdayOf(day));
}

/** Contacts on deploy days and the two days after, against the same weekdays around them. */
export const deployDays: CauseKind = {
  find(inputs) {
    const ratios = dayRatios(inputs, ({ contacts }) => (contacts > 0 ? contacts : null));
    const ordinary = [...ratios].filter(([, one]) => one.ordinary);
    const history = (weekend: boolean) =>
      sampleOf(ordinary.filter(([day]) => isWeekend(day) === weekend).map(([, { ratio }]) => ratio));
    // Quiet days scatter more.
    const histories = { week: history(false), weekend: history(true) };
    return inputs.deploys.flatMap((deploy) =>
      LAGS.flatMap((lag) => {
        const usual = isWeekend(addDays(deploy.day, lag)) ? histories.weekend : histories.week;
        const found = candidate(inputs, ratios, usual, deploy, lag);
        return found ? [found] : [];
      }),
    );
  },
};

function candidate(
  inputs: CauseInputs,
  ratios: ReturnType<typeof dayRatios>,
  history: Sample,
  deploy: { readonly day: Day; readonly name: string },
  lag: number,
): Candidate | null {
  const day = addDays(deploy.day, lag);
  const own = ratios.get(day);
  const test = own && against(own.ratio, history);
  if (!own || !test) return null;
  const reach = student95(history.n - 1) * Math.sqrt((history.squares / (history.n - 1)) * (1 + 1 / history.n));
  const hours = (ratio: number) => (own.usual * (Math.exp(ratio) - 1) * inputs.handle) / 3600;
  const contacts = own.usual * Math.exp(own.ratio);
  const [now, usual, rise] = [written(contacts), written(own.usual), share(Math.exp(own.ratio) - 1)];
  const [when, name] = [shortDay(day), deploy.name];
  const after = {
    pt: lag === 0 ? 'No dia do deploy' : lag === 1 ? 'No dia seguinte ao deploy' : 'Dois dias depois do deploy',
    en:
      lag === 0 ? 'On the day of the deploy' : lag === 1 ? 'On the day after the deploy' : 'Two days after the deploy',
  };
  return {
    kind: 'deploy-days',
    subject: `${day}+${lag}`,
    statement: {
      pt: `${after.pt} de ${shortDay(deploy.day).pt} (${name}) houve ${now.pt} atendimentos, ${rise.pt} acima dos ${usual.pt} usuais de ${when.pt}.`,
      en: `${after.en} of ${shortDay(deploy.day).en} (${name}) there were ${now.en} contacts, ${rise.en} above the usual ${usual.en} of ${when.en}.`,
    },
    todo: {
      pt: 'Reforce a escala nos próximos deploys, avise a operação antes e leve os motivos que mais subiram a quem fez a mudança.',
      en: 'Roster more people on the next deploys, tell operations beforehand, and take the reasons that rose most to whoever made the change.',
    },
    metric: 'contacts',
    effectHours: hours(own.ratio - history.mean),
    interval: [hours(own.ratio - history.mean - reach), hours(own.ratio - history.mean + reach)],
    pValue: own.ratio > history.mean ? test.pValue : 1,
    evidence: {
      unit: 'count',
      n: Math.round(contacts),
      points: around(inputs, ratios, day),
      rows: { from: day, to: addDays(day, 1) },
    },
  };
}

/** Two weeks around a day, with what was usual. */
export function around(
  { days }: Pick<CauseInputs, 'days'>,
  ratios: ReturnType<typeof dayRatios>,
  day: Day,
  value: (day: DaySums) => number = ({ contacts }) => contacts,
) {
  return days
    .filter((one) => one.day >= addDays(day, -10) && one.day <= addDays(day, 4))
    .map((one) => ({
      label: one.day,
      value: value(one),
      usual: ratios.get(one.day)?.usual ?? null,
      ...(one.day === day ? { marked: true as const } : {}),
    }));
}
