import { type Column, ruleMark } from '../contracts/index.ts';
import { marksOf } from '../lake/marks.ts';
import { type RepeatRule, windowDaysOf } from '../lake/rules/rules.ts';
import { maturedSql } from './repeat-sums.ts';

/** What a rule makes of contacts: `matured` anchors are those of its rate, `repeated` and `unrepeated` its two parts. */
export const REPEAT_KINDS = ['anchor', 'matured', 'repeated', 'unrepeated', 'repeat'] as const;
export type RepeatKind = (typeof REPEAT_KINDS)[number];

/** Whether rows of that kind are anchors, of which it is told whether they came back. */
export const areAnchors = (kind: RepeatKind | undefined): boolean => kind !== undefined && kind !== 'repeat';

/** What came back after an anchor, each null where the row is none: the columns of {@link cameBackSql}. */
export const CAME_BACK_COLUMNS = {
  matured: {
    type: 'BOOLEAN',
    meaning: 'A âncora tem a janela fechada: conta na taxa; nulo sob regras em que só se contam rechamadas',
    personal: 'none',
  },
  came_back: {
    type: 'BOOLEAN',
    meaning: 'A âncora teve rechamada; nulo: ainda não, e a janela está aberta',
    personal: 'none',
  },
  first_repeat_days: {
    type: 'INTEGER',
    meaning: 'Dias corridos do fim da âncora à primeira rechamada',
    personal: 'none',
  },
} as const satisfies Record<string, Column>;

/** Likewise of a list of anchors alone, with how often each came back. */
export const ANCHOR_COLUMNS = {
  came_back: CAME_BACK_COLUMNS.came_back,
  repeats: ruleMark.repeats,
  first_repeat_days: CAME_BACK_COLUMNS.first_repeat_days,
  matured: CAME_BACK_COLUMNS.matured,
} as const satisfies Record<string, Column>;

/**
 * The rows that a rule counts (an SQL expression), by `row_id`, with the columns of {@link ruleMark} and of
 * {@link CAME_BACK_COLUMNS}; `$watermark` is the last complete day, null where none is known.
 */
export function cameBackSql(rule: RepeatRule, among = ''): string {
  const marks = marksOf(rule.name);
  const matured = maturedSql(rule);
  const over = `coalesce(ended_on + ${windowDaysOf(rule)} <= $watermark, false)`;
  return `(
    SELECT mark.*, ${matured ? `CASE WHEN role = 'anchor' THEN coalesce(${matured}, false) END` : 'CAST(NULL AS BOOLEAN)'} AS matured,
      CASE WHEN role <> 'anchor' THEN NULL WHEN repeats > 0 THEN true WHEN ${over} THEN false END AS came_back,
      CASE WHEN role = 'anchor' AND repeats > 0 THEN CAST(greatest(0, first_on - ended_on) AS INTEGER) END AS first_repeat_days
    FROM ${marks} AS mark LEFT JOIN (
      SELECT anchor_row_id AS row_id, min(CAST(started_at AS DATE)) AS first_on
      FROM (SELECT row_id, anchor_row_id FROM ${marks} WHERE role = 'repeat'${among && ` AND anchor_row_id IN (${among})`})
      JOIN silver.contact USING (row_id) GROUP BY anchor_row_id
    ) AS first USING (row_id)${among && ` WHERE row_id IN (${among})`}
  )`;
}
