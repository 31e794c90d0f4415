import { type Day, dayNumber } from '../../kernel/brazil/dates.ts';
import { Random } from '../../kernel/random.ts';
import { type Customer, Customers, drawn } from './customer.ts';
import { PERSONAS } from './personas.ts';
import { TableFile } from './table-file.ts';
import { type View, wholeView } from './view.ts';
import { CUSTOMERS_A_TURN, CustomerFiles, type CustomersAsked } from './write-customers.ts';

/** Who was of which persona on the earlier day and on the last one; empty of those who were no customers. */
export const CUSTOMERS_MOVES = 'customers-moves.csv';

/** Of those who are of a persona on the last day, the share that was of another before. */
const MOVES: readonly (readonly [from: string, to: string, share: number])[] = [
  ['Clientes Padrão', 'Clientes Adormecidos', 0.085],
  ['Clientes Adormecidos', 'Clientes Padrão', 0.055],
  ['VIPs da Indústria', 'Usuários Intensivos', 0.1],
  ['Clientes Padrão', 'Usuários Intensivos', 0.07],
  ['Usuários Intensivos', 'VIPs da Indústria', 0.08],
  ['VIPs da Indústria', 'Parceiros Estratégicos', 0.12],
];
/** Customers who left in between, beside those of the last day. */
const LEFT = 0.015;
/** What a year adds to the MRR on the customer's anniversary. */
const ADJUSTED = 1.045;
const YEAR = 365;

/** How many customers were there only before, only after, and of another persona. */
export interface CustomerMoves {
  readonly left: number;
  readonly began: number;
  readonly moved: number;
}

/**
 * Writes the files of {@link CustomerFiles} as they were on a day before the last: customers who had not begun are not in
 * them, some who left since are, and some were of another persona. Of all others the files say what those of the last day
 * say until that day, and what those no longer reach. Who is of which persona is told beside them.
 */
export async function writeEarlierCustomers(
  out: string,
  { seed, until, customers, day }: CustomersAsked & { readonly day: Day },
  turn: (done: number) => Promise<void>,
): Promise<CustomerMoves> {
  const [known, last] = [dayNumber(day), dayNumber(until)];
  const all = new Customers(seed, last);
  const chance = new Random(seed, 'customers', 'earlier');
  const past = new Random(seed, 'customers', 'past');
  const [chanceKey, pastKey] = [chance.word(), past.word()];
  const { tickets } = wholeView(last);
  const still: View = { until: last, known, keeps: (one) => one <= known, tickets };
  const none: View = { ...still, keeps: () => false };
  const older: View = { until: known, known, keeps: (one, window) => one <= last - window, tickets: { next: 100_000 } };
  const whole: View = { ...older, keeps: () => true };
  const files = new CustomerFiles(out, customers);
  const told = new TableFile(out, CUSTOMERS_MOVES, 'id;antes;depois');
  const counts = { left: 0, began: 0, moved: 0 };
  const nameOf = (persona: number) => PERSONAS[persona]!.name;
  try {
    const numbers = customers + Math.round(LEFT * customers);
    for (let number = 0; number < numbers; number++) {
      if (number % CUSTOMERS_A_TURN === 0) await turn(number);
      const customer = all.draw(number);
      chance.reseed(chanceKey, number);
      past.reseed(pastKey, number);
      const [begins, leaves] = [customer.since > known, number >= customers];
      if (begins && leaves) continue;
      const persona = begins || leaves ? customer.persona : personaBefore(customer, known, chance);
      const moves = persona !== customer.persona;
      const before = asItWas(customer, known, persona, past);
      files.register.write(before, still, all.random);
      const rates = live(files, customer, number, begins || leaves || moves ? none : still, all.random);
      if (begins) counts.began++;
      else live(files, sold(before, known), number, leaves || moves ? whole : older, past, moves ? undefined : rates);
      if (leaves) counts.left++;
      if (moves) counts.moved++;
      if (begins || leaves || moves)
        told.row(`${customer.code};${begins ? '' : nameOf(persona)};${leaves ? '' : nameOf(customer.persona)}`);
    }
  } finally {
    files.close();
    told.close();
  }
  await files.surveys.finish();
  await turn(customers);
  return counts;
}

interface Rates {
  readonly tickets: number;
  readonly telemetry: number;
}

/** Draws how a customer uses what it has and what it answers, and gives how much was to be expected. */
function live(
  { use, surveys }: CustomerFiles,
  customer: Customer,
  number: number,
  view: View,
  random: Random,
  expected?: Rates,
): Rates {
  const tickets = use.writeTickets(customer, number, view, random, expected?.tickets);
  const telemetry = use.writeTelemetry(customer, number, view, random, expected?.telemetry);
  surveys.write(customer, tickets, number, view, random);
  return { tickets: tickets.mean, telemetry: telemetry.mean };
}

/** A customer with what it had by a day. */
const sold = (customer: Customer, known: number): Customer => ({
  ...customer,
  contracts: customer.contracts.filter(({ signed }) => signed <= known),
});

/** The persona of a customer on the earlier day: another only where its time as a customer allows that one. */
function personaBefore({ persona, since }: Customer, known: number, chance: Random): number {
  let left = chance.uniform();
  for (const [from, to, share] of MOVES) {
    if (PERSONAS[persona]!.name !== to) continue;
    left -= share;
    if (left >= 0) continue;
    const before = PERSONAS.findIndex(({ name }) => name === from);
    const { tenureDays } = PERSONAS[before]!;
    return known - since >= tenureDays.from && known - since <= tenureDays.to ? before : persona;
  }
  return persona;
}

/** A customer on the earlier day: what it brought in was its persona's then, or what it was before a year's adjustment. */
function asItWas(customer: Customer, known: number, persona: number, random: Random): Customer {
  const tenureDays = known - customer.since;
  const moved = persona !== customer.persona;
  const adjusted = Math.floor(tenureDays / YEAR) < Math.floor(customer.tenureDays / YEAR);
  const amount = moved ? 100 * drawn(random, PERSONAS[persona]!.mrr) : customer.mrr / (adjusted ? ADJUSTED : 1);
  const mrr = Math.max(100, Math.round(amount));
  const scale = moved ? mrr / customer.mrr : 1;
  const contracts = customer.contracts.map((one) => ({ ...one, total: Math.round(scale * one.total) }));
  return { ...customer, persona, tenureDays, mrr, contracts };
}
