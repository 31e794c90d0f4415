import { closeSync, openSync, writeSync } from 'node:fs';
import { AliasTable, mix, Random } from '../kernel/random.ts';
import { DAY_SECONDS, DAYS } from './calendar.ts';
import type { DayLegs } from './day-spill.ts';
import { momentOf, type World } from './world.ts';

export const EVENT_HEADER = 'EVENTO;PROTOCOLO;QUANDO;TIPO;AGENTE';
export type EventSource = 'demo-ticket-events' | 'demo-chat-events';
export type EventWord = 'CLIENTE' | 'RESPOSTA' | 'NOTA INTERNA' | 'REABERTO' | 'ENCERRADO';

/** What the events of one source come to, counted from the rows written; seconds around the clock. */
export interface EventTruth {
  events: number;
  answeredMessages: number;
  /** From the first message that waits to the reply, over those answered. */
  answeredSeconds: number;
  reopenings: number;
  closedContacts: number;
  reopenedContacts: number;
}

const REOPENED = { 'demo-ticket-events': 0.06, 'demo-chat-events': 0.02 };
/** Further messages that were answered, after the first. */
const ROUNDS = new AliasTable([50, 30, 15, 5]);
const WROTE_TWICE = 0.25;
const NOTED = 0.15;
/** Least seconds between two events after the first reply. */
const LEAST_GAP = 4;
const FLUSH_BYTES = 1 << 16;

/** Writes what happened to the contacts of one source in one month, as their files tell their first reply and end. */
export class EventFile {
  private readonly file: number;
  private readonly world: World;
  private readonly source: EventSource;
  private readonly truth: EventTruth;
  /** A stream of its own: the contacts are drawn as they would be without events. */
  private readonly random = new Random(0);
  private readonly key: number;
  private text = `${EVENT_HEADER}\r\n`;

  constructor(world: World, path: string, source: EventSource, truth: EventTruth) {
    this.world = world;
    this.source = source;
    this.truth = truth;
    this.key = mix(world.seed ^ 0x6576656e);
    this.file = openSync(path, 'w');
  }

  /** Adds the story of the contact that was read last. */
  add(legs: DayLegs, day: number, protocol: string): void {
    const { random, truth, world } = this;
    random.reseed(this.key, legs.serial);
    const start = day * DAY_SECONDS + legs.second;
    const replied = start + legs.wait;
    const end = replied + legs.talk;
    const agent = world.staff.agents[legs.agent]?.code ?? '';
    const told: [number, EventWord][] = [[start, 'CLIENTE']];
    if (agent !== '') {
      told.push([replied, 'RESPOSTA']);
      const words = this.after();
      const room = legs.talk / (words.length + 1);
      if (room >= LEAST_GAP)
        words.forEach((word, index) => {
          told.push([replied + Math.floor(room * (index + 0.5 + 0.5 * random.uniform())), word]);
        });
    }
    told.push([end, 'ENCERRADO']);
    // What was still to happen when the last day ended is in no file.
    const happened = told.filter(([at]) => at < DAYS * DAY_SECONDS);
    happened.forEach(([at, word], index) => {
      const by = word === 'CLIENTE' ? '' : agent;
      this.text += `${protocol}-${index + 1};${protocol};${momentOf(world, at)};${word};${by}\r\n`;
    });
    count(truth, happened);
    if (this.text.length > FLUSH_BYTES) this.flush();
  }

  close(): void {
    this.flush();
    closeSync(this.file);
  }

  private flush(): void {
    writeSync(this.file, this.text);
    this.text = '';
  }

  /** What happened between the first reply and the end. */
  private after(): EventWord[] {
    const { random } = this;
    const words: EventWord[] = [];
    for (let round = ROUNDS.pick(random); round > 0; round--) {
      words.push('CLIENTE');
      if (random.chance(WROTE_TWICE)) words.push('CLIENTE');
      words.push('RESPOSTA');
      if (random.chance(NOTED)) words.push('NOTA INTERNA');
    }
    if (!random.chance(REOPENED[this.source])) return words;
    if (random.chance(0.5)) words.push('CLIENTE');
    return [...words, 'ENCERRADO', 'CLIENTE', 'REABERTO', 'RESPOSTA'];
  }
}

export const noEvents = (): EventTruth => ({
  ...{ events: 0, answeredMessages: 0, answeredSeconds: 0 },
  ...{ reopenings: 0, closedContacts: 0, reopenedContacts: 0 },
});

/** Counts the story of one contact, told in order. */
function count(truth: EventTruth, events: readonly (readonly [number, EventWord])[]): void {
  let waitingSince = -1;
  for (const [at, word] of events) {
    if (word === 'CLIENTE' && waitingSince < 0) waitingSince = at;
    if (word === 'RESPOSTA' && waitingSince >= 0) {
      truth.answeredMessages++;
      truth.answeredSeconds += at - waitingSince;
    }
    if (word === 'RESPOSTA' || word === 'ENCERRADO') waitingSince = -1;
    if (word === 'REABERTO') truth.reopenings++;
  }
  const has = (wanted: EventWord) => events.some(([, word]) => word === wanted);
  truth.events += events.length;
  if (has('ENCERRADO')) truth.closedContacts++;
  if (has('ENCERRADO') && has('REABERTO')) truth.reopenedContacts++;
}
