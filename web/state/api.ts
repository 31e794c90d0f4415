import type { ErrorBody } from '../../src/api/schema.ts';

/** A failed answer: the API's own code and sentence, or `offline` when it could not be reached. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;
  readonly status: number;
  readonly at = new Date();

  /** What answered was not the API: a proxy before it, or something that broke. */
  get foreign(): boolean {
    return this.code === 'unexpected' && this.status >= 500 && this.message === httpText(this.status);
  }

  constructor(code: string, message: string, status: number) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

const httpText = (status: number): string => `HTTP ${status}`;

export async function call<T>(url: string, init: RequestInit = {}): Promise<T> {
  let response: Response;
  try {
    response = await fetch(url, { credentials: 'same-origin', ...init });
  } catch (thrown) {
    if (init.signal?.aborted) throw thrown;
    throw new ApiError('offline', '', 0);
  }
  const text = await response.text();
  const body = parse(text);
  if (response.ok && body !== undefined) return body as T;
  const error = (body as Partial<ErrorBody> | undefined)?.error;
  throw new ApiError(error?.code ?? 'unexpected', error?.message ?? httpText(response.status), response.status);
}

export const post = <T>(url: string, body?: unknown): Promise<T> =>
  call<T>(
    url,
    body === undefined
      ? { method: 'POST' }
      : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
  );

/** A table's file as the reader sees the table: in their language, found and sorted alike, with the way back to it. */
export function fileUrl(url: string, shown: { lang: string; screen: string; sort?: string; search?: string }): string {
  if (url === '') return url;
  const [path, query] = url.split('?');
  const asked = new URLSearchParams(query);
  for (const [name, value] of Object.entries(shown)) if (value && !asked.has(name)) asked.set(name, value);
  return `${path}?${asked}`;
}

function parse(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
