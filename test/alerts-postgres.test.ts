import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Accounts } from '../src/access/accounts.ts';
import { CONSOLE } from '../src/access/roles.ts';
import { systemClock } from '../src/kernel/clock.ts';
import { judge } from '../src/reports/alert-verdict.ts';
import { Alerts } from '../src/reports/alerts.ts';
import { Outbox } from '../src/reports/outbox.ts';
import { ReportMails } from '../src/reports/report-mails.ts';
import { SavedViews } from '../src/reports/saved-views.ts';
import { openLedger } from '../src/storage/ledger/ledger.ts';
import { usePostgres } from './services/postgres.ts';
import { postgres } from './services.ts';

/** The embedded ledger does one thing at a time; only on a server can two really meet. */
describe.skipIf(!postgres())('alerts in a ledger on a server', () => {
  const server = usePostgres();

  test('looks, runs and senders that meet raise a period once, and write and take each message once', async () => {
    const home = mkdtempSync(join(tmpdir(), 'ramal-alerts-'));
    const ledger = await openLedger({ home, databaseUrl: await server().database() });
    const by = await new Accounts(ledger, systemClock, 'America/Sao_Paulo').create(
      { name: 'Ana', role: 'manager' },
      CONSOLE,
    );
    const alerts = new Alerts(ledger, systemClock);
    const recipients = ['a', 'b', 'c', 'd', 'e'];
    const watched = { kind: 'above', threshold: 0.5 } as const;
    const alert = await alerts.create(
      {
        ...{ name: 'Abandono', metric: 'abandonRate', rule: 'house', sources: [], filters: [], period: 'week' },
        ...{ ...watched, recipients, lang: 'pt' },
      },
      by,
    );
    const verdict = judge({ ...watched, unit: 'ratio', few: 30 }, { value: 0.9, n: 100, provisional: false }, []);
    const period = { from: '2026-11-09', to: '2026-11-16' };
    const look = { version: 1, period, verdict, message: null, again: [] };
    await Promise.all(Array.from({ length: 6 }, () => alerts.looked(alert, look)));
    expect(await alerts.raised()).toHaveLength(1);
    expect((await alerts.raised())[0]!.told).toEqual(verdict);
    const outbox = new Outbox(ledger, systemClock);
    const takenBy = async (count: number) => {
      const taken = await Promise.all(Array.from({ length: count }, () => outbox.take()));
      return taken.flatMap((one) => one?.recipient ?? []).sort();
    };
    expect(await takenBy(12)).toEqual(recipients);
    // A mail of a view that several processes find due at once.
    const view = await new SavedViews(ledger, systemClock).save(
      { name: 'Início', screen: '/', followed: 'page', shared: true },
      by,
    );
    const said = { view: view.id, recipients, weekdays: [1], at: '07:30', format: 'xlsx', lang: 'pt' } as const;
    const { id: mail } = await new ReportMails(ledger, systemClock).create(said, by.name);
    const due = new Date('2026-11-16T10:30:00Z');
    await Promise.all(Array.from({ length: 6 }, () => outbox.put({ mail, due }, recipients)));
    expect(await takenBy(12)).toEqual(recipients);
    // By hand it goes again.
    await Promise.all([outbox.put({ mail, due: null }, ['a']), outbox.put({ mail, due: null }, ['a'])]);
    expect(await takenBy(3)).toEqual(['a', 'a']);
    expect(await alerts.due(1)).toEqual([]);
    expect((await alerts.due(2)).map(({ id }) => id)).toEqual([alert.id]);
    await ledger.close();
    rmSync(home, { recursive: true, force: true });
  });
});
