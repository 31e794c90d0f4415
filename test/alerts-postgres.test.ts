import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Accounts } from '../src/access/accounts.ts';
import { CONSOLE } from '../src/access/roles.ts';
import { systemClock } from '../src/kernel/clock.ts';
import { judge } from '../src/reports/alert-verdict.ts';
import { Alerts } from '../src/reports/alerts.ts';
import { openLedger } from '../src/storage/ledger/ledger.ts';
import { usePostgres } from './services/postgres.ts';
import { postgres } from './services.ts';

/** The embedded ledger does one thing at a time; only on a server can two really meet. */
describe.skipIf(!postgres())('alerts in a ledger on a server', () => {
  const server = usePostgres();

  test('looks and messages that meet raise a period once and take each message once', async () => {
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
    const verdict = judge({ ...watched, unit: 'ratio' }, { value: 0.9, n: 100, provisional: false }, []);
    const period = { from: '2026-11-09', to: '2026-11-16' };
    const look = { version: 1, period, verdict, message: null, again: [] };
    await Promise.all(Array.from({ length: 6 }, () => alerts.looked(alert, look)));
    expect(await alerts.raised()).toHaveLength(1);
    expect((await alerts.raised())[0]!.told).toEqual(verdict);
    const taken = await Promise.all(Array.from({ length: 12 }, () => alerts.takeMail()));
    expect(taken.flatMap((one) => one?.recipient ?? []).sort()).toEqual(recipients);
    expect(await alerts.due(1)).toEqual([]);
    expect((await alerts.due(2)).map(({ id }) => id)).toEqual([alert.id]);
    await ledger.close();
    rmSync(home, { recursive: true, force: true });
  });
});
