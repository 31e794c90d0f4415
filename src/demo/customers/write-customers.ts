import { type Day, dayNumber } from '../../kernel/brazil/dates.ts';
import { Customers } from './customer.ts';
import { CustomerCount, type CustomersTruth, fileTruth } from './customer-truth.ts';
import { PERSONAS } from './personas.ts';
import { RegisterFiles } from './register-files.ts';
import { SurveyFiles } from './survey-files.ts';
import { TableFile } from './table-file.ts';
import { UseFiles } from './use-files.ts';
import { wholeView } from './view.ts';

/** Who is of which persona; beside the folder of the files, not in it. */
export const CUSTOMERS_TRUTH = 'customers-truth.csv';
export const CUSTOMERS_A_TURN = 500;

export interface CustomersAsked {
  readonly seed: number;
  /** The last day. */
  readonly until: Day;
  readonly customers: number;
}

/** What several systems say of customers, in `customers/` of a folder. */
export class CustomerFiles {
  readonly register: RegisterFiles;
  readonly use: UseFiles;
  readonly surveys: SurveyFiles;
  readonly files: readonly TableFile[];

  constructor(out: string, customers: number) {
    this.register = new RegisterFiles(out);
    this.use = new UseFiles(out);
    this.surveys = new SurveyFiles(out, customers);
    this.files = [...this.register.files, ...this.use.files, ...this.surveys.files];
  }

  close(): void {
    for (const file of this.files) file.close();
  }
}

/**
 * Writes what several systems of the company say of its business customers into `customers/` of a folder, and their
 * personas beside it; customer by customer, so memory does not grow with their number.
 * @param turn called between pieces of work with the customers done.
 */
export async function writeCustomers(
  out: string,
  { seed, until, customers }: CustomersAsked,
  turn: (done: number) => Promise<void>,
): Promise<CustomersTruth> {
  const view = wholeView(dayNumber(until));
  const all = new Customers(seed, view.until);
  const { random } = all;
  const written = new CustomerFiles(out, customers);
  const { register, use, surveys } = written;
  const personas = new TableFile(out, CUSTOMERS_TRUTH, 'id;persona');
  const count = new CustomerCount();
  try {
    for (let number = 0; number < customers; number++) {
      const customer = all.draw(number);
      register.write(customer, view, random);
      const tickets = use.writeTickets(customer, number, view, random);
      const telemetry = use.writeTelemetry(customer, number, view, random);
      count.add(customer, tickets, telemetry.count, surveys.write(customer, tickets, number, view, random));
      personas.row(`${customer.code};${PERSONAS[customer.persona]!.name}`);
      if (number % CUSTOMERS_A_TURN === 0) await turn(number);
    }
  } finally {
    written.close();
    personas.close();
  }
  await turn(customers);
  const sheets = (await surveys.finish()).map((sheet) => ({ ...sheet, strangers: 0, nobodys: 0 }));
  return count.result([...written.files.map(fileTruth), ...sheets]);
}
