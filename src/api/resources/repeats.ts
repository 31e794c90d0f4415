import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { REPEAT_RULES } from '../../lake/rules/rules.ts';
import { repeatAnswer } from '../../metrics/repeats.ts';
import { repeatTable, USUAL_SPLIT } from '../../reports/repeat-table.ts';
import { dayOf } from '../../reports/said.ts';
import { route } from '../route.ts';
import { Format, RepeatAnswer as RepeatAnswerSchema, Rule, Scope } from '../schema.ts';
import { scopeOf } from '../scope-query.ts';
import { FILE_QUERY, fileFormat, ordered, reporting, sendTable } from '../send-table.ts';

export const repeatRoutes = [
  route({
    method: 'GET',
    url: '/api/rules',
    audience: AUDIENCE.intake,
    summary: 'As regras de rechamada, com versão e parâmetros',
    response: Type.Object({ rules: Type.Array(Rule) }),
    handler: async () => ({ rules: REPEAT_RULES.map((rule) => ({ ...rule, parameters: { ...rule.parameters } })) }),
  }),
  route({
    method: 'GET',
    url: '/api/repeats',
    audience: AUDIENCE.intake,
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
      const answer = await app.cache.get(
        app.lake,
        ['repeats', question],
        () => repeatAnswer(app.lake, question),
        query.refresh === true,
      );
      if (!format) return answer;
      const shown = { ...ordered(query), scope: question.scope };
      return sendTable(call, format, repeatTable(reporting(call), answer, shown));
    },
  }),
];
