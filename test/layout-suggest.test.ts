import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ramal } from './app.ts';
import { age } from './home.ts';

const folder = mkdtempSync(join(tmpdir(), 'ramal-suggest-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('layout suggest tells what it recognises in a file, and keeps nothing', async () => {
  const calls = join(folder, 'novas.csv');
  const rows = ['13/03/2026;(11) 98765-4321;Ana;00:01:30', '14/03/2026;(21) 3333-4444;Bia;00:02:00'];
  writeFileSync(
    calls,
    Buffer.from(`Ligações de março;;;\nDATA;TELEFONE1;OPERADOR;DURAÇÃO\n${rows.join('\n')}\n`, 'latin1'),
  );
  age(calls);
  const found = JSON.parse((await ramal(folder, ['layout', 'suggest', calls, '--json'])).stdout);
  expect(found).toMatchObject({
    ...{ format: 'delimited', encoding: 'windows-1252', delimiter: ';', quote: '', header: true, before: 1, after: 0 },
    ...{ dateFormats: ['dd/mm/yyyy'], asks: [] },
  });
  expect(found.columns.map(({ name, type, canonical }: Record<string, unknown>) => [name, type, canonical])).toEqual([
    ['DATA', 'date', 'started_at'],
    ['TELEFONE1', 'phone', 'phone'],
    ['OPERADOR', 'text', 'agent_name'],
    ['DURAÇÃO', 'time', 'talk_s'],
  ]);
  const shown = await ramal(folder, ['layout', 'suggest', calls]);
  expect(shown.stdout).toMatch(
    /^texto delimitado; windows-1252; separador ;; com cabeçalho; linhas antes da tabela: 1; /,
  );
});
