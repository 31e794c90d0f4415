import type { Lake } from '../src/storage/lake.ts';

/** A row of silver with only what the figures need; times in seconds of wall time. */
export interface Leg {
  readonly row: number;
  readonly identity: string | null;
  readonly contact: string;
  readonly leg: number;
  readonly source: string;
  readonly day: string;
  readonly hour: number;
  readonly half_hour: string;
  readonly agent: string;
  readonly queue: string;
  readonly account: string;
  readonly supervisor: string;
  readonly reason: string;
  readonly reason_category: string;
  readonly channel: string;
  readonly uf: string;
  readonly ddd: string;
  readonly status: string;
  readonly start: number;
  readonly end: number | null;
  readonly opened: number | null;
  readonly replied: number | null;
  readonly spoken: boolean;
  readonly wait: number | null;
  readonly talk: number | null;
  readonly extra: number;
  readonly score: number | null;
  /** What its events come to, of a first leg that has any. */
  readonly told: Told | null;
}

/** What the events of one contact come to. */
export interface Told {
  /** Seconds that each answered message waited. */
  readonly waits: readonly number[];
  readonly reopenings: number;
  readonly closings: number;
  readonly reopened: number | null;
}

export interface ContactEvent {
  readonly contact: string;
  readonly at: number;
  readonly kind: string;
}

const EVENT_ORDER = ['message', 'reply', 'transfer', 'reopening', 'closing', 'other'];

/** A contact's events walked through one by one, as docs/indicadores.md tells them; none is `open`. */
export function walk(events: readonly ContactEvent[]): Told {
  const told = { waits: [] as number[], reopenings: 0, closings: 0, reopened: null as number | null };
  let waiting: number | undefined;
  const placed = events.toSorted((a, b) => a.at - b.at || EVENT_ORDER.indexOf(a.kind) - EVENT_ORDER.indexOf(b.kind));
  for (const { kind, at } of placed) {
    if (kind === 'message') waiting ??= at;
    if (kind === 'reply' && waiting !== undefined) told.waits.push(at - waiting);
    if (kind === 'reply' || kind === 'closing') waiting = undefined;
    if (kind === 'closing') told.closings++;
    if (kind === 'reopening') {
      told.reopenings++;
      told.reopened = at;
    }
  }
  return told;
}

/** The events in silver, by contact. */
export async function silverEvents(
  rows: (sql: string) => Promise<ContactEvent[]>,
): Promise<ReadonlyMap<string, readonly ContactEvent[]>> {
  const events = await rows(
    `SELECT source || '/' || contact_id AS contact, CAST(epoch(happened_at) AS BIGINT) AS at, kind FROM silver.contact_event`,
  );
  return Map.groupBy(events, ({ contact }) => contact);
}

export async function silverLegs(lake: Lake): Promise<Leg[]> {
  const events = await silverEvents((sql) => lake.rows<ContactEvent>(sql));
  const seconds = (name: string) => `CAST(floor(epoch(${name})) AS BIGINT)`;
  const legs = await lake.rows<Leg>(`
    SELECT row_id AS row, CAST(identity AS VARCHAR) AS identity, source || '/' || contact_id AS contact, leg_no AS leg,
      source, CAST(day AS VARCHAR) AS day, CAST(hour(started_at) AS INTEGER) AS hour,
      strftime(started_at, '%H:') || CASE WHEN minute(started_at) < 30 THEN '00' ELSE '30' END AS half_hour, channel, uf, coalesce(ddd, 'desconhecido') AS ddd, agent_id AS agent, queue, account,
      CASE WHEN agent_id = 'desconhecido' THEN agent_id ELSE 'Não mapeado' END AS supervisor, reason, reason_category, status, ${seconds('started_at')} AS start, ${seconds('ended_at')} AS end, ${seconds('opened_at')} AS opened, ${seconds('first_reply_at')} AS replied,
      answered_at IS NOT NULL OR first_reply_at IS NOT NULL AS spoken, wait_s AS wait, talk_s AS talk,
      coalesce(hold_s, 0) + coalesce(wrapup_s, 0) AS extra, CAST(satisfaction AS DOUBLE) AS score
    FROM silver.contact ORDER BY row_id`);
  return legs.map((leg) => {
    const own = leg.leg === 1 ? events.get(leg.contact) : undefined;
    return { ...leg, told: own ? walk(own) : null };
  });
}

type Filtered = 'agent' | 'queue' | 'account' | 'reason' | 'channel' | 'status' | 'uf' | 'ddd';

export interface Part {
  readonly sources?: readonly string[] | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly where?: readonly (readonly [column: Filtered, value: string])[];
}

/** Whether a leg belongs to the part: filters on one column widen, on several narrow. */
export function within(part: Part): (leg: Leg) => boolean {
  const wanted = Map.groupBy(part.where ?? [], ([column]) => column);
  return (leg) =>
    (part.sources === undefined || part.sources.includes(leg.source)) &&
    (part.from === undefined || leg.day >= part.from) &&
    (part.to === undefined || leg.day < part.to) &&
    [...wanted].every(([column, values]) => values.some(([, value]) => leg[column] === value));
}

