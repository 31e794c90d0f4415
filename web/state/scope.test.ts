import { expect, test } from 'vitest';
import { apiUrl, carried, href, readScope, writeScope } from './scope.ts';

test('an address survives reading and writing', () => {
  const address =
    'from=2026-11-09&to=2026-11-16&source=demo%2Cbank&where=queue%3DVendas&rule=previous-24h&by=agent&page=2&gross=1';
  expect(writeScope(readScope(new URLSearchParams(address)))).toBe(address);
});

test('what is malformed or backwards falls back to the default', () => {
  const scope = readScope(new URLSearchParams('from=2026-11-16&to=2026-11-09&page=-3&where=nothing'));
  expect(scope).toEqual({ source: [], where: [], rule: 'house', page: 1, gross: false });
  expect(href('/rechamadas', scope)).toBe('/rechamadas');
});

test('a filter value may hold the separator', () => {
  const scope = readScope(new URLSearchParams({ where: 'reason=a=b' }));
  expect(scope.where).toEqual(['reason=a=b']);
});

test('moving to another page takes the period and filters, not the order', () => {
  const scope = readScope(new URLSearchParams('from=2026-11-09&to=2026-11-16&sort=-n&page=4&by=queue'));
  expect(writeScope(carried(scope))).toBe('from=2026-11-09&to=2026-11-16');
});

test('API addresses name the gross view and leave out what is empty', () => {
  const asked = { from: '2026-11-09', to: '2026-11-16', source: [], where: ['queue=A'], gross: true };
  expect(apiUrl('metrics/contacts', asked, { by: 'day', format: undefined })).toBe(
    '/api/metrics/contacts?from=2026-11-09&to=2026-11-16&where=queue%3DA&view=gross&by=day',
  );
});
