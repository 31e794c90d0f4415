import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isCpf } from '../kernel/brazil/cpf.ts';
import { type DemoManifest, writeDemo } from './demo.ts';
import {
  type Reading,
  type ReadLeg,
  readCalls,
  readChats,
  readEvents,
  readRoster,
  readStates,
  readTickets,
} from './rereading.fixture.ts';

const CONTACTS = 30_000;
const folder = mkdtempSync(join(tmpdir(), 'ramal-demo-'));
const out = join(folder, 'main');
let manifest: DemoManifest;
let calls: Reading;
let legs: ReadLeg[];

beforeAll(async () => {
  manifest = await writeDemo({ contacts: CONTACTS, seed: 7, out });
  calls = readCalls(out);
  legs = [...calls.legs, ...readTickets(out), ...(await readChats(out))];
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function hashes(where: string): Record<string, string> {
  const files = readdirSync(where, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(
    paths.map((path) => [path.slice(where.length), createHash('sha256').update(readFileSync(path)).digest('hex')]),
  );
}

describe('files', () => {
  test('the same size and seed give the same bytes, whether days fit in memory or spill', async () => {
    const roomy = join(folder, 'roomy');
    const spilled = join(folder, 'spilled');
    const other = join(folder, 'other');
    await writeDemo({ contacts: 4000, seed: 3, out: roomy });
    await writeDemo({ contacts: 4000, seed: 3, out: spilled, dayBufferBytes: 200 });
    await writeDemo({ contacts: 4000, seed: 4, out: other });
    expect(hashes(spilled)).toEqual(hashes(roomy));
    expect(hashes(other)).not.toEqual(hashes(roomy));
  });

  test('good rows of the three sources add up to the contacts asked for', () => {
    expect(legs).toHaveLength(CONTACTS);
    const sum = (source: string) =>
      manifest.files.filter((file) => file.source === source).reduce((rows, file) => rows + file.rows, 0);
    for (const source of ['demo-calls', 'demo-tickets', 'demo-chat']) {
      expect(legs.filter((leg) => leg.source === source)).toHaveLength(sum(source));
    }
    expect(sum('demo-calls') / CONTACTS).toBeCloseTo(0.85, 1);
    expect(new Set(legs.map((leg) => leg.source + leg.key)).size).toBe(CONTACTS);
    expect(JSON.parse(readFileSync(join(out, 'truth.json'), 'utf8'))).toEqual(manifest);
  });

  test('defects stand on the lines that truth.json names, and are few', () => {
    expect(calls.rejected).toEqual(manifest.truth.defects.map(({ file, line }) => ({ file, line })));
    expect(calls.rejected.length).toBeGreaterThan(5);
    expect(calls.rejected.length / calls.legs.length).toBeLessThan(0.001);
    expect(new Set(manifest.truth.defects.map(({ kind }) => kind)).size).toBe(5);
  });

  test('rows sent twice are those that truth.json counts', () => {
    const found = [...calls.duplicates].map(([file, rows]) => ({ file, rows }));
    expect(found).toEqual(manifest.truth.duplicates);
    expect(found.length).toBeGreaterThan(10);
  });

  test('phones are canonical after reading, CPFs are valid', () => {
    const anonymous = legs.filter((leg) => leg.phone === null);
    expect(anonymous).toHaveLength(manifest.truth.anonymousRows);
    expect(anonymous.every((leg) => ['', 'NAO IDENTIFICADO'].includes(leg.name))).toBe(true);
    const known = legs.filter((leg) => leg.cpf !== '');
    expect(known.length / CONTACTS).toBeGreaterThan(0.5);
    expect(known.filter((leg) => !isCpf(leg.cpf))).toEqual([]);
    const people = Map.groupBy(known, (leg) => leg.cpf.replace(/\D/g, ''));
    expect([...people.values()].some((rows) => new Set(rows.map((leg) => leg.phone)).size > 1)).toBe(true);
  });

  test('cancelling and wrong sizes leave the folder as it was', async () => {
    const kept = join(folder, 'kept');
    await writeDemo({ contacts: 500, seed: 7, out: kept });
    const before = hashes(kept);
    const stop = new AbortController();
    const onProgress = (done: number) => done > 20_000 && stop.abort();
    await expect(writeDemo({ contacts: 60_000, seed: 2, out: kept, signal: stop.signal, onProgress })).rejects.toThrow(
      'Cancelado',
    );
    expect(hashes(kept)).toEqual(before);
    writeFileSync(join(kept, 'minha-planilha.csv'), 'x');
    await writeDemo({ contacts: 600, seed: 7, out: kept });
    expect(existsSync(join(kept, 'minha-planilha.csv'))).toBe(true);
    await expect(writeDemo({ contacts: 99, seed: 7, out: kept })).rejects.toThrow('--contacts 99');
    await expect(writeDemo({ contacts: 500, seed: 7, out: kept, until: '2026-02-31' })).rejects.toThrow('--until');
  });
});

describe('truths, against a stranger’s reading of the files', () => {
  test('totals', () => {
    for (const [source, total] of Object.entries(manifest.truth.totals)) {
      const rows = legs.filter((leg) => leg.source === source);
      const handled = rows.filter((leg) => leg.agent !== '');
      const sum = (of: (leg: ReadLeg) => number, list = rows) => list.reduce((all, leg) => all + of(leg), 0);
      expect({ rows: rows.length, answered: handled.length }).toEqual({ rows: total.rows, answered: total.answered });
      expect(sum((leg) => leg.score)).toBe(total.ratingSum);
      expect(rows.filter((leg) => leg.score > 0)).toHaveLength(total.ratings);
      if (source === 'demo-tickets') continue;
      expect(sum((leg) => leg.wait, handled)).toBe(total.waitOfAnswered);
      expect(sum((leg) => leg.talk)).toBe(total.talk);
      if (source === 'demo-chat') continue;
      expect(rows.filter((leg) => leg.status === 'ABANDONADA')).toHaveLength(total.abandoned);
      expect(rows.filter((leg) => leg.status === 'TRANSFERIDA')).toHaveLength(total.transferred);
    }
  });

  test.each([
    ['demo-tickets', 'demo-ticket-events', 'chamados'],
    ['demo-chat', 'demo-chat-events', 'chat'],
  ] as const)('what happened to the contacts of %s', (source, name, files) => {
    const events = readEvents(out, files);
    const contacts = legs.filter((leg) => leg.source === source);
    expect([...events.keys()].sort()).toEqual(contacts.map(({ key }) => key).sort());
    const found = { answeredMessages: 0, answeredSeconds: 0, reopenings: 0, closedContacts: 0, reopenedContacts: 0 };
    for (const { key, start, end, agent, wait } of contacts) {
      const story = events.get(key)!;
      expect(story[0]).toMatchObject({ at: start, word: 'CLIENTE' });
      const replies = story.flatMap(({ at, word }, place) => (word === 'RESPOSTA' ? [{ at, place }] : []));
      if (agent !== '' && replies.length > 0) expect(replies[0]!.at).toBe(start + wait);
      for (const { at, place } of replies) {
        const turn = story.slice(0, place).findLastIndex(({ word }) => ['RESPOSTA', 'ENCERRADO'].includes(word));
        const asked = story.slice(turn + 1, place).find(({ word }) => word === 'CLIENTE');
        if (!asked) continue;
        found.answeredMessages++;
        found.answeredSeconds += at - asked.at;
      }
      const closings = story.filter(({ word }) => word === 'ENCERRADO');
      const reopenings = story.filter(({ word }) => word === 'REABERTO').length;
      if (source === 'demo-tickets' && Number.isFinite(end)) expect(closings.at(-1)?.at).toBe(end);
      found.reopenings += reopenings;
      if (closings.length > 0) found.closedContacts++;
      if (closings.length > 0 && reopenings > 0) found.reopenedContacts++;
    }
    const all = [...events.values()].flat();
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect({ ...found, events: all.length }).toEqual(manifest.truth.events[name]);
    expect(manifest.files.filter((file) => file.source === name).reduce((sum, { rows }) => sum + rows, 0)).toBe(
      all.length,
    );
    expect(found.reopenings).toBeGreaterThan(10);
  });

  test.each(['all', 'demo-calls', 'demo-tickets', 'demo-chat'])('house rule over %s', (scope) => {
    const truth = manifest.truth.repeats.phone[scope]!;
    const rows = legs.filter((leg) => scope === 'all' || leg.source === scope);
    const found = houseRule(rows, manifest.until);
    const { byAgent, byReason, contacts, ...counts } = truth;
    expect(found.counts).toEqual({ ...counts, repeatRate: counts.repeatedAnchors / counts.anchors });
    const agents = Object.fromEntries(Object.entries(byAgent).filter(([, { anchors }]) => anchors > 0));
    expect(found.byAgent).toEqual(agents);
    const reasons = Object.fromEntries(Object.entries(byReason).filter(([, { anchors }]) => anchors > 0));
    expect(found.byReason).toEqual(reasons);
    expect(contacts).toBe(found.contacts);
  });

  test('repeat rates scatter around the planted chances as binomials do', () => {
    const { person, expected } = manifest.truth.repeats;
    const all = person.all!;
    const groups = [
      ...Object.entries(all.byAgent).map(([code, found]) => ({ found, mean: expected.byAgent[code]! })),
      ...Object.entries(all.byReason).map(([text, found]) => ({ found, mean: expected.byReason[text]! })),
    ].filter(({ found }) => found.anchors >= 30);
    expect(groups.length).toBeGreaterThan(40);
    const scores = groups.map(
      ({ found, mean }) => (found.repeatedAnchors - mean) / Math.sqrt(mean * (1 - mean / found.anchors)),
    );
    expect(Math.max(...scores.map(Math.abs))).toBeLessThan(4);
    expect(scores.filter((score) => Math.abs(score) > 2).length).toBeLessThan(groups.length * 0.12);
    expect(all.repeatRate).toBeGreaterThan(0.17);
    expect(all.repeatRate).toBeLessThan(0.24);
    expect(manifest.truth.repeats.phone.all!.repeatRate).toBeLessThan(all.repeatRate!);
  });

  test('deploy days have more contacts and lower scores', () => {
    const { days, usualScore } = manifest.truth.deploys;
    const rise = days.reduce((sum, day) => sum + day.contacts / day.usual, 0) / days.length;
    expect(days).toHaveLength(7);
    expect(rise).toBeGreaterThan(1.45);
    expect(rise).toBeLessThan(1.75);
    for (const { score } of days) expect(score).toBeLessThan(usualScore! - 0.4);
    const first = days[0]!;
    const onDay = legs.filter(
      (leg) => new Date(leg.start * 1000).toISOString().startsWith(first.day) && !leg.key.endsWith('/2'),
    );
    expect(onDay).toHaveLength(first.contacts);
  });

  test('waits and abandons follow the planted staffing', () => {
    const { few, many, other, planted } = manifest.truth.staffing;
    expect(planted).toHaveLength(72);
    expect(few.abandonRate).toBeGreaterThan(3 * other.abandonRate!);
    expect(many.abandonRate).toBeLessThan(other.abandonRate!);
    expect(few.meanWait).toBeGreaterThan(3 * other.meanWait!);
    expect(many.meanWait).toBeLessThan(other.meanWait!);
  });

  test('untaught topics are more, longer and more often repeated with novices', () => {
    const { novices, others } = manifest.truth.training;
    expect(novices.share).toBeGreaterThan(1.5 * others.share!);
    expect(novices.meanTalk).toBeGreaterThan(1.3 * others.meanTalk!);
    const rate = ({ repeats }: typeof novices) => repeats.repeatedAnchors / repeats.anchors;
    expect(rate(novices)).toBeGreaterThan(1.3 * rate(others));
  });

  test('agents handle in the seconds of their own calls, and are somewhere in all of their roster', () => {
    const { from, rows, totals, byAgent } = manifest.truth.agentTime;
    const since = Date.parse(from) / 1000;
    const stretches = readStates(out);
    const calls = legs.filter(({ source, agent, start }) => source === 'demo-calls' && agent !== '' && start >= since);
    const half = readRoster(out, manifest.until).filter((one) => one.from >= since);
    const ofWord = (word: string) => stretches.filter((one) => one.word === word);
    const busy = joined(calls.map(({ agent, start, wait, end }) => ({ agent, from: start + wait, to: end })));
    expect(joined(ofWord('EM ATENDIMENTO'))).toEqual(busy);
    expect(seconds(joined(stretches))).toBe(seconds(stretches));
    const present = joined(stretches);
    expect(joined([...present, ...half.map((one) => ({ ...one, to: one.from + 1800 }))])).toEqual(present);
    const counted = {
      handling: seconds(ofWord('EM ATENDIMENTO')),
      available: seconds(ofWord('DISPONIVEL')),
      pause: seconds(ofWord('PAUSA')),
      other: seconds(ofWord('TREINAMENTO')),
    };
    expect([stretches.length, counted]).toEqual([rows, totals]);
    expect(Math.min(...Object.values(totals))).toBeGreaterThan(0);
    const own = ofWord('PAUSA').filter(({ agent }) => agent === 'A1001');
    expect(seconds(own)).toBe(byAgent.A1001!.pause);
  });

  test('customers under several names are those that the files show', () => {
    const { examples, servedBySeveralAgents, customers } = manifest.truth.severalNames;
    expect(customers).toBeGreaterThan(100);
    expect(servedBySeveralAgents).toBeGreaterThan(100);
    for (const example of examples) {
      const rows = legs.filter((leg) => leg.phone !== null && example.phones.includes(leg.phone));
      expect(new Set(rows.map((leg) => leg.name))).toEqual(new Set(example.names));
      expect(new Set(rows.map((leg) => leg.agent).filter(Boolean))).toEqual(new Set(example.agents));
    }
  });
});

interface Span {
  agent: string;
  from: number;
  to: number;
}

const seconds = (spans: readonly Span[]) => spans.reduce((sum, { from, to }) => sum + to - from, 0);

/** The same time in as few stretches as can be, in order of agent and time. */
function joined(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  const inOrder = spans.toSorted((a, b) => a.agent.localeCompare(b.agent) || a.from - b.from);
  for (const { agent, from, to } of inOrder) {
    const last = result.at(-1);
    if (last?.agent === agent && from <= last.to) last.to = Math.max(last.to, to);
    else result.push({ agent, from, to });
  }
  return result;
}

/** The house rule as GLOSSARY words it, written without looking at repeat-truth.ts. */
function houseRule(rows: readonly ReadLeg[], watermark: string) {
  const dayOf = (second: number) => Math.floor(second / 86_400);
  const lastDay = Date.parse(watermark) / 86_400_000;
  const merged: { start: number; end: number; agents: string[]; reason: string; phone: string | null }[] = [];
  const anonymousContacts = new Set(rows.filter((leg) => leg.phone === null).map((leg) => leg.key.split('/')[0])).size;
  const byPhone = Map.groupBy(
    rows.filter((leg) => leg.phone !== null),
    (leg) => leg.phone!,
  );
  const counts = {
    eligible: 0,
    allAnchors: 0,
    allRepeats: 0,
    anchors: 0,
    repeatedAnchors: 0,
    repeats: 0,
    D0: 0,
    D1_3: 0,
    D4_W: 0,
    sameReasonRepeatedAnchors: 0,
  };
  type Counts = { anchors: number; repeatedAnchors: number; repeats: number };
  const byAgent: Record<string, Counts> = {};
  const byReason: Record<string, Counts> = {};
  let contacts = anonymousContacts;
  for (const list of byPhone.values()) {
    merged.length = 0;
    for (const leg of list.sort((a, b) => a.start - b.start)) {
      const last = merged.at(-1);
      const other = last && leg.agent !== '' && last.agents.at(-1) !== '' && last.agents.at(-1) !== leg.agent;
      if (last && (leg.start < last.end || (other && leg.start - last.end <= 900))) {
        last.end = Math.max(last.end, leg.end);
        last.agents.push(leg.agent);
      } else {
        merged.push({ start: leg.start, end: leg.end, agents: [leg.agent], reason: leg.reason, phone: leg.phone });
      }
    }
    contacts += merged.length;
    const eligible = merged.filter(({ agents }) => agents.some(Boolean));
    counts.eligible += eligible.length;
    for (let at = 0; at < eligible.length; ) {
      const anchor = eligible[at]!;
      const gaps: number[] = [];
      let same = false;
      for (at++; at < eligible.length; at++) {
        const gap = dayOf(eligible[at]!.start) - dayOf(anchor.end);
        if (gap > 7) break;
        gaps.push(gap);
        same ||= eligible[at]!.reason === anchor.reason && !['', '-'].includes(anchor.reason);
      }
      counts.allAnchors++;
      counts.allRepeats += gaps.length;
      if (!(dayOf(anchor.end) + 7 <= lastDay)) continue;
      const agent = anchor.agents.find(Boolean)!;
      byAgent[agent] ??= { anchors: 0, repeatedAnchors: 0, repeats: 0 };
      byReason[anchor.reason] ??= { anchors: 0, repeatedAnchors: 0, repeats: 0 };
      for (const table of [counts, byAgent[agent], byReason[anchor.reason]!]) {
        table.anchors++;
        table.repeats += gaps.length;
        if (gaps.length > 0) table.repeatedAnchors++;
      }
      if (same) counts.sameReasonRepeatedAnchors++;
      for (const gap of gaps) counts[gap === 0 ? 'D0' : gap <= 3 ? 'D1_3' : 'D4_W']++;
    }
  }
  return { counts: { ...counts, repeatRate: counts.repeatedAnchors / counts.anchors }, byAgent, byReason, contacts };
}
