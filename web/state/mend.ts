/** What a person may do to a value, in the order it is offered. */
export const FORMS = ['value', 'replace', 'delete', 'digits', 'pad', 'date', 'capitals', 'copy', 'accept'] as const;
export type Form = (typeof FORMS)[number];

export interface Inputs {
  value: string;
  from: string;
  to: string;
  text: string;
  width: string;
  format: string;
  copy: string;
}

/** The correction as the API takes it; empty while something lacks. A text goes in the quotes that it does not hold. */
export function changeText(form: Form, { value, from, to, text, width, format, copy }: Inputs): string {
  const quoted = (part: string) => (part.includes('"') ? `“${part}”` : `"${part}"`);
  switch (form) {
    case 'value':
      return `use o valor ${/^\s|\s$|^["“]/.test(value) ? quoted(value) : value}`;
    case 'replace':
      return from === '' ? '' : `troque ${quoted(from)} por ${quoted(to)}`;
    case 'delete':
      return text === '' ? '' : `apague ${quoted(text)}`;
    case 'digits':
      return 'só dígitos';
    case 'pad':
      return /^[1-9]\d{0,2}$/.test(width) ? `complete com zeros à esquerda até ${width}` : '';
    case 'date':
      return format === '' ? '' : `data em ${format}`;
    case 'capitals':
      return 'maiúsculas';
    case 'accept':
      return value === '' ? '' : `aceite o valor ${quoted(value)}`;
    case 'copy':
      return copy === '' ? '' : `copie da coluna ${copy}`;
  }
}
