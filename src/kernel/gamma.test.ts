import { expect, test } from 'vitest';
import { digamma, logGamma } from './gamma.ts';

test.each([
  [1, 0],
  [5, Math.log(24)],
  [0.5, Math.log(Math.PI) / 2],
  [100, 359.1342053695754],
])('ln Γ(%d)', (x, value) => {
  expect(logGamma(x)).toBeCloseTo(value, 11);
});

// Abramowitz & Stegun, 6.3: ψ(1) = −γ, ψ(1/2) = −γ − 2 ln 2, ψ(x + 1) = ψ(x) + 1/x.
test.each([
  [1, -0.5772156649015329],
  [0.5, -1.9635100260214235],
  [10, 2.251752589066721],
  [0.01, -100.56088545786866],
  [1e6, 13.815510057964191],
])('ψ(%d)', (x, value) => {
  expect(digamma(x)).toBeCloseTo(value, 11);
  expect(digamma(x + 1)).toBeCloseTo(value + 1 / x, 11);
});
