import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { REPEAT_RULES } from '../../lake/rules/rules.ts';
import type { RepeatAnswer } from '../../metrics/answers.ts';
import { repeatAnswer } from '../../metrics/repeats.ts';
import { type Call, route } from '../route.ts';
import { Format, RepeatAnswer as RepeatAnswerSchema, RuleName, Scope } from '../schema.ts';
import { dayOf, scopeOf } from '../scope-query.ts';
import { oneBlock, sendTable } from '../send-table.ts';
import type { CellKind } from '../table-file.ts';
import { aboutScope, dimensionColumn } from '../table-words.ts';

const MEASURES: readonly [string, string, CellKind][] = [
  ['contacts', 'Elegíveis', 'integer'],
  ['anchors', 'Âncoras', 'integer'],
  ['maturedAnchors', 'Âncoras fechadas', 'integer'],
  ['repeatedAnchors', 'Com rechamada', 'integer'],
  ['repeats', 'Rechamadas', 'integer'],
  ['sameReason', 'Mesmo motivo', 'integer'],
  ['rate', 'Taxa', 'ratio'],
  ['low', 'Taxa, de', 'ratio'],
  ['high', 'Taxa, até', 'ratio'],
  ['shrunken', 'Taxa ajustada', 'ratio'],
  ['sameReasonRate', 'Taxa, mesmo motivo', 'ratio'],
  ['avgHandleTime', 'TMA', 'seconds'],
  ['provisional', 'Provisório', 'boolean'],
];

async function repeatFile(call: Call, answer: RepeatAnswer, format: 'csv' | 'xlsx') {
  const by = answer.by ?? 'agent';
  const columns = [dimensionColumn(by), ...MEASURES.map(([, name, kind]) => ({ name, kind }))];
  const rows = answer.rows.map((row) => [row.label ?? row[by], ...MEASURES.map(([name]) => row[name])]);
  const name = `ramal-rechamadas-${answer.from ?? 'inicio'}_${answer.to ?? 'fim'}`;
  const about = aboutScope(answer, 'Rechamadas', answer.rule.statement ?? '');
  return sendTable(call, format, {
    name,
    columns,
    rows: oneBlock(rows),
    about,
    missingLabel: call.app.config.missingLabel,
  });
}

export const repeatRoutes = [
  route({
    method: 'GET',
    url: '/api/rules',
    audience: AUDIENCE.intake,
    summary: 'As regras de rechamada, com versão e parâmetros',
    response: Type.Object({ rules: Type.Array(RuleName) }),
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
    }),
    response: RepeatAnswerSchema,
    handler: async (call) => {
      const { app, query } = call;
      const question = {
        scope: scopeOf(query),
        rule: (query.rule as string) ?? 'house',
        by: query.by as string | undefined,
        watermark: dayOf('watermark', query.watermark),
        receipt: query.receipt === true,
      };
      const answer = await app.cache.get(
        app.lake,
        ['repeats', question],
        () => repeatAnswer(app.lake, question),
        query.refresh === true,
      );
      const format = query.format as 'json' | 'csv' | 'xlsx' | undefined;
      return format === 'csv' || format === 'xlsx' ? repeatFile(call, answer, format) : answer;
    },
  }),
];
