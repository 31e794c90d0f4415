import type { Request } from './declaration.ts';

export type Values = Readonly<Record<string, string | number | null>>;

/** A request as it is sent. */
export interface FilledRequest {
  readonly method: Request['method'];
  /** Path and query, without the base address. */
  readonly path: string;
  readonly body: string | null;
}

/** Fills a declared request; a text that is one `{name}` alone takes the value's own type, and one of null is left out. */
export function fillRequest({ method, path, query = {}, body }: Request, values: Values): FilledRequest {
  const search = new URLSearchParams();
  for (const [name, template] of Object.entries(query)) {
    const value = fill(template, values);
    if (value === undefined || value === null) continue;
    search.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  const text = search.toString();
  return {
    method,
    path: `${path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name] ?? '')))}${text === '' ? '' : `?${text}`}`,
    body: body === undefined ? null : JSON.stringify(fill(body, values)),
  };
}

function fill(template: unknown, values: Values): unknown {
  if (typeof template === 'string') {
    const whole = /^\{(\w+)\}$/.exec(template)?.[1];
    if (whole !== undefined && whole in values) return values[whole] ?? undefined;
    return template.replace(/\{(\w+)\}/g, (text, name: string) => (name in values ? String(values[name] ?? '') : text));
  }
  if (Array.isArray(template)) return template.map((item) => fill(item, values));
  if (template === null || typeof template !== 'object') return template;
  return Object.fromEntries(Object.entries(template).map(([name, inner]) => [name, fill(inner, values)]));
}

/** What an answer holds at a place such as `meta.total`; undefined where there is nothing. */
export function valueAt(answer: unknown, place: string): unknown {
  let value = answer;
  for (const name of place.split('.')) value = (value as Record<string, unknown> | null | undefined)?.[name];
  return value;
}
