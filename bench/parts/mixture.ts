import { writeFileSync } from 'node:fs';
import { fitMixture } from '../../src/customers/models/mixture.ts';
import { blobs, drawnGroups } from '../blobs.ts';
import { report } from '../measure.ts';

const [rows, columns, groups, spread, files] = process.argv.slice(2);
const points = blobs(Number(rows), Number(columns), Number(groups), Number(spread));
const begun = drawnGroups(Number(rows), Number(groups));
if (files) {
  writeFileSync(`${files}.rows`, new Uint8Array(points.values.buffer));
  writeFileSync(`${files}.begun`, new Uint8Array(begun.buffer));
}
await report(async () => {
  const { bound, iterations } = await fitMixture(points, begun, { covariance: 'full', mostIterations: 300 });
  return { bound, iterations };
});
