import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { markFile } from '../../lake/mark-file.ts';
import { withWindow } from '../../lake/rules/rules.ts';
import { ruleNamed } from '../../metrics/repeats.ts';
import { dayOf } from '../../reports/said.ts';
import { refuseRelative } from '../machine-path.ts';
import { nullable } from '../nullable.ts';
import { route } from '../route.ts';
import { RuleName } from '../schema.ts';

const sums = {
  eligible: Type.Integer(),
  repeats: Type.Integer(),
  anchors: nullable(Type.Integer()),
  maturedAnchors: nullable(Type.Integer()),
  repeatedAnchors: nullable(Type.Integer()),
  repeatedSameReason: nullable(Type.Integer()),
  rate: nullable(Type.Number()),
  sameReasonRate: nullable(Type.Number()),
};

const MarkedFile = Type.Object({
  rule: RuleName,
  watermark: Type.String(),
  contacts: Type.Integer(),
  total: Type.Object(sums),
  byAgent: Type.Array(Type.Object({ agent: Type.String(), ...sums })),
  rows: Type.Array(
    Type.Object({
      id: Type.String(),
      role: Type.String(),
      why: Type.String(),
      of: Type.String(),
      bucket: Type.String(),
      sameReason: Type.Boolean(),
    }),
  ),
});

interface Asked {
  path: string;
  rule?: string;
  window?: string;
  watermark?: string;
}

export const markedFileRoutes = [
  route({
    method: 'POST',
    url: '/api/repeats/file',
    audience: AUDIENCE.administrator,
    summary: 'Marca por uma regra os contatos de um arquivo desta máquina, sem o carregar',
    body: Type.Object({
      path: Type.String(),
      rule: Type.Optional(Type.String()),
      window: Type.Optional(Type.String({ description: '72h, 7d, ou um número de dias' })),
      watermark: Type.Optional(Type.String()),
    }),
    response: MarkedFile,
    handler: async ({ app, body }) => {
      const { path, rule: name = 'house', window, watermark } = body as Asked;
      refuseRelative(path);
      const named = ruleNamed(name);
      const rule = window === undefined ? named : withWindow(named, window);
      const marked = await markFile(app.lake, path, { rule, watermark: dayOf('watermark', watermark) });
      return {
        ...marked,
        rule: {
          name: rule.name,
          version: rule.version,
          parameters: { ...rule.parameters },
          statement: rule.statement.pt,
        },
      };
    },
  }),
];
