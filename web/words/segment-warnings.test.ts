import { expect, test } from 'vitest';
import { WARNINGS } from '../../src/customers/warnings.ts';
import { WORDS } from './index.ts';
import type { Saying } from './segment-warnings-pt.ts';

const SAY: Saying = {
  count: (count) => `<${count}>`,
  share: (share) => `<${share}>`,
  field: (column) => `<${column}>`,
  group: (number) => `<${number}>`,
};
/** What each warning is made of, and how that is said. */
const MADE: Record<keyof typeof WARNINGS, readonly [warning: string, told: readonly string[]]> = {
  filled: [WARNINGS.filled('19,6%', 'MRR_12M'), ['<19,6%>', '<MRR_12M>']],
  repeated: [WARNINGS.repeated(2, 'CD'), ['<CD>', '<2>']],
  oneValue: [WARNINGS.oneValue('PAIS'), ['<PAIS>']],
  rareTexts: [WARNINGS.rareTexts('CODIGO'), ['<CODIGO>']],
  textsDivide: [WARNINGS.textsDivide('SEGMENTO, UF'), ['<SEGMENTO>, <UF>']],
  exceptions: [WARNINGS.exceptions(7), ['<7>']],
  unfinished: [WARNINGS.unfinished(), []],
  betterAnew: [WARNINGS.betterAnew(), []],
  held: [WARNINGS.held(40), ['<40>']],
  nobodyTwice: [WARNINGS.nobodyTwice(), []],
  dissolved: [WARNINGS.dissolved('3, 5'), ['<3>, <5>']],
  otherShares: [WARNINGS.otherShares(), []],
  ungrouped: [WARNINGS.ungrouped(12), ['<12>']],
  noAmount: [WARNINGS.noAmount(), []],
};
const told = (lang: 'pt' | 'en', warning: string) =>
  WORDS[lang].segments.own.told.flatMap(([pattern, text]) => {
    const [whole, ...parts] = pattern.exec(warning) ?? [];
    return whole === undefined ? [] : [text(SAY, ...parts)];
  });

test.for(Object.keys(WARNINGS) as (keyof typeof WARNINGS)[])(
  '%s is said once in each language, with what it tells',
  (name) => {
    const [warning, parts] = MADE[name];
    const [pt, en] = [told('pt', warning), told('en', warning)];
    expect([pt.length, en.length]).toEqual([1, 1]);
    for (const part of parts) expect([pt[0], en[0]].map((text) => text!.includes(part))).toEqual([true, true]);
    expect(en[0]).not.toBe(pt[0]);
    expect(en[0]!.replaceAll(/<[^>]*>/g, '')).not.toMatch(/[ãõçáéíóúâêô]|\b(de|que|não|os|das|linhas|clientes)\b/);
    expect(pt[0]).not.toContain('--');
  },
);

test('one row that repeats another is told alike', () => {
  expect(told('en', WARNINGS.repeated(1, 'CD'))).toEqual([
    'rows that repeat <CD> of another and count as another customer: <1>',
  ]);
});
