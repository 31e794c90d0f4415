import type { SendLayoutList as List, SendPreview as Preview } from '../../src/api/schema-steps.ts';
import type { Refusal, Sent as SentFile } from '../../src/intake/send/send-file.ts';
import type { SendField, SendLayout } from '../../src/intake/send/send-layout.ts';
import type { Formats } from '../format/index.ts';
import type { Words } from '../words/index.ts';
import { slugOf } from './new-source.ts';
import { lackOf, type Order, type Step } from './steps.ts';

export type { Refusal, SendField, SendLayout };
export type SendLayoutList = List;
export type SendPreview = Preview;
export type SendSummary = SendLayoutList['layouts'][number];
export type Sent = SentFile & { readonly file: string | null; readonly layout: string; readonly version: number };
type SendWords = Words['send'];
type Format = SendLayout['format'];
export type Part = 'header' | 'fields' | 'trailer';
export const PARTS: readonly Part[] = ['header', 'fields', 'trailer'];

/** How a date is written, by the forms that systems ask for most. */
export const DATE_FORMS = [
  ...['ddmmyyyy', 'dd/mm/yyyy', 'yyyymmdd', 'yyyy-mm-dd', 'ddmmyy', 'dd/mm/yyyy hh:mi:ss', 'yyyy-mm-dd hh:mi:ss'],
];

/** A field as it is composed: its place follows from the widths of those before it and from blanks between. */
export interface DraftField {
  readonly gap: number;
  readonly width: number;
  readonly field: Omit<SendField, 'from' | 'to'>;
}

/** A layout of sending as a person composes it. */
export interface SendDraft {
  readonly name: string;
  /** Of which version it is the next; 0 for a new one. */
  readonly version: number;
  readonly label: SendLayout['label'];
  /** A list, `contacts`, `contacts:SOURCE` or `offers`. */
  readonly takes: string;
  readonly steps: readonly Step[];
  readonly order: readonly Order[];
  readonly format: Format;
  readonly parts: Readonly<Record<Part, readonly DraftField[]>>;
}

export const blankDraft = (): SendDraft => ({
  name: '',
  version: 0,
  label: { pt: '', en: '' },
  takes: '',
  steps: [],
  order: [],
  format: { kind: 'delimited', delimiter: ';', names: true, encoding: 'utf-8' },
  parts: { header: [], fields: [], trailer: [] },
});

export function draftOf(layout: SendLayout): SendDraft {
  const { name, version, label, takes, steps = [], order = [], format } = layout;
  const part = (fields: readonly SendField[] = []) => {
    let end = 0;
    return fields
      .toSorted((a, b) => (a.from ?? 0) - (b.from ?? 0))
      .map(({ from, to, ...field }): DraftField => {
        if (from === undefined || to === undefined) return { gap: 0, width: 10, field };
        const gap = from - 1 - end;
        end = to;
        return { gap, width: to - from + 1, field };
      });
  };
  return {
    ...{ name, version, label, steps, order, format },
    takes: takenBy(takes),
    parts: { header: part(layout.header), fields: part(layout.fields), trailer: part(layout.trailer) },
  };
}

/** What a layout takes, as a draft names it. */
export function takenBy(takes: SendLayout['takes']): string {
  if ('list' in takes) return takes.list;
  if ('offers' in takes) return 'offers';
  return takes.contacts.source === undefined ? 'contacts' : `contacts:${takes.contacts.source}`;
}

/** The same as a layout has it. */
function takesOf(taken: string): SendLayout['takes'] {
  if (taken === 'offers') return { offers: {} };
  const [contacts, source] = taken.split(':');
  return contacts === 'contacts' ? { contacts: source ? { source } : {} } : { list: taken };
}

/** The places of fields of fixed width, from 1, both in. */
export function placesOf(fields: readonly DraftField[]): { from: number; to: number }[] {
  let end = 0;
  return fields.map(({ gap, width }) => {
    const from = end + gap + 1;
    end = from + width - 1;
    return { from, to: end };
  });
}

export const placeSaid = ({ from, to }: { from: number; to: number }): string =>
  from === to ? String(from) : `${from}–${to}`;

