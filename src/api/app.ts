import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Accounts } from '../access/accounts.ts';
import { Audit } from '../access/audit.ts';
import { ReadTokens } from '../access/read-tokens.ts';
import { KeptBases } from '../customers/base/kept-bases.ts';
import { KeptOffers } from '../customers/offers/kept-offers.ts';
import { KeptOutcomes } from '../customers/offers/kept-outcomes.ts';
import { Divisions } from '../customers/segments/divisions.ts';
import { Batches } from '../intake/batches.ts';
import { Connections } from '../intake/connectors/connections.ts';
import { DayLedger } from '../intake/connectors/day-ledger.ts';
import type { SourceIo } from '../intake/connectors/source.ts';
import { TableLedger } from '../intake/connectors/table-ledger.ts';
import { Layouts } from '../intake/layouts.ts';
import { recover } from '../intake/load.ts';
import { References } from '../intake/reference/references.ts';
import { SendLayouts } from '../intake/send/send-layouts.ts';
import { Jobs } from '../jobs/jobs.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Config } from '../kernel/config.ts';
import { reconcile } from '../lake/build.ts';
import { openLake } from '../lake/lake-open.ts';
import { AnswerCache } from '../metrics/answer-cache.ts';
import { Alerts } from '../reports/alerts.ts';
import { Notes } from '../reports/notes.ts';
import { Outbox } from '../reports/outbox.ts';
import { ReportMails } from '../reports/report-mails.ts';
import { SavedViews } from '../reports/saved-views.ts';
import { type HomeLock, lockHome } from '../storage/home-lock.ts';
import type { Lake } from '../storage/lake.ts';
import { type Ledger, openLedger } from '../storage/ledger/ledger.ts';

/** Everything a home's owner holds open. */
export interface App {
  readonly version: string;
  readonly config: Config;
  readonly clock: Clock;
  readonly lake: Lake;
  readonly ledger: Ledger;
  readonly batches: Batches;
  readonly layouts: Layouts;
  readonly connections: Connections;
  readonly days: DayLedger;
  readonly tables: TableLedger;
  /** How connections reach their sources. */
  readonly io: SourceIo;
  readonly sendLayouts: SendLayouts;
  readonly references: References;
  readonly accounts: Accounts;
  readonly readTokens: ReadTokens;
  readonly audit: Audit;
  readonly jobs: Jobs;
  readonly cache: AnswerCache;
  readonly views: SavedViews;
  readonly mails: ReportMails;
  readonly notes: Notes;
  readonly alerts: Alerts;
  readonly outbox: Outbox;
  readonly bases: KeptBases;
  readonly offers: KeptOffers;
  readonly outcomes: KeptOutcomes;
  readonly divisions: Divisions;
  close(): Promise<void>;
}

/**
 * Takes a home and opens what it holds; undoes what a killed process left.
 * @throws RamalError `homeLocked` when another process owns it.
 */
export async function openApp(config: Config, clock: Clock, version: string): Promise<App> {
  const lock: HomeLock = lockHome(config.home);
  const opened: (() => Promise<void> | void)[] = [() => lock.release()];
  const close = async (): Promise<void> => {
    for (const end of opened.splice(0).reverse()) await end();
  };
  try {
    rmSync(join(config.home, 'tmp'), { recursive: true, force: true });
    const [lake, ledger] = await Promise.all([
      openLake(config).then((one) => {
        opened.push(() => one.close());
        return one;
      }),
      openLedger(config).then((one) => {
        opened.push(() => one.close());
        return one;
      }),
    ]);
    const batches = new Batches(ledger, clock);
    const jobs = new Jobs();
    const layouts = await Layouts.open(ledger, clock);
    await recover({ config, lake, batches, layouts });
    await reconcile({ lake, batches });
    const sendLayouts = await SendLayouts.open(ledger, clock);
    opened.push(async () => {
      jobs.cancelAll();
      await jobs.idle();
    });
    return {
      version,
      config,
      clock,
      lake,
      ledger,
      batches,
      layouts,
      connections: new Connections(ledger, layouts, clock, config.home),
      days: new DayLedger(ledger, clock),
      tables: new TableLedger(ledger, clock),
      io: systemIo(clock),
      sendLayouts,
      references: new References(ledger, clock),
      accounts: new Accounts(ledger, clock, config.timeZone),
      readTokens: new ReadTokens(ledger, clock, config.timeZone),
      audit: new Audit(ledger, clock),
      jobs,
      cache: new AnswerCache(),
      views: new SavedViews(ledger, clock),
      mails: new ReportMails(ledger, clock),
      notes: new Notes(ledger, clock),
      alerts: new Alerts(ledger, clock),
      outbox: new Outbox(ledger, clock),
      bases: new KeptBases(ledger, clock, config.home),
      offers: new KeptOffers(ledger, clock, config.home),
      outcomes: new KeptOutcomes(ledger, clock, config.home),
      divisions: new Divisions(ledger, lake, clock, config.home),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The world as a running process has it. */
function systemIo(clock: Clock): SourceIo {
  return {
    fetch,
    clock,
    random: Math.random,
    sleep: async (ms, signal) => void (await pause(ms, undefined, signal ? { signal } : {})),
  };
}
