import { expect, test } from 'vitest';
import type { Insight } from './shapes.ts';
import { toldTogether } from './told-causes.ts';

const finding = (kind: string, subject: string, effectHours: number): Insight => ({
  ...{ kind, subject, effectHours, interval: [effectHours - 1, effectHours + 1], pValue: 0.001, adjusted: 0.01 },
  ...{ statement: { pt: subject, en: subject }, todo: { pt: '', en: '' }, metric: 'contacts' },
  evidence: { unit: 'count', n: 10, points: [] },
});
const told = (causes: Insight[]) =>
  toldTogether(causes).map(({ kind, causes, effectHours, summed }) => [kind, causes.length, effectHours, summed]);

test('three of a kind are told apart, four in one statement by their sum, the largest first', () => {
  const three = [1, 2, 3].map((day) => finding('deploy-days', `d${day}`, 10 * day));
  expect(told(three)).toEqual([
    ['deploy-days', 1, 30, true],
    ['deploy-days', 1, 20, true],
    ['deploy-days', 1, 10, true],
  ]);
  const [all, other] = toldTogether([finding('several-names', '', 40), ...three, finding('deploy-days', 'd4', 5)]);
  expect([all?.effectHours, all?.causes.map(({ subject }) => subject)]).toEqual([65, ['d3', 'd2', 'd1', 'd4']]);
  expect(other?.kind).toBe('several-names');
});

test('what costs and what saves are not added up', () => {
  const agents = [5, 6, 7, 8, -3, -4, -5, -6].map((hours) => finding('agent-repeats', `a${hours}`, hours));
  expect(told(agents)).toEqual([
    ['agent-repeats', 4, 26, true],
    ['agent-repeats', 4, -18, true],
  ]);
});

test('of findings that may be of the same hours the largest is told, not the sum', () => {
  const changes = [2, 9, 4, 3].map((hours) => finding('own-history', `c${hours}`, hours));
  expect(told(changes)).toEqual([['own-history', 4, 9, false]]);
});
