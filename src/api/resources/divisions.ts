import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import type { KeptBase } from '../../customers/base/kept-bases.ts';
import { TREATMENTS } from '../../customers/features/treatment.ts';
import type { Division } from '../../customers/segments/divisions.ts';
import { METHODS, type Method } from '../../customers/segments/fit-groups.ts';
import { groupAverages } from '../../customers/segments/group-averages.ts';
import type { AskedColumn } from '../../customers/segments/segment-base.ts';
import { RamalError } from '../../kernel/errors.ts';
import { literal } from '../../storage/lake.ts';
import type { App } from '../app.ts';
import { DIVIDING_WORK, divideBase, proposedFields } from '../divide-base.ts';
import { besideInUse } from '../divisions-beside.ts';
import { oneOf } from '../one-of.ts';
import { named, personaViewOf, readingOf, textViewOf } from '../persona-view.ts';
import { route } from '../route.ts';
import { Job } from '../schema.ts';
import { SegmentsList, SegmentsMap, SegmentsProposal, SegmentsView } from '../schema-segments.ts';
import { numberOf } from '../scope-query.ts';

const Asked = Type.Object({
  base: Type.Optional(Type.Integer({ description: 'A base guardada; sem ela, a mais nova' })),
  columns: Type.Array(Type.Object({ name: Type.String(), treatment: Type.Optional(oneOf(TREATMENTS)) }), {
    minItems: 1,
    maxItems: 100,
  }),
  method: oneOf(METHODS),
  k: Type.Optional(
    Type.Integer({ minimum: 2, maximum: 30, description: 'Grupos do k-means; sem ele, o melhor número' }),
  ),
  anew: Type.Optional(Type.Boolean({ description: 'Não segue os grupos em uso: sorteia outros' })),
  seed: Type.Optional(Type.Integer({ minimum: 0 })),
});
interface Asked {
  readonly base?: number;
  readonly columns: readonly AskedColumn[];
  readonly method: Method;
  readonly k?: number;
  readonly anew?: boolean;
  readonly seed?: number;
}

/** Points of a map. */
const MOST_POINTS = 2500;

async function baseAsked(app: App, id: number | undefined): Promise<KeptBase> {
  if (id !== undefined) return app.bases.get(id);
  const latest = await app.bases.latest();
  if (latest) return latest;
  throw new RamalError('notFound', {
    what: 'base de clientes',
    received: 'nenhuma',
    todo: 'Monte a base na página Clientes',
  });
}

function briefOf({ createdAt, approvedAt, ...rest }: Division) {
  const { id, base, day, customers, method, silhouette, createdBy, approvedBy } = rest;
  return {
    ...{ id, base, day, customers, method, silhouette, createdBy, approvedBy },
    ...{ columns: rest.columns, fields: rest.columns.map(({ name }) => readingOf(name).label) },
    groups: rest.groups.map(({ number, share, stability }) => ({ number, share, stability })),
    ...{ createdAt: createdAt.toISOString(), approvedAt: approvedAt?.toISOString() ?? null },
  };
}

async function averagesOf({ lake, bases, divisions }: App, { id, base: of, columns, features }: Division) {
  const { key } = await bases.get(of);
  return groupAverages(lake, {
    ...{ base: bases.pathOf(of), key, groups: divisions.pathOf(id) },
    ...{ columns: columns.map(({ name }) => name), features },
  });
}

async function viewOf(app: App, found: Division) {
  const { features, candidates, rule, migration, map, warnings, roles, personas } = found;
  const texts = [...(await app.divisions.texts()).values()].map(textViewOf);
  const brief = briefOf(found);
  const averages = await averagesOf(app, found);
  return {
    ...brief,
    groups: brief.groups.map((group) => ({ ...group, averages: [...(averages.get(group.number) ?? [])] })),
    ...{ candidates, migration, map: [...map], warnings, texts },
    ...{ features: features.map(named), rule: rule && { ...rule, cuts: rule.cuts.map(named) } },
    ...{ roles: roles.map(named), personas: personas.map(personaViewOf) },
    beside: await besideInUse(app, found),
  };
}

