import { expect, test } from 'vitest';
import { aimState } from './aims.ts';

const [higher, lower] = [{ better: 'higher' }, { better: 'lower' }] as const;

test.each([
  ['a level above its target', higher, 0.8, { value: 0.82, low: 0.78, high: 0.86 }, 'met'],
  ['a level that may be at it', higher, 0.8, { value: 0.78, low: 0.74, high: 0.82 }, 'near'],
  ['a level surely below', higher, 0.8, { value: 0.7, low: 0.66, high: 0.74 }, 'missed'],
  ['abandonment below its ceiling', lower, 0.05, { value: 0.04, low: 0.03, high: 0.06 }, 'met'],
  ['abandonment that may be at it', lower, 0.05, { value: 0.06, low: 0.045, high: 0.08 }, 'near'],
  ['abandonment surely above', lower, 0.05, { value: 0.09, low: 0.07, high: 0.11 }, 'missed'],
  ['a time without an interval, above', lower, 300, { value: 310 }, 'missed'],
  ['a value at its target', lower, 300, { value: 300 }, 'met'],
  ['no value', higher, 0.8, { value: null }, null],
  ['a measure that is neither', { better: 'neither' } as const, 10, { value: 3 }, null],
] as const)('%s', (_, indicator, target, value, state) => expect(aimState(target, indicator, value)).toBe(state));
