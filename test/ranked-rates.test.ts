import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MetricAnswer, RepeatAnswer } from '../src/api/schema.ts';
import type { TestApi } from './app.ts';
import { openWeek } from './week.ts';

const WEEK = 'from=2026-10-26&to=2026-11-02';
let api: TestApi;

beforeAll(async () => {
  ({ api } = await openWeek());
}, 60_000);
afterAll(() => api?.close());

const answer = (url: string) => api.json<MetricAnswer>(`/api/metrics/${url}`, { as: 'supervisor' });

test('a repeat rate has the adjusted rates that Rechamadas ranks by', async () => {
  const { rows } = await answer(`repeatRate?${WEEK}&by=agent`);
  const repeats = await api.json<RepeatAnswer>(`/api/repeats?${WEEK}&by=agent`, { as: 'supervisor' });
  const told = (list: readonly { label?: string; shrunken?: number | null }[]) =>
    list.map(({ label, shrunken }) => [label, shrunken]).sort();
  expect(told(rows)).toEqual(told(repeats.rows.filter(({ maturedAnchors }) => maturedAnchors)));
  const of = (name: string) => rows.find(({ label }) => label === name)!;
  // Davi's 6 of 12 are the highest raw rate; they are drawn further down to the common 19 of 82 than Ana's 10 of 40.
  const [ana, davi] = [of('Ana Prado'), of('Davi Sá')];
  expect([ana.value, davi.value]).toEqual([0.25, 0.5]);
  expect(davi.value! - davi.shrunken!).toBeGreaterThan(ana.value! - ana.shrunken!);
  for (const { value, shrunken } of [ana, davi]) expect(Math.abs(shrunken! - 19 / 82)).toBeLessThan(value! - 19 / 82);
  expect((await answer(`repeatRate?${WEEK}`)).rows).toEqual([]);
  expect((await answer(`serviceLevel?${WEEK}&by=queue`)).rows.some((row) => 'shrunken' in row)).toBe(false);
});

test('the file comes in that order, and few cases after all', async () => {
  const { text } = await api.ask(`/api/metrics/repeatRate?${WEEK}&by=agent&format=csv`, { as: 'supervisor' });
  const [head, ...lines] = text.slice(1).trimEnd().split('\r\n');
  expect(head!.split(';').slice(0, 4)).toEqual(['Agente', 'Rechamada', 'Ajustada', 'Casos']);
  expect(lines.map((line) => line.split(';')[0])).toEqual(['Ana Prado', 'Caio Lins', 'Davi Sá']);
});

test('an answer says whether its total and its rows count contacts or legs', async () => {
  const basis = async (more: string) => (await answer(`avgHandleTime?${WEEK}${more}`)).basis;
  expect(await basis('&by=agent')).toEqual({ total: 'contacts', rows: 'legs' });
  expect(await basis('&by=source')).toEqual({ total: 'contacts', rows: 'contacts' });
  expect(await basis('&by=day&where=agent=A9')).toEqual({ total: 'legs', rows: 'legs' });
  expect((await answer(`serviceLevel?${WEEK}&by=queue`)).basis).toBeUndefined();
});
