import { Type } from 'typebox';
import { maskRow } from '../../access/masking.ts';
import { AUDIENCE } from '../../access/roles.ts';
import { DIFFERENCE_COLUMNS, differingRows, ruleDifferences, underEveryRule } from '../../metrics/rule-switch.ts';
import { dayOf } from '../../reports/said.ts';
import { route } from '../route.ts';
import { RepeatAnswer, Scope } from '../schema.ts';
import { scopeOf } from '../scope-query.ts';

const Pair = Type.Object({
  ...Scope.properties,
  rule: Type.String({ description: 'Uma regra' }),
  than: Type.String({ description: 'A regra com que se compara' }),
});

const Difference = Type.Object({
  role: Type.String(),
  why: Type.String({ description: 'Por que a regra diz isso: o código de gold.mark' }),
  thanRole: Type.String(),
  thanWhy: Type.String(),
  contacts: Type.Integer(),
});

export const ruleSwitchRoutes = [
  route({
    method: 'GET',
    url: '/api/repeats/rules',
    audience: AUDIENCE.figures,
    summary: 'Os mesmos atendimentos por todas as regras, lado a lado',
    query: Type.Object({ ...Scope.properties, watermark: Type.Optional(Type.String()) }),
    response: Type.Object({ answers: Type.Array(RepeatAnswer) }),
    handler: async ({ app, query }) => {
      const scope = scopeOf(query);
      const watermark = dayOf('watermark', query.watermark);
      return { answers: await app.cache.answer(app.lake, underEveryRule, [scope, watermark], query.refresh === true) };
    },
  }),
  route({
    method: 'GET',
    url: '/api/repeats/differences',
    audience: AUDIENCE.figures,
    summary: 'Em que duas regras diferem, contado por motivo',
    query: Pair,
    response: Type.Object({ differences: Type.Array(Difference) }),
    handler: async ({ app, query }) => {
      const pair = { scope: scopeOf(query), rule: String(query.rule), than: String(query.than) };
      return { differences: await app.cache.answer(app.lake, ruleDifferences, [pair], query.refresh === true) };
    },
  }),
  route({
    method: 'GET',
    url: '/api/repeats/differences/rows',
    audience: AUDIENCE.figures,
    summary: 'Os atendimentos em que duas regras diferem, com dados pessoais mascarados',
    query: Type.Object({
      ...Pair.properties,
      why: Type.Optional(Type.String()),
      thanWhy: Type.Optional(Type.String()),
      page: Type.Optional(Type.Integer({ minimum: 1 })),
      size: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
    }),
    response: Type.Object({ rows: Type.Array(Type.Record(Type.String(), Type.Unknown())) }),
    handler: async ({ app, query }) => {
      const pair = { scope: scopeOf(query), rule: String(query.rule), than: String(query.than) };
      const rows = await differingRows(app.lake, pair, {
        page: (query.page as number) ?? 1,
        size: (query.size as number) ?? 50,
        why: query.why as string | undefined,
        thanWhy: query.thanWhy as string | undefined,
      });
      return { rows: rows.map((row) => maskRow<Record<string, unknown>>(row, DIFFERENCE_COLUMNS)) };
    },
  }),
];
