import { expect, test } from 'vitest';
import {
  besides,
  changeOf,
  comparable,
  coverageOf,
  lastClosed,
  leftOut,
  nameless,
  namelessLast,
  newsOf,
  onSameDays,
  onUsual,
  steadyOf,
  viewed,
  weekBefore,
} from './change.ts';
import type { Figure, FigureLine } from './shapes.ts';

const figure = (given: Partial<Figure>): Figure => ({
  name: 'x',
  unit: 's',
  label: { pt: '', en: '' },
  better: 'lower',
  value: 100,
  previous: 100,
  n: 500,
  gross: null,
  provisional: false,
  trend: [],
  ...given,
});

test('a movement inside the interval or under 1 % is stable', () => {
  expect(changeOf(figure({ value: 0.2, previous: 0.19, low: 0.18, high: 0.22 }))?.direction).toBe('stable');
  expect(changeOf(figure({ value: 100.5 }))?.direction).toBe('stable');
});

test('so is a change that rounds to zero as it is written', () => {
  expect(changeOf(figure({ unit: 'd', value: 1.04, previous: 1 }))?.direction).toBe('stable');
  expect(changeOf(figure({ unit: 'd', value: 1.06, previous: 1 }))?.direction).toBe('up');
  expect(changeOf(figure({ unit: 'ratio', value: 0.0104, previous: 0.01 }))?.direction).toBe('stable');
  expect(changeOf(figure({ unit: 's', value: 10, previous: 10.4 }))?.direction).toBe('stable');
});

test('better and worse follow the indicator, not the arrow', () => {
  expect(changeOf(figure({ value: 120 }))).toMatchObject({ direction: 'up', verdict: 'worse' });
  expect(changeOf(figure({ value: 120, better: 'higher' }))).toMatchObject({ verdict: 'better' });
  expect(changeOf(figure({ value: 120, better: 'neither' }))).not.toHaveProperty('verdict');
});

test('the gross view shows the gross value and compares nothing; repeats stay net and say so', () => {
  expect(viewed(figure({ gross: 104 }), true)).toMatchObject({ value: 104, previous: null, alone: true });
  expect(viewed(figure({ gross: 104, low: 98, high: 102 }), true)).not.toHaveProperty('low');
  expect(viewed(figure({ gross: 100 }), true)).toMatchObject({ value: 100, previous: null, alone: true });
  expect(viewed(figure({ gross: 104 }), false)).toMatchObject({ value: 100, previous: 100 });
  expect(viewed(figure({ name: 'repeatRate' }), true)).toMatchObject({ value: 100, previous: null, netOnly: true });
});

test('a period is compared only where every source holds all of it and of the one before', () => {
  const week = { from: '2026-11-16', to: '2026-11-23', previousFrom: '2026-11-09' };
  const source = (from: string, watermark: string) => ({ from, watermark });
  const [full, monday, ended] = [
    source('2026-01-01', '2026-11-22'),
    source('2026-01-01', '2026-11-16'),
    source('2026-01-01', '2026-11-15'),
  ];
  expect(coverageOf(week, [full])).toEqual({ days: 7, held: 7, whole: true, compared: true });
  expect(coverageOf(week, [monday])).toEqual({ days: 7, held: 1, whole: false, compared: false });
  expect(coverageOf(week, [ended])).toMatchObject({ held: 0, compared: false });
  expect(coverageOf(week, [full, ended])).toEqual({ days: 7, held: 7, whole: false, compared: false });
  expect(coverageOf(week, [full, source('2014-08-01', '2014-10-31')])).toMatchObject({ whole: true, compared: true });
  expect(coverageOf(week, [source('2026-11-11', '2026-11-22')])).toMatchObject({ whole: true, compared: false });
  expect(coverageOf(week, [source('2026-11-18', '2026-11-22')])).toMatchObject({ held: 5, compared: false });
  // Between two sources that do not meet nothing is held: 3 of February and 2 of November.
  const apart = [source('2026-02-01', '2026-02-03'), source('2026-11-10', '2026-11-11')];
  expect(coverageOf({ ...week, from: '2026-01-01', previousFrom: null }, apart)).toMatchObject({ held: 5 });
  expect(coverageOf(week, [source('2026-11-17', '2026-11-19'), monday])).toMatchObject({ held: 4 });
  expect(coverageOf({ ...week, previousFrom: null }, [full])).toMatchObject({ whole: true, compared: false });
});

