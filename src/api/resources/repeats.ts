import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { REPEAT_RULES } from '../../lake/rules/rules.ts';
import { indicatorNamed } from '../../metrics/registry.ts';
import { repeatAnswer } from '../../metrics/repeats.ts';
import { aimOf, targetsOf } from '../../reports/aims.ts';
import { repeatMix, repeatTable, USUAL_SPLIT } from '../../reports/repeat-table.ts';
import { dayOf } from '../../reports/said.ts';
import { route } from '../route.ts';
import { Format, RepeatAnswer as RepeatAnswerSchema, Rule, Scope } from '../schema.ts';
import { scopeOf } from '../scope-query.ts';
import { FILE_QUERY, fileFormat, ordered, reporting, sendTable } from '../send-table.ts';

export const repeatRoutes = [
  route({
    method: 'GET',
    url: '/api/rules',
    audience: AUDIENCE.figures,
    summary: 'As regras de rechamada, com versão e parâmetros',
    response: Type.Object({ rules: Type.Array(Rule) }),
    handler: async () => ({ rules: REPEAT_RULES.map((rule) => ({ ...rule, parameters: { ...rule.parameters } })) }),
  }),
  route({
    method: 'GET',
    url: '/api/repeats',
    audience: AUDIENCE.figures,
    summary: 'Rechamadas de um período por uma regra, no total e divididas',
    query: Type.Object({
      ...Scope.properties,
      rule: Type.Optional(Type.String()),
      by: Type.Optional(Type.String()),
      watermark: Type.Optional(Type.String()),
      receipt: Type.Optional(Type.Boolean()),
      format: Type.Optional(Format),
      sort: Type.Optional(
        Type.String({ description: 'Ordem do arquivo, como na tela: name, rate, shrunken, …; - inverte' }),
      ),
      search: Type.Optional(Type.String({ maxLength: 100, description: 'Parte do nome, no arquivo' })),
      ...FILE_QUERY,
    }),
    response: RepeatAnswerSchema,
    handler: async (call) => {
      const { app, query } = call;
      const format = fileFormat(call);
      const question = {
        scope: scopeOf(query),
        rule: (query.rule as string) ?? 'house',
        by: (query.by as string | undefined) ?? (format ? USUAL_SPLIT : undefined),
        watermark: dayOf('watermark', query.watermark),
        receipt: query.receipt === true,
      };
      const answer = await app.cache.answer(app.lake, repeatAnswer, [question], query.refresh === true);
      if (!format) {
        const aim = aimOf(await targetsOf(app), indicatorNamed('repeatRate'), question.scope, answer, {
          value: answer.provisional ? null : answer.rate,
          low: answer.low ?? undefined,
          high: answer.high ?? undefined,
        });
        return { ...answer, ...(aim ? { aim } : {}) };
      }
      const { scope, rule, by = USUAL_SPLIT } = question;
      const shown = { ...ordered(query), scope, mix: await repeatMix(reporting(call), rule, scope, by) };
      return sendTable(call, format, repeatTable(reporting(call), answer, shown));
    },
  }),
];
