import { RamalError } from '../kernel/errors.ts';
import { type Scope as MetricScope, parseFilter } from '../metrics/scope.ts';
import { dayOf } from '../reports/said.ts';

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

/** @throws RamalError `notFound` for a text that is no number of anything: not whole, or above the largest one. */
export function numberOf(what: string, value: string | undefined, most = 2 ** 31 - 1): number {
  if (/^\d{1,15}$/.test(value ?? '') && Number(value) <= most) return Number(value);
  throw new RamalError('notFound', { what, received: value ?? '', todo: 'Use o número que a lista mostra.' });
}
