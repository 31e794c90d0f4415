import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CONSOLE } from '../src/access/roles.ts';
import { intakeFiles } from '../src/api/resources/intake.ts';
import type { StaffingAnswer } from '../src/api/schema-staffing.ts';
import type { DemoManifest } from '../src/demo/demo.ts';
import { silent } from '../src/kernel/progress.ts';
import { build } from '../src/lake/build.ts';
import { filesIn, TestApi, writeWorld } from './app.ts';
import { age } from './home.ts';

let api: TestApi;
let manifest: DemoManifest;
let answer: StaffingAnswer;

/** The demonstration's calls, roster and deploys; its planner asks for 85 % in 20 s by Erlang C. */
beforeAll(async () => {
  api = await TestApi.open();
  const out = join(api.app.config.home, 'world');
  manifest = await writeWorld(out, 120_000);
  await intakeFiles(
    api.app,
    { paths: filesIn(join(out, 'calls')), source: 'demo-calls', build: false },
    CONSOLE,
    silent,
  );
  await build(api.app);
  for (const [kind, path] of [
    ['rosters', join(out, 'support', 'escala.csv')],
    ['deploys', join(out, 'support', 'implantacoes.csv')],
  ] as const) {
    age(path);
    const { digest } = await api.json<{ digest: string }>(`/api/reference/${kind}/preview`, {
      method: 'POST',
      body: { path },
    });
    await api.job(`/api/reference/${kind}/load`, { path, digest });
  }
  answer = await api.json<StaffingAnswer>(
    `/api/staffing?from=${manifest.from}&to=2026-11-16&level=0.85&patience=none&due=5-10`,
  );
}, 300_000);
afterAll(() => api?.close());

const HALF_HOURS = 36;

describe('half-hours that were planted with too few and too many people', () => {
  const ranked = (column: 'usualLack' | 'usualSurplus') =>
    answer.rows.toSorted((a, b) => b[column]! - a[column]! || a.usualNeeded - b.usualNeeded);
  const planted = (kind: 'few' | 'many') =>
    new Set(
      manifest.truth.staffing.planted.filter((half) => half.kind === kind).map(({ day, from }) => `${day} ${from}`),
    );

  test.each([
    ['few', 'usualLack', 3, 35, 1],
    ['many', 'usualSurplus', 7, 36, 0],
  ] as const)(
    '%s come first by %s; %i people or more off: %i of 36 and %i besides',
    (kind, column, people, hits, others) => {
      const truth = planted(kind);
      expect(truth.size).toBe(HALF_HOURS);
      const isPlanted = ({ day, from }: StaffingAnswer['rows'][number]) => truth.has(`${day} ${from}`);
      expect(ranked(column).slice(0, HALF_HOURS).filter(isPlanted)).toHaveLength(hits);
      const alarms = answer.rows.filter((row) => row[column]! >= people);
      expect(alarms.filter(isPlanted)).toHaveLength(hits);
      expect(alarms.filter((row) => !isPlanted(row))).toHaveLength(others);
      expect(answer.rows).toHaveLength(3696);
    },
  );

  test('the usual level of the ones with too few is low, of the ones with too many high', () => {
    const levels = (kind: 'few' | 'many') => {
      const truth = planted(kind);
      return answer.rows.filter(({ day, from }) => truth.has(`${day} ${from}`)).map(({ usualLevel }) => usualLevel!);
    };
    expect(Math.max(...levels('few'))).toBeLessThan(0.6);
    expect(Math.min(...levels('many'))).toBeGreaterThan(0.99);
  });
});

test('of the days ahead, the half-hours planted are those that lack and spare most', () => {
  const rows = answer.forecast!.rows;
  const worst = (column: 'lack' | 'surplus') =>
    rows
      .toSorted((a, b) => b[column]! - a[column]!)
      .slice(0, 3)
      .map(({ day, from }) => `${day} ${from}`)
      .sort();
  const truth = (kind: 'few' | 'many') =>
    manifest.truth.staffing.ahead.filter((half) => half.kind === kind).map(({ day, from }) => `${day} ${from}`);
  expect(worst('lack')).toEqual(truth('few'));
  expect(worst('surplus')).toEqual(truth('many'));
  expect(truth('few')).toEqual(['2026-11-16 10:00', '2026-11-16 10:30', '2026-11-16 11:00']);
});

test('calls and abandons are those of the truth', () => {
  const { few, many, other } = manifest.truth.staffing;
  expect(answer.offered).toBe(few.offered + many.offered + other.offered);
  expect(answer.abandoned).toBe(few.abandoned + many.abandoned + other.abandoned);
});

test('patience is a little above the 300 s drawn: nobody leaves in the first 4 s, nor on the last try', () => {
  const { seconds, low, high } = answer.patience!;
  expect(seconds! / 380).toBeCloseTo(1, 1);
  expect(high! - low).toBeLessThan(30);
});

test('the forecast misses a quarter less than the naive one, and its intervals hold what they say', () => {
  const { usual, naive, gain, noGain, used, days } = answer.forecast!;
  expect([used, noGain, days]).toEqual(['usual', false, 84]);
  expect(usual.wape!).toBeLessThan(0.18);
  expect(naive.wape!).toBeGreaterThan(0.22);
  expect(gain!).toBeGreaterThan(0.2);
  expect(usual.coverage!).toBeGreaterThan(0.93);
  expect(usual.coverage!).toBeLessThan(0.98);
});