/** The layout that a draft is, as its next version. */
export function layoutOf(draft: SendDraft): SendLayout {
  const { takes, format } = draft;
  const written = (fields: readonly DraftField[]) => {
    const places = placesOf(fields);
    return fields.map(({ field }, index) => (format.kind === 'fixed' ? { ...field, ...places[index]! } : field));
  };
  const { header, fields, trailer } = draft.parts;
  return {
    name: draft.name || slugOf(draft.label.pt),
    version: draft.version + 1,
    label: { pt: draft.label.pt.trim(), en: draft.label.en.trim() || draft.label.pt.trim() },
    takes: takesOf(takes),
    ...(draft.steps.length > 0 ? { steps: [...draft.steps] } : {}),
    ...(draft.order.length > 0 ? { order: [...draft.order] } : {}),
    format,
    ...(header.length > 0 ? { header: written(header) } : {}),
    fields: written(fields),
    ...(trailer.length > 0 ? { trailer: written(trailer) } : {}),
  };
}

/** What a draft lacks before it can be tried, in words. */
export function lackOfDraft(draft: SendDraft, lacks: SendWords['form']['lacks']): string | undefined {
  if (draft.takes === '') return lacks.takes;
  const step = draft.steps.findIndex((one) => lackOf(one) !== undefined);
  if (step >= 0) return lacks.step(step + 1);
  if (draft.order.some(({ column }) => column === '')) return lacks.order;
  if (draft.parts.fields.length === 0) return lacks.fields;
  for (const part of PARTS)
    for (const [index, { field, width, gap }] of draft.parts[part].entries()) {
      if (field.name.trim() === '') return lacks.fieldName(index + 1);
      if (field.column === undefined && field.value === undefined && field.is === undefined)
        return lacks.source(field.name);
      if (field.is === 'sum' && !field.of) return lacks.sum(field.name);
      if (field.as === 'date' && !field.format) return lacks.format(field.name);
      if (draft.format.kind === 'fixed' && !(width >= 1 && gap >= 0)) return lacks.width(field.name);
    }
  return undefined;
}

/** Why a value cannot be written, in the reader's language. */
export function whySaid(why: string, { whys }: SendWords): string {
  const said = whys.find(([pattern]) => pattern.test(why));
  return said ? why.replace(...said) : why;
}

export const todoSaid = (why: string, { todos }: SendWords): string =>
  todos.find(([pattern]) => pattern.test(why))?.[1] ?? '';

/** What a list's name stands for in requests and in words. */
export function takesSaid(takes: string, words: SendWords, label: (source: string) => string): string {
  if (takes === 'offers') return words.offers;
  return takes.split(':')[0] === 'contacts' ? words.contacts : label(takes);
}

/** From where a field comes, in words. */
export function sourceSaid(field: Omit<SendField, 'from' | 'to'>, words: SendWords): string {
  if (field.column !== undefined) return field.column;
  if (field.value !== undefined) return field.value === '' ? '–' : `“${field.value}”`;
  if (field.is === undefined) return '…';
  return field.is === 'sum' ? `${words.form.sources.sum}: ${field.of ?? '…'}` : words.form.sources[field.is];
}

/** How a field is written, in words. */
export function writtenSaid(field: Omit<SendField, 'from' | 'to'>, words: SendWords, f: Formats): string {
  const { form } = words;
  const as = field.as ?? (field.is && field.is !== 'day' ? 'integer' : 'text');
  const more = [
    as === 'decimal' ? `${field.decimals ?? 2}, ${form.points[field.point ?? ',']}` : '',
    as === 'date' ? f.pattern(field.format ?? '') : '',
  ];
  return [form.ases[as], ...more].filter(Boolean).join(' · ');
}

/** A ruler over lines of a width: `----+----1----+----2`. */
export function rulerOf(width: number): string {
  return Array.from({ length: width }, (_, index) => {
    const place = index + 1;
    if (place % 10 === 0) return String(place / 10).at(-1);
    return place % 5 === 0 ? '+' : '-';
  }).join('');
}
