import { holidayName, placeOf } from '../intake/reference/holidays.ts';
import { referenceKind } from '../intake/reference/registry.ts';
import { addDays, type Day, daysBetween } from '../kernel/brazil/dates.ts';
import { businessDay } from '../kernel/clock.ts';
import { RamalError } from '../kernel/errors.ts';
import type { Cause } from '../metrics/causes/cause.ts';
import { ALPHA, type Causes, findCauses } from '../metrics/causes/causes.ts';
import { causeInputs, type Knowledge } from '../metrics/causes/inputs.ts';
import { lakeFacts } from '../metrics/facts.ts';
import { chosenSources, type Scope, watermarkOf } from '../metrics/scope.ts';
import { aboutScope } from './about.ts';
import type { Reporting } from './reporting.ts';
import { staffingNow, staffingQuestion } from './staffing-report.ts';
import { oneBlock, type ReportTable } from './table-file.ts';
import { FILE_WORDS, fileName } from './words.ts';

type Home = Pick<Reporting, 'lake' | 'cache' | 'references' | 'clock' | 'config'>;

/** Causes of a period, with the chance that any of them is a false alarm and how many tests were made. */
export interface FoundCauses {
  readonly from: Day | null;
  readonly to: Day | null;
  readonly watermark: Day | null;
  readonly alpha: number;
  readonly tests: number;
  readonly causes: readonly Cause[];
}

/** Weeks that causes are looked for in when no period is asked. */
const USUAL_DAYS = 26 * 7;
/** Tables that an answer rests on besides the lake. */
const TABLES = ['deploys', 'holidays', 'seniority', 'rosters', 'targets'];
/** The last days in which people are held against demand, as the page that staffing has does when it opens. */
const STAFFING_DAYS = 28;

async function knowledgeOf(home: Home, scope: Scope, from: Day, to: Day): Promise<Knowledge> {
  const { references, config } = home;
  const [deploys, holidays, levels] = await Promise.all(
    ['deploys', 'holidays', 'seniority'].map((name) => references.entries(referenceKind(name))),
  );
  const place = placeOf(config.place);
  const days = Array.from({ length: daysBetween(from, to) }, (_, index) => addDays(from, index));
  const hired = new Map<string, Day>();
  for (const { key, from: since } of levels!) {
    const known = hired.get(key.agent!);
    if (since && (!known || since < known)) hired.set(key.agent!, since);
  }
  return {
    deploys: deploys!.map(({ key, values }) => ({ day: key.day!, name: values.description ?? key.system ?? '' })),
    holidays: new Set(days.filter((day) => holidayName(holidays!, day, place) !== null)),
    hired: [...hired].map(([agent, day]) => ({ agent, day })),
    staffing: await halfHoursOf(home, { ...scope, from: addDays(to, -STAFFING_DAYS), to }),
  };
}

/** People needed for the calls that usually come, and those rostered; nothing where no roster or no such filter is known. */
async function halfHoursOf(home: Home, scope: Scope): Promise<Knowledge['staffing']> {
  try {
    const { rows } = await staffingNow(home, await staffingQuestion(home, scope, { horizon: 0 }));
    return rows.flatMap(({ day, from, usualNeeded, rostered }) =>
      rostered === null ? [] : [{ day, halfHour: halfHourOf(from), needed: usualNeeded, rostered }],
    );
  } catch (error) {
    if (error instanceof RamalError && error.code === 'usage') return [];
    throw error;
  }
}

function halfHourOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return 2 * hours + (minutes >= 30 ? 1 : 0);
}

async function causesOf(home: Home, asked: Scope): Promise<FoundCauses> {
  const facts = await lakeFacts(home.lake);
  // Of all sources, those that live: one that ended years ago does not say when the last weeks were.
  const last = chosenSources(facts.sources, asked)
    .map(({ last_day }) => last_day)
    .sort()
    .at(-1);
  const to = asked.to ?? (last ? addDays(last, 1) : null);
  const from = asked.from ?? (to ? addDays(to, -USUAL_DAYS) : null);
  const found: Causes = from && to ? await foundIn(home, { ...asked, from, to }, from, to) : { causes: [], tests: 0 };
  const watermark = from && to ? watermarkOf(chosenSources(facts.sources, { ...asked, from, to })) : null;
  return { from, to, watermark, alpha: ALPHA, tests: found.tests, causes: found.causes };
}

async function foundIn(home: Home, scope: Scope, from: Day, to: Day): Promise<Causes> {
  const inputs = await causeInputs(home.lake, scope, await knowledgeOf(home, scope, from, to));
  return inputs ? findCauses(inputs) : { causes: [], tests: 0 };
}

/** The causes of a scope, kept for as long as neither the lake nor a table that they rest on changes. */
export async function foundCauses(home: Home, scope: Scope, refresh = false): Promise<FoundCauses> {
  const states = await home.references.states();
  const changes = TABLES.map((name) => states.get(name)?.last?.change ?? null);
  return home.cache.get(
    home.lake,
    ['insights', scope, changes, businessDay(home.clock.now(), home.config.timeZone)],
    () => causesOf(home, scope),
    refresh,
  );
}

/** The causes as the screen ranks them, a row each. */
export async function causeTable(to: Reporting, scope: Scope): Promise<ReportTable> {
  const { lang } = to;
  const { causes: words, split, about } = FILE_WORDS[lang];
  const found = await foundCauses(to, scope);
  return {
    name: fileName(words.title, found),
    title: words.title,
    columns: [
      { name: words.statement, kind: 'text' },
      { name: words.hours, kind: 'number' },
      { name: split.low, kind: 'number' },
      { name: split.high, kind: 'number' },
      { name: words.adjusted, kind: 'number' },
      { name: split.n, kind: 'integer' },
      { name: words.todo, kind: 'text' },
    ],
    rows: oneBlock(
      found.causes.map(({ statement, effectHours, interval, adjusted, evidence, todo }) => [
        statement[lang],
        effectHours,
        ...(interval ?? [null, null]),
        adjusted,
        evidence.n,
        todo[lang],
      ]),
    ),
    about: () =>
      aboutScope(to, {
        title: words.title,
        scope,
        answer: found,
        order: '',
        view: 'net',
        rule: [[about.measure, words.measure(found.tests, found.alpha)]],
      }),
  };
}
