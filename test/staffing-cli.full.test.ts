import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ramal } from './app.ts';

const folder = mkdtempSync(join(tmpdir(), 'ramal-staffing-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const staffing = (...args: string[]) => ramal(folder, ['staffing', ...args]);
const QUEUE = ['erlang', '--calls', '100', '--interval', '30m', '--aht', '180s', '--target', '20s'];

test('ramal staffing erlang: figures of so many agents, or agents for a target', async () => {
  const figures = await staffing(...QUEUE, '--agents', '14', '--json');
  expect([figures.code, figures.stderr]).toEqual([0, '']);
  const { serviceLevel, asa, pWait, ...rest } = JSON.parse(figures.stdout) as Record<string, number>;
  expect(serviceLevel).toBeCloseTo(0.88835, 5);
  expect(asa).toBeCloseTo(7.83594, 5);
  expect(pWait).toBeCloseTo(0.17413, 5);
  expect(rest).toEqual({ occupancy: expect.closeTo(10 / 14, 12) as number, abandon: 0 });
  const enough = await staffing(...QUEUE, '--level', '80%', '--shrinkage', '30%');
  expect(enough.stdout).toMatch(/\n\s*14\s+20\s+88,8%\s+7,84 s\s+17,4%\s+71,4%\s+0,0%\n/);
}, 60_000);

test('ramal staffing on an empty home has a reason', async () => {
  const { code, stdout } = await staffing();
  expect([code, stdout]).toEqual([0, 'Sem dimensionamento (sem período). Nenhum atendimento com estes filtros.\n']);
}, 60_000);

test.each([
  [[...QUEUE.slice(0, -1), '20'], 'Recebido 20 em --target. Use uma duração como 180s, 30m ou 6h30\n'],
  [['erlang', '--calls', '100'], /^Faltam --calls, --interval ou --aht\./],
  [['plan', '--from', '2026-11-16'], /^Faltam --from, --to ou --shift\./],
  [['tudo'], 'Ação desconhecida: tudo. Use erlang, plan, ou nenhuma\n'],
])(
  'ramal staffing %j is refused with exit 2',
  async (args, message) => {
    const { code, stdout, stderr } = await staffing(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  },
  60_000,
);
