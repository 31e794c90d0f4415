import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Accounts } from '../src/access/accounts.ts';
import { CONSOLE } from '../src/access/roles.ts';
import { systemClock } from '../src/kernel/clock.ts';
import { openLedger } from '../src/storage/ledger/ledger.ts';
import { usePostgres } from './services/postgres.ts';
import { postgres } from './services.ts';

/** The embedded ledger does one thing at a time; only a server lets two administrators really meet. */
describe.skipIf(!postgres())('users in a ledger on a server', () => {
  const server = usePostgres();

  test('of administrators who all turn each other off at once, one is left', async () => {
    const home = mkdtempSync(join(tmpdir(), 'ramal-users-'));
    const ledger = await openLedger({ home, databaseUrl: await server().database() });
    const accounts = new Accounts(ledger, systemClock, 'America/Sao_Paulo');
    const names = ['Ana', 'Bia', 'Caio', 'Davi', 'Eva', 'Fábio'];
    for (const name of names) await accounts.create({ name, role: 'administrator' }, CONSOLE);
    const ends = await Promise.allSettled(
      names.map((name, index) => accounts.change(name, index % 2 ? { enabled: false } : { role: 'manager' }, CONSOLE)),
    );
    const refused = ends.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    expect(refused.map(({ reason }) => reason.code)).toEqual(['lastAdministrator']);
    const left = (await accounts.list()).filter(({ role, disabledAt }) => role === 'administrator' && !disabledAt);
    expect(left).toHaveLength(1);
    const { version } = left[0]!;
    const both = await Promise.allSettled(
      ['a@alfa.com.br', 'b@alfa.com.br'].map((email) => accounts.change(left[0]!.name, { email, version }, CONSOLE)),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await ledger.close();
    rmSync(home, { recursive: true, force: true });
  });
});
