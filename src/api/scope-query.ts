import { type Day, parseAskedDay } from '../kernel/brazil/dates.ts';
import { RamalError } from '../kernel/errors.ts';
import { type Scope as MetricScope, parseFilter } from '../metrics/scope.ts';

/** The scope of a query string, checked by its schema, as the metrics take it. */
export function scopeOf(query: Record<string, unknown>): MetricScope {
  const where = query.where === undefined ? [] : [query.where].flat().map((text) => parseFilter(String(text)));
  const source = query.source as string | undefined;
  const from = dayOf('from', query.from);
  const to = dayOf('to', query.to);
  if (from !== undefined && to !== undefined && to < from)
    throw new RamalError('usage', {
      what: `O período termina antes de começar: de ${from} a ${to}`,
      todo: 'Troque as datas; o fim não entra na conta',
    });
  return {
    sources: source ? source.split(',').filter((name) => name !== '') : undefined,
    from,
    to,
    where,
  };
}

/** A list written with commas. */
export function listOf(value: unknown): string[] {
  return value === undefined
    ? []
    : String(value)
        .split(',')
        .filter((item) => item !== '');
}

/** @throws RamalError `usage` for a text that is no day of the calendar. */
export function dayOf(name: string, value: unknown): Day | undefined {
  if (value === undefined) return undefined;
  if (/^\d{4}-\d{2}-\d{2}$/.test(String(value)) && parseAskedDay(String(value)) !== null) return String(value);
  throw new RamalError('usage', { what: `Dia inválido em ${name}: ${value}`, todo: 'Use uma data como 2026-11-15' });
}

/** @throws RamalError `notFound` for a text that is no number of anything: not whole, or above the largest one. */
export function numberOf(what: string, value: string | undefined, most = 2 ** 31 - 1): number {
  if (/^\d{1,15}$/.test(value ?? '') && Number(value) <= most) return Number(value);
  throw new RamalError('notFound', { what, received: value ?? '', todo: 'Use o número que a lista mostra.' });
}
