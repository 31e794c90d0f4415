import { RamalError } from '../../kernel/errors.ts';
import type { RecordField, RecordLayout, RecordType, TrailerCheck } from '../record-layouts/index.ts';
import type { RecordFile, RecordProblem } from './record-file.ts';
import type { TextLine } from './text-lines.ts';

/** Old systems end a text with it (Ctrl+Z). */
const END_OF_FILE = '\u001a';

/** The record that a row begins with, and those that belong to it. */
interface Group {
  readonly line: number;
  readonly texts: string[];
  readonly parts: Set<string>;
  readonly values: Map<string, string | null>;
  problem: { readonly kind: RecordProblem; readonly value: string } | null;
}

/** What was read since a header of a level. */
interface Read {
  records: number;
  rows: number;
  batches: number;
  /** By check: rows that it counts, and cents that it sums. */
  readonly checks: Map<TrailerCheck, { rows: number; cents: number }>;
}

const nothingRead = (): Read => ({ records: 0, rows: 0, batches: 0, checks: new Map() });

/** Where rows and what is none go. */
export type RowSink = Pick<RecordFile, 'record' | 'reject'>;

export interface RecordTypesSettings {
  readonly file: string;
  readonly layout: RecordLayout;
  /** Columns of a row, in order: fields, and those two. */
  readonly columns: readonly string[];
  /** The column of the row's own lines, and that of the headers above them. */
  readonly lines: string;
  readonly headers: string;
}

type Level = 1 | 2;
const LEVELS: readonly Level[] = [1, 2];

/**
 * Reads a file of several record types into rows: one of each row's record with its parts, the headers' fields beside
 * it. Money comes out as `1234.56`, days as `yyyy-mm-dd`, neither where there is none. A line of the wrong width or of
 * no known type, and a row that lacks a part, are rejected with their reason.
 */
export class RecordTypesReader {
  readonly #settings: RecordTypesSettings;
  readonly #out: RowSink;
  readonly #checks: readonly { readonly check: TrailerCheck; readonly level: Level }[];
  readonly #headers = new Map<Level, { readonly text: string; readonly values: Map<string, string | null> }>();
  readonly #read: Record<Level, Read> = { 1: nothingRead(), 2: nothingRead() };
  readonly #open: Record<Level, boolean> = { 1: false, 2: false };
  readonly #said: string[] = [];
  #group: Group | null = null;
  #begun = false;
  #widest: number;

  constructor(settings: RecordTypesSettings, out: RowSink) {
    this.#settings = settings;
    this.#out = out;
    this.#widest = settings.layout.width;
    this.#checks = settings.layout.records.flatMap(({ checks, level }) => checks.map((check) => ({ check, level })));
  }

