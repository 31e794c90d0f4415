import { expect, test } from 'vitest';
import { fileUrl } from './api.ts';

const SHOWN = { lang: 'en', screen: '/rechamadas?from=2026-10-26&to=2026-11-02&where=queue%3DRetenção', sort: '-rate' };

test('a file is asked for as the table is seen: language, order, search and the way back', () => {
  const url = fileUrl('/api/repeats?from=2026-10-26&where=queue%3DVendas&where=agent%3DA9&format=csv', {
    ...SHOWN,
    search: 'josé',
  });
  const [path, query] = url.split('?');
  expect(path).toBe('/api/repeats');
  expect([...new URLSearchParams(query)]).toEqual([
    ['from', '2026-10-26'],
    ['where', 'queue=Vendas'],
    ['where', 'agent=A9'],
    ['format', 'csv'],
    ...Object.entries(SHOWN),
    ['search', 'josé'],
  ]);
});

test('what the page itself asked stays, and what is not known is not asked', () => {
  const url = fileUrl('/api/contacts?sort=queue&format=xlsx', { ...SHOWN, search: '' });
  expect(new URLSearchParams(url.split('?')[1]).getAll('sort')).toEqual(['queue']);
  expect(url).not.toContain('search');
  expect(fileUrl('', SHOWN)).toBe('');
});
