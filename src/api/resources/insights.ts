import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { holidayName, placeOf } from '../../intake/reference/holidays.ts';
import { referenceKind } from '../../intake/reference/registry.ts';
import { addDays, type Day, daysBetween } from '../../kernel/brazil/dates.ts';
import { RamalError } from '../../kernel/errors.ts';
import { ALPHA, type Causes, findCauses } from '../../metrics/causes/causes.ts';
import { causeInputs, type Knowledge } from '../../metrics/causes/inputs.ts';
import { lakeFacts } from '../../metrics/facts.ts';
import { chosenSources, type Scope as MetricScope, watermarkOf } from '../../metrics/scope.ts';
import { staffingAnswer } from '../../metrics/staffing/staffing.ts';
import type { App } from '../app.ts';
import { Insights } from '../insights-schema.ts';
import { route } from '../route.ts';
import { Scope } from '../schema.ts';
import { scopeOf } from '../scope-query.ts';
import { staffingTables } from '../staffing-tables.ts';

/** Weeks that causes are looked for in when no period is asked. */
const USUAL_DAYS = 26 * 7;
/** Tables that an answer rests on besides the lake. */
const TABLES = ['deploys', 'holidays', 'seniority', 'rosters'];
/** The last days in which people are held against demand, and the service that demand is reckoned by. */
const STAFFING_DAYS = 28;
const SERVICE = { channel: 'voz', target: { level: 0.8, within: 20 } } as const;

async function knowledgeOf(app: App, scope: MetricScope, from: Day, to: Day): Promise<Knowledge> {
  const { references, config } = app;
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
    staffing: await halfHoursOf(app, { ...scope, from: addDays(to, -STAFFING_DAYS), to }),
  };
}

/** People needed for the calls that usually come, and those rostered; nothing where no roster or no such filter is known. */
async function halfHoursOf(app: App, scope: MetricScope): Promise<Knowledge['staffing']> {
  const question = {
    ...SERVICE,
    scope,
    view: 'net',
    patience: 'data',
    shrinkage: 0,
    horizon: 0,
    dueDays: [],
    receipt: false,
  } as const;
  try {
    const { rows } = await staffingAnswer(app.lake, question, await staffingTables(app));
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

async function causesOf(app: App, asked: MetricScope) {
  const facts = await lakeFacts(app.lake);
  // Of all sources, those that live: one that ended years ago does not say when the last weeks were.
  const last = chosenSources(facts.sources, asked)
    .map(({ last_day }) => last_day)
    .sort()
    .at(-1);
  const to = asked.to ?? (last ? addDays(last, 1) : null);
  const from = asked.from ?? (to ? addDays(to, -USUAL_DAYS) : null);
  const found: Causes = from && to ? await foundIn(app, { ...asked, from, to }, from, to) : { causes: [], tests: 0 };
  const watermark = from && to ? watermarkOf(chosenSources(facts.sources, { ...asked, from, to })) : null;
  return { from, to, watermark, alpha: ALPHA, tests: found.tests, causes: found.causes };
}

async function foundIn(app: App, scope: MetricScope, from: Day, to: Day): Promise<Causes> {
  const inputs = await causeInputs(app.lake, scope, await knowledgeOf(app, scope, from, to));
  return inputs ? findCauses(inputs) : { causes: [], tests: 0 };
}

export const insightRoutes = [
  route({
    method: 'GET',
    url: '/api/insights',
    audience: AUDIENCE.intake,
    summary: 'Causas: o que pediu mais horas de gente, com intervalo, evidência e o que fazer',
    query: Type.Object({ ...Scope.properties }),
    response: Insights,
    handler: async ({ app, query }) => {
      const scope = scopeOf(query);
      const states = await app.references.states();
      const changes = TABLES.map((name) => states.get(name)?.last?.change ?? null);
      const answer = await app.cache.get(
        app.lake,
        ['insights', scope, changes],
        () => causesOf(app, scope),
        query.refresh === true,
      );
      return {
        ...answer,
        causes: answer.causes.map((cause) => ({ ...cause, interval: [...cause.interval] as [number, number] })),
      };
    },
  }),
];