export const divisionRoutes = [
  route({
    method: 'GET',
    url: '/api/segments',
    audience: AUDIENCE.manager,
    summary: 'As divisões de clientes guardadas, da mais nova, a que está em uso e o trabalho que faz outra',
    response: SegmentsList,
    handler: async ({ app }) => {
      const [divisions, current] = await Promise.all([app.divisions.list(), app.divisions.current()]);
      return {
        ...{ divisions: divisions.map(briefOf), current: current?.id ?? null },
        running: app.jobs.current(DIVIDING_WORK),
      };
    },
  }),
  route({
    method: 'GET',
    url: '/api/segments/proposal',
    audience: AUDIENCE.manager,
    summary: 'Os campos de uma base, e os de que se propõe que os grupos sejam feitos',
    query: Type.Object({ base: Type.Optional(Type.Integer({ description: 'A base; sem ela, a do último dia' })) }),
    response: SegmentsProposal,
    handler: async ({ app, query }) => {
      const bases = (await app.bases.list()).map(({ id, day, customers }) => ({ id, day, customers }));
      if (bases.length === 0) return { base: null, bases, columns: [] };
      const base = await baseAsked(app, query.base as number | undefined);
      return { base: base.id, bases, columns: proposedFields(base) };
    },
  }),
  route({
    method: 'POST',
    url: '/api/segments',
    audience: AUDIENCE.manager,
    summary:
      'Divide em grupos os clientes de uma base guardada, diz quem são, e guarda a divisão à espera de aprovação',
    body: Asked,
    response: Job,
    status: 202,
    handler: async ({ app, body, user }) => {
      const { columns, method, k, anew = false, seed = 1, base: asked } = body as Asked;
      const base = await baseAsked(app, asked);
      const known = new Set(base.fields.map(({ name }) => name));
      const strange = columns.find(({ name }) => !known.has(name) || name === base.key);
      if (strange)
        throw new RamalError('usage', {
          what: `A base não tem o campo ${strange.name}`,
          todo: 'Escolha entre os campos da base',
        });
      return app.jobs.startBeside(DIVIDING_WORK, async (progress, signal) =>
        briefOf(await divideBase(app, base, { columns, method, k, seed, anew }, user, { progress, signal })),
      );
    },
  }),
  route({
    method: 'GET',
    url: '/api/segments/:id',
    audience: AUDIENCE.manager,
    summary: 'Uma divisão: os grupos, quem são, quanto se pode confiar e quem mudou',
    response: SegmentsView,
    handler: async ({ app, params }) => viewOf(app, await app.divisions.get(numberOf('id', params.id))),
  }),
  route({
    method: 'POST',
    url: '/api/segments/:id/approval',
    audience: AUDIENCE.manager,
    summary: 'Põe uma divisão em uso: as personas passam a ser as dela',
    response: SegmentsView,
    handler: async ({ app, params, user }) => viewOf(app, await app.divisions.approve(numberOf('id', params.id), user)),
  }),
  route({
    method: 'GET',
    url: '/api/segments/:id/map',
    audience: AUDIENCE.manager,
    summary: 'Onde os clientes de uma divisão estão nas duas direções em que mais diferem; de muitos, alguns',
    response: SegmentsMap,
    handler: async ({ app, params }) => {
      const { id, customers } = await app.divisions.get(numberOf('id', params.id));
      const points = await app.lake.rows<{ x: number; y: number; number: number; membership: number }>(
        `SELECT x, y, "group" AS number, membership FROM read_parquet(${literal(app.divisions.pathOf(id))}, file_row_number = true)
         ORDER BY hash(file_row_number), file_row_number LIMIT ${MOST_POINTS}`,
      );
      return { customers, points };
    },
  }),
];
