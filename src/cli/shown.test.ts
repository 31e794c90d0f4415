import { expect, test } from 'vitest';
import type { MetricAnswer, RepeatAnswer } from '../metrics/answers.ts';
import { date, figure, metricHead, metricRows, period, repeatHead, repeatRows, state, sumText } from './shown.ts';

test.each([
  ['count', 1234567, '1.234.567'],
  ['ratio', 0.1866, '18,7%'],
  ['s', 59.6, '1:00'],
  ['s', 3735, '1:02:15'],
  ['d', 6.585, '6,59'],
  ['score', 3.4, '3,40'],
  ['ratio', null, '–'],
] as const)('%s %s is %s', (unit, value, text) => {
  expect(figure(unit, value)).toBe(text);
});

test('days and periods are written as in Brazil, the last day in', () => {
  expect(date('2026-11-09')).toBe('09/11/2026');
  expect(period('2026-11-09', '2026-11-16')).toBe('09/11/2026 a 15/11/2026');
  expect(period('2026-02-28', '2026-03-01')).toBe('28/02/2026');
  expect(period(null, null)).toBe('sem período');
});

const metric = {
  metric: 'abandonRate',
  unit: 'ratio',
  total: 0.25,
  n: 1200,
  low: 0.2,
  high: 0.3,
  from: '2026-11-09',
  to: '2026-11-16',
  watermark: '2026-11-14',
  missingSources: [],
  by: ['weekday', 'hour', 'month', 'agent'],
  rows: [
    { weekday: 1, hour: 8, month: '2026-11-01', agent: '7', label: 'Ana', value: 0.5, n: 2, low: 0.1, high: 0.9 },
    { weekday: null, hour: null, month: null, agent: null, value: null, n: 0 },
  ],
} as unknown as MetricAnswer;

test('an indicator: its value, what it rests on, and its rows by their names', () => {
  expect(metricHead(metric, 'Abandono')).toBe(
    'Abandono = 25,0% (IC 95% 20,0–30,0; n 1.200; 09/11/2026 a 15/11/2026; dados completos até 14/11/2026)',
  );
  expect(metricRows(metric, 'Abandono')).toEqual([
    {
      'dia da semana': 'seg',
      hora: '8h',
      mês: '11/2026',
      agente: 'Ana',
      Abandono: '50,0%',
      n: '2',
      'IC 95%': '10,0–90,0',
    },
    { 'dia da semana': '–', hora: '–', mês: '–', agente: '–', Abandono: '–', n: '0', 'IC 95%': '–' },
  ]);
});

test('repeats: the two counts whose quotient the rate is, and the worst first', () => {
  const row = { contacts: 40, anchors: 30, maturedAnchors: 30, repeatedAnchors: 3, repeats: 5, sameReason: 1 };
  const rate = { rate: 0.1, low: 0.02, high: 0.26, sameReasonRate: 0.03, provisional: false };
  const answer = {
    rule: { name: 'house', version: 1 },
    ...{ rate: 0.2, low: 0.15, high: 0.25, maturedAnchors: 300, repeatedAnchors: 60, repeats: 75, eligible: 400 },
    ...{
      from: '2026-11-09',
      to: '2026-11-10',
      missingSources: ['chat', 'crm'],
      watermark: '2026-11-15',
      provisional: true,
      by: 'queue',
    },
    rows: [
      { queue: 'A', ...row, ...rate, shrunken: 0.12 },
      { queue: 'B', ...row, ...rate, shrunken: 0.19 },
    ],
  } as unknown as RepeatAnswer;
  expect(repeatHead(answer)).toBe(
    'Rechamada = 20,0% (60 de 300 âncoras fechadas com rechamada; IC 95% 15,0–25,0; 75 rechamadas em 400 elegíveis; ' +
      'regra house v1; 09/11/2026; dados completos até 15/11/2026; ' +
      'sem dados no período: chat, crm; provisório)',
  );
  expect(repeatRows(answer).map(({ fila, ajustada }) => [fila, ajustada])).toEqual([
    ['B', '19,0%'],
    ['A', '12,0%'],
  ]);
  expect(repeatHead({ ...answer, maturedAnchors: null, repeats: 80 })).toMatch(
    /^Rechamada = 20,0% \(80 rechamadas em 400 elegíveis; IC/,
  );
});

test('the sum is true of what is loaded, and says what waits', () => {
  const counts = { read: 200, loaded: 190, quarantined: 5, duplicate: 5 };
  const nothing = { read: 200, loaded: 0, quarantined: 0, duplicate: 0 };
  expect(sumText(counts)).toBe('200 lidas = carregadas 190 + em quarentena 5 + repetidas 5');
  expect(sumText(nothing, [{ state: 'waiting', read: 200 }])).toBe('200 lidas, à espera de decisão');
  expect(sumText(nothing, [{ state: 'refused', read: 200 }])).toBe('200 lidas, aguardando cliente');
  expect(sumText({ ...counts, read: 1400 }, [{ state: 'waiting', read: 1200 }])).toBe(
    '1.400 lidas = carregadas 190 + em quarentena 5 + repetidas 5 + à espera de decisão 1.200',
  );
});

test('a loaded batch with rows in quarantine is called as the screens call it', () => {
  expect([state('loaded'), state('loaded', 3), state('rolled-back', 3)]).toEqual([
    'carregado',
    'com quarentena',
    'desfeito',
  ]);
});
