import { utc } from '../format/days.ts';
import { fitting, Plot } from './plot.ts';

/** What happened on a day: a rule with a label. */
export interface ChartEvent {
  day: string;
  text: string;
}

/** Room that a label needs before the next one. */
const ROOM = 96;

/** Events as rules across a chart over time; labels that would lie on one another are left to the note below. */
export function eventMarks(
  events: ChartEvent[],
  { from, to, width }: { from: string; to: string; width: number },
): Plot.Markish[] {
  if (events.length === 0) return [];
  const span = Math.max(1, utc(to).getTime() - utc(from).getTime());
  const at = ({ day }: ChartEvent) => ((utc(day).getTime() - utc(from).getTime()) / span) * width;
  const labelled: ChartEvent[] = [];
  for (const event of events) {
    const before = labelled.at(-1);
    if (!before || at(event) - at(before) >= ROOM) labelled.push(event);
  }
  const x = ({ day }: ChartEvent) => utc(day);
  return [
    Plot.ruleX(events, { x, stroke: 'var(--ink-third)', strokeDasharray: '1 3' }),
    Plot.text(labelled, {
      x,
      text: 'text',
      frameAnchor: 'top',
      dx: 4,
      dy: -2,
      textAnchor: 'start',
      lineAnchor: 'top',
      fill: 'var(--ink-third)',
      stroke: 'var(--paper)',
      strokeWidth: 4,
      ...fitting(ROOM - 8),
    }),
  ];
}
