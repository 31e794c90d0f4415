import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { mix, Random } from '../kernel/random.ts';
import { ByteWriter, latin1 } from './byte-writer.ts';
import { DAYS } from './calendar.ts';
import { CallPerson } from './call-person.ts';
import type { DayLegs, DaySpill } from './day-spill.ts';
import { ABANDONED, TRANSFERRED } from './legs.ts';
import { ACCOUNTS, EXCHANGES } from './names.ts';
import { BLANK, reasonText } from './reasons.ts';
import { FILES, QUEUES, queueOf, type World } from './world.ts';

export const CALL_HEADER =
  'DATA;HORA;PROTOCOLO;PERNA;CENTRAL;FILA;CONVENIO;DDD;TELEFONE;CLIENTE;CPF;COD_ATENDENTE;ATENDENTE;MOTIVO;STATUS;TEMPO_ESPERA;TEMPO_CONVERSA;TEMPO_POS;NOTA';

export type DefectKind = 'date' | 'negative duration' | 'garbage duration' | 'missing columns' | 'extra column';
const DEFECTS: readonly DefectKind[] = [
  'date',
  'negative duration',
  'garbage duration',
  'missing columns',
  'extra column',
];

/** A line that no honest reader can take, and where it stands (the header is line 1). */
export interface Defect {
  file: string;
  line: number;
  kind: DefectKind;
}

export interface CallFile {
  path: string;
  /** Good rows that no earlier file holds. */
  rows: number;
  /** Rows of the day before, sent again at the end of the file. */
  duplicates: number;
  defects: Defect[];
}

const DEFECT_SHARE = 0.0008;
const MOST_DEFECTS_A_MONTH = 12;
const RESENT_AT_MOST = 8;

/** Writes the call report, one Windows-1252 file per day. */
export class CallReport {
  private readonly world: World;
  private readonly out: string;
  private readonly writer = new ByteWriter();
  private readonly person: CallPerson;
  private readonly exchanges = EXCHANGES.map((name) => latin1(`${name};`));
  private readonly queues = QUEUES.map((name) => latin1(`${name};`));
  private readonly accounts = ACCOUNTS.map(({ name }) => latin1(`${name};`));
  private readonly agents: readonly Uint8Array[];
  private readonly reasons = Array.from({ length: BLANK + 1 }, (_, reason) => latin1(`${reasonText(reason)};`));
  private readonly statuses = ['ATENDIDA;', 'ABANDONADA;', 'TRANSFERIDA;'].map(latin1);
  private readonly defectsOfDay: readonly number[];
  private lastRows: Uint8Array[] = [];
  private defectNumber = 0;

  constructor(world: World, spill: DaySpill, out: string) {
    this.world = world;
    this.out = out;
    this.person = new CallPerson(world.people, this.writer);
    this.agents = world.staff.agents.map(({ code, name }) => latin1(`${code};${name};`));
    this.defectsOfDay = planDefects(world, spill);
  }

  /** Writes the file of one day with its legs; days come in order. */
  write(day: number, legs: DayLegs): CallFile {
    const { writer } = this;
    const date = this.world.calendar.days[day]!;
    const path = FILES.calls(date);
    const file = openSync(join(this.out, path), 'w');
    writer.begin(file);
    writer.text(`${CALL_HEADER}\r\n`);
    const resent = this.resentOn(day);
    const dateField = latin1(`${date.slice(8)}/${date.slice(5, 7)}/${date.slice(0, 4)};`);
    const protocolDay = latin1(date.replaceAll('-', ''));
    const rows: Uint8Array[] = [];
    const defects: Defect[] = [];
    const wanted = this.defectsOfDay[day]!;
    for (let position = 0; position < legs.count; position++) {
      legs.read(position);
      const from = writer.position;
      this.row(legs, dateField, protocolDay);
      if (position >= legs.count - RESENT_AT_MOST) rows.push(writer.since(from));
      writer.rowEnd();
      const due = defects.length < wanted && position >= Math.floor(((defects.length + 0.5) * legs.count) / wanted);
      if (due) defects.push({ file: path, line: position + 3 + defects.length, kind: this.defect(date) });
    }
    for (const row of resent) writer.put(row);
    writer.flush();
    closeSync(file);
    this.lastRows = rows;
    return { path, rows: legs.count, duplicates: resent.length, defects };
  }