export function splitOf(leg: Leg, by: string): string | number {
  const weekday = ((Math.floor(Date.parse(leg.day) / 86_400_000) + 3) % 7) + 1;
  if (by === 'weekday') return weekday;
  if (by === 'week') return new Date(Date.parse(leg.day) - (weekday - 1) * 86_400_000).toISOString().slice(0, 10);
  if (by === 'month') return `${leg.day.slice(0, 7)}-01`;
  return leg[by as 'day'];
}

export function isHandled({ status, agent, spoken }: Leg): boolean {
  if (status === 'abandoned' || status === 'void') return false;
  return agent !== 'desconhecido' || status === 'answered' || spoken;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const OFFERED = ['answered', 'abandoned'];

/** Whether legs are counted, not contacts, where those columns split or filter. */
export function countsLegs(metric: string, columns: readonly string[]): boolean {
  if (columns.some((column) => ['agent', 'supervisor'].includes(column))) return true;
  const perLeg = ['queue', 'account', 'reason', 'reason_category', 'status', 'hour', 'half_hour'];
  return metric === 'avgHandleTime' && columns.some((column) => perLeg.includes(column));
}

/** Each indicator by its definition in GLOSSARY.md: numerator and, for a quotient, denominator. */
export const PLAIN: Record<string, (legs: readonly Leg[], perLeg: boolean) => [number] | [number, number]> = {
  contacts: (legs, perLeg) => [legs.filter(({ leg }) => perLeg || leg === 1).length],
  avgHandleTime(legs, perLeg) {
    const handled = legs.filter((leg) => leg.talk !== null && isHandled(leg));
    return [
      sum(handled.map(({ talk, extra }) => talk! + extra)),
      handled.filter(({ leg }) => perLeg || leg === 1).length,
    ];
  },
  avgWaitTime(legs) {
    const answered = legs.filter(({ leg, status, wait }) => leg === 1 && status === 'answered' && wait !== null);
    return [sum(answered.map(({ wait }) => wait!)), answered.length];
  },
  avgSatisfaction(legs) {
    const scores = legs.flatMap(({ score }) => (score === null ? [] : [score]));
    return [sum(scores), scores.length];
  },
  resolutionTime(legs) {
    const closed = closedOf(legs);
    return [sum(closed.map(({ from, end }) => end - from)), closed.length];
  },
  avgReplyTime: (legs) => [sum(waitsOf(legs)), waitsOf(legs).length],
  reopenings: (legs) => [sum(legs.map(({ told }) => told?.reopenings ?? 0))],
  reopenedShare(legs) {
    const closed = legs.filter(({ told }) => told !== null && told.closings > 0);
    return [closed.filter(({ told }) => told!.reopenings > 0).length, closed.length];
  },
  serviceLevel(legs) {
    const { timed, short } = demand(legs);
    return [timed.filter(({ status, wait }) => status === 'answered' && wait! <= 20).length, timed.length - short];
  },
  abandonRate(legs) {
    const { timed, short } = demand(legs);
    return [timed.filter(({ status }) => status === 'abandoned').length - short, timed.length - short];
  },
  shortAbandonRate(legs) {
    const { timed, short } = demand(legs);
    return [short, timed.length];
  },
  abandonWait(legs) {
    const lost = demand(legs).timed.filter(({ status }) => status === 'abandoned');
    return [sum(lost.map(({ wait }) => wait!)), lost.length];
  },
  firstReplyTime: (legs) => [sum(replies(legs)), replies(legs).length],
  resolvedSameDay: (legs) => [daysToResolve(legs).filter((days) => days === 0).length, daysToResolve(legs).length],
  resolutionDays: (legs) => [sum(daysToResolve(legs)), daysToResolve(legs).length],
  // No source of the demo world scores from 0 to 10.
  nps: () => [0, 0],
  grossAbandonRate(legs) {
    const { offered } = demand(legs);
    return [offered.filter(({ status }) => status === 'abandoned').length, offered.length];
  },
};

/** Seconds from opening to a person's first reply, of the contacts that have both. */
const replies = (legs: readonly Leg[]) =>
  legs.flatMap(({ leg, opened, replied }) =>
    leg === 1 && opened !== null && replied !== null && replied >= opened ? [replied - opened] : [],
  );

const waitsOf = (legs: readonly Leg[]) => legs.flatMap(({ told }) => told?.waits ?? []);

/** From the opening, or the last reopening, to the end; who was reopened after it is not resolved. */
const closedOf = (legs: readonly Leg[]) =>
  legs.flatMap(({ leg, status, opened, end, told }) => {
    if (leg !== 1 || status !== 'closed' || opened === null || end === null) return [];
    const from = told?.reopened ?? opened;
    return from <= end ? [{ from, end }] : [];
  });

/** What rows measure, one by one, of each percentile by its definition in docs. */
export const VALUES: Record<string, (legs: readonly Leg[]) => number[]> = {
  handleTime: (legs) =>
    legs.filter((leg) => leg.talk !== null && isHandled(leg)).map(({ talk, extra }) => talk! + extra),
  waitTime: (legs) =>
    legs.flatMap(({ leg, status, wait }) => (leg === 1 && status === 'answered' && wait !== null ? [wait] : [])),
  firstReplyTime: replies,
  replyTime: waitsOf,
  resolutionTime: (legs) => closedOf(legs).map(({ from, end }) => end - from),
};

/** The smallest value that so large a share of them does not exceed. */
export function quantileOf(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted.find((_, index) => index + 1 >= share * sorted.length) ?? null;
}

/** What is open at the end of a day, since when. */
export const openAt = (legs: readonly Leg[], day: string): number[] =>
  legs.flatMap(({ leg, status, opened, end }) => {
    const over = Date.parse(day) / 1000 + 86_400;
    const open = leg === 1 && status !== 'void' && opened !== null && opened < over && (end === null || end >= over);
    return open ? [opened] : [];
  });

/** Calendar days to resolution of each that was resolved. */
export const daysToResolve = (legs: readonly Leg[]): number[] =>
  closedOf(legs).map(({ from, end }) => dayOf(end) - dayOf(from));

/** In the demo world only the calls hold those who gave up. */
function demand(legs: readonly Leg[]) {
  const offered = legs.filter(
    ({ source, leg, status }) => source === 'demo-calls' && leg === 1 && OFFERED.includes(status),
  );
  const timed = offered.filter(({ wait }) => wait !== null);
  return { offered, timed, short: timed.filter(({ status, wait }) => status === 'abandoned' && wait! <= 10).length };
}

/** What a rule says of an eligible contact. */
export interface Mark {
  readonly leg: Leg;
  role: 'anchor' | 'repeat';
  /** Days since 1970 on which it ended, transfers merged. */
  endDay: number;
  /** Repeats charged to it: their row, days since it ended, and whether for the same reason. */
  readonly charged: { readonly row: number; readonly days: number; readonly same: boolean }[];
  /** As a repeat. */
  days: number;
  same: boolean;
}

const DAY = 86_400;
const dayOf = (time: number) => Math.floor(time / DAY);
const plainReason = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const sameReason = (a: Leg, b: Leg) =>
  !['desconhecido', '-'].includes(a.reason) && plainReason(a.reason) === plainReason(b.reason);
const inTime = (a: Leg, b: Leg) =>
  a.start - b.start || (a.contact < b.contact ? -1 : a.contact > b.contact ? 1 : a.leg - b.leg);

function people(legs: readonly Leg[]): Leg[][] {
  const known = Map.groupBy(
    legs.filter(({ identity }) => identity !== null),
    ({ identity }) => identity,
  );
  return [...known.values()].map((own) => own.sort(inTime));
}

/** The house rule as GLOSSARY.md words it, over whole lives. */
export function houseMarks(legs: readonly Leg[], windowDays = 7): Mark[] {
  const marks: Mark[] = [];
  for (const life of people(legs.filter(isHandled))) {
    let anchor: Mark | undefined;
    let contact: Mark | undefined;
    let contactEnd = 0;
    let last: Leg | undefined;
    for (const leg of life) {
      const end = Math.max(leg.start, leg.end ?? leg.start + (leg.wait ?? 0) + (leg.talk ?? 0) + leg.extra);
      const transfer = last && last.agent !== leg.agent && leg.start - contactEnd <= 900;
      if (contact && last && (leg.start < contactEnd || last.contact === leg.contact || transfer)) {
        contactEnd = Math.max(contactEnd, end);
        contact.endDay = dayOf(contactEnd);
      } else {
        contact = { leg, role: 'anchor', endDay: dayOf(end), charged: [], days: 0, same: false };
        contactEnd = end;
        marks.push(contact);
        const days = anchor ? dayOf(leg.start) - anchor.endDay : Number.POSITIVE_INFINITY;
        if (anchor && days <= windowDays) {
          const repeat = { days: Math.max(0, days), same: sameReason(anchor.leg, leg) };
          Object.assign(contact, repeat, { role: 'repeat' });
          anchor.charged.push({ row: leg.row, ...repeat });
        } else anchor = contact;
      }
      last = leg;
    }
  }
  return marks;
}

/** The classic rule: a contact up to so many hours after the start of the person's previous one is its repeat. */
export function classicMarks(legs: readonly Leg[], hours: number): Mark[] {
  const marks: Mark[] = [];
  for (const life of people(legs.filter(({ status }) => status !== 'void'))) {
    let previous: Mark | undefined;
    for (const leg of life) {
      const mark: Mark = { leg, role: 'anchor', endDay: dayOf(leg.start), charged: [], days: 0, same: false };
      if (previous && leg.start - previous.leg.start <= hours * 3600) {
        const days = dayOf(leg.start) - dayOf(previous.leg.start);
        Object.assign(mark, { role: 'repeat', days });
        previous.charged.push({ row: leg.row, days, same: false });
      }
      marks.push(mark);
      previous = mark;
    }
  }
  return marks;
}