test('only what was compared is called steady', () => {
  const steady = figure({ name: 'steady' });
  const moved = figure({ name: 'moved', value: 120 });
  const alone = figure({ name: 'alone', previous: null });
  const nothing = figure({ name: 'nothing', value: null });
  const figures = [steady, moved, alone, nothing];
  expect(steadyOf(figures).map(({ name }) => name)).toEqual(['steady']);
  const line = { figures } as FigureLine;
  expect(steadyOf(comparable(line, { days: 7, held: 1, whole: false, compared: false }).figures)).toEqual([]);
  expect(comparable(line, { days: 7, held: 7, whole: true, compared: true })).toBe(line);
});

test('what the source does not name comes last', () => {
  expect(namelessLast(['-', 'Ana', 'desconhecido', 'Caio'], nameless)).toEqual(['Ana', 'Caio', '-', 'desconhecido']);
});

test('nothing to compare gives no change', () => {
  expect(changeOf(figure({ previous: null }))).toBeUndefined();
});

test('the news is the largest worsening; provisional and scarce figures make none', () => {
  const better = figure({ name: 'better', value: 50 });
  const worse = figure({ name: 'worse', value: 110 });
  const provisional = figure({ name: 'provisional', value: 300, provisional: true });
  const scarce = figure({ name: 'scarce', value: 300, n: 12 });
  expect(newsOf([better, worse, provisional, scarce])?.name).toBe('worse');
  expect(newsOf([better])?.name).toBe('better');
});

test('a period with nothing closed shows the newest closed week; any other keeps its own value', () => {
  const trend = [
    { from: '2026-10-19', value: 0.18, n: 400, provisional: false },
    { from: '2026-10-26', value: 0.19, n: 400, provisional: false },
    { from: '2026-11-02', value: 0.1, n: 400, provisional: true },
    { from: '2026-11-09', value: null, n: 400, provisional: true },
  ];
  const open = figure({ value: null, reasonCode: 'not-matured', provisional: true, trend });
  expect(lastClosed(open)).toMatchObject({ value: 0.19, closedWeek: '2026-10-26', previous: null });
  expect(lastClosed({ ...open, trend: trend.slice(2) }).value).toBeNull();
  expect(lastClosed({ ...open, reasonCode: 'not-identified' }).value).toBeNull();
  expect(lastClosed(figure({ trend }))).not.toHaveProperty('closedWeek');
});

test('a period of which few windows have closed shows the newest closed week too', () => {
  const trend = [
    { from: '2026-10-26', value: 0.19, n: 400, provisional: false },
    { from: '2026-11-02', value: 0.295, n: 400, provisional: true },
  ];
  const scarce = figure({ value: 0.295, n: 156, matured: 156 / 3200, provisional: true, trend });
  expect(lastClosed(scarce)).toMatchObject({ value: 0.19, closedWeek: '2026-10-26', previous: null });
  expect(lastClosed({ ...scarce, n: 12, matured: 0.9 })).toMatchObject({ value: 0.19 });
  expect(lastClosed({ ...scarce, n: 2500, matured: 0.8 }).value).toBe(0.295);
  expect(lastClosed({ ...scarce, matured: 1, provisional: false }).value).toBe(0.295);
});

test('a source that lacks days of the two periods is left out of what is compared, unless all lack them', () => {
  const week = { from: '2026-11-02', to: '2026-11-09', previousFrom: '2026-10-26' };
  const source = (name: string, from: string | null, watermark: string | null) => ({ name, from, watermark });
  const old = source('ligações', '2026-01-01', '2026-11-15');
  const fresh = source('chamados', '2026-11-05', '2026-11-09');
  const behind = source('chat', '2026-01-01', '2026-11-04');
  const history = source('2014', '2014-08-01', '2014-10-31');
  const names = (sources: readonly { name: string }[]) => sources.map(({ name }) => name);
  const { out, rest } = leftOut(week, [old, fresh, behind, history]);
  expect([names(out), names(rest)]).toEqual([['chamados', 'chat'], ['ligações']]);
  expect(leftOut(week, [old, history])).toEqual({ out: [], rest: [old] });
  expect(leftOut(week, [fresh])).toEqual({ out: [], rest: [] });
  expect(leftOut({ ...week, previousFrom: null }, [old, fresh])).toEqual({ out: [], rest: [] });
});

