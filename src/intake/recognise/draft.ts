import { type Column, contact } from '../../contracts/index.ts';
import type { Layout } from '../layout.ts';
import type { Mapping } from '../mapping.ts';
import { reason, type Told, told } from '../reasons.ts';
import { plainWords } from './canonical.ts';
import type { ColumnType } from './column-type.ts';
import { exampleOf } from './example.ts';
import { type Heading, headingOf } from './headings.ts';
import type { SuggestedColumn, Suggestion } from './recognise.ts';
import { type Status, statusOf } from './status-words.ts';

/** What a person is asked to confirm of a column. */
export interface DraftColumn extends Told {
  /** As the file calls it. */
  readonly name: string;
  readonly type: ColumnType;
  /** What it is proposed to be. */
  readonly canonical: string | null;
  readonly confidence: number;
  /** A few of its values; those that may be a person's are masked. */
  readonly examples: readonly string[];
  /** Every row has a value and none repeats: it may name the row. */
  readonly unique: boolean;
  /** Of the rows, the share that has a value which no row before it has. */
  readonly different: number;
  /** The column that makes it together with this one. */
  readonly with: string | null;
  /** Of days and moments, every form that reads them, the likeliest first; of decimals, how they are written. */
  readonly formats: readonly string[];
  readonly decimal: string | null;
  /** All the values of a column of few, with what each is if the column is the situation; none of who somebody is. */
  readonly values: readonly { readonly value: string; readonly rows: number; readonly means: Status | null }[];
}

/** A layout as it may be, for a person to look at and confirm. */
export interface Draft {
  readonly columns: readonly DraftColumn[];
  readonly layout: Omit<Layout, 'version'>;
  /** The rows are contacts only when something says when each began. */
  readonly into: 'contact' | 'list';
}

const SURE = 0.7;

/** How a column of a type is read. */
const READ: Readonly<Record<ColumnType, string>> = {
  cpf: 'cpf',
  cnpj: 'taxpayer',
  phone: 'phone',
  email: 'email',
  uf: 'text',
  date: 'date',
  moment: 'date-time',
  time: 'text',
  integer: 'text',
  decimal: 'decimal',
  text: 'text',
  empty: 'text',
};
/** The types of values that each way of reading takes. */
const TYPED_AS: Readonly<Record<string, readonly ColumnType[]>> = {
  cpf: ['cpf'],
  taxpayer: ['cpf', 'cnpj'],
  phone: ['phone'],
  email: ['email'],
  date: ['date'],
  'date-time': ['moment'],
  decimal: ['decimal', 'integer'],
  integer: ['integer'],
};
/** Types whose values identify nobody. */
const IMPERSONAL = new Set<ColumnType>(['uf', 'date', 'moment', 'time', 'decimal']);
const CONTACT_TIMES = new Set(['started_at', 'ended_at', 'opened_at', 'answered_at', 'first_reply_at', 'queued_at']);
const CONTACT_DURATIONS = new Set(['wait_s', 'talk_s', 'hold_s', 'wrapup_s']);

/** What a contact center's row has and a row of another list has not. */
const OF_CONTACTS = ['agent_id', 'agent_name', 'queue', 'talk_s', 'wait_s', 'protocol'];
/** What a row has that is a contact, whatever says when it began. */
const OF_AGENTS = ['agent_id', 'agent_name', 'talk_s', 'wait_s'];

/**
 * The rows are contacts when something says when each began; or somebody handled them, and a day or a moment may be
 * the beginning.
 */
function kindOf(columns: readonly SuggestedColumn[]): Draft['into'] {
  const sure = new Set(columns.flatMap(({ canonical, confidence }) => (confidence >= SURE ? (canonical ?? []) : [])));
  const some = (names: readonly string[]) => names.some((name) => sure.has(name));
  if (sure.has('started_at')) return some(OF_CONTACTS) ? 'contact' : 'list';
  const timed = columns.some(({ type }) => type === 'moment' || type === 'date');
  return timed && some(OF_AGENTS) && some(['phone', 'status', 'queue']) ? 'contact' : 'list';
}

