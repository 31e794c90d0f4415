import { beforeAll, expect, test } from 'vitest';
import { addDays } from '../src/kernel/brazil/dates.ts';
import { figureLine } from '../src/metrics/figures.ts';
import { metricAnswer } from '../src/metrics/metric.ts';
import { indicatorNamed } from '../src/metrics/registry.ts';
import { repeatAnswer } from '../src/metrics/repeats.ts';
import type { Scope } from '../src/metrics/scope.ts';
import { cellFile, KEYED } from './call-files.ts';
import { useHome } from './home.ts';

const home = useHome();
/** Each source's first and last day with a call: `goes` on to the end, `stopped` did in March, `past` is history. */
const SPANS = {
  goes: ['2026-03-02', '2026-05-20'],
  past: ['2025-03-02', '2025-03-09'],
  stopped: ['2026-03-02', '2026-03-20'],
} as const;

beforeAll(async () => {
  for (const [source, days] of Object.entries(SPANS)) {
    const layout = { ...KEYED, source };
    await home().know(layout);
    const calls = days.map((day, index) => {
      const start = `${day}T10:00:00`;
      return { id: `c${index}`, leg: '1', start, phone: '11987654321', agent: 'A1', status: 'answered' };
    });
    await home().load({ name: `${source}.csv`, content: cellFile(calls) }, layout);
  }
  await home().build();
});

async function told(scope: Scope) {
  const { lake } = home();
  const contacts = await metricAnswer(lake, indicatorNamed('contacts'), { scope });
  const repeats = await repeatAnswer(lake, { scope, rule: 'house' });
  const figures = await figureLine(lake, scope, ['contacts']);
  const facts = [contacts, repeats, figures].map(({ missingSources, watermark }) => ({ missingSources, watermark }));
  expect(facts).toEqual([facts[0], facts[0], facts[0]]);
  return [facts[0]!.missingSources, facts[0]!.watermark, contacts.total];
}

test.each<[string, Scope, string[], string, number | null]>([
  [
    'a period that all hold',
    { sources: ['goes', 'stopped'], from: '2026-03-01', to: '2026-06-01' },
    [],
    '2026-03-20',
    4,
  ],
  ['a source that stopped before', { sources: ['goes', 'stopped'], from: '2026-05-01' }, ['stopped'], '2026-03-20', 1],
  ['the current sources when none is named', { from: '2026-05-01' }, ['stopped'], '2026-03-20', 1],
  [
    'a source of the past when it is named',
    { sources: ['goes', 'past'], from: '2026-05-01' },
    ['past'],
    '2025-03-09',
    1,
  ],
  ['sources that begin later', { sources: ['goes', 'past'], to: '2025-04-01' }, ['goes'], '2025-03-09', 2],
  ['all of them, of which the past holds nothing back', {}, [], '2026-03-20', 6],
  ['nothing but what is missing', { sources: ['stopped'], from: '2026-05-01' }, ['stopped'], '2026-03-20', null],
])('%s: told, and the watermark is theirs', async (_, scope, missing, watermark, total) => {
  expect(await told(scope)).toEqual([missing, watermark, total]);
});

test('an anchor stays open while a source that could hold its repeat says nothing', async () => {
  const scope = { sources: ['goes', 'stopped'], from: '2026-05-01' };
  const [both, alone] = await Promise.all(
    [scope, { ...scope, sources: ['goes'] }].map((one) =>
      repeatAnswer(home().lake, { scope: one, rule: 'house', watermark: undefined }),
    ),
  );
  expect([both!.anchors, both!.maturedAnchors, both!.provisional]).toEqual([1, 0, true]);
  const later = await repeatAnswer(home().lake, { scope, rule: 'house', watermark: addDays(SPANS.goes[1], 7) });
  expect([alone!.watermark, later.maturedAnchors]).toEqual([SPANS.goes[1], 1]);
});
