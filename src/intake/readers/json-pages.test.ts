import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { lookAtFile } from '../source-file.ts';
import { flatten, readPages } from './json-pages.ts';

const folder = mkdtempSync(join(tmpdir(), 'ramal-pages-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function read(content: string | Buffer, records = 'data') {
  const path = join(folder, 'pages.jsonl');
  writeFileSync(path, content);
  const found = [];
  for await (const { line, fields } of readPages(await lookAtFile(path, 1), records))
    found.push([line, Object.fromEntries(fields)]);
  return found;
}

describe('a record is flattened', () => {
  it.each([
    ['nested names are joined', { a: { b: { c: 1 } }, d: 'x' }, { a_b_c: '1', d: 'x' }],
    [
      'lists of objects are joined by comma',
      { tags: [{ label: 'x' }, { label: 'y', id: 2 }] },
      { tags_label: 'x, y', tags_id: '2' },
    ],
    ['lists of values too', { tags: ['x', 'y'] }, { tags: 'x, y' }],
    ['nothing is no field', { a: null, b: [], c: {}, d: '' }, { d: '' }],
    ['numbers and truths are text', { a: 0, b: false, c: 1.5 }, { a: '0', b: 'false', c: '1.5' }],
  ])('%s', (_, record, fields) => {
    expect(Object.fromEntries(flatten(record))).toEqual(fields);
  });
});

describe('pages', () => {
  it('are one a line; their records are numbered through', async () => {
    const content = '{"data":[{"id":1},{"id":2}]}\r\n\n{"page":2,"data":[]}\n{"data":[{"id":"ção"}]}';
    expect(await read(content)).toEqual([
      [1, { id: '1' }],
      [2, { id: '2' }],
      [3, { id: 'ção' }],
    ]);
  });

  it('hold their records under the name that the layout says', async () => {
    expect(await read('{"tickets":[{"id":1}]}', 'tickets')).toEqual([[1, { id: '1' }]]);
  });

  it('may be longer than a block of the file', async () => {
    const data = Array.from({ length: 40_000 }, (_, id) => ({ id, text: 'ção '.repeat(10) }));
    const found = await read(`${JSON.stringify({ data })}\n${JSON.stringify({ data: data.slice(0, 1) })}\n`);
    expect(found).toHaveLength(40_001);
    expect(found.at(-2)).toEqual([40_000, { id: '39999', text: 'ção '.repeat(10) }]);
  });

  it('may start with a byte order mark', async () => {
    expect(await read('\ufeff{"data":[{"id":1}]}')).toEqual([[1, { id: '1' }]]);
  });

  it.each([
    ['no JSON', '{"data":[]}\n<html>', 2],
    ['no list', '{"data":{"id":1}}', 1],
    ['no object', '[1]', 1],
    ['cut off', '{"data":[{"id":1', 1],
    ['nothing where an object is due', 'null', 1],
  ])('that are %s are refused with their line', async (_, content, line) => {
    await expect(read(content)).rejects.toThrow(`a página da linha ${line} não traz a lista data`);
  });
});
