import { RamalError } from '../../kernel/errors.ts';
import { literal } from '../../storage/lake.ts';
import { strptime } from '../transforms/date-time.ts';

/** What is done to a value, as a person writes it. */
export type Change =
  | { readonly kind: 'replace'; readonly from: string; readonly to: string }
  | { readonly kind: 'delete'; readonly text: string }
  | { readonly kind: 'pad'; readonly width: number }
  | { readonly kind: 'digits' }
  | { readonly kind: 'capitals' }
  | { readonly kind: 'date'; readonly format: string }
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'copy'; readonly column: string }
  /** The value stays, and is no news any more. */
  | { readonly kind: 'accept'; readonly value: string };

/** The forms that {@link parseChange} understands. */
export const CHANGE_FORMS = [
  'troque X por Y',
  'apague X',
  'complete com zeros à esquerda até N',
  'só dígitos',
  'maiúsculas',
  'data em dd/mm/aaaa',
  'use o valor V',
  'copie da coluna C',
  'aceite o valor V',
] as const;

/** Signs that have a name. */
const SIGNS: Readonly<Record<string, string>> = {
  vírgula: ',',
  virgula: ',',
  ponto: '.',
  'ponto e vírgula': ';',
  'ponto e virgula': ';',
  'dois pontos': ':',
  espaço: ' ',
  espaco: ' ',
  espaços: ' ',
  traço: '-',
  traco: '-',
  hífen: '-',
  barra: '/',
  nada: '',
};
const DATE_TOKENS = /^(?:dd|mm|yyyy|yy|hh|mi|ss|[^a-z0-9])+$/;

/**
 * Reads a change as a person writes it; a text of more than one word stands in quotes.
 * @throws RamalError `changeUnknown` that names the forms.
 */
export function parseChange(text: string): Change {
  const written = text.trim().replace(/\s+/g, ' ');
  for (const [form, make] of FORMS) {
    const match = form.exec(kept(form) ? text.trim() : written);
    const change = match && make(match.slice(1));
    if (change) return change;
  }
  throw new RamalError('changeUnknown', { forms: CHANGE_FORMS.join('; ') });
}

type Make = (parts: string[]) => Change | null;

const VALUE = /^use o valor(?: ([\s\S]*))?$/i;
/** A value is kept as it is written, spaces too. */
const kept = (form: RegExp) => form === VALUE;

const FORMS: readonly (readonly [RegExp, Make])[] = [
  [VALUE, ([value = '']) => ({ kind: 'value', value: unquoted(value) })],
  [
    /^(?:troque|troca|substitua) (.+)$/i,
    ([rest]) => {
      const pair = /^(".*"|“.*”|.*?) por (".*"|“.*”|.*)$/i.exec(rest!);
      const [from, to] = [operand(pair?.[1]), operand(pair?.[2])];
      return from && to !== null ? { kind: 'replace', from, to } : null;
    },
  ],
  [
    /^apague (.+)$/i,
    ([what]) => {
      const text = operand(what);
      return text ? { kind: 'delete', text } : null;
    },
  ],
  [
    /^complete com zeros (?:à|a) esquerda até (\d{1,3})$/i,
    ([width]) => (Number(width) > 0 && Number(width) <= 200 ? { kind: 'pad', width: Number(width) } : null),
  ],
  [/^s[óo] d[íi]gitos$/i, () => ({ kind: 'digits' })],
  [/^mai[úu]sculas$/i, () => ({ kind: 'capitals' })],
  [
    /^data em (.+)$/i,
    ([form]) => {
      const format = form!.toLowerCase().replace(/aaaa/g, 'yyyy').replace(/aa/g, 'yy').replace(/hh:mm/g, 'hh:mi');
      return DATE_TOKENS.test(format) && /dd/.test(format) && /mm/.test(format) && /yy/.test(format)
        ? { kind: 'date', format }
        : null;
    },
  ],
  [
    /^aceite o valor (.+)$/i,
    ([value]) => ({ kind: 'accept', value: value!.toLowerCase() === 'nada' ? '' : unquoted(value!) }),
  ],
  [/^copie da coluna (.+)$/i, ([column]) => ({ kind: 'copy', column: unquoted(column!) })],
];

/** A text in quotes, the name of a sign, or one word; null for anything else. */
function operand(text: string | undefined): string | null {
  const written = text?.trim() ?? '';
  const bare = unquoted(written);
  if (bare !== written) return bare;
  const sign = SIGNS[written.toLowerCase()];
  if (sign !== undefined) return sign;
  return written !== '' && !/["“”\s]/.test(written) ? written : null;
}

function unquoted(text: string): string {
  const [, straight, curly] = /^(?:"([^"]*)"|“([^“”]*)”)$/.exec(text) ?? [];
  return straight ?? curly ?? text;
}

/** What a change needs to know of its column. */
export interface ChangedColumn {
  /** The formats in which the layout reads dates of the column. */
  readonly formats: readonly string[];
  /** Another source column, as an expression. */
  readonly column: (name: string) => string;
}

/** The changed value as an expression; a value that the change does not fit stays as it is. */
export function changeSql(change: Change, input: string, { formats, column }: ChangedColumn): string {
  switch (change.kind) {
    case 'replace':
      return `replace(${input}, ${literal(change.from)}, ${literal(change.to)})`;
    case 'delete':
      return `replace(${input}, ${literal(change.text)}, '')`;
    case 'pad':
      return `CASE WHEN length(trim(${input})) < ${change.width} THEN lpad(trim(${input}), ${change.width}, '0') ELSE ${input} END`;
    case 'digits':
      return `digits_of(${input})`;
    case 'capitals':
      return `upper(${input})`;
    case 'date': {
      const wanted = formats[0] ?? 'iso';
      const form = wanted === 'iso' ? (/hh/.test(change.format) ? '%Y-%m-%d %H:%M:%S' : '%Y-%m-%d') : strptime(wanted);
      return `coalesce(strftime(try_strptime(trim(${input}), ${literal(strptime(change.format))}), ${literal(form)}), ${input})`;
    }
    case 'value':
      return literal(change.value);
    case 'copy':
      return column(change.column);
    case 'accept':
      return input;
  }
}
