import { AliasTable, type Random } from '../../kernel/random.ts';
import { type Customer, drawn, LAST_YEAR } from './customer.ts';
import { clock, isoDay, officeSecond, strangerCode, typed } from './forms.ts';
import { PERSONAS } from './personas.ts';
import { LINES, PRODUCTS } from './products.ts';
import { TableFile } from './table-file.ts';

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
  numbers: number[];
  late: number;
}

/** How customers use what they have: tickets and telemetry. */
export class UseFiles {
  readonly files: readonly TableFile[];
  private readonly tickets: TableFile;
  private readonly telemetry: readonly TableFile[];
  private readonly until: number;

  constructor(out: string, until: number) {
    this.until = until;
    this.tickets = new TableFile(out, 'customers/tickets.csv', TICKET_HEADER, { end: '\n' });
    this.telemetry = Array.from(
      { length: TELEMETRY_FILES },
      (_, at) => new TableFile(out, `customers/telemetria_${at + 1}.csv`, TELEMETRY_HEADER, { end: '\n' }),
    );
    this.files = [this.tickets, ...this.telemetry];
  }

  writeTickets(customer: Customer, number: number, random: Random): CustomerTickets {
    const persona = PERSONAS[customer.persona]!;
    const days = Math.min(LAST_YEAR, customer.tenureDays);
    const count = random.poisson(drawn(random, persona.tickets));
    const own: CustomerTickets = { numbers: [], late: 0 };
    for (let ticket = 0; ticket < count; ticket++) {
      const late = random.chance(persona.late);
      const doubt = random.chance(persona.doubt);
      const urgent = random.chance(persona.urgent);
      const code = typed(random, customer.code);
      own.numbers.push(this.ticket(random, { code, days, late, doubt, urgent }));
      if (late) own.late++;
    }
    if (number % STRAY_EVERY === STRAY_EVERY / 4) {
      const usual = { days: LAST_YEAR, late: false, doubt: true, urgent: false };
      this.ticket(random, { ...usual, code: strangerCode(random) });
      this.ticket(random, { ...usual, code: '' });
      this.tickets.strangers++;
      this.tickets.nobodys++;
    }
    return own;
  }

  /** Writes a ticket of one of the last `days` days, and gives its number. */
  private ticket(
    random: Random,
    one: { code: string; days: number; late: boolean; doubt: boolean; urgent: boolean },
  ): number {
    const ago = random.int(0, one.days);
    const second = officeSecond(random);
    const open = ago < OPEN_DAYS && random.chance(0.7);
    const later = Math.min(ago, Math.floor(random.exponential(TURNAROUND_DAYS)));
    const updated = later === 0 ? random.int(second, 86_400) : officeSecond(random);
    const moment = (day: number, at: number) => `${isoDay(day)}T${clock(at)}`;
    const created = this.until - ago;
    const number = 1_000_000 + this.tickets.rows;
    this.tickets.row(
      [
        one.code,
        GROUPS[one.doubt ? 0 : random.int(0, GROUPS.length)],
        one.doubt ? 'Dúvida' : OTHER_KINDS[OTHER_KIND.pick(random)],
        open ? OPEN[random.int(0, OPEN.length)] : random.chance(0.8) ? 'Fechado' : 'Resolvido',
        moment(created, second),
        moment(created + later, updated),
        number,
        one.urgent ? 'Urgente' : PRIORITIES[OTHER_PRIORITY.pick(random)],
        one.late ? 'Não' : 'Sim',
      ].join(','),
    );
    return number;
  }

  /** Gives how many rows the customer has. */
  writeTelemetry({ code, persona, tenureDays, contracts }: Customer, number: number, random: Random): number {
    const file = this.telemetry[number % TELEMETRY_FILES]!;
    const mean = drawn(random, PERSONAS[persona]!.telemetry);
    const count = random.poisson(mean);
    const days = Math.min(TELEMETRY_DAYS, tenureDays);
    const cloud = random.chance(0.4) ? 1 : 0;
    const prime = random.chance(0.1) ? 1 : 0;
    for (let row = 0; row < count; row++) {
      const { line, code: product } = PRODUCTS[contracts[random.int(0, contracts.length)]!.product]!;
      const module = product * 10 + random.int(0, 6);
      const seconds = 1 + Math.round(random.lognormal(SESSION.mean, SESSION.variation));
      const day = isoDay(this.until - random.int(0, days));
      const licence = LICENCES[LICENCE.pick(random)]!;
      file.row(
        `${code},${seconds},${module},${LINES.indexOf(line) + 1},${day},${random.int(1, 25)},${licence},${cloud},${prime}`,
      );
    }
    return count;
  }
}
