import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ramal } from './app.ts';
import { age } from './home.ts';

const folder = mkdtempSync(join(tmpdir(), 'ramal-reference-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('ramal reference: a file is shown before it is loaded, then its rows are there and can be ended', async () => {
  const path = join(folder, 'feriados.csv');
  writeFileSync(path, 'Data;UF;Descrição\n26/01/2026;Santos;Aniversário\n31/02/2026;;Nada\n');
  age(path);
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await ramal(folder, ['reference', ...args]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    return stdout;
  };
  const preview = await run('load', 'holidays', path);
  expect(preview).toContain('1 linhas: 1 novas, 0 mudam, 0 terminam, 0 sem mudança');
  expect(preview).toMatch(/3\s+Dia\s+valor não entendido\s+31\/02\/2026/);
  expect(preview).toContain('Para aprovar, repita com --yes.');
  expect(await run('load', 'holidays', path, '--yes')).toBe(
    'Mudança 1: 1 novas, 0 mudaram, 0 terminaram. 1 linhas não entraram.\n',
  );
  const { rows } = JSON.parse(await run('show', 'holidays', '--json')) as { rows: { row: number; cells: object }[] };
  expect(rows.map(({ cells }) => cells)).toEqual([
    { day: '2026-01-26', place: 'Santos', name: 'Aniversário', effect: 'closed' },
  ]);
  const { code, stderr } = await ramal(folder, ['reference', 'end', 'holidays']);
  expect([code, stderr]).toEqual([2, 'Falta --row. O número está em ramal reference show TABELA\n']);
}, 120_000);
