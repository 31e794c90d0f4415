import type { Cause } from '../metrics/causes/cause.ts';
import { scopeQuery } from './scope-query.ts';
import { period, whole } from './shown.ts';
import { textTable } from './terminal.ts';
import { json, type Work } from './work.ts';

interface Insights {
  readonly from: string | null;
  readonly to: string | null;
  readonly tests: number;
  readonly causes: readonly Cause[];
}

/** `insights`: what asked for most hours of work, each with its interval. */
export const insights: Work = async ({ client, options }) => {
  const found = await client.json<Insights>('GET', `/api/insights${scopeQuery(options, {})}`);
  if (options.json)
    return json(
      found.causes.map(({ kind, subject, statement, effectHours, interval, pValue, adjusted, evidence }) => {
        return { kind, subject, statement: statement.pt, effectHours, interval, pValue, adjusted, evidence };
      }),
    );
  const days = found.from && found.to ? `, ${period(found.from, found.to)}` : '';
  const head = `${whole(found.causes.length)} causas em ${whole(found.tests)} testes${days}`;
  const rows = found.causes.map(({ effectHours, interval, statement }) => ({
    horas: `${whole(Math.round(effectHours))} h`,
    'IC 95%': interval ? interval.map((hours) => whole(Math.round(hours))).join(' a ') : '–',
    'o que houve': statement.pt,
  }));
  return [head, textTable(rows)].filter(Boolean).join('\n\n');
};
