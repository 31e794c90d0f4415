import { describe, expect, it } from 'vitest';
import { type Entry, type Plan, planChange, planEnd, planOf, type StoredEntry } from './plan.ts';
import { referenceKind } from './registry.ts';

const kind = referenceKind('supervisors');
const entry = (
  agent: string,
  supervisor: string,
  from: string | null,
  to: string | null = null,
  monthly = false,
): Entry => {
  return { key: { agent }, values: { supervisor }, from, to, monthly };
};

/** A table after a plan: what it ended is gone, what it added is there. */
function tableAfter(stored: readonly StoredEntry[], { ended, added }: Plan): StoredEntry[] {
  const next = Math.max(0, ...stored.map(({ row }) => row)) + 1;
  const kept = stored.filter(({ row }) => !ended.includes(row));
  return [...kept, ...added.map((one, index) => ({ ...one, row: next + index }))];
}

const shown = (stored: readonly StoredEntry[]) =>
  stored.map(({ key, values, from, to }) => `${key.agent} ${values.supervisor} ${from ?? ''}..${to ?? ''}`).sort();

describe('a plan', () => {
  const first = [entry('1', 'Ana', null), entry('2', 'Ana', null)];
  const stored = tableAfter([], planOf(kind, [], first));

  it('says what is new, what changes and what stays', () => {
    const plan = planOf(kind, stored, [
      entry('1', 'Rui', '2026-10-01'),
      entry('2', 'Ana', null),
      entry('3', 'Rui', null),
    ]);
    expect(plan.keys.map(({ key, change }) => [key.agent, change])).toEqual([
      ['1', 'changed'],
      ['3', 'new'],
    ]);
    expect(plan.unchanged).toBe(1);
    expect(shown(tableAfter(stored, plan))).toEqual([
      '1 Ana ..2026-10-01',
      '1 Rui 2026-10-01..',
      '2 Ana ..',
      '3 Rui ..',
    ]);
  });

  it('of the same file twice changes nothing', () => {
    expect(planOf(kind, stored, first)).toEqual({ keys: [], ended: [], added: [], unchanged: 2 });
  });

  it('of a file that brings the whole table ends the keys that are not in it, on the day given', () => {
    const plan = planOf(kind, stored, [entry('1', 'Ana', null)], '2026-10-01');
    expect(plan.keys.map(({ key, change }) => [key.agent, change])).toEqual([['2', 'ended']]);
    expect(shown(tableAfter(stored, plan))).toEqual(['1 Ana ..', '2 Ana ..2026-10-01']);
  });

  it('of an end keeps the days before it, also those that a month only reached', () => {
    const month = tableAfter([], planOf(kind, [], [entry('1', 'Ana', '2026-09-01', '2026-10-01', true)]));
    expect(shown(tableAfter(month, planEnd(kind, month, month[0]!, '2026-11-10')))).toEqual([
      '1 Ana 2026-09-01..2026-11-10',
    ]);
    expect(shown(tableAfter(month, planEnd(kind, month, month[0]!, '2026-09-10')))).toEqual([
      '1 Ana 2026-09-01..2026-09-10',
    ]);
    expect(shown(tableAfter(month, planEnd(kind, month, month[0]!, null)))).toEqual([]);
  });

  it('of an edit moves a row: it gives up its days and takes the new ones from whoever had them', () => {
    const two = tableAfter(
      [],
      planOf(kind, [], [entry('1', 'Ana', '2026-01-01', '2026-06-01'), entry('1', 'Rui', '2026-06-01')]),
    );
    const row = two.find(({ values }) => values.supervisor === 'Rui')!;
    const plan = planChange(kind, two, row, { from: '2026-05-01', to: null, values: { supervisor: 'Rui' } });
    expect(shown(tableAfter(two, plan))).toEqual(['1 Ana 2026-01-01..2026-05-01', '1 Rui 2026-05-01..']);
  });
});
