import { plainName } from '../customers/base/names.ts';
import { TAKE_SUFFIX, type Take } from '../customers/base/takes.ts';
import type { Ache, Persona } from '../customers/personas/personas.ts';
import type { Trait } from '../customers/segments/traits.ts';
import { NAME_PARTS, type Part, WHOLE_NAMES } from './persona-names.ts';
import type { FileLang } from './words.ts';

/** A field of a base in words. */
export interface FieldWords {
  readonly pt: string;
  readonly en: string;
  /** What its numbers are of; days are told in the words. */
  readonly unit: 'money' | 'days' | 'number';
  /** The column that it was taken from. */
  readonly source: string;
}

type Taken = Take | 'rows';

/** What is said of how a field was taken, after what it is of. */
const TAKEN: Readonly<Record<Taken, Readonly<Record<FileLang, (of: string) => string>>>> = {
  value: { pt: (of) => of, en: (of) => of },
  mode: { pt: (of) => of, en: (of) => of },
  sum: { pt: (of) => `${of} (soma)`, en: (of) => `${of} (sum)` },
  mean: { pt: (of) => `${of} (média)`, en: (of) => `${of} (mean)` },
  median: { pt: (of) => `${of} (mediana)`, en: (of) => `${of} (median)` },
  min: { pt: (of) => `${of} (mínimo)`, en: (of) => `${of} (least)` },
  max: { pt: (of) => `${of} (máximo)`, en: (of) => `${of} (most)` },
  distinct: { pt: (of) => `${of} (quantos diferentes)`, en: (of) => `${of} (how many different)` },
  days: { pt: (of) => `dias desde ${of}`, en: (of) => `days since ${of}` },
  daysFirst: { pt: (of) => `dias desde a primeira ${of}`, en: (of) => `days since the first ${of}` },
  daysLast: { pt: (of) => `dias desde a última ${of}`, en: (of) => `days since the last ${of}` },
  rows: { pt: (of) => `linhas de ${of}`, en: (of) => `${of} rows` },
};
/** The longest first, so that `_dias_da_ultima` is not `_dias`. */
const SUFFIXES: readonly (readonly [suffix: string, taken: Taken])[] = [
  ...Object.entries({ ...TAKE_SUFFIX, rows: '_linhas' }).map(([taken, suffix]) => [suffix, taken as Taken] as const),
  ['_contagem', 'rows'] as const,
]
  .filter(([suffix]) => suffix !== '')
  .sort(([a], [b]) => b.length - a.length);

const MONEY = /(^|_)(vl|vlr|valor|valores|mrr|arr|receita|faturamento|mensalidade|preco|price|revenue|amount)(_|$)/;
const SHARES = /(^|_)(pct|percentual|percent|perc)(_|$)/;
const COUNTED: readonly Taken[] = ['distinct', 'rows', 'mode'];
/** What rows of a table are, where its name says it. */
const ROWS: Readonly<Record<string, readonly [pt: string, en: string]>> = {
  ...{ tickets: ['chamados', 'tickets'], chamados: ['chamados', 'tickets'] },
};
const ANSWERS = /(^|_)(nps|csat|pesquisa|survey)(_|$)/;
/** Each customer answers once in a while: that it is the middle answer goes without saying. */
const GRADES = /(^|_)(nota|nps|csat)(_|$)/;
const WITH_DATE = /^data\b/;

/** A column of a base in words: `VL_TOTAL_CONTRATO_soma` → valor total de contrato (soma), in BRL. */
export function fieldWords(column: string): FieldWords {
  const [suffix, taken] = SUFFIXES.find(([one]) => column.length > one.length && column.endsWith(one)) ?? [
    '',
    'value' as const,
  ];
  const source = column.slice(0, column.length - suffix.length);
  const name = plainName(source);
  const days = taken === 'days' || taken === 'daysFirst' || taken === 'daysLast';
  const money = MONEY.test(name) && !SHARES.test(name) && !COUNTED.includes(taken);
  const unit = days ? 'days' : money ? 'money' : 'number';
  const rows = taken === 'rows' ? ROWS[name] : undefined;
  if (rows) return { pt: rows[0], en: rows[1], unit, source };
  if (taken === 'days' && name === 'cliente_desde')
    return { pt: 'dias de cliente', en: 'days as a customer', unit, source };
  const [pt, en] = inWords(source);
  if (taken === 'rows' && ANSWERS.test(name)) return { pt: `respostas de ${pt}`, en: `${en} answers`, unit, source };
  if (taken === 'median' && GRADES.test(name)) return { pt, en, unit, source };
  // In Portuguese a first or last one needs a noun whose gender is known.
  const dated = days && taken !== 'days' && !WITH_DATE.test(pt) ? `data de ${pt}` : pt;
  return { pt: TAKEN[taken].pt(dated), en: TAKEN[taken].en(en), unit, source };
}

