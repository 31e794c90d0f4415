import { type Scope as MetricScope, parseFilter } from '../metrics/scope.ts';

/** The scope of a query string, checked by its schema, as the metrics take it. */
export function scopeOf(query: Record<string, unknown>): MetricScope {
  const where = query.where === undefined ? [] : [query.where].flat().map((text) => parseFilter(String(text)));
  const source = query.source as string | undefined;
  return {
    sources: source ? source.split(',').filter((name) => name !== '') : undefined,
    from: query.from as string | undefined,
    to: query.to as string | undefined,
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