/** A layout out of what a file told and of what people said before of columns called alike. */
export function draftOf(
  suggestion: Suggestion,
  { source, label }: { readonly source: string; readonly label: string },
  known: ReadonlyMap<string, Heading> = new Map(),
): Draft {
  const columns = learned(suggestion.columns, known);
  const into = kindOf(columns);
  const made = into === 'contact' ? contactColumns(columns) : listColumns(columns, known);
  const key = keyOf(columns);
  return {
    into,
    columns: columns.map((column) => {
      const { name, type, canonical, confidence, reasons, examples, unique, different, formats, decimal } = column;
      const plain = canonical === null && !['text', 'empty'].includes(type);
      return {
        ...{ name, type, canonical, confidence, unique, different, formats, decimal, with: column.with },
        ...(plain ? told(reason('values-only', { type })) : told(...reasons)),
        examples: examples.map((value) => exampleOf(value, column)),
        values: listedValues(column),
      };
    }),
    layout: {
      source,
      label: { pt: label, en: label },
      into,
      holds: 'all',
      ...(into === 'list' ? { covers: 'all' as const } : {}),
      format: formatOf(suggestion),
      key: key ? [key.name] : [],
      columns: made,
    },
  };
}

/** Words of columns that name a row. */
const NAMING = /\b(?:protocolo|contrato|chave|ticket|chamado|id|codigo)\b/;

/** Of the rows, how many have a value of their own where the rest are repeated rows. */
const NEARLY_ALL = 0.95;
/** A code: letters, digits and signs in one word, with a digit among them. */
const CODE = /^(?=.*\d)[\p{L}\d./-]{3,40}$/u;

/**
 * The column that names the row: one that is called so and in which nearly every row has a value of its own, else one of
 * codes, else one in which none repeats.
 */
function keyOf(columns: readonly SuggestedColumn[]): SuggestedColumn | undefined {
  const nearly = columns.filter(({ different }) => different >= NEARLY_ALL);
  const named = nearly.filter(({ canonical, name }) => canonical === 'protocol' || NAMING.test(headingOf(name)));
  const meant = ({ canonical, confidence }: SuggestedColumn) => canonical !== null && confidence >= SURE;
  return (
    named.find(({ unique }) => unique) ??
    named[0] ??
    nearly.find((one) => !meant(one) && one.type === 'text' && one.examples.every((value) => CODE.test(value))) ??
    columns.find(
      ({ unique, canonical, type }) =>
        unique && canonical !== 'phone' && ['text', 'integer', 'cpf', 'cnpj'].includes(type),
    )
  );
}

function learned(columns: readonly SuggestedColumn[], known: ReadonlyMap<string, Heading>): SuggestedColumn[] {
  return columns.map((column) => {
    const heading = known.get(headingOf(column.name));
    if (!heading) return column;
    const confirmed = told(reason('confirmed', { times: heading.times }));
    return { ...column, canonical: heading.canonical, confidence: Math.max(column.confidence, 0.95), ...confirmed };
  });
}

/** How a file is read, as it was recognised. */
export function formatOf({ format, delimiter, header, recordLayout, columns }: Suggestion): Layout['format'] {
  if (format === 'records') return { kind: format, ...(recordLayout ? { recordLayout } : {}) };
  if (format === 'fixed')
    return {
      kind: format,
      ...(header ? { header } : {}),
      fields: columns.map(({ name, from, to }) => ({ name, from, to })),
    };
  const named = header ? { header } : { header, columns: columns.map(({ name }) => name) };
  return { kind: format, ...named, ...(delimiter ? { delimiter } : {}) };
}

/** Contacts take what they know, so surely; the rest of the columns stays in bronze. */
export function contactColumns(columns: readonly SuggestedColumn[], least: number = SURE): Layout['columns'] {
  const mapped = columns.flatMap((column): [string, Mapping][] => {
    const { canonical, confidence } = column;
    return canonical && confidence >= least && !isSecond(column, columns)
      ? [[canonical, mappingOf(column, canonical)]]
      : [];
  });
  return Object.fromEntries(mapped);
}