const wordsOf = (source: string): string[] =>
  source
    .replace(/(\p{Ll}|\d)(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter(Boolean);

/** The parts of a column's name, those of two words first; what is not known is as it is written. */
function partsOf(source: string): Part[] {
  const words = wordsOf(source);
  const known = (...some: (string | undefined)[]) => NAME_PARTS[some.map((one) => plainName(one ?? '')).join('_')];
  const found: Part[] = [];
  for (let at = 0; at < words.length; at++) {
    const two = known(words[at], words[at + 1]);
    const months = /^(\d+)m$/.exec(words[at]!)?.[1];
    if (two) at++;
    found.push(
      two ??
        (months === undefined ? undefined : ['adjective', `(${months} meses)`, `(${months} months)`]) ??
        known(words[at]) ?? ['adjective', words[at]!, words[at]!],
    );
  }
  return found.filter(([, pt]) => pt !== '');
}

function inWords(source: string): readonly [pt: string, en: string] {
  const whole = WHOLE_NAMES[plainName(source)];
  if (whole) return whole;
  const parts = partsOf(source);
  if (parts.length === 0) return [source, source];
  const sentence = parts.some(([kind]) => kind === 'link');
  const text = (at: 1 | 2) => parts.map((part) => part[at]).join(' ');
  return sentence ? [text(1), text(2)] : [inPortuguese(parts), inEnglish(parts)];
}

/** What follows a head is of it; another noun stands apart: `nota de suporte técnico, agilidade`. */
function inPortuguese(parts: readonly Part[]): string {
  let [text, pending, noun] = ['', false, false];
  for (const [kind, pt] of parts) {
    const named = kind === 'head' || kind === 'noun';
    const joint = text === '' ? '' : !named ? ' ' : pending ? ' de ' : noun ? ', ' : ' ';
    text += `${joint}${pt}`;
    if (named) [pending, noun] = [kind === 'head', kind === 'noun'];
  }
  return text;
}

/** Heads come last: `technical support speed grade`. */
function inEnglish(parts: readonly Part[]): string {
  const phrases: { heads: string[]; adjectives: string[]; nouns: string[]; after: string[] }[] = [];
  for (const [kind, , en] of parts) {
    const last = phrases.at(-1);
    if (!last || (kind === 'head' && last.nouns.length > 0))
      phrases.push({ heads: [], adjectives: [], nouns: [], after: [] });
    const own = phrases.at(-1)!;
    if (en.startsWith('(')) own.after.push(en);
    else if (kind === 'head') own.heads.unshift(en);
    else if (kind === 'noun') own.nouns.push(en);
    else own.adjectives.push(en);
  }
  return phrases
    .map(({ heads, adjectives, nouns, after }) => {
      const before = heads.length > 0 ? [...nouns, ...adjectives] : [...adjectives, ...nouns];
      return [...before, ...heads, ...after].join(' ');
    })
    .join(', ');
}

/** What sets a persona apart that is told of it: of one column once, the strongest first. */
export function toldTraits({ traits }: Pick<Persona, 'traits'>): Trait[] {
  return firstOfEach(traits);
}

/** What a persona complains of, of one column once. */
export function toldAches({ aches }: Pick<Persona, 'aches'>): Ache[] {
  return firstOfEach(aches);
}

function firstOfEach<One extends { readonly column: string }>(all: readonly One[]): One[] {
  const seen = new Set<string>();
  return all.filter(({ column }) => {
    const { source } = fieldWords(column);
    return !seen.has(source) && seen.add(source);
  });
}

const LOCALES: Readonly<Record<FileLang, string>> = { pt: 'pt-BR', en: 'en' };

/** A share as it is written in words: `62%`. */
export const shareText = (share: number, lang: FileLang, digits = 0): string =>
  share.toLocaleString(LOCALES[lang], { style: 'percent', maximumFractionDigits: digits });

/** A number of a field as it is read: `R$ 4.528.077`, `268`, `5,8`. */
export function amountText(value: number, unit: FieldWords['unit'], lang: FileLang): string {
  const size = Math.abs(value);
  const digits = unit !== 'number' || size >= 100 || Number.isInteger(value) ? 0 : size >= 1 ? 1 : 2;
  const text = value.toLocaleString(LOCALES[lang], { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return unit === 'money' ? `R$ ${text}` : text;
}

/** `segmento VAREJO: 62% (base 31%)`; `MRR (12 meses): R$ 120 (base R$ 480)`. */
export function traitText({ column, is, value, base }: Trait, lang: FileLang): string {
  const { unit, ...words } = fieldWords(column);
  const text = (one: number) => (is === undefined ? amountText(one, unit, lang) : shareText(one, lang, 1));
  return `${words[lang]}${is === undefined ? '' : ` ${is}`}: ${text(value)} (base ${text(base)})`;
}

/** What customers' worth is called: MRR where it is that, and in what unit. */
export function worthWords(roles: readonly { readonly role: string; readonly column: string }[]): Said {
  const column = roles.find(({ role }) => role === 'value')?.column ?? '';
  return /(^|_)mrr(_|$)/.test(plainName(column)) ? { pt: 'MRR', en: 'MRR' } : { pt: 'valor', en: 'value' };
}

type Said = Readonly<Record<FileLang, string>>;
