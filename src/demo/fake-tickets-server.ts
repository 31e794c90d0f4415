import { type FakeOptions, type FakeRequest, type FakeServer, serveFake } from './fake-http.ts';
import type { FakeWorld, WorldTicket } from './fake-world.ts';

export const TICKETS_TOKEN = 'demonstracao-token';
const MOST_PER_PAGE = 500;

type Json = Record<string, unknown>;

/** A ticket as the platform holds it, all its relations at hand. */
interface Ticket extends Json {
  readonly protocol: string;
  readonly startedAt: string;
  readonly updatedAt: string;
}

export interface FakeTicketsServer extends FakeServer {
  /** Changes a ticket at the source, now. */
  correct(protocol: string, changes: Json): void;
}

/**
 * A ticket platform over the demo world: `POST /oauth/token` with a refresh token; `GET /api/v1/tickets?query=…` with
 * attributes, include, where, order, perPage and page, or `"paging": "cursor"` and cursor. Tickets of the future are not
 * there yet, and one that ends later is open.
 */
export async function serveTickets(world: FakeWorld, options: FakeOptions): Promise<FakeTicketsServer> {
  const { clock, skewMs = 0 } = options;
  const corrections = new Map<string, Json>();
  const now = () => {
    const at = clock.now().getTime();
    return world.tickets
      .filter(({ startedAt }) => Date.parse(startedAt) <= at)
      .map((ticket): Ticket => ({ ...ticketAt(ticket, at, skewMs), ...corrections.get(ticket.protocol) }));
  };
  const server = await serveFake(
    {
      loginPath: '/oauth/token',
      login: (body, token, seconds) =>
        body.grant_type === 'refresh_token' && body.refresh_token === TICKETS_TOKEN
          ? { access_token: token, token_type: 'bearer', expires_in: seconds }
          : null,
      pageOf: (request) => Number(queryOf(request)?.page ?? 1),
      answer: (request) => answer(request, now()),
      failure: { error: { code: 'internal', message: 'falha ao consultar' } },
    },
    options,
  );
  return Object.assign(server, {
    correct(protocol: string, changes: Json) {
      const updatedAt = stamp(clock.now().getTime() + skewMs);
      corrections.set(protocol, { ...corrections.get(protocol), ...changes, updatedAt });
    },
  });
}

function answer(request: FakeRequest, tickets: readonly Ticket[]): { status: number; body: unknown } {
  const query = queryOf(request);
  if (request.method !== 'GET' || request.url.pathname !== '/api/v1/tickets')
    return { status: 404, body: { error: 'not found' } };
  const perPage = Number(query?.perPage ?? 15);
  if (!query || !(perPage >= 1 && perPage <= MOST_PER_PAGE)) return { status: 400, body: { error: 'query' } };
  const found = tickets
    .filter((ticket) => matches(ticket, (query.where ?? {}) as Record<string, Record<string, string>>))
    .sort((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt) || (a.protocol < b.protocol ? -1 : 1));
  const pick = (from: number) => found.slice(from, from + perPage).map((ticket) => picked(ticket, query));
  if (query.paging === 'cursor') {
    const from = Number(query.cursor ?? 0);
    const next = from + perPage < found.length ? String(from + perPage) : null;
    const data = pick(request.duplicate ? Math.max(0, from - perPage) : from);
    return { status: 200, body: { data, total: found.length, nextCursor: next } };
  }
  const page = Number(query.page ?? 1);
  const data = pick((page - (request.duplicate ? 2 : 1)) * perPage);
  const lastPage = Math.max(1, Math.ceil(found.length / perPage));
  return { status: 200, body: { data, total: found.length, perPage, currentPage: page, lastPage } };
}

function queryOf({ url }: Pick<FakeRequest, 'url'>): Json | null {
  try {
    return JSON.parse(url.searchParams.get('query') ?? '') as Json;
  } catch {
    return null;
  }
}

function matches(ticket: Ticket, where: Record<string, Record<string, string>>): boolean {
  return Object.entries(where).every(([field, conditions]) => {
    const at = Date.parse(String(ticket[field]));
    const { $gte, $lt } = conditions;
    return ($gte === undefined || at >= Date.parse($gte)) && ($lt === undefined || at < Date.parse($lt));
  });
}

/** Only what the query names: attributes, and of the relations those that it includes. */
function picked(record: Json, { attributes, include = [] }: Json): Json {
  const names = (attributes as string[] | undefined) ?? Object.keys(record);
  const own = names.map((name) => [name, record[name] ?? null]);
  const related = (include as (Json & { model: string })[]).map((one) => {
    const value = record[one.model];
    if (Array.isArray(value)) return [one.model, value.map((item) => picked(item as Json, one))];
    return [one.model, value === null || value === undefined ? null : picked(value as Json, one)];
  });
  return Object.fromEntries([...own, ...related]);
}

/** A ticket as it is at an instant, its times by the server's clock. */
function ticketAt(ticket: WorldTicket, atMs: number, skewMs: number): Ticket {
  const { tags, customFields, contact, ...rest } = ticket;
  const past = (time: string | null) => time !== null && Date.parse(time) <= atMs;
  const shown = (time: string) => (skewMs === 0 ? time : stamp(Date.parse(time) + skewMs));
  const firstReplyAt = past(ticket.firstReplyAt) ? ticket.firstReplyAt : null;
  const endedAt = past(ticket.endedAt) ? ticket.endedAt : null;
  const closed = endedAt !== null || past(ticket.updatedAt);
  return {
    ...rest,
    startedAt: shown(ticket.startedAt),
    firstReplyAt: firstReplyAt && shown(firstReplyAt),
    endedAt: endedAt && shown(endedAt),
    updatedAt: shown(closed ? ticket.updatedAt : (firstReplyAt ?? ticket.startedAt)),
    status: endedAt ? ticket.status : 'open',
    rating: endedAt ? ticket.rating : null,
    contact: {
      ...contact,
      tags,
      customFieldValues: customFields.map(({ name, value }) => ({ value, customField: { name } })),
    },
  };
}

/** An instant as the demo world writes it, three hours behind UTC. */
function stamp(atMs: number): string {
  return `${new Date(atMs - 3 * 3_600_000).toISOString().slice(0, 19)}-03:00`;
}
