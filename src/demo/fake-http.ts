import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../kernel/clock.ts';
import { type FaultKind, type FaultPlan, faultless } from './fake-faults.ts';

export interface FakeOptions {
  readonly clock: Clock;
  readonly port?: number;
  readonly faults?: FaultPlan;
  /** How far the server's clock is ahead, in milliseconds. */
  readonly skewMs?: number;
  /** How late a slow answer is. */
  readonly slowMs?: number;
  /** Seconds that a 429 asks to wait. */
  readonly waitS?: number;
  /** Seconds that an access code holds. */
  readonly tokenS?: number;
}

export interface FakeAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface FakeRequest {
  readonly method: string;
  readonly url: URL;
  readonly body: Record<string, unknown>;
  /** Whether the access code is a good one. */
  readonly known: boolean;
  /** The page before is given in the place of the one asked for. */
  readonly duplicate: boolean;
}

/** A source that is served on loopback. */
export interface FakeServer {
  readonly url: string;
  /** Requests received, with the status that each got; those that were cut off count as 0. */
  readonly log: readonly { readonly path: string; readonly page: number; readonly status: number }[];
  /** What goes wrong from now on. */
  faults: FaultPlan;
  close(): Promise<void>;
}

/** What makes one source another: its answers, and the answer that tells of a failure with status 200. */
export interface FakeSource {
  readonly loginPath: string;
  /** The body of a good login, or null for a wrong one. */
  readonly login: (body: Record<string, unknown>, token: string, seconds: number) => unknown | null;
  readonly pageOf: (request: Pick<FakeRequest, 'url' | 'body'>) => number;
  readonly answer: (request: FakeRequest) => FakeAnswer;
  readonly failure: unknown;
}

/** Serves a source, with its faults, on a port of loopback. */
export async function serveFake(source: FakeSource, options: FakeOptions): Promise<FakeServer> {
  const { clock, skewMs = 0, slowMs = 3000, waitS = 2, tokenS = 3600 } = options;
  const tokens = new Map<string, number>();
  const log: { path: string; page: number; status: number }[] = [];
  const state = { faults: options.faults ?? faultless };
  const nowMs = () => clock.now().getTime();

  const answerTo = (request: FakeRequest): FakeAnswer => {
    if (request.url.pathname === source.loginPath) {
      const token = randomBytes(12).toString('hex');
      const body = source.login(request.body, token, tokenS);
      if (body === null) return { status: 401, body: { result: false, error: 'acesso recusado' } };
      tokens.set(token, nowMs() + tokenS * 1000);
      return { status: 200, body };
    }
    if (!request.known) return { status: 401, body: { error: 'código inválido ou vencido' } };
    return source.answer(request);
  };

  const server = createServer(async (incoming, response) => {
    const body = await bodyOf(incoming);
    const url = new URL(incoming.url ?? '/', 'http://fake');
    const page = source.pageOf({ url, body });
    const entry = { path: url.pathname, page, status: 0 };
    log.push(entry);
    const login = url.pathname === source.loginPath;
    const fault = state.faults({ path: url.pathname, page });
    const applies = !login || fault === 'slow' || fault === '429' || fault === '500' || fault === 'reset';
    const code = /^Bearer (\w+)$/.exec(incoming.headers.authorization ?? '')?.[1] ?? '';
    if (fault === 'expired' && applies) tokens.clear();
    const known = (tokens.get(code) ?? 0) > nowMs();
    const method = incoming.method ?? 'GET';
    const right = answerTo({ method, url, body, known, duplicate: applies && fault === 'duplicate' && page > 1 });
    await send(response, right, applies ? fault : null, entry);
  });

  async function send(
    response: ServerResponse,
    right: FakeAnswer,
    fault: FaultKind | null,
    entry: { status: number },
  ): Promise<void> {
    response.setHeader('date', new Date(nowMs() + skewMs).toUTCString());
    response.setHeader('content-type', 'application/json; charset=utf-8');
    if (fault === 'slow') await pause(slowMs);
    const bytes = Buffer.from(JSON.stringify(fault === 'error' ? source.failure : right.body));
    if (fault === '429' || fault === '429-date') {
      const at = new Date(nowMs() + skewMs + waitS * 1000).toUTCString();
      response.setHeader('retry-after', fault === '429' ? String(waitS) : at);
    }
    const status = fault?.startsWith('429') ? 429 : fault === '500' ? 500 : fault === 'error' ? 200 : right.status;
    const cut = bytes.subarray(0, Math.floor(bytes.length / 2));
    if (fault === 'reset') {
      response.writeHead(status, { 'content-length': bytes.length });
      response.write(cut, () => response.destroy());
      return;
    }
    entry.status = status;
    response.writeHead(status).end(fault === 'torn' ? cut : bytes);
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    log,
    get faults() {
      return state.faults;
    },
    set faults(plan) {
      state.faults = plan;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(incoming: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8') || '{}') as Record<string, unknown>;
  } catch {
    return {};
  }
}
