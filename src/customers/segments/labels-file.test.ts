import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { labelLines, readLabels } from './labels-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'ramal-labels-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (text: string) => {
  const path = join(folder, 'grupos.csv');
  writeFileSync(path, text);
  return path;
};

test('what is written is read, whatever names the rows', () => {
  const ids = ['C1', 'Loja\nCentro', 'a "b", c', 'ação\r\n2', ''];
  const text = [...labelLines(ids, (row) => row + 1, [1, 0.5, 0.25, 1, 1])].join('');
  expect([...readLabels(file(text))]).toEqual(ids.map((id, row) => [id, row + 1]));
  expect([...readLabels(file(`\ufeffid,group,membership\r\nC1,2,1.0\r\n`))]).toEqual([['C1', 2]]);
});

test('what is none is refused, with its line', () => {
  const wrong = (text: string) => () => readLabels(file(text));
  expect(wrong('a;b\n')).toThrow('não começa com id,group,membership');
  expect(wrong('id,group,membership\nC1,1,1\nC2,x,1\n')).toThrow('A linha 3 do arquivo de grupos não se entende');
  expect(wrong('id,group,membership\nC1,1,1\nC1,2,1\n')).toThrow('A linha 3 do arquivo de grupos repete um cliente');
  expect(() => readLabels(join(folder, 'nenhum.csv'))).toThrow('Não se lê o arquivo de grupos');
});