/** Lists keep every column, under a name made of the file's. */
function listColumns(columns: readonly SuggestedColumn[], known: ReadonlyMap<string, Heading>): Layout['columns'] {
  const taken = new Set<string>();
  return Object.fromEntries(
    columns.map((column): [string, Mapping] => {
      const plain = [...plainWords(column.name), ...(column.name.match(/\d+/g) ?? [])].join('_') || 'coluna';
      const base = /^[a-z]/.test(plain) ? plain : `c_${plain}`;
      let name = base;
      for (let copy = 2; taken.has(name); copy++) name = `${base}_${copy}`;
      taken.add(name);
      return [name, listMapping(column, known.get(`list ${headingOf(column.name)}`)?.canonical)];
    }),
  );
}

function listMapping({ name, type, formats, decimal }: SuggestedColumn, said = READ[type]): Mapping {
  // What was said of another file holds only where the values allow it.
  const as = said === 'text' || TYPED_AS[said]?.includes(type) ? said : READ[type];
  return {
    from: [name],
    as,
    label: name,
    ...(as === 'date' && formats[0] ? { format: formats[0] } : {}),
    ...(as === 'date-time' ? { format: momentFormats(formats[0]) } : {}),
    ...(as === 'decimal' && decimal === '1.234,5' ? { format: '1.234,5' } : {}),
    ...(IMPERSONAL.has(type) ? { personal: false } : {}),
  };
}

/** Where two columns make one, the time is read after its day, and the number after its DDD, wherever they stand. */
function isSecond({ name, with: other, canonical }: SuggestedColumn, columns: readonly SuggestedColumn[]): boolean {
  if (other === null) return false;
  const rival = columns.findIndex((column) => column.name === other && column.canonical === canonical);
  if (rival < 0) return false;
  const own = columns.findIndex((column) => column.name === name);
  return (placeOf(columns[own]!) - placeOf(columns[rival]!) || own - rival) > 0;
}

function placeOf({ name, type }: SuggestedColumn): number {
  if (type === 'time') return 1;
  return plainWords(name).includes('ddd') ? -1 : 0;
}

function mappingOf(column: SuggestedColumn, canonical: string): Mapping {
  const { name, with: other, type, formats, decimal, values } = column;
  const from = other ? [name, other] : [name];
  if (canonical === 'status') {
    const known = values.flatMap(({ value }): [string, Status][] => {
      const means = statusOf(value);
      return means ? [[value, means]] : [];
    });
    if (known.length > 0) return { from, as: 'codes', codes: Object.fromEntries(known), otherwise: '=' };
  }
  if (canonical === 'phone' || canonical === 'cpf' || canonical === 'email') return { from, as: canonical };
  if (CONTACT_TIMES.has(canonical))
    return {
      from,
      as: 'date-time',
      format: type === 'moment' || other ? momentFormats(formats[0]) : (formats[0] ?? 'iso'),
    };
  if (CONTACT_DURATIONS.has(canonical)) return { from, as: 'duration', unit: type === 'time' ? 'h:mm:ss' : 's' };
  if (canonical === 'leg_no' || canonical === 'answer_days') return { from, as: 'integer' };
  if (canonical === 'satisfaction')
    return { from, as: 'decimal', ...(decimal === '1.234,5' ? { format: decimal } : {}) };
  return { from, as: 'text' };
}

/** A moment is written with or without its seconds. */
function momentFormats(day = 'yyyy-mm-dd'): string | string[] {
  return day === 'yyyy-mm-dd' ? 'iso' : [`${day} hh:mi:ss`, `${day} hh:mi`];
}

const CONTACT: Readonly<Record<string, Column>> = contact.columns;

/** The values of a column of few, as they are; none where one may be a person's. */
function listedValues(column: SuggestedColumn): DraftColumn['values'] {
  const { canonical, type, values } = column;
  const found = values.map(({ value, rows }) => ({ value, rows, means: statusOf(value) }));
  if (!['text', 'integer'].includes(type)) return [];
  if (canonical !== null) return CONTACT[canonical]?.personal === 'none' ? found : [];
  return found.every(({ value, means }) => means !== null || exampleOf(value, column) === value) ? found : [];
}
