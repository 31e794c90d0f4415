import type { Customer } from './customer.ts';
import { PERSONAS } from './personas.ts';
import { PRODUCTS, RULE } from './products.ts';
import type { RelationAnswers } from './survey-files.ts';
import type { TableFile } from './table-file.ts';
import type { CustomerTickets } from './use-files.ts';

/** What was written of one persona's customers. */
export interface PersonaTruth {
  name: string;
  customers: number;
  contracts: number;
  /** Of the customers whose MRR is in its file; BRL a month. */
  mrrCustomers: number;
  mrr: number;
  meanMrr: number | null;
  meanTenureDays: number | null;
  telemetryRows: number;
  tickets: number;
  lateTickets: number;
  /** Answers to the relation survey. */
  answers: number;
  meanNps: number | null;
}

export interface CustomerFileTruth {
  path: string;
  rows: number;
  /** Of them, rows of customers that there are not. */
  strangers: number;
  /** Of them, rows that name no customer. */
  nobodys: number;
}

interface RuleCounts {
  /** Customers who have what the rule asks for; those of them who have the other, too. */
  customers: number;
  also: number;
  share: number | null;
}

export interface CustomersTruth {
  customers: number;
  personas: PersonaTruth[];
  files: CustomerFileTruth[];
  /** Of contracts, active or not: who has these products has the other, too. */
  rule: { has: string[]; also: string; personas: string[]; within: RuleCounts; elsewhere: RuleCounts };
}

/** Counts the truths while customers are written. */
export class CustomerCount {
  private readonly own = PERSONAS.map(() => ({
    ...{ customers: 0, contracts: 0, mrrCustomers: 0, mrrCents: 0, tenureDays: 0 },
    ...{ telemetryRows: 0, tickets: 0, lateTickets: 0, answers: 0, npsSum: 0 },
  }));
  private readonly within = { customers: 0, also: 0 };
  private readonly elsewhere = { customers: 0, also: 0 };

  add(customer: Customer, tickets: CustomerTickets, telemetryRows: number, answers: RelationAnswers): void {
    const own = this.own[customer.persona]!;
    own.customers++;
    own.contracts += customer.contracts.length;
    own.tenureDays += customer.tenureDays;
    own.telemetryRows += telemetryRows;
    own.tickets += tickets.drawn.length;
    own.lateTickets += tickets.late;
    own.answers += answers.count;
    own.npsSum += answers.sum;
    if (customer.mrrTold) {
      own.mrrCustomers++;
      own.mrrCents += customer.mrr;
    }
    const has = (product: number) => customer.contracts.some((contract) => contract.product === product);
    if (!RULE.has.every(has)) return;
    const rule = PERSONAS[customer.persona]!.paired ? this.within : this.elsewhere;
    rule.customers++;
    if (has(RULE.also)) rule.also++;
  }

  result(files: readonly CustomerFileTruth[]): CustomersTruth {
    const counted = (counts: { customers: number; also: number }): RuleCounts => ({
      ...counts,
      share: ratio(counts.also, counts.customers),
    });
    return {
      customers: this.own.reduce((sum, { customers }) => sum + customers, 0),
      personas: this.own.map(({ mrrCents, tenureDays, npsSum, ...counts }, index) => ({
        name: PERSONAS[index]!.name,
        ...counts,
        mrr: mrrCents / 100,
        meanMrr: ratio(mrrCents / 100, counts.mrrCustomers),
        meanTenureDays: ratio(tenureDays, counts.customers),
        meanNps: ratio(npsSum, counts.answers),
      })),
      files: [...files],
      rule: {
        has: RULE.has.map((product) => PRODUCTS[product]!.name),
        also: PRODUCTS[RULE.also]!.name,
        personas: PERSONAS.filter(({ paired }) => paired).map(({ name }) => name),
        within: counted(this.within),
        elsewhere: counted(this.elsewhere),
      },
    };
  }
}

/** What became of a file's rows. */
export function fileTruth({ path, rows, strangers, nobodys }: TableFile): CustomerFileTruth {
  return { path, rows, strangers, nobodys };
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