  /**
   * Takes the next line.
   * @throws RamalError `fileOther` when the first is not the header of the layout's files, `fileDamaged` when a trailer
   * counts more lines than came.
   */
  push({ line, text: received, cut }: TextLine): void {
    const { file, layout } = this.#settings;
    const whole = received.replaceAll(END_OF_FILE, '');
    const text = whole.trimEnd();
    if (text === '') return;
    // A file may pad all its lines; one that is wider than the first has gained something, if only a blank.
    if (!this.#begun && text.length <= layout.width) this.#widest = Math.max(layout.width, whole.length);
    const type = layout.records.find(({ at }) => at.every(([from, known]) => text.startsWith(known, from - 1)));
    if (!this.#begun) checkHeader(type, text, layout, file);
    this.#begun = true;
    if (type?.role === 'header') this.#begin(type.level);
    for (const level of LEVELS) if (this.#open[level]) this.#read[level].records++;
    if (type === undefined) {
      this.#close();
      this.#out.reject(line, 'unknown-record', '', text);
      return;
    }
    const problem = cut ? tooLong(`> ${text.length}`) : widthProblem(type, whole, text, this.#widest);
    if (type.role === 'part') {
      this.#part(type, { line, text, cut }, problem);
      return;
    }
    this.#close();
    const values = new Map(type.fields.map((field) => [field.name, fieldText(text, field)]));
    if (type.role === 'row') {
      this.#group = { line, texts: [text], parts: new Set(), values, problem };
      return;
    }
    if (problem) this.#out.reject(line, problem.kind, problem.value, text);
    else if (type.role === 'header') this.#headers.set(type.level, { text, values });
    else this.#verify(type, text);
    if (type.role !== 'trailer') return;
    for (const level of LEVELS) if (level >= type.level) this.#open[level] = false;
    this.#headers.delete(2);
  }

  /**
   * Ends the file.
   * @returns what the trailers say that was not found: one phrase each.
   * @throws RamalError `fileDamaged` when its trailer did not come.
   */
  finish(): string[] {
    this.#close();
    const { file } = this.#settings;
    if (this.#open[1])
      throw new RamalError('fileDamaged', { file, what: 'falta o trailer do arquivo: o fim não veio' });
    return this.#said;
  }

  #begin(from: Level): void {
    this.#close();
    for (const level of LEVELS) {
      if (level < from) continue;
      this.#headers.delete(level);
      this.#read[level] = nothingRead();
      this.#open[level] = level === from;
    }
    if (from === 2) this.#read[1].batches++;
  }

  #part(type: RecordType, { line, text }: TextLine, problem: Group['problem']): void {
    const owner = this.#group;
    if (owner === null || (type.required && owner.parts.has(type.name))) {
      this.#out.reject(line, 'record-incomplete', type.name, text);
      return;
    }
    owner.texts.push(text);
    owner.parts.add(type.name);
    owner.problem ??= problem;
    for (const field of type.fields) owner.values.set(field.name, fieldText(text, field));
  }

  /** Ends the row that is open. */
  #close(): void {
    const group = this.#group;
    if (group === null) return;
    this.#group = null;
    const { layout, columns, lines, headers } = this.#settings;
    const { line, texts, parts } = group;
    const lacking = layout.records.find(({ role, required, name }) => role === 'part' && required && !parts.has(name));
    const problem = group.problem ?? (lacking ? { kind: 'record-incomplete' as const, value: lacking.name } : null);
    const above = LEVELS.flatMap((level) => this.#headers.get(level) ?? []);
    const values = new Map([...above.flatMap((one) => [...one.values]), ...group.values]);
    if (problem) this.#out.reject(line, problem.kind, problem.value, texts.join('\n'));
    else {
      values.set(lines, texts.join('\n'));
      values.set(headers, above.map(({ text }) => text).join('\n'));
      this.#out.record(
        line,
        columns.map((name) => values.get(name) ?? null),
      );
    }
    for (const level of LEVELS) this.#read[level].rows++;
    for (const { check, level } of this.#checks) {
      if (Object.entries(check.where ?? {}).some(([name, value]) => values.get(name) !== value)) continue;
      const counted = this.#read[level].checks.get(check) ?? { rows: 0, cents: 0 };
      counted.rows++;
      if (check.sums && !problem) counted.cents += centsOf(values.get(check.sums));
      this.#read[level].checks.set(check, counted);
    }
  }

  #verify(type: RecordType, text: string): void {
    const { file } = this.#settings;
    for (const check of type.checks) {
      const found = foundOf(check, this.#read[type.level]);
      const told = check.at.map(([from, to]) => text.slice(from - 1, to).trim());
      if (told.some((one) => !/^\d*$/.test(one))) continue;
      const expected = told.reduce((sum, one) => sum + Number(one), 0);
      // Banks that do not use a total leave it in zeros.
      if (expected === 0 || expected === found) continue;
      const [one, other] = check.sums ? [money(expected), money(found)] : [String(expected), String(found)];
      const what = `${check.what}: ${one} no trailer, ${other} no arquivo`;
      if (check.whole && expected > found) throw new RamalError('fileDamaged', { file, what });
      this.#said.push(what);
    }
  }
}

function checkHeader(type: RecordType | undefined, text: string, layout: RecordLayout, file: string): void {
  const { name, bank, bankAt } = layout;
  if (type?.role !== 'header' || type.level !== 1)
    throw new RamalError('fileOther', { file, layout: name, what: 'a primeira linha não é o header do arquivo' });
  const received = text.slice(bankAt[0] - 1, bankAt[1]);
  if (bank !== null && received !== bank)
    throw new RamalError('fileOther', {
      file,
      layout: name,
      what: `o header é do banco ${/^\d+$/.test(received) ? received : '?'}, e não do ${bank}`,
    });
}

const tooLong = (value: string) => ({ kind: 'record-too-long' as const, value });

/** Blanks at the end may lack; at any other width places may have moved. */
function widthProblem(type: RecordType, whole: string, text: string, widest: number) {
  if (whole.length > widest) return tooLong(String(whole.length));
  if (text.length < type.least) return { kind: 'record-too-short' as const, value: String(text.length) };
  return null;
}

/** What a field holds, as intake writes it; null where it is blank, or a day in zeros. */
export function fieldText(record: string, { from, to, type }: RecordField): string | null {
  const text = record.slice(from - 1, to).trim();
  if (text === '') return null;
  if (type === 'money' && /^\d+$/.test(text)) return money(Number(text));
  return type === 'date' ? dayOf(text) : text;
}

/** `ddmmyyyy` or `ddmmyy` as `yyyy-mm-dd`; what is no day stays as it came, for its check to say so. */
function dayOf(text: string): string | null {
  if (/^0+$/.test(text)) return null;
  const [, day, month, year] = /^(\d{2})(\d{2})(\d{4}|\d{2})$/.exec(text) ?? [];
  if (year === undefined) return text;
  const century = year.length === 4 ? '' : Number(year) > 60 ? '19' : '20';
  const iso = `${century}${year}-${month}-${day}`;
  const moment = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(iso) ? iso : text;
}

function money(cents: number): string {
  return (cents / 100).toFixed(2);
}

function centsOf(value: string | null | undefined): number {
  return Math.round(Number(value ?? 0) * 100) || 0;
}

function foundOf(check: TrailerCheck, { records, rows, batches, checks }: Read): number {
  if (check.counts === 'records') return records;
  if (check.counts === 'batches') return batches;
  const counted = checks.get(check) ?? { rows: 0, cents: 0 };
  if (check.counts === 'rows') return check.where ? counted.rows : rows;
  return counted.cents;
}
