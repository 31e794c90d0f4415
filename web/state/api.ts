import type { ErrorBody } from '../../src/api/schema.ts';

/** A failed answer: the API's own code and sentence, or `offline` when it could not be reached. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;
  readonly status: number;
  readonly at = new Date();

  constructor(code: string, message: string, status: number) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

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
  throw new ApiError(error?.code ?? 'unexpected', error?.message ?? `HTTP ${response.status}`, response.status);
}

export const post = <T>(url: string, body?: unknown): Promise<T> =>
  call<T>(
    url,
    body === undefined
      ? { method: 'POST' }
      : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
  );

function parse(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
