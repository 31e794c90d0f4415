import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../kernel/brazil/dates.ts';
import { effective, holds, laid, type Said, saidOn, without } from './dated.ts';

const said = (who: string, from: string | null, to: string | null, monthly = false): Said => {
  return { values: { who }, from, to, monthly };
};
const month = (who: string, from: string, to: string) => said(who, from, to, true);
/** A history in short: who, from when, until when; `?` where it is held beyond its month. */
const short = (history: readonly Said[]) =>
  effective(history).map((one) => {
    return `${one.values.who} ${one.from ?? ''}..${one.to ?? ''}${one.knownTo ? `?${one.knownTo}` : ''}`;
  });

describe('what is said of days', () => {
  it('counts for its own days and leaves the others as they were', () => {
    const whole = [said('Ana', null, null)];
    const cut = laid(whole, said('Rui', '2026-03-03', '2026-03-05'));
    expect(short(cut)).toEqual(['Ana ..2026-03-03', 'Rui 2026-03-03..2026-03-05', 'Ana 2026-03-05..']);
    expect(saidOn(cut, '2026-03-02')?.values.who).toBe('Ana');
    expect(saidOn(cut, '2026-03-03')?.values.who).toBe('Rui');
    expect(saidOn(cut, '2026-03-04')?.values.who).toBe('Rui');
    expect(saidOn(cut, '2026-03-05')?.values.who).toBe('Ana');
  });

  it('is one where neighbours say the same', () => {
    const two = laid([said('Ana', '2026-01-01', '2026-02-01')], said('Ana', '2026-02-01', null));
    expect(short(two)).toEqual(['Ana 2026-01-01..']);
  });

  it('is nothing where it was taken back', () => {
    const left = without([said('Ana', null, null)], { from: '2026-03-03', to: null });
    expect(short(left)).toEqual(['Ana ..2026-03-03']);
    expect(saidOn(left, '2026-03-03')).toBeUndefined();
  });

  const day = fc.integer({ min: 0, max: 40 }).map((number) => addDays('2026-03-01', number));
  const span = fc.tuple(fc.option(day), fc.option(day)).filter(([from, to]) => !from || !to || from < to);
  const words = fc.array(fc.tuple(fc.constantFrom('Ana', 'Rui', 'Ivo'), span), { maxLength: 12 });

  it('is what was said last of each day, and never two things of one', () => {
    fc.assert(
      fc.property(words, (list) => {
        const all = list.map(([who, [from, to]]) => said(who, from, to));
        const history = all.reduce<readonly Said[]>(laid, []);
        for (let number = -2; number < 45; number++) {
          const at = addDays('2026-03-01', number);
          expect(history.filter((one) => holds(one, at)).length).toBeLessThanOrEqual(1);
          expect(saidOn(history, at)?.values.who).toBe(all.findLast((one) => holds(one, at))?.values.who);
        }
      }),
    );
  });
});

describe('monthly rosters', () => {
  const september = month('Ana', '2026-09-01', '2026-10-01');
  const october = month('Ana', '2026-10-01', '2026-11-01');
  const november = month('Rui', '2026-11-01', '2026-12-01');
  const of = (...rosters: Said[]) => short(rosters.reduce<readonly Said[]>(laid, []));

  it('become from–to, the last one held until further notice and flagged with the end of its month', () => {
    expect(of(september, october, november)).toEqual(['Ana 2026-09-01..2026-11-01', 'Rui 2026-11-01..?2026-12-01']);
  });

  it('give the same in any order of arrival, and a missing month is held by the one before, flagged', () => {
    expect(of(november, september)).toEqual(['Ana 2026-09-01..2026-11-01?2026-10-01', 'Rui 2026-11-01..?2026-12-01']);
    expect(of(september, november)).toEqual(of(november, september));
    expect(of(november, october, september)).toEqual(of(september, october, november));
  });

  it('change nothing when they come again, and a corrected one changes its month alone', () => {
    const history = [september, october].reduce<readonly Said[]>(laid, []);
    expect(laid(history, october)).toEqual(history);
    expect(of(september, october, month('Ivo', '2026-09-01', '2026-10-01'))).toEqual([
      'Ivo 2026-09-01..2026-10-01',
      'Ana 2026-10-01..?2026-11-01',
    ]);
  });

  it('end what was said without an end, and give way to what a person says of days', () => {
    expect(of(said('Eva', '2026-01-01', null), september)).toEqual([
      'Eva 2026-01-01..2026-09-01',
      'Ana 2026-09-01..?2026-10-01',
    ]);
    expect(of(september, said('Eva', '2026-10-15', null))).toEqual([
      'Ana 2026-09-01..2026-10-15?2026-10-01',
      'Eva 2026-10-15..',
    ]);
  });
});
