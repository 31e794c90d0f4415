import { describe, expect, test } from 'vitest';
import { reasonLabel } from '../src/api/resources/quarantine-view.ts';
import { QUARANTINE_REASONS, QUARANTINE_REASONS_EN } from '../src/intake/quarantine-words.ts';
import { SHOWN } from '../src/metrics/contact-rows.ts';
import { INDICATORS } from '../src/metrics/registry.ts';
import { STAFFING_WORDS } from '../src/reports/staffing-words.ts';
import { FILE_WORDS } from '../src/reports/words.ts';
import { WORDS } from '../web/words/index.ts';

describe('a file and the screen use the same words', () => {
  test.each(['pt', 'en'] as const)('%s', (lang) => {
    const [file, screen] = [FILE_WORDS[lang], WORDS[lang]];
    expect(file.codes.status).toEqual(screen.statuses);
    expect(file.codes.channel).toEqual(screen.codes.values.channel);
    expect(file.unknown).toBe(screen.codes.unknown);
    expect(screen.columns).toMatchObject(file.columns);
    expect(SHOWN.filter((name) => name !== 'row_id' && !file.columns[name])).toEqual([]);
    const { title: _title, measure: _measure, ...callers } = file.callers;
    expect(screen.callers).toMatchObject(callers);
    const { provisional: _, ...repeats } = file.repeats;
    expect(screen.repeats.columns).toMatchObject(repeats);
    expect(file.codes.bucket).toMatchObject(screen.repeats.buckets);
    expect(file.titles.repeats).toBe(screen.places['/rechamadas']);
    expect(STAFFING_WORDS[lang].titles.halfHours).toBe(screen.places['/dimensionamento']);
    const { day, shifts } = screen.staffing;
    const { needed, rostered, lack, surplus, calls, naive, half } = day.columns;
    expect(STAFFING_WORDS[lang].columns).toMatchObject({ needed, rostered, lack, surplus, calls, naive, half });
    const { from, to, rest, people } = shifts.columns;
    expect(STAFFING_WORDS[lang].columns).toMatchObject({ start: from, end: to, rest, people });
    expect([file.split.n, file.split.share, file.split.shareOfSum]).toEqual([
      screen.indicators.contacts,
      screen.chart.share,
      screen.chart.shareOfSum,
    ]);
    expect(file.split.low).toContain(screen.chart.interval);
    expect(file.split.few.toLowerCase()).toBe(screen.fewWord);
    for (const name of ['d', 'score', 'points'] as const) expect(file.units[name]).toBe(screen.units[name]);
  });

  test('a reason of quarantine is worded once, in both languages, and the screens take it from the API', () => {
    expect(Object.keys(QUARANTINE_REASONS_EN)).toEqual(Object.keys(QUARANTINE_REASONS));
    const others = JSON.stringify([FILE_WORDS, WORDS.pt.codes, WORDS.en.codes]);
    for (const [code, text] of Object.entries(QUARANTINE_REASONS)) {
      expect(QUARANTINE_REASONS_EN[code], code).not.toBe(text);
      expect(others).not.toContain(`"${code}":`);
    }
    expect(reasonLabel({ rules: [] }, 'never-seen')).toEqual({
      label: 'valor nunca visto nesta coluna',
      labelEn: 'a value never seen in this column',
    });
  });

  test('English has a word wherever the API’s own is Portuguese', () => {
    expect(Object.keys(FILE_WORDS.en.nulls).sort()).toEqual(Object.keys(WORDS.en.codes.nulls).sort());
    for (const { label, help, formula } of INDICATORS) {
      for (const { pt, en } of [label, help, formula]) expect([pt, en].every((text) => text.length > 1)).toBe(true);
      expect([help.en, formula.en]).not.toEqual([help.pt, formula.pt]);
    }
  });
});
