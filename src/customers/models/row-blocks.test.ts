import { expect, test } from 'vitest';
import { fitMixture } from './mixture.ts';
import { Points } from './points.ts';

test('few rows, which are done in the process itself, leave it turns for others, and end when told to', async () => {
  const points = Points.of(
    Array.from({ length: 3000 }, (_, row) => [Math.sin(row), Math.cos(row * 7), (row % 11) / 3]),
  );
  const begun = new Float64Array(3000 * 6);
  for (let row = 0; row < 3000; row++) begun[row * 6 + (row % 6)] = 1;
  const stop = new AbortController();
  let turns = 0;
  const clock = setInterval(() => {
    turns++;
    if (turns === 5) stop.abort();
  }, 1);
  const fitted = fitMixture(points, begun, {
    ...{ covariance: 'full', mostIterations: 3000, tolerance: 0, signal: stop.signal },
  });
  await expect(fitted).rejects.toThrow('aborted');
  clearInterval(clock);
  expect(turns).toBe(5);
});
