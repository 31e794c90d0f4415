import { expect, test } from 'vitest';
import { formats } from '../format/index.ts';
import { shift as en } from '../words/shift-en.ts';
import { shift as pt } from '../words/shift-pt.ts';
import type { ShiftHalf, ShiftQueue, ShiftSoFar } from './shapes.ts';
import { courseText, peopleFinding, sentence } from './shift.ts';

const f = formats('pt', 2026);

const half = (from: string, more: Partial<ShiftHalf> = {}): ShiftHalf => ({
  ...{ from, state: 'over', offered: 10, answered: 9, abandoned: 1, forecast: null, outside: null },
  ...{ needed: 5, rostered: null, lack: null, present: 4, atWork: null },
  ...more,
});
const served = { offered: 100, answered: 90, abandoned: 8, shortAbandons: 2, short: null } as const;
const queue = (name: string, against: ShiftQueue['against'], value = 0.6): ShiftQueue => ({
  ...{ ...served, queue: name, level: { value, n: 98 }, target: 0.8, against },
  worst: { from: '09:30', n: 20, inTime: 5, short: 11 },
});
const shift = (more: Partial<ShiftSoFar> = {}): ShiftSoFar => ({
  ...{ day: '2026-11-19', isToday: true, at: '10:45', last: '10:44', previous: '2026-11-18', newest: '2026-11-19' },
  ...{
    lakeVersion: 1,
    view: 'net',
    excluded: 0,
    channel: 'voz',
    silent: [],
    forecast: null,
    queues: [],
    halfHours: [],
  },
  whole: { ...served, level: { value: 0.9, n: 98 }, target: null, against: null },
  staffing: { model: 'erlang-c', level: 0.8, within: 20, patience: null, aht: 300 },
  callbacks: { today: 0, before: 0, anonymous: 0, anonymousBefore: 0 },
  ...more,
});
const ahead = (from: string, lack: number) => half(from, { state: 'ahead', offered: null, rostered: 5, lack });

test('the sentence says queue and half-hour, people short, whom to call', () => {
  const bad = shift({
    queues: [queue('Cobrança', 'below'), queue('Vendas', 'below'), queue('Outra', 'met')],
    halfHours: [half('10:00', { rostered: 3, lack: 9 }), ahead('11:00', 1), ahead('11:30', 0), ahead('15:30', 2.5)],
    callbacks: { today: 4, before: 1, anonymous: 3, anonymousBefore: 0 },
  });
  expect(sentence(bad, pt, f)).toBe(
    'Cobrança está abaixo da meta (60,0%, meta 80%), mais às 09:30 e mais 1 fila também está; falta 1 pessoa às 11:00, 2,5 às 15:30; 5 pessoas a chamar de volta.',
  );
  expect(sentence(bad, en, formats('en', 2026))).toBe(
    'Cobrança is below target (60.0%, target 80%), mostly at 09:30 and so is 1 other queue; 1 person short at 11:00, 2.5 at 15:30; 5 people to call back.',
  );
});

test('and what it may not claim it does not', () => {
  expect(sentence(shift({ queues: [queue('Vendas', 'near'), queue('Outra', 'few')] }), pt, f)).toBe(
    'Nenhuma fila claramente abaixo da meta; ninguém a chamar de volta.',
  );
  const nameless = { today: 0, before: 0, anonymous: 7, anonymousBefore: 9 };
  expect(sentence(shift({ callbacks: nameless }), pt, f)).toBe(
    'De 100 ligações, 90,0% atendidas em 20 s; 7 abandonaram sem identificação: não se sabe a quem chamar de volta.',
  );
  expect(sentence(shift({ callbacks: { ...nameless, anonymous: 0 } }), pt, f)).toMatch(
    /ninguém identificado a chamar de volta\.$/,
  );
  expect(sentence(shift(), pt, f)).toBe('De 100 ligações, 90,0% atendidas em 20 s; ninguém a chamar de volta.');
  const few = { ...served, offered: 12, level: { value: 0.5, n: 12 }, target: null, against: null };
  expect(sentence(shift({ whole: few }), pt, f)).toBe('12 ligações até 10:45; ninguém a chamar de volta.');
});

test.each([
  [104, 100, 'O que veio está dentro do previsto'],
  // 15 % more of 100 are within what calls scatter by themselves, of 1,000 they are not.
  [115, 100, 'O que veio está dentro do previsto'],
  [1150, 1000, 'Vieram 15,0% a mais que o previsto'],
  [700, 1000, 'Vieram 30,0% a menos que o previsto'],
  [30, 0.5, 'Vieram 30, previstas 0,5'],
])('%i against %f expected: %s', (came, expected, text) => {
  const accuracy = { wape: 0.2, coverage: 0.95 };
  const forecast = {
    used: 'usual',
    noGain: false,
    usual: accuracy,
    naive: accuracy,
    days: 60,
    expected,
    came,
  } as const;
  expect(courseText(shift({ forecast }), pt, f)).toBe(text);
  const outside = shift({ forecast, halfHours: [half('10:00', { outside: 'above' })] });
  if (came < 200 && came > 50)
    expect(courseText(outside, pt, f)).toBe('No total veio o previsto; 1 meia hora fora do intervalo previsto');
});

test('people: of what is to come before what is over, and nothing where no roster is known', () => {
  expect(peopleFinding(shift({ halfHours: [half('10:00')] }), pt, f)).toBe(
    'Sem escala deste dia: só se sabe quem atendeu',
  );
  const was = half('10:00', { rostered: 3, lack: 2 });
  expect(peopleFinding(shift({ halfHours: [was, ahead('11:00', 0)] }), pt, f)).toBe(
    'Daqui em diante a escala cobre o previsto',
  );
  expect(peopleFinding(shift({ halfHours: [was, half('10:30', { rostered: 5, lack: 0 })] }), pt, f)).toBe(
    'Faltou mais gente às 10:00',
  );
  expect(peopleFinding(shift({ halfHours: [half('10:30', { rostered: 5, lack: 0 })] }), pt, f)).toBe(
    'A escala cobriu o que veio',
  );
});
