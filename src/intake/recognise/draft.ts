import { maskValue } from '../../access/masking.ts';
import type { Layout } from '../layout.ts';
import type { Mapping } from '../mapping.ts';
import { reason, type Told, told } from '../reasons.ts';
import { plainWords } from './canonical.ts';
import type { ColumnType } from './column-type.ts';
import { type Heading, headingOf } from './headings.ts';
import type { SuggestedColumn, Suggestion } from './recognise.ts';

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

/** A layout out of what a file told and of what people said before of columns called alike. */
export function draftOf(
  suggestion: Suggestion,
  { source, label }: { readonly source: string; readonly label: string },
  known: ReadonlyMap<string, Heading> = new Map(),
): Draft {
  const columns = learned(suggestion.columns, known);
  const proposed = new Map(columns.filter(({ confidence }) => confidence >= SURE).map((one) => [one.canonical, one]));
  const into =
    proposed.has('started_at') &&
    ['agent_id', 'agent_name', 'queue', 'talk_s', 'wait_s', 'protocol'].some((name) => proposed.has(name))
      ? 'contact'
      : 'list';
  const made = into === 'contact' ? contactColumns(columns) : listColumns(columns, known);
  const key = keyOf(columns);
  return {
    into,
    columns: columns.map(({ name, type, canonical, confidence, reasons, examples, unique }) => {
      const plain = canonical === null && !['text', 'empty'].includes(type);
      return {
        name,
        type,
        canonical,
        confidence,
        ...(plain ? told(reason('values-only', { type })) : told(...reasons)),
        unique,
        examples: examples.map((value) => shown(value, type)),
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

/** A column in which every row has a value of its own: one that is called so, else one that may be. */
function keyOf(columns: readonly SuggestedColumn[]): SuggestedColumn | undefined {
  const unique = columns.filter((column) => column.unique);
  return (
    unique.find(({ canonical, name }) => canonical === 'protocol' || NAMING.test(headingOf(name))) ??
    unique.find(({ canonical, type }) => canonical !== 'phone' && ['text', 'integer', 'cpf', 'cnpj'].includes(type))
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

function formatOf({ format, delimiter, header, recordLayout, columns }: Suggestion): Layout['format'] {
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

/** Contacts take what they know; the rest of the columns stays in bronze. */
function contactColumns(columns: readonly SuggestedColumn[]): Layout['columns'] {
  const mapped = columns.flatMap((column): [string, Mapping][] => {
    const { canonical, confidence } = column;
    return canonical && confidence >= SURE && !isSecond(column, columns)
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

/** Where two columns make one, the second is read with the first. */
function isSecond({ name, with: other, canonical }: SuggestedColumn, columns: readonly SuggestedColumn[]): boolean {
  if (other === null) return false;
  const places = columns.map((column) => column.name);
  const rival = columns.find((column) => column.name === other && column.canonical === canonical);
  return rival !== undefined && places.indexOf(other) < places.indexOf(name);
}

function mappingOf({ name, with: other, type, formats, decimal }: SuggestedColumn, canonical: string): Mapping {
  const from = other ? [name, other] : [name];
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

function shown(value: string, type: ColumnType): string {
  if (type === 'cpf' || type === 'cnpj') return maskValue(value.replaceAll(/\D/g, ''), 'taxpayer');
  if (type === 'phone') return maskValue(value.replaceAll(/\D/g, ''), 'phone');
  if (type === 'email') return maskValue(value, 'email');
  const plain = IMPERSONAL.has(type) || (value.length <= 24 && !/\d{6}|@|\p{L}+ \p{L}+/u.test(value));
  return plain ? value : maskValue(value, /^\p{L}+ \p{L}/u.test(value) ? 'name' : 'text');
}
