import { fitGroups, type Method } from '../../src/customers/segments/fit-groups.ts';
import { blobs } from '../blobs.ts';
import { report } from '../measure.ts';

const [rows, columns, groups, spread, method] = process.argv.slice(2);
const points = blobs(Number(rows), Number(columns), Number(groups), Number(spread));
await report(async () => {
  const found = await fitGroups(points, { method: method as Method, seed: 1 });
  return { groups: found.groups, iterations: found.iterations, silhouette: found.silhouette };
});
