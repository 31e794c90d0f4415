import type { Clock } from '../../kernel/clock.ts';
import { RamalError } from '../../kernel/errors.ts';
import type { TableLimits } from '../../storage/table-snapshot.ts';
import { type Secrets, Session } from './auth.ts';
import type { Declaration, Request } from './declaration.ts';
import { waitForTurn } from './rate-limit.ts';
import { PassingFault, passes, retryAfter, retryDelay } from './retry.ts';
import { type FilledRequest, fillRequest, type Values } from './template.ts';

/** What a connector needs of the world. */
export interface SourceIo {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** A number in [0, 1). */
  readonly random: () => number;
  /** Ends early, rejecting, when `signal` aborts. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** How long a database may take; the usual without it. */
  readonly tableLimits?: TableLimits | undefined;
}

/** Bytes of the largest page that is taken. */
const LARGEST_PAGE = 256 * 2 ** 20;
/** Times that a new code is asked for within one question. */
const RENEWALS = 3;

/** One conversation with a source: who we are, how often we may ask, and what is asked again. */
export class Source {
  readonly name: string;
  readonly declaration: Declaration;
  readonly #baseUrl: string;
  readonly #secrets: Secrets;
  readonly #io: SourceIo;
  readonly #session: Session;
  readonly #sentMs: number[] = [];

  constructor(
    { name, baseUrl }: { readonly name: string; readonly baseUrl: string },
    declaration: Declaration,
    secrets: Secrets,
    io: SourceIo,
  ) {
    this.name = name;
    this.declaration = declaration;
    this.#baseUrl = baseUrl.replace(/\/+$/, '');
    this.#secrets = secrets;
    this.#io = io;
    this.#session = new Session(declaration.auth, secrets);
    const missing = declaration.auth.secrets.filter((secret) => !secrets[secret]);
    if (missing.length > 0)
      throw new RamalError('connectionDenied', { source: name, received: `falta ${missing.join(', ')}` });
  }

  /**
   * Asks, and asks again while what goes wrong may pass; `read` takes the answer and may throw a {@link PassingFault}.
   * @throws RamalError `connectionDenied`, `sourceRefused`, `sourceFailed` or `cancelled`.
   */
  async ask<T>(request: Request, values: Values, read: (answer: unknown) => T, signal?: AbortSignal): Promise<T> {
    const { retry } = this.declaration;
    for (let failed = 1; ; failed++) {
      try {
        return read(await this.#authorized(fillRequest(request, values), signal));
      } catch (thrown) {
        if (signal?.aborted) throw new RamalError('cancelled', { what: `extração de ${this.name}` }, thrown);
        if (!(thrown instanceof PassingFault)) throw thrown;
        const waitMs = retryDelay(failed, thrown.waitMs, retry, this.#io.random);
        const tooLong = waitMs > retry.longestWaitMs;
        if (failed >= retry.attempts || tooLong) {
          const what = tooLong
            ? `${thrown.message}, e pediu ${Math.ceil(waitMs / 60_000)} min de espera`
            : thrown.message;
          throw new RamalError('sourceFailed', { source: this.name, what, attempts: failed }, thrown);
        }
        await this.#pause(waitMs, signal);
      }
    }
  }

  async #authorized(request: FilledRequest, signal: AbortSignal | undefined): Promise<unknown> {
    for (let renewals = 0; ; renewals++) {
      const { status, answer } = await this.#send(request, await this.#header(signal), signal);
      if (status < 300) return answer;
      if (status !== 401 && status !== 403)
        throw new RamalError('sourceRefused', { source: this.name, path: pathOf(request), received: status });
      if (status === 403 || !this.#session.renews || renewals >= RENEWALS)
        throw new RamalError('connectionDenied', { source: this.name, received: `HTTP ${status}` });
      this.#session.forget();
    }
  }

  async #header(signal: AbortSignal | undefined): Promise<Record<string, string>> {
    const { clock } = this.#io;
    const header = this.#session.header(clock.now().getTime());
    if (header) return header;
    const request = fillRequest(this.declaration.auth.session!.request, this.#secrets);
    const { status, answer } = await this.#send(request, {}, signal);
    if ((status >= 300 && status < 400) || status === 404 || status === 405)
      throw new RamalError('sourceRefused', { source: this.name, path: pathOf(request), received: status });
    if (status >= 400) throw new RamalError('connectionDenied', { source: this.name, received: `HTTP ${status}` });
    const now = clock.now().getTime();
    this.#session.open(answer, now, this.name);
    return this.#session.header(now)!;
  }

  /** Sends once. What the source wrote goes into no error: it may quote what it was sent. */
  async #send(
    { method, path, body }: FilledRequest,
    headers: Record<string, string>,
    signal: AbortSignal | undefined,
  ): Promise<{ status: number; answer: unknown }> {
    const { clock } = this.#io;
    const { rate, timeoutMs } = this.declaration;
    await this.#pause(waitForTurn(this.#sentMs, clock.now().getTime(), rate), signal);
    this.#sentMs.push(clock.now().getTime());
    if (this.#sentMs.length > rate.requests) this.#sentMs.shift();
    const timeout = AbortSignal.timeout(timeoutMs);
    let response: Response;
    let text: string;
    try {
      response = await this.#io.fetch(`${this.#baseUrl}${path}`, {
        method,
        headers: {
          accept: 'application/json',
          ...(body === null ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        body,
        redirect: 'manual',
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      text = await readText(response);
    } catch (cause) {
      if (cause instanceof RamalError || cause instanceof PassingFault) throw cause;
      const what = timeout.aborted
        ? `sem resposta em ${timeoutMs / 1000} s`
        : `conexão interrompida (${codeOf(cause)})`;
      throw new PassingFault(what, { cause });
    }
    const { status } = response;
    if (passes(status)) throw new PassingFault(`HTTP ${status}`, { waitMs: retryAfter(response.headers, clock.now()) });
    if (status >= 300) return { status, answer: null };
    try {
      return { status, answer: JSON.parse(text) };
    } catch (cause) {
      throw new PassingFault('página cortada ou que não é JSON', { cause });
    }
  }

  async #pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
    if (ms <= 0) return;
    await this.#io.sleep(ms, signal).catch((cause: unknown) => {
      throw signal?.aborted ? new RamalError('cancelled', { what: `extração de ${this.name}` }, cause) : cause;
    });
  }
}

async function readText(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    parts.push(part);
    bytes += part.length;
    if (bytes > LARGEST_PAGE) throw new PassingFault(`página de mais de ${LARGEST_PAGE / 2 ** 20} MB`);
  }
  return new TextDecoder('utf-8').decode(Buffer.concat(parts));
}

/** A path as it may be shown: what is asked of it may hold a secret or a person. */
function pathOf({ path }: FilledRequest): string {
  return path.split('?')[0]!;
}

function codeOf(cause: unknown): string {
  const { code, cause: inner } = cause as { code?: string; cause?: { code?: string } };
  return String(inner?.code ?? code ?? 'rede');
}
