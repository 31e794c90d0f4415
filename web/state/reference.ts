import type {
  ReferenceAlerts,
  ReferenceApplied,
  ReferenceColumn,
  ReferencePreview,
  ReferenceTable,
} from '../../src/api/schema-reference.ts';
import { addDays } from '../format/days.ts';
import { call, post } from './api.ts';
import type { Work } from './job.svelte.ts';
import { overlays } from './overlays.svelte.ts';
import { session } from './session.svelte.ts';
import type { Job } from './shapes.ts';
import { ui } from './ui.svelte.ts';

export type {
  ReferenceAlerts,
  ReferenceApplied,
  ReferenceChange,
  ReferenceChanged,
  ReferenceColumn,
  ReferenceHistory,
  ReferenceList,
  ReferencePage,
  ReferencePreview,
  ReferenceRow,
  ReferenceTable,
} from '../../src/api/schema-reference.ts';

export type Said = ReferencePreview['keys'][number]['after'][number];

/** What a table asks of a person. */
export function alertText(alert: ReferenceAlerts['alerts'][number]): string {
  const words = ui.t.reference.alerts;
  if (alert.kind === 'map-old') return words['map-old'](ui.f.day(alert.lastDay ?? ''), alert.days ?? 0);
  return alert.kind === 'unmapped' ? words.unmapped(ui.f.percent(alert.share)) : alert.text;
}

/** The stretch a row is valid in, by its last day: `desde 01/10`, `01–31/10`, `sempre`. */
export function spanText({ from, to }: Pick<Said, 'from' | 'to'>): string {
  const words = ui.t.reference;
  if (from && to) return ui.f.range({ from, to });
  if (from) return words.since(ui.f.shortDay(from));
  return to ? words.until(ui.f.shortDay(addDays(to, -1))) : words.ever;
}

/** A cell as it is read: days, weekdays, decimals and choices in the reader's language. */
export function cellText(column: ReferenceColumn, value: string): string {
  if (value === '') return '–';
  if (column.type === 'day') return ui.dated.shortDay(value);
  if (column.type === 'weekday') return ui.f.weekday(Number(value));
  if (column.type === 'decimal') return ui.f.decimal(Number(value), decimalsOf(value));
  const choice = column.choices.find((one) => one.value === value);
  return choice ? choice.label[ui.lang] : ui.named(value);
}

const decimalsOf = (value: string) => Math.min(6, value.split('.')[1]?.length ?? 0);

/** What a row says beside what names it, and when. */
export function saidText(table: ReferenceTable, { cells, ...span }: Said): string {
  const values = table.columns.filter(({ key }) => !key).map((column) => cellText(column, cells[column.name] ?? ''));
  const words = values.filter((value) => value !== '–').join(', ');
  return [words, table.dated ? spanText(span) : ''].filter(Boolean).join(' · ') || '–';
}

/** What names a row. */
export function keyText(table: ReferenceTable, cells: Readonly<Record<string, string>>): string {
  const parts = table.columns.filter(({ key }) => key).map((column) => cellText(column, cells[column.name] ?? ''));
  return parts.filter((part) => part !== '–').join(' · ');
}

/** Watches a change to its end, has every answer asked again, and offers to undo it. True when it was done. */
export async function carryOut(work: Work, table: ReferenceTable, start: Promise<Job>): Promise<boolean> {
  const job = await work.watch(start);
  if (job?.state !== 'done') return false;
  const { change } = job.result as ReferenceApplied;
  await session.refresh();
  if (change === null) return true;
  overlays.toast = {
    text: ui.t.reference.saved(table.label[ui.lang]),
    undo: () => void takeBack(work, table),
  };
  return true;
}

/** Undoes a table's last change. */
export async function takeBack(work: Work, table: ReferenceTable): Promise<void> {
  const job = await work.watch(post<Job>(`/api/reference/${table.name}/undo`));
  if (job?.state === 'done') await session.refresh();
}

/** Sends a file, for a preview or, with its digest, to be loaded. */
export function send<T>(
  table: ReferenceTable,
  file: File,
  asked: Record<string, string | undefined>,
  load = false,
): Promise<T> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) if (value) query.set(name, value);
  const body = new FormData();
  body.append('file', file);
  return call<T>(`/api/reference/${table.name}/upload${load ? '/load' : ''}?${query}`, { method: 'POST', body });
}
