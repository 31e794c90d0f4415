import { Type } from 'typebox';
import { parseDay } from '../../kernel/brazil/dates.ts';
import { literal } from '../../storage/lake.ts';
import type { Rule, RuleKind } from './rule.ts';

interface Range extends Rule {
  readonly column: string;
  readonly min?: string | number;
  readonly max?: string | number;
  readonly as?: string;
  readonly format?: string | readonly string[];
}

const TODAY = /^hoje(?:\s*([+-])\s*(\d{1,5}))?$/;
const NUMBERS = ['integer', 'decimal', 'duration'];
const DATES = ['date', 'date-time'];

/** A number or a date is within bounds, both in; `hoje` is the day that the file was written. */
export const range: RuleKind<Range> = {
  kind: 'range',
  parameters: {
    column: Type.String(),
    min: Type.Optional(Type.Union([Type.String(), Type.Number()])),
    max: Type.Optional(Type.Union([Type.String(), Type.Number()])),
    as: Type.Optional(Type.String()),
    format: Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())])),
  },
  columns: ({ column }) => [column],
  label: ({ column, min, max }) => {
    const [pt, en] = (['pt', 'en'] as const).map((lang) => ({ min: said(min, lang), max: said(max, lang) }));
    if (max === undefined) return { pt: `${column}: a partir de ${pt!.min}`, en: `${column}: ${en!.min} or more` };
    if (min === undefined) return { pt: `${column}: até ${pt!.max}`, en: `${column}: at most ${en!.max}` };
    return { pt: `${column}: de ${pt!.min} a ${pt!.max}`, en: `${column}: ${en!.min} to ${en!.max}` };
  },
  problem(rule) {
    const bounds = boundsOf(rule);
    if (bounds.length === 0) return 'faixa sem min nem max';
    const wrong = bounds.find((bound) => kindOf(bound) === null);
    if (wrong !== undefined)
      return `limite não entendido: ${wrong}; use um número, uma data como 2026-12-31, hoje ou hoje-30`;
    if (new Set(bounds.map(kindOf)).size > 1) return 'um limite é número e o outro é data';
    const known = kindOf(bounds[0]!) === 'number' ? NUMBERS : DATES;
    return rule.as === undefined || known.includes(rule.as) ? null : `tipo ${rule.as} não tem limites assim`;
  },
  condition(rule, { value, today }) {
    const { column, min, max, format } = rule;
    const dates = boundsOf(rule).some((bound) => kindOf(bound) === 'date');
    const typed = value(column, rule.as ?? (dates ? 'date' : 'decimal'), format);
    const compared = dates ? `CAST(${typed} AS DATE)` : typed;
    return [
      ...(min === undefined ? [] : [`${compared} < ${boundSql(min, today)}`]),
      ...(max === undefined ? [] : [`${compared} > ${boundSql(max, today)}`]),
    ].join(' OR ');
  },
};

function boundsOf({ min, max }: Range): (string | number)[] {
  return [min, max].filter((bound) => bound !== undefined);
}

/** A bound as people of a language say it: `0,01`, `31/12/2026`, `hoje − 30 dias`. */
function said(bound: string | number | undefined, lang: 'pt' | 'en'): string {
  if (bound === undefined) return '';
  if (kindOf(bound) === 'number')
    return Number(bound).toLocaleString(lang === 'pt' ? 'pt-BR' : 'en-US', { maximumFractionDigits: 4 });
  const [relative, sign = '+', days = '0'] = TODAY.exec(String(bound)) ?? [];
  if (relative === undefined) {
    const day = parseDay(String(bound));
    return day === null ? String(bound) : lang === 'pt' ? day.split('-').reverse().join('/') : day;
  }
  const [today, one, many] = lang === 'pt' ? ['hoje', 'dia', 'dias'] : ['today', 'day', 'days'];
  if (Number(days) === 0) return today!;
  return `${today} ${sign === '-' ? '−' : '+'} ${Number(days)} ${Number(days) === 1 ? one : many}`;
}

function kindOf(bound: string | number): 'number' | 'date' | null {
  if (typeof bound === 'number' || /^-?\d+(\.\d+)?$/.test(bound)) return 'number';
  return TODAY.test(bound) || parseDay(bound) !== null ? 'date' : null;
}

function boundSql(bound: string | number, today: string): string {
  if (kindOf(bound) === 'number') return `CAST(${literal(String(bound))} AS DECIMAL(18,4))`;
  const [relative, sign = '+', days = '0'] = TODAY.exec(String(bound)) ?? [];
  return relative === undefined ? `DATE ${literal(parseDay(String(bound))!)}` : `(${today} ${sign} ${Number(days)})`;
}
