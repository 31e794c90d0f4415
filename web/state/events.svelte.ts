import { addDays, type Period } from '../format/days.ts';
import { resource } from './resource.svelte.ts';
import type { EventList } from './shapes.ts';
import { ui } from './ui.svelte.ts';

const TOLD = 6;

/** What happened in the days of a chart; to be called while a component is being set up. */
export function eventsOf(period: () => Period | undefined) {
  const answer = resource<EventList>(() => {
    const days = period();
    return days && `/api/events?from=${days.from}&to=${days.to}`;
  });
  return {
    /** Those that a chart from the first day to the last one has room for. */
    within(first: string | undefined, last: string | undefined) {
      return (answer.data?.events ?? []).filter(({ day }) => first && last && day >= first && day <= last);
    },
    /** The same in words, for a chart's note. */
    told(first: string | undefined, last: string | undefined): string {
      const all = this.within(first, last && addDays(last, 6));
      const texts = all.slice(0, TOLD).map(({ day, text }) => `${ui.f.shortDay(day)} ${text}`);
      const more = all.length > TOLD ? [ui.t.notes.more(all.length - TOLD)] : [];
      return texts.length > 0 ? `${ui.t.notes.marks}: ${[...texts, ...more].join('; ')}.` : '';
    },
  };
}
