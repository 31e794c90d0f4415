import { expect, test } from 'vitest';
import { fileDay } from './file-day.ts';

/** 00:30 in São Paulo, when Manaus has 23:30 of the day before. */
const WRITTEN = new Date('2026-11-20T03:30:00Z');

test.each([
  ['carteira_20260315.csv', 'America/Sao_Paulo', '2026-03-15'],
  ['carteira 2026-03.csv', 'America/Sao_Paulo', '2026-03-01'],
  ['carteira.csv', 'America/Sao_Paulo', '2026-11-20'],
  ['carteira.csv', 'America/Manaus', '2026-11-19'],
  ['carteira.csv', 'America/Rio_Branco', '2026-11-19'],
])(
  'a file is of the day that its name says, or of the one it was written on where the center is: %s, %s',
  (name, zone, day) => {
    expect(fileDay(name, WRITTEN, zone)).toBe(day);
  },
);
