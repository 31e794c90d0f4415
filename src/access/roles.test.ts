import { expect, test } from 'vitest';
import { admits, mayReveal, ROLES } from './roles.ts';

test('a public route admits anyone, another one only its roles', () => {
  expect(admits('public', null)).toBe(true);
  for (const role of ROLES) {
    const user = { name: 'x', role };
    expect(admits('public', user)).toBe(true);
    expect(admits(['manager', 'intake'], user)).toBe(role === 'manager' || role === 'intake');
    expect(admits([], user)).toBe(false);
  }
  expect(admits(ROLES, null)).toBe(false);
});

test('only administrators reveal', () => {
  expect(ROLES.filter((role) => mayReveal({ name: 'x', role }))).toEqual(['administrator']);
});
