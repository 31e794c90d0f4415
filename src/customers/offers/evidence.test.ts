import { expect, test } from 'vitest';
import { EvidenceCounts, speaksFor } from './evidence.ts';
import { ownedOf } from './owned.ts';

const [A, B, C] = [0, 1, 2];
const times = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);

test('evidence is of who has the same in the group, beside all of the group; by hand', async () => {
  // Group 0: of 30 with A 24 have C, of 10 with B alone 1 has it. Group 1: of 40 with A 4 have C.
  const rows = [...times(24, [A, C]), ...times(6, [A]), ...times(1, [B, C]), ...times(9, [B]), ...times(4, [A, C])];
  const group = [...times(40, 0), ...times(40, 1)];
  const counts = await EvidenceCounts.of(ownedOf([...rows, ...times(36, [A])], 3), {
    group,
    groups: 2,
    customers: 100,
  });
  const own = counts.best([A], C, 0);
  expect(own).toEqual({ has: [A], inGroup: true, n: 30, also: 24, ofN: 40, ofAlso: 25 });
  expect(speaksFor(own)).toBe(true);
  // In group 1 nobody differs: as often as all.
  const other = counts.best([A], C, 1);
  expect(other).toMatchObject({ inGroup: true, n: 40, also: 4, ofN: 40, ofAlso: 4 });
  expect(speaksFor(other)).toBe(true);
  // Ten with B are too few to be said of: all ten of all are, too; what most have is left.
  expect(counts.best([B], C, 0)).toEqual({ has: [], inGroup: false, n: 100, also: 29, ofN: 100, ofAlso: 29 });
});

test('who has B has C less often than the others of the group: nothing speaks for it', async () => {
  const rows = [...times(30, [A, C]), ...times(10, [A]), ...times(5, [B, C]), ...times(25, [B])];
  const counts = await EvidenceCounts.of(ownedOf(rows, 3), { group: times(70, 0), groups: 1, customers: 70 });
  const own = counts.best([B], C, 0);
  expect(own).toMatchObject({ n: 30, also: 5, ofN: 70, ofAlso: 35 });
  expect(speaksFor(own)).toBe(false);
});
