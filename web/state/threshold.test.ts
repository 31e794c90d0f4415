import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readThreshold, writeThreshold } from './threshold.ts';

test.each([
  ['80%', 'ratio', 'pt', 0.8],
  ['80', 'ratio', 'pt', 0.8],
  ['82,5 %', 'ratio', 'pt', 0.825],
  ['82.5%', 'ratio', 'en', 0.825],
  ['5:48', 's', 'pt', 348],
  ['1:02:15', 's', 'en', 3735],
  ['0:20', 's', 'pt', 20],
  ['1.234', 'count', 'pt', 1234],
  ['1,234.5', 'count', 'en', 1234.5],
  ['4,2', 'score', 'pt', 4.2],
  ['−10', 'points', 'pt', -10],
  ['2,5', 'd', 'pt', 2.5],
] as const)('%s of %s in %s', (text, unit, lang, value) => {
  expect(readThreshold(text, unit, lang)).toBeCloseTo(value, 9);
});

test.each([
  ['', 'ratio'],
  ['oitenta', 'ratio'],
  ['300', 's'],
  ['5:72', 's'],
  ['1,2,3', 'score'],
  ['5:48', 'count'],
] as const)('%s is no threshold of %s', (text, unit) => {
  expect(readThreshold(text, unit, 'pt')).toBeNaN();
});

test('what is written is read back, in either language', () => {
  const unit = fc.constantFrom('ratio', 's', 'd', 'score', 'points', 'count');
  const hundredths = fc.integer({ min: 0, max: 10_000_000 });
  fc.assert(
    fc.property(unit, fc.constantFrom('pt', 'en'), hundredths, (one, lang, size) => {
      const value = one === 's' ? Math.floor(size / 100) : one === 'ratio' ? size / 1e7 : size / 100;
      expect(readThreshold(writeThreshold(value, one, lang), one, lang)).toBeCloseTo(value, 8);
    }),
  );
  expect(writeThreshold(0.999, 'ratio', 'pt')).toBe('99,9%');
  expect([writeThreshold(348, 's', 'pt'), writeThreshold(3735, 's', 'en')]).toEqual(['5:48', '1:02:15']);
});
