import { expect, test } from 'vitest';
import { amountOf, secondsOf, shareOf } from './amounts.ts';

test.each([
  ['180s', 180],
  ['30m', 1800],
  ['30min', 1800],
  ['1,5h', 5400],
  ['6h', 21_600],
  ['6h20', 22_800],
])('%s is %i seconds', (text, seconds) => {
  expect(secondsOf('aht', text)).toBe(seconds);
});

test.each([
  ['80%', 0.8],
  ['0,8', 0.8],
  ['0.85', 0.85],
  ['12,5 %', 0.125],
  ['0', 0],
])('%s is the share %f', (text, share) => {
  expect(shareOf('level', text)).toBeCloseTo(share, 12);
});

test('what is neither says what was received and what to write', () => {
  expect(() => secondsOf('aht', '180')).toThrow('Recebido 180 em --aht. Use uma duração como 180s, 30m ou 6h30');
  expect(() => shareOf('level', '80')).toThrow('Recebido 80 em --level. Use uma parte como 80% ou 0,8');
  expect(() => amountOf('calls', 'cem')).toThrow('Recebido cem em --calls. Use um número, como 100');
  expect(amountOf('calls', '100,5')).toBe(100.5);
});
