import { Type } from 'typebox';
import type { Rule, RuleKind } from './rule.ts';

export interface Trailer extends Rule {
  readonly starts: string;
  readonly field: number | { readonly from: number; readonly to: number };
  readonly counts?: 'rows' | 'lines';
  readonly sums?: string;
  readonly as?: string;
  readonly format?: string;
  readonly decimals?: number;
}

/**
 * A line that begins with a mark says how many rows the file has, or what a column of them adds up to. Such lines are
 * no rows: they are left out of every count.
 */
export const trailer: RuleKind<Trailer> = {
  kind: 'trailer',
  parameters: {
    starts: Type.String({ minLength: 1 }),
    field: Type.Union([
      Type.Integer({ minimum: 1 }),
      Type.Object(
        { from: Type.Integer({ minimum: 1 }), to: Type.Integer({ minimum: 1 }) },
        { additionalProperties: false },
      ),
    ]),
    counts: Type.Optional(Type.Union([Type.Literal('rows'), Type.Literal('lines')])),
    sums: Type.Optional(Type.String()),
    format: Type.Optional(Type.String()),
    decimals: Type.Optional(Type.Integer({ minimum: 0, maximum: 4 })),
  },
  columns: ({ sums }) => (sums === undefined ? [] : [sums]),
  label: ({ starts, sums, counts = 'rows' }) =>
    sums === undefined
      ? {
          pt: `linha final ${starts}: número de ${counts === 'rows' ? 'registros' : 'linhas'}`,
          en: `last line ${starts}: number of ${counts === 'rows' ? 'records' : 'lines'}`,
        }
      : { pt: `linha final ${starts}: soma de ${sums}`, en: `last line ${starts}: sum of ${sums}` },
  problem: ({ severity, counts, sums }) => {
    if (severity !== 'stop' && severity !== 'warn') return 'a linha final é do arquivo inteiro: use stop ou warn';
    return (counts === undefined) === (sums === undefined) ? 'dê counts ou sums, um dos dois' : null;
  },
};

export function isTrailer(rule: Rule): rule is Trailer {
  return rule.kind === 'trailer';
}
