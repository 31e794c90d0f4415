const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** ln Γ(x) for x > 0 (Lanczos, 1964; g = 7, n = 9). */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const z = x - 1;
  const base = z + 7.5;
  const sum = LANCZOS.slice(1).reduce((total, term, index) => total + term / (z + index + 1), LANCZOS[0]!);
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(base) - base + Math.log(sum);
}

/** Bernoulli numbers over their index, B(2n) / 2n. */
const BERNOULLI = [1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32_760, 1 / 12];

/** ψ(x), the derivative of ln Γ, for x > 0: its recurrence up to 10, its asymptotic series beyond. */
export function digamma(x: number): number {
  let [at, below] = [x, 0];
  for (; at < 10; at++) below -= 1 / at;
  const square = 1 / (at * at);
  const series = BERNOULLI.reduceRight((sum, term) => square * (term + sum), 0);
  return below + Math.log(at) - 0.5 / at - series;
}
