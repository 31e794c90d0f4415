import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, expect, it, test } from 'vitest';
import { lookAtFile } from '../source-file.ts';
import { textLines } from './text-lines.ts';

const folder = mkdtempSync(join(tmpdir(), 'ramal-lines-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function lines(content: string | Uint8Array, { name = 'a.txt', longest = 1 << 20, start = 0 } = {}) {
  const path = join(folder, name);
  writeFileSync(path, content);
  const found = [];
  const file = await lookAtFile(path, 0);
  for await (const line of textLines(file, { encoding: 'utf-8', longest, start })) found.push(line);
  return found;
}
const texts = async (content: string) => (await lines(content)).map(({ text }) => text);

it('ends at LF, CRLF and CR, with or without the last one', async () => {
  expect(await texts('a\nb\r\nc\rd')).toEqual(['a', 'b', 'c', 'd']);
  expect(await texts('a\n\n\r\rb\n')).toEqual(['a', '', '', '', 'b']);
});

test('an end that falls between two reads is one', async () => {
  const block = 1 << 20;
  for (const [end, size] of [
    ['\r\n', block - 1],
    ['\r', block - 1],
    ['\r\n', block - 2],
    ['\n', block],
  ] as const)
    expect((await texts(`${'x'.repeat(size)}${end}y`)).map(({ length }) => length)).toEqual([size, 1]);
});

it('is cut where it is too long, and the next is whole', async () => {
  expect(await lines(`${'x'.repeat(3_000_000)}\nfim`, { longest: 10 })).toEqual([
    { line: 1, text: 'x'.repeat(10), cut: true },
    { line: 2, text: 'fim', cut: false },
  ]);
});

it('begins after a mark, and is unpacked', async () => {
  expect(await lines('\ufeffé\nb', { start: 3 })).toMatchObject([{ text: 'é' }, { text: 'b' }]);
  expect(await lines(gzipSync('a\nb'), { name: 'a.txt.gz' })).toMatchObject([{ text: 'a' }, { text: 'b' }]);
});

it('is what splitting gives, for any text', async () => {
  const text = fc
    .array(fc.constantFrom('a', 'ç', '\n', '\r', '\r\n', ' '), { maxLength: 40 })
    .map((all) => `x${all.join('')}`);
  await fc.assert(
    fc.asyncProperty(text, async (content) => {
      const split = content.split(/\r\n|\r|\n/);
      expect(await texts(content)).toEqual(split.at(-1) === '' ? split.slice(0, -1) : split);
    }),
    { numRuns: 60 },
  );
});
