import { AliasTable, type Random } from '../../kernel/random.ts';
import { type Customer, drawn, LAST_YEAR } from './customer.ts';
import { clock, isoDay, officeSecond, strangerCode, typed } from './forms.ts';
import { PERSONAS } from './personas.ts';
import { LINES, PRODUCTS } from './products.ts';
import { TableFile } from './table-file.ts';
import type { View } from './view.ts';

const TICKET_HEADER =
  'CODIGO_ORGANIZACAO,NOME_GRUPO,TIPO_TICKET,STATUS_TICKET,DT_CRIACAO,DT_ATUALIZACAO,BK_TICKET,PRIORIDADE_TICKET,SLA_CUMPRIDO';
const TELEMETRY_HEADER =
  'clienteid,eventduration,moduloid,productlineid,referencedatestart,slotid,statuslicenca,tcloud,clienteprime';
const TELEMETRY_FILES = 3;
const TELEMETRY_DAYS = 90;
const SESSION = { mean: 1500, variation: 1.1 };
const LICENCES = ['Conectado', 'Desconectado', 'Bloqueado'] as const;
const LICENCE = new AliasTable([80, 18, 2]);
const GROUPS = ['Suporte N1', 'Suporte N2', 'Especialistas', 'Infraestrutura'] as const;
const OTHER_KINDS = ['Incidente', 'Solicitação', 'Problema'] as const;
const OTHER_KIND = new AliasTable([60, 30, 10]);
const PRIORITIES = ['Alta', 'Normal', 'Baixa'] as const;
const OTHER_PRIORITY = new AliasTable([15, 65, 20]);
const OPEN = ['Aberto', 'Em andamento', 'Aguardando cliente'] as const;
const OPEN_DAYS = 6;
const TURNAROUND_DAYS = 2.5;
/** One customer in so many is followed by a ticket of nobody's and by one that names no customer. */
const STRAY_EVERY = 200;

/** What a customer's tickets were, for those who count and those who ask about them. */
export interface CustomerTickets {
  /** As they were drawn; `written`: the files have it. */
  drawn: { readonly number: number; readonly written: boolean }[];
  late: number;
  /** How many a year were to be expected. */
  mean: number;
}

/** How customers use what they have: tickets and telemetry. */
export class UseFiles {
  readonly files: readonly TableFile[];
  private readonly tickets: TableFile;
  private readonly telemetry: readonly TableFile[];

  constructor(out: string) {
    this.tickets = new TableFile(out, 'customers/tickets.csv', TICKET_HEADER, { end: '\n' });
    this.telemetry = Array.from(
      { length: TELEMETRY_FILES },
      (_, at) => new TableFile(out, `customers/telemetria_${at + 1}.csv`, TELEMETRY_HEADER, { end: '\n' }),
    );
    this.files = [this.tickets, ...this.telemetry];
  }

  /** @param expected how many a year; without it, drawn. */
  writeTickets(customer: Customer, number: number, view: View, random: Random, expected?: number): CustomerTickets {
    const persona = PERSONAS[customer.persona]!;
    const days = Math.min(LAST_YEAR, customer.tenureDays);
    const mean = expected ?? drawn(random, persona.tickets);
    const count = random.poisson(mean);
    const own: CustomerTickets = { drawn: [], late: 0, mean };
    for (let ticket = 0; ticket < count; ticket++) {
      const late = random.chance(persona.late);
      const doubt = random.chance(persona.doubt);
      const urgent = random.chance(persona.urgent);
      const code = typed(random, customer.code);
      const { next: number } = view.tickets;
      own.drawn.push({ number, written: this.ticket(random, view, { code, days, late, doubt, urgent }) });
      if (late) own.late++;
    }
    if (number % STRAY_EVERY === STRAY_EVERY / 4) {
      const usual = { days: LAST_YEAR, late: false, doubt: true, urgent: false };
      if (this.ticket(random, view, { ...usual, code: strangerCode(random) })) this.tickets.strangers++;
      if (this.ticket(random, view, { ...usual, code: '' })) this.tickets.nobodys++;
    }
    return own;
  }

  /** Draws a ticket of one of the last `days` days, and says whether it was written. */
  private ticket(
    random: Random,
    { until, known, keeps, tickets }: View,
    one: { code: string; days: number; late: boolean; doubt: boolean; urgent: boolean },
  ): boolean {
    const ago = random.int(0, one.days);
    const second = officeSecond(random);
    const open = ago < OPEN_DAYS && random.chance(0.7);
    const later = Math.min(ago, Math.floor(random.exponential(TURNAROUND_DAYS)));
    const updated = later === 0 ? random.int(second, 86_400) : officeSecond(random);
    const moment = (day: number, at: number) => `${isoDay(day)}T${clock(at)}`;
    const created = until - ago;
    const closes = created + later > known;
    const cells = [
      one.code,
      GROUPS[one.doubt ? 0 : random.int(0, GROUPS.length)],
      one.doubt ? 'Dúvida' : OTHER_KINDS[OTHER_KIND.pick(random)],
      open ? OPEN[random.int(0, OPEN.length)] : random.chance(0.8) ? 'Fechado' : 'Resolvido',
      moment(created, second),
      moment(created + later, updated),
      tickets.next++,
      one.urgent ? 'Urgente' : PRIORITIES[OTHER_PRIORITY.pick(random)],
      one.late ? 'Não' : 'Sim',
    ];
    // What happened to it later is not known yet.
    if (closes) [cells[3], cells[5]] = [OPEN[1], cells[4]];
    const written = keeps(created, LAST_YEAR);
    if (written) this.tickets.row(cells.join(','));
    return written;
  }

  /**
   * Gives how many rows the customer has, and how many were to be expected.
   * @param expected without it, drawn.
   */
  writeTelemetry(
    { code, persona, tenureDays, contracts }: Customer,
    number: number,
    { until, keeps }: View,
    random: Random,
    expected?: number,
  ): { count: number; mean: number } {
    const file = this.telemetry[number % TELEMETRY_FILES]!;
    const mean = expected ?? drawn(random, PERSONAS[persona]!.telemetry);
    const count = random.poisson(mean);
    const days = Math.min(TELEMETRY_DAYS, tenureDays);
    const cloud = random.chance(0.4) ? 1 : 0;
    const prime = random.chance(0.1) ? 1 : 0;
    for (let row = 0; row < count; row++) {
      const { line, code: product } = PRODUCTS[contracts[random.int(0, contracts.length)]!.product]!;
      const module = product * 10 + random.int(0, 6);
      const seconds = 1 + Math.round(random.lognormal(SESSION.mean, SESSION.variation));
      const day = until - random.int(0, days);
      const licence = LICENCES[LICENCE.pick(random)]!;
      const cells = `${LINES.indexOf(line) + 1},${isoDay(day)},${random.int(1, 25)},${licence},${cloud},${prime}`;
      if (keeps(day, TELEMETRY_DAYS)) file.row(`${code},${seconds},${module},${cells}`);
    }
    return { count, mean };
  }
}
