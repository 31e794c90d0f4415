import { expect, test } from 'vitest';
import { apart, centresOf } from './customer-map.ts';

test('a group is at the mean of its customers, and tells which is nearest', () => {
  const points = [
    ...[
      { number: 1, x: 0, y: 0 },
      { number: 1, x: 2, y: 4 },
      { number: 2, x: 1, y: 6 },
      { number: 3, x: 9, y: 2 },
    ],
  ];
  const groups = [1, 2, 3, 4].map((number) => ({ number, name: `G${number}` }));
  expect(centresOf(points, groups)).toEqual([
    { number: 1, name: 'G1', x: 1, y: 2, nearest: 2 },
    { number: 2, name: 'G2', x: 1, y: 6, nearest: 1 },
    { number: 3, name: 'G3', x: 9, y: 2, nearest: 1 },
  ]);
  expect(centresOf(points.slice(0, 2), groups)).toMatchObject([{ nearest: null }]);
});

test('names stand apart, inside the frame', () => {
  const frame = { width: 340, height: 264 };
  const names = [
    ...[
      { x: 20, y: 100, width: 140 },
      { x: 60, y: 102, width: 160 },
      { x: 330, y: 100, width: 100 },
    ],
    ...[
      { x: 100, y: 101, width: 120 },
      { x: 60, y: 262, width: 90 },
      { x: 62, y: 260, width: 90 },
    ],
  ];
  const places = apart(names, frame).map((place, at) => ({ ...place, width: names[at]!.width }));
  for (const [at, one] of places.entries()) {
    expect(one.x - one.width / 2).toBeGreaterThanOrEqual(0);
    expect(one.x + one.width / 2).toBeLessThanOrEqual(frame.width);
    expect(one.y).toBeGreaterThan(8);
    expect(one.y).toBeLessThan(frame.height - 8);
    for (const other of places.slice(at + 1)) {
      const beside = Math.abs(one.x - other.x) >= (one.width + other.width) / 2;
      expect(beside || Math.abs(one.y - other.y) > 16.9).toBe(true);
    }
  }
  // What nothing covers stays where it is.
  expect(places[2]).toEqual({ x: 290, y: 100, width: 100 });
});
