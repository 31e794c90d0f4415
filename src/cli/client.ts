import { request as httpRequest } from 'node:http';
import type { Readable } from 'node:stream';
import type { JobView } from '../jobs/jobs.ts';
import { ERRORS, type ErrorCode, RamalError } from '../kernel/errors.ts';

/** One way to call the API: over the owner's local socket, or in this process. */
export interface Client {
  json<T>(method: 'GET' | 'POST' | 'DELETE', url: string, body?: unknown): Promise<T>;
  /** A file; asked for with a body, it is a POST. */
  stream(url: string, body?: unknown): Promise<Readable>;
  close(): Promise<void>;
}

const NOT_LISTENING = ['ENOENT', 'ECONNREFUSED'];

/**
 * A client of the server that owns the home.
 * @throws RamalError `homeBusy` from its calls while the owner does not listen: it is starting, or runs one command;
 * `serverGone` when it ends, or is ended, before it has answered.
 */
export function socketClient(socketPath: string, owner: { home: string; pid: number }): Client {
  const send = (method: string, url: string, body?: unknown): Promise<{ status: number; stream: Readable }> =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const headers =
        text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
      const request = httpRequest({ socketPath, path: url, method, headers }, (response) =>
        resolve({ status: response.statusCode ?? 500, stream: response }),
      );
      request.on('error', (cause: NodeJS.ErrnoException) =>
        reject(
          NOT_LISTENING.includes(cause.code ?? '')
            ? new RamalError('homeBusy', owner, cause)
            : new RamalError('serverGone', {}, cause),
        ),
      );
      request.end(text);
    });
  return {
    async json<T>(method: 'GET' | 'POST' | 'DELETE', url: string, body?: unknown): Promise<T> {
      const { status, stream } = await send(method, url, body);
      const text = await textOf(stream).catch((cause: unknown) => {
        throw new RamalError('serverGone', {}, cause);
      });
      return answer<T>(status, text);
    },
    async stream(url: string, body?: unknown): Promise<Readable> {
      const { status, stream } = await send(body === undefined ? 'GET' : 'POST', url, body);
      if (status >= 400) answer(status, await textOf(stream));
      return stream;
    },
    close: async () => {},
  };
}

/** The answer's document. @throws RamalError the failure that the server told. */
export function answer<T>(status: number, text: string): T {
  const body = text === '' ? null : (JSON.parse(text) as T & { error?: { code: string; message: string } });
  if (status < 400) return body as T;
  const code = (body?.error?.code ?? 'unexpected') as ErrorCode;
  const error = new RamalError(code in ERRORS ? code : 'unexpected', {
    what: body?.error?.message ?? `HTTP ${status}`,
  });
  if (body?.error) error.message = body.error.message;
  throw error;
}

/**
 * Watches a job to its end, telling each change.
 * @throws RamalError when it failed or was cancelled, or `serverGone` when nobody is there any more who does it.
 */
export async function follow<T>(client: Client, job: JobView, onMoment: (job: JobView) => void): Promise<T> {
  let view = job;
  let pauseMs = 20;
  while (view.state === 'queued' || view.state === 'running') {
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    pauseMs = Math.min(250, pauseMs * 1.5);
    view = await client.json<JobView>('GET', `/api/jobs/${job.id}`).catch((cause: unknown) => {
      throw lost(cause);
    });
    onMoment(view);
  }
  if (view.state === 'done') return view.result as T;
  const code = (view.error?.code ?? 'cancelled') as ErrorCode;
  const error = new RamalError(code, { what: job.kind });
  if (view.error) error.message = view.error.message;
  throw error;
}

/** Who did the work answered a moment ago: if it does not listen now, or no longer knows the job, it has ended. */
function lost(cause: unknown): unknown {
  if (!(cause instanceof RamalError) || !['homeBusy', 'notFound'].includes(cause.code)) return cause;
  return new RamalError('serverGone', {}, cause);
}

async function textOf(stream: Readable): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