test('what is compared is the like of the other sources, what is shown is all', () => {
  const like = figure({ value: 120, previous: 100 });
  const line = { figures: [figure({ value: 180, previous: null })] } as FigureLine;
  const [shown] = besides(line, { figures: [like] } as FigureLine).figures;
  expect(shown).toMatchObject({ value: 180, like: { value: 120 } });
  expect(newsOf([shown!])).toBe(shown);
  expect(viewed({ ...shown!, gross: 190 }, true)).not.toHaveProperty('like');
});

test('a period shorter than a week is compared with the same weekdays of the week before', () => {
  const line = (from: string, to: string, figures: Figure[]): FigureLine => ({
    ...{ from, to, figures, previousFrom: '2026-11-15', previousTo: '2026-11-16', usualFrom: null },
    ...{ watermark: to, missingSources: [], contacts: 10, excluded: 0, lakeVersion: 1 },
  });
  const monday = line('2026-11-16', '2026-11-17', [figure({ value: 840, previous: 100 })]);
  const before = line('2026-11-09', '2026-11-10', [figure({ value: 800 })]);
  const shown = onSameDays(monday, before);
  expect(shown).toMatchObject({ previousFrom: '2026-11-09', previousTo: '2026-11-10' });
  expect(shown.figures[0]).toMatchObject({ value: 840, previous: 800 });
  expect(onSameDays(monday, undefined).figures[0]?.previous).toBeNull();
  expect(onSameDays(monday, monday).figures[0]?.previous).toBeNull();
  expect(onSameDays({ ...monday, usualFrom: '2026-10-19' }, before).figures[0]?.previous).toBe(100);
  const week = line('2026-11-09', '2026-11-16', [figure({ previous: 100 })]);
  expect(weekBefore(week)).toBeUndefined();
  expect(onSameDays(week, before)).toBe(week);
});

test('a day or a week is set against the mean of its four likes before, where all of them are known', () => {
  const usual = { value: 90, n: 360 };
  const line = (usualFrom: string | null): FigureLine => ({
    ...{ from: '2026-11-09', to: '2026-11-16', previousFrom: '2026-11-02', previousTo: '2026-11-09', usualFrom },
    ...{ watermark: '2026-11-15', missingSources: [], contacts: 10, excluded: 0, lakeVersion: 1 },
    figures: [figure({ usual, previous: 100 }), figure({ name: 'young', previous: 100 })],
  });
  const told = onUsual(line('2026-10-12'));
  expect(told).toMatchObject({ previousFrom: '2026-10-12', previousTo: '2026-11-09' });
  expect(told.figures.map(({ previous }) => previous)).toEqual([90, null]);
  const unknown = line(null);
  expect(onUsual(unknown)).toBe(unknown);
});

test('the newest closed week has its own mean, interval and target; what is shown of the period makes no news', () => {
  const aim = { target: 0.15, state: 'missed' } as const;
  const week = { from: '2026-10-26', value: 0.19, n: 500, low: 0.16, high: 0.23, provisional: false, aim };
  const open = figure({
    value: null,
    unit: 'ratio',
    reasonCode: 'not-matured',
    provisional: true,
    low: 0.1,
    high: 0.2,
  });
  const shown = lastClosed({ ...open, trend: [{ ...week, usual: { value: 0.15, n: 2000 } }] });
  expect(shown).toMatchObject({ value: 0.19, n: 500, previous: 0.15, low: 0.16, high: 0.23, aim });
  expect(changeOf(shown)).toMatchObject({ direction: 'up', verdict: 'worse' });
  expect(newsOf([shown])).toBeUndefined();
  expect(shown).not.toHaveProperty('reasonCode');
});
