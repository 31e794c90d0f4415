import { ApiError } from './api.ts';

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

/** Asks for a file by POST, since its values are recorded as seen, and hands it to the browser. */
export async function download(url: string, body: unknown): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    credentials: 'same-origin',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });
  if (!response.ok) {
    const { error } = (await response.json()) as { error?: { code: string; message: string } };
    throw new ApiError(error?.code ?? 'unexpected', error?.message ?? `HTTP ${response.status}`, response.status);
  }
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'quarentena';
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
