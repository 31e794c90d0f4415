import { type Day, dayNumber } from '../../kernel/brazil/dates.ts';
import { Customers } from './customer.ts';
import { CustomerCount, type CustomersTruth, fileTruth } from './customer-truth.ts';
import { PERSONAS } from './personas.ts';
import { RegisterFiles } from './register-files.ts';
import { SurveyFiles } from './survey-files.ts';
import { TableFile } from './table-file.ts';
import { UseFiles } from './use-files.ts';

/** Who is of which persona; beside the folder of the files, not in it. */
export const CUSTOMERS_TRUTH = 'customers-truth.csv';
const CUSTOMERS_A_TURN = 2000;

/**
 * Writes what several systems of the company say of its business customers into `customers/` of a folder, and their
 * personas beside it; customer by customer, so memory does not grow with their number.
 * @param turn called between pieces of work with the customers done.
 */
export async function writeCustomers(
  out: string,
  { seed, until, customers }: { seed: number; until: Day; customers: number },
  turn: (done: number) => Promise<void>,
): Promise<CustomersTruth> {
  const last = dayNumber(until);
  const all = new Customers(seed, last);
  const register = new RegisterFiles(out, last);
  const use = new UseFiles(out, last);
  const surveys = new SurveyFiles(out, last, customers);
  const personas = new TableFile(out, CUSTOMERS_TRUTH, 'id;persona');
  const files = [...register.files, ...use.files, ...surveys.files];
  const count = new CustomerCount();
  try {
    for (let number = 0; number < customers; number++) {
      const customer = all.draw(number);
      register.write(customer, all.random);
      const tickets = use.writeTickets(customer, number, all.random);
      const rows = use.writeTelemetry(customer, number, all.random);
      count.add(customer, tickets, rows, surveys.write(customer, tickets, number, all.random));
      personas.row(`${customer.code};${PERSONAS[customer.persona]!.name}`);
      if (number % CUSTOMERS_A_TURN === 0) await turn(number);
    }
  } finally {
    for (const file of [...files, personas]) file.close();
  }
  await turn(customers);
  const sheets = (await surveys.finish()).map((sheet) => ({ ...sheet, strangers: 0, nobodys: 0 }));
  return count.result([...files.map(fileTruth), ...sheets]);
}
