import type { Member, Mover, Way } from '../customers/personas/movements.ts';
import type { ReportTable } from './table-file.ts';
import type { FileLang } from './words.ts';

const WORDS: Readonly<
  Record<
    FileLang,
    Readonly<
      Record<
        | 'customer'
        | 'name'
        | 'segment'
        | 'before'
        | 'now'
        | 'difference'
        | 'from'
        | 'to'
        | 'outside'
        | 'persona'
        | 'customers'
        | 'list',
        string
      >
    > & { readonly way: Readonly<Record<Way, string>> }
  >
> = {
  pt: {
    ...{ customer: 'Cliente', name: 'Nome', segment: 'Segmento', before: 'antes', now: 'agora' },
    ...{ difference: 'Diferença', from: 'De', to: 'Para', outside: 'fora da base' },
    ...{ persona: 'Persona', customers: 'clientes', list: 'Lista', way: { came: 'vieram', went: 'sairam' } },
  },
  en: {
    ...{ customer: 'Customer', name: 'Name', segment: 'Segment', before: 'before', now: 'now' },
    ...{ difference: 'Difference', from: 'From', to: 'To', outside: 'outside the base' },
    ...{ persona: 'Persona', customers: 'customers', list: 'List', way: { came: 'came', went: 'left' } },
  },
};

interface Of {
  readonly lang: FileLang;
  readonly group: number;
  /** What the persona goes by. */
  readonly persona: string;
  /** What customers' worth is called. */
  readonly worth: string;
  readonly day: string;
}
type Table = Omit<ReportTable, 'title'>;

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function aboutOf({ lang, persona, day }: Of, list: string): () => [string, string][] {
  const words = WORDS[lang];
  return () => [
    [words.persona, persona],
    [words.list, list],
    ['Base', day],
  ];
}

/** The customers of a persona, those worth most first. */
export function memberTable(of: Of, blocks: AsyncIterable<readonly Member[]>): Table {
  const { lang, group, worth, day } = of;
  const words = WORDS[lang];
  return {
    name: `ramal-persona-${group}-${words.customers}-${day}`,
    columns: [
      { name: words.customer, kind: 'text' },
      { name: words.name, kind: 'text' },
      { name: words.segment, kind: 'text' },
      { name: capital(worth), kind: 'number' },
    ],
    rows: cells(blocks, ({ customer, name, segment, worth: own }) => [customer, name, segment, own]),
    about: aboutOf(of, words.customers),
  };
}

/** Who came to a persona or went from it. @param names of groups; null is outside of the base. */
export function moverTable(
  of: Of,
  way: Way,
  names: (group: number | null) => string | null,
  blocks: AsyncIterable<readonly Mover[]>,
): Table {
  const { lang, group, worth, day } = of;
  const words = WORDS[lang];
  return {
    name: `ramal-persona-${group}-${words.way[way]}-${day}`,
    columns: [
      { name: words.customer, kind: 'text' },
      { name: words.name, kind: 'text' },
      { name: `${capital(worth)} ${words.before}`, kind: 'number' },
      { name: `${capital(worth)} ${words.now}`, kind: 'number' },
      { name: words.difference, kind: 'number' },
      { name: words.from, kind: 'text' },
      { name: words.to, kind: 'text' },
    ],
    rows: cells(blocks, ({ customer, name, before, now, from, to }) => [
      ...[customer, name, before, now, before === null || now === null ? null : now - before],
      ...[names(from) ?? words.outside, names(to) ?? words.outside],
    ]),
    about: aboutOf(of, words.way[way]),
  };
}

async function* cells<Row>(
  blocks: AsyncIterable<readonly Row[]>,
  of: (row: Row) => readonly unknown[],
): AsyncGenerator<readonly (readonly unknown[])[]> {
  for await (const rows of blocks) yield rows.map(of);
}