  private row(legs: DayLegs, date: Uint8Array, protocolDay: Uint8Array): void {
    const { writer } = this;
    const anonymous = legs.phone < 0;
    writer.put(date);
    writer.clock(legs.second);
    writer.byte(SEMICOLON);
    writer.put(protocolDay);
    writer.digits(legs.serial, 9);
    writer.byte(SEMICOLON);
    writer.byte(48 + legs.leg);
    writer.byte(SEMICOLON);
    const style = mix(legs.serial ^ 0x63616c6c);
    writer.put(this.exchanges[(style >>> 4) % 3]!);
    writer.put(this.queues[queueOf(legs.reason, legs.serial)]!);
    this.world.people.load(legs.person);
    writer.put(this.accounts[this.world.people.account]!);
    if (anonymous) this.person.anonymous(style);
    else this.person.identified(legs.phone, legs.name, style);
    if (legs.agent >= 0) writer.put(this.agents[legs.agent]!);
    else writer.put(NOBODY);
    writer.put(this.reasons[legs.reason]!);
    writer.put(this.statuses[legs.status]!);
    writer.clock(legs.wait);
    writer.byte(SEMICOLON);
    writer.clock(legs.talk);
    writer.byte(SEMICOLON);
    writer.clock(legs.wrapup);
    writer.byte(SEMICOLON);
    if (legs.score > 0 && legs.status !== ABANDONED && legs.status !== TRANSFERRED) writer.byte(48 + legs.score);
    writer.put(LINE_END);
  }

  private defect(date: string): DefectKind {
    const kind = DEFECTS[this.defectNumber % DEFECTS.length]!;
    const serial = 990_000_000 + this.defectNumber++;
    const agent = this.world.staff.agents[serial % this.world.staff.agents.length]!;
    const fields = [
      kind === 'date' ? `31/02/${date.slice(0, 4)}` : `${date.slice(8)}/${date.slice(5, 7)}/${date.slice(0, 4)}`,
      '11:59:59',
      `${date.replaceAll('-', '')}${serial}`,
      '1',
      EXCHANGES[0],
      QUEUES[0]!,
      ACCOUNTS[0]!.name,
      ...['', '', '', ''],
      agent.code,
      agent.name,
      '-',
      'ATENDIDA',
      '00:00:05',
      kind === 'negative duration' ? '-00:01:10' : kind === 'garbage duration' ? '#VALOR!' : '00:02:00',
      '00:00:30',
      '',
    ];
    if (kind === 'missing columns') fields.length = 7;
    if (kind === 'extra column') fields.push('', 'X');
    this.writer.text(`${fields.join(';')}\r\n`);
    return kind;
  }

  /** About one file in six starts its tail with the last rows of the day before. */
  private resentOn(day: number): readonly Uint8Array[] {
    const luck = mix(mix(this.world.seed ^ 0x72657365) + day) >>> 0;
    return luck % 6 === 0 ? this.lastRows.slice(-(3 + (luck % 5))) : [];
  }
}

const SEMICOLON = 59;
const NOBODY = latin1(';;');
const LINE_END = latin1('\r\n');

/** How many defect lines each day's file gets: at most 0.08 % of a month's rows and never more than twelve. */
function planDefects(world: World, spill: DaySpill): number[] {
  const random = new Random(world.seed, 'defects');
  const planned = new Array<number>(DAYS).fill(0);
  const months = Map.groupBy(
    Array.from({ length: DAYS }, (_, day) => day),
    (day) => world.calendar.days[day]!.slice(0, 7),
  );
  for (const days of months.values()) {
    const rows = days.reduce((sum, day) => sum + spill.counts[day]!, 0);
    const busy = days.filter((day) => spill.counts[day]! >= 3);
    const count = busy.length === 0 ? 0 : Math.min(MOST_DEFECTS_A_MONTH, Math.floor(rows * DEFECT_SHARE));
    for (let index = 0; index < count; index++) planned[busy[random.int(0, busy.length)]!]!++;
  }
  return planned;
}
