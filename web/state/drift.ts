import type { Batch, Drift, Effect } from './shapes.ts';
import { ui } from './ui.svelte.ts';

/** A difference that a person is asked about. */
export const isAsked = (drift: Drift): boolean =>
  drift.kind === 'renamed' || !['accept', 'quarantine'].includes(drift.policy);

/** A difference in one sentence. */
export function driftText(drift: Drift, words = ui.t.drift): string {
  return (words.kinds[drift.kind] ?? ((column: string) => column))(drift.column ?? '', drift.now ?? '');
}

/** What a layout's column is called in the middle of a sentence: `código do agente`, `CPF`; of a list, as it calls it. */
export function columnWord({ column, label }: { column: string; label?: string }): string {
  const word = label ?? ui.t.columns[column];
  if (label !== undefined || word === undefined) return word ?? column;
  return /^\p{Lu}{2}/u.test(word) ? word : `${word.charAt(0).toLowerCase()}${word.slice(1)}`;
}

const DAY = /\d{4}-\d{2}-\d{2}/g;

/** One side of a difference, in the reader's language. */
export function driftValue(drift: Drift, side: 'was' | 'now'): string {
  const told = drift[side];
  if (told === null || told === '') return '–';
  if (drift.kind === 'type') return ui.t.drift.types[told] ?? told;
  if (drift.kind === 'delimiter') return ui.t.batch.delimiters[told] ?? told;
  if (drift.kind === 'rows') return told.replace(/\d+/g, (count) => ui.f.count(Number(count)));
  if (drift.kind === 'format') return ui.f.pattern(told);
  if (drift.kind === 'dates') return told.replace(DAY, (day) => ui.f.shortDay(day));
  return told;
}

/** Why a batch waits, in one line. */
export function reasonOf({ drift }: Pick<Batch, 'drift'>): string {
  return drift
    .filter(isAsked)
    .map((one) => {
      const [was, now] = [driftValue(one, 'was'), driftValue(one, 'now')];
      if (one.kind === 'rows') return `${ui.t.arrivals.rowsOf(now)} (${ui.t.arrivals.usual(was)})`;
      if (one.kind === 'dates') return `${driftText(one)}: ${now} (${ui.t.arrivals.before(was)})`;
      return one.kind === 'values' ? `${driftText(one)}: ${now}` : driftText(one);
    })
    .join(' · ');
}

/** What loading some batches would do, added up by what a row of theirs is called. */
export function summed(effects: readonly Effect[]): Effect[] {
  return [...Map.groupBy(effects, ({ noun }) => noun.many).values()].map((alike) => {
    const sum = (name: 'rows' | 'new' | 'changed' | 'repeated' | 'quarantined' | 'gone') =>
      alike.reduce((total, one) => total + one[name], 0);
    return {
      noun: alike[0]!.noun,
      rows: sum('rows'),
      new: sum('new'),
      changed: sum('changed'),
      repeated: sum('repeated'),
      quarantined: sum('quarantined'),
      gone: sum('gone'),
      lacking: [],
    };
  });
}
