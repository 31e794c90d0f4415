import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { holidayName, placeOf } from '../../intake/reference/holidays.ts';
import { referenceKind } from '../../intake/reference/registry.ts';
import { addDays, type Day, daysBetween } from '../../kernel/brazil/dates.ts';
import { ALPHA, type Causes, findCauses } from '../../metrics/causes/causes.ts';
import { causeInputs, type Knowledge } from '../../metrics/causes/inputs.ts';
import { lakeFacts } from '../../metrics/facts.ts';
import { chosenSources, type Scope as MetricScope, watermarkOf } from '../../metrics/scope.ts';
import type { App } from '../app.ts';
import { Insights } from '../insights-schema.ts';
import { route } from '../route.ts';
import { Scope } from '../schema.ts';
import { scopeOf } from '../scope-query.ts';

/** Weeks that causes are looked for in when no period is asked. */
const USUAL_DAYS = 26 * 7;
/** Tables that an answer rests on besides the lake. */
const TABLES = ['deploys', 'holidays', 'seniority'];

async function knowledgeOf({ references, config }: App, from: Day, to: Day): Promise<Knowledge> {
  const [deploys, holidays, levels] = await Promise.all(TABLES.map((name) => references.entries(referenceKind(name))));
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
    staffing: [],
  };
}

async function causesOf(app: App, asked: MetricScope) {
  const facts = await lakeFacts(app.lake);
  const watermark = watermarkOf(chosenSources(facts.sources, asked));
  const to = asked.to ?? (watermark ? addDays(watermark, 1) : null);
  const from = asked.from ?? (to ? addDays(to, -USUAL_DAYS) : null);
  const found: Causes = from && to ? await foundIn(app, { ...asked, from, to }, from, to) : { causes: [], tests: 0 };
  return { from, to, watermark, alpha: ALPHA, tests: found.tests, causes: found.causes };
}

async function foundIn(app: App, scope: MetricScope, from: Day, to: Day): Promise<Causes> {
  const inputs = await causeInputs(app.lake, scope, await knowledgeOf(app, from, to));
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
