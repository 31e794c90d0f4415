import { mix } from '../kernel/random.ts';
import { type FakeAnswer, type FakeOptions, type FakeRequest, type FakeServer, serveFake } from './fake-http.ts';
import type { FakeWorld, WorldCall } from './fake-world.ts';

export const CALLS_USER = 'demonstracao';
export const CALLS_PASSWORD = 'demonstracao-senha';
const MOST_PER_PAGE = 1000;
/** One call in so many has no protocol, and one comes again with its end known. */
const WITHOUT_PROTOCOL = 499;
const TWICE = 397;

type Call = Record<string, string | null>;

export interface FakeCallsServer extends FakeServer {
  /** Changes the calls of a protocol at the source. */
  correct(protocol: string, changes: Call): void;
  /** Takes the calls of a day away, or gives them back. */
  hide(day: string, hidden?: boolean): void;
}

/**
 * A telephone exchange's call report over the demo world: `POST /api/login`, then `POST /api/reports/calls` with
 * fields, groups of filters by date, page and limit; `pages` in the answer, `{"result": false}` for a day without calls.
 */
export async function serveCalls(world: FakeWorld, options: FakeOptions): Promise<FakeCallsServer> {
  const { clock, skewMs = 0 } = options;
  const corrections = new Map<string, Call>();
  const hidden = new Set<string>();
  const calls = world.calls.flatMap((call) => versions(call, skewMs));
  const now = () => {
    const at = localTime(clock.now().getTime() + skewMs);
    return calls
      .filter(({ date, day }) => date! <= at && !hidden.has(day!))
      .map((call) => ({ ...call, ...corrections.get(call.protocol ?? '') }));
  };
  const server = await serveFake(
    {
      loginPath: '/api/login',
      login: ({ username, password }, token, seconds) =>
        username === CALLS_USER && password === CALLS_PASSWORD ? { result: true, token, expiresIn: seconds } : null,
      pageOf: ({ body }) => Number(body.page ?? 1),
      answer: (request) => answer(request, now()),
      failure: { result: false, error: 'relatório indisponível' },
    },
    options,
  );
  return Object.assign(server, {
    correct(protocol: string, changes: Call) {
      corrections.set(protocol, { ...corrections.get(protocol), ...changes });
    },
    hide(day: string, hides = true) {
      if (hides) hidden.add(day);
      else hidden.delete(day);
    },
  });
}

interface Condition {
  readonly field: string;
  readonly operator: '>=' | '<=';
  readonly value: string;
}

function answer({ method, url, body, duplicate }: FakeRequest, calls: readonly Call[]): FakeAnswer {
  if (method !== 'POST' || url.pathname !== '/api/reports/calls') return { status: 404, body: { result: false } };
  const {
    fields,
    filters,
    page = 1,
    limit = 100,
  } = body as {
    fields?: string[];
    filters?: { conditions: Condition[] }[];
    page?: number;
    limit?: number;
  };
  if (!fields || !filters || limit > MOST_PER_PAGE) return { status: 400, body: { result: false, error: 'filters' } };
  const conditions = filters.flatMap((group) => group.conditions);
  const found = calls.filter((call) =>
    conditions.every(({ field, operator, value }) => {
      const received = call[field] ?? '';
      return operator === '>=' ? received >= value : received <= value;
    }),
  );
  if (found.length === 0) return { status: 200, body: { result: false } };
  const from = (page - (duplicate ? 2 : 1)) * limit;
  const data = found
    .slice(from, from + limit)
    .map((call) => Object.fromEntries(fields.map((field) => [field, call[field] ?? null])));
  return { status: 200, body: { result: true, page, pages: Math.ceil(found.length / limit), data } };
}

/** A leg as the report shows it; now and then before its end, and once more with it. */
function versions(leg: WorldCall, skewMs: number): Call[] {
  const style = mix(Number(leg.PROTOCOLO!.slice(8)) ^ Number(leg.PERNA) ^ 0x72657074) >>> 0;
  const [wait, talk, wrapup] = [leg.TEMPO_ESPERA!, leg.TEMPO_CONVERSA!, leg.TEMPO_POS!].map(secondsOf);
  const written = `${leg.day} ${leg.HORA}`;
  const date =
    skewMs === 0 ? written : new Date(Date.parse(`${written}Z`) + skewMs).toISOString().slice(0, 19).replace('T', ' ');
  const phone = `${leg.DDD}${leg.TELEFONE}`.trim();
  const call: Call = {
    day: leg.day!,
    date,
    protocol: style % WITHOUT_PROTOCOL === 0 ? null : `${leg.PROTOCOLO}`,
    origin: /\d{8}/.test(phone.replaceAll(/\D/g, '')) ? phone : 'ANONIMO',
    callCenterGroup: leg.FILA!,
    identification: leg.CLIENTE!,
    agent: leg.COD_ATENDENTE!,
    nameAgent: leg.ATENDENTE!,
    waitingTime: leg.TEMPO_ESPERA!,
    serviceTime: leg.TEMPO_CONVERSA!,
    callTime: clock(wait! + talk! + wrapup!),
    status: leg.STATUS!,
  };
  if (style % TWICE !== 1 || call.protocol === null) return [call];
  return [{ ...call, serviceTime: '00:00:00', callTime: call.waitingTime!, status: 'EM ATENDIMENTO' }, call];
}

function secondsOf(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number);
  return hours * 3600 + minutes * 60 + seconds;
}

function clock(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** Wall time where the exchange stands, three hours behind UTC. */
function localTime(atMs: number): string {
  return new Date(atMs - 3 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}
