import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ledger, openLedger } from '../storage/ledger/ledger.ts';
import { Accounts } from './accounts.ts';
import { Audit } from './audit.ts';
import { ReadTokens } from './read-tokens.ts';
import { CONSOLE, mayMend, mayReveal } from './roles.ts';

const home = mkdtempSync(join(tmpdir(), 'ramal-access-'));
const start = new Date('2026-03-01T12:00:00Z');
const clock = { at: start, now: () => clock.at };
const later = (hours: number, seconds = 0) => {
  clock.at = new Date(start.getTime() + hours * 3_600_000 + seconds * 1000);
};
let ledger: Ledger;
let accounts: Accounts;
let tokens: ReadTokens;

beforeAll(async () => {
  ledger = await openLedger({ home, databaseUrl: '' });
  accounts = new Accounts(ledger, clock, 'America/Sao_Paulo');
  tokens = new ReadTokens(ledger, clock, 'America/Sao_Paulo');
});
afterAll(async () => {
  await ledger.close();
  rmSync(home, { recursive: true, force: true });
});

test('a token opens a session of its user, once', async () => {
  later(0);
  const token = await accounts.createToken(await accounts.ensure('bia', 'manager'));
  const session = await accounts.exchange(token);
  expect(session).not.toBe(token);
  expect(await accounts.userOf(session!)).toEqual({ name: 'bia', role: 'manager' });
  expect(await accounts.exchange(token)).toBeNull();
  expect(await accounts.userOf(token)).toBeNull();
});

test('of two that use a token at once, one gets in', async () => {
  later(0);
  const token = await accounts.createToken(await accounts.ensure('bia', 'manager'));
  const sessions = await Promise.all([accounts.exchange(token), accounts.exchange(token)]);
  expect(sessions.filter((session) => session !== null)).toHaveLength(1);
});

test('a session is no token, and what was never given is neither', async () => {
  later(0);
  const token = await accounts.createToken(await accounts.ensure('bia', 'manager'));
  const session = await accounts.exchange(token);
  expect(await accounts.exchange(session!)).toBeNull();
  expect(await accounts.exchange('')).toBeNull();
  expect(await accounts.userOf('')).toBeNull();
});

test('a token is good for less than a day, a session for less than seven', async () => {
  later(0);
  const user = await accounts.ensure('caio', 'intake');
  const [early, late] = [await accounts.createToken(user), await accounts.createToken(user)];
  later(24, -1);
  const session = await accounts.exchange(early);
  expect(session).not.toBeNull();
  later(24);
  expect(await accounts.exchange(late)).toBeNull();
  later(24 + 7 * 24, -2);
  expect(await accounts.userOf(session!)).toEqual({ name: 'caio', role: 'intake' });
  later(24 + 7 * 24, -1);
  expect(await accounts.userOf(session!)).toBeNull();
});

test('an ended session is over; the user’s other one is not', async () => {
  later(0);
  const user = await accounts.ensure('bia', 'manager');
  const [one, other] = [
    await accounts.exchange(await accounts.createToken(user)),
    await accounts.exchange(await accounts.createToken(user)),
  ];
  for (const session of [one, other]) expect(await accounts.userOf(session!)).not.toBeNull();
  await Promise.all([accounts.end(one!), accounts.userOf(one!)]);
  expect([await accounts.userOf(one!), await accounts.userOf(other!)]).toEqual([
    null,
    { name: 'bia', role: 'manager' },
  ]);
});

test('asking for a user again keeps the role they have', async () => {
  await accounts.ensure('davi', 'operator');
  await accounts.ensure('davi', 'administrator');
  const session = await accounts.exchange(await accounts.createToken({ name: 'davi', role: 'administrator' }));
  expect(await accounts.userOf(session!)).toEqual({ name: 'davi', role: 'operator' });
});

test('the audit holds who, what, when and the object, in order', async () => {
  later(1);
  const audit = new Audit(ledger, clock);
  await audit.record({ name: 'bia', role: 'manager' }, 'export', 'contacts', { format: 'csv' });
  later(2);
  await audit.record({ name: 'caio', role: 'intake' }, 'rollback', 'batch 7');
  const rows = await ledger.sql`SELECT at, user_name, action, object, details FROM audit ORDER BY audit_id`;
  expect([...rows]).toEqual([
    {
      at: new Date('2026-03-01T13:00:00Z'),
      user_name: 'bia',
      action: 'export',
      object: 'contacts',
      details: { format: 'csv' },
    },
    { at: new Date('2026-03-01T14:00:00Z'), user_name: 'caio', action: 'rollback', object: 'batch 7', details: {} },
  ]);
});

const code = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code?: string }) => error.code,
  );

describe('users', () => {
  const session = async (name: string) =>
    (await accounts.exchange(await accounts.createToken(await accounts.get(name))))!;

  test('a name is kept as people write it, and is one whatever its case', async () => {
    const made = await accounts.create({ name: '  Érica   d’Ávila ', role: 'intake', email: 'e@alfa.com.br' }, CONSOLE);
    expect(made).toMatchObject({
      ...{ name: 'Érica d’Ávila', role: 'intake', email: 'e@alfa.com.br', createdBy: 'console' },
      ...{ disabledAt: null, seenOn: null, version: 1 },
    });
    expect(await code(accounts.create({ name: 'érica D’ÁVILA', role: 'intake' }, CONSOLE))).toBe('userExists');
    expect((await accounts.get('ÉRICA D’ÁVILA')).name).toBe('Érica d’Ávila');
    expect(await code(accounts.get('ninguém'))).toBe('notFound');
  });

  test.each([
    ...['', '   ', 'x'.repeat(61), '..', '12', '529.982.247-25', 'Ana 11987654321', 'ana@alfa.com.br'],
    ...['Ana/Lima', 'Ana\tLima\u0000', 'Console', 'AGENDA', '<b>Ana</b>'],
  ])('%j is no name', async (name) => {
    expect(await code(accounts.create({ name, role: 'intake' }, CONSOLE))).toBe('userName');
  });

  test('sixty signs are a name', async () => {
    expect((await accounts.create({ name: 'é'.repeat(60), role: 'operator' }, CONSOLE)).name).toHaveLength(60);
  });

  test.each(['ana', 'ana@alfa', 'a b@alfa.com', 'a@alfa.com, b@alfa.com', `${'x'.repeat(250)}@a.br`])(
    '%j is no address of e-mail',
    async (email) => {
      expect(await code(accounts.create({ name: 'Zeca', role: 'intake', email }, CONSOLE))).toBe('userEmail');
    },
  );

  test('another role holds at once for a session that is open', async () => {
    await accounts.create({ name: 'Lia', role: 'manager' }, CONSOLE);
    const open = await session('Lia');
    expect(await accounts.userOf(open)).toEqual({ name: 'Lia', role: 'manager' });
    await Promise.all([
      accounts.userOf(open),
      accounts.change('Lia', { role: 'intake' }, CONSOLE),
      accounts.userOf(open),
    ]);
    expect(await accounts.userOf(open)).toEqual({ name: 'Lia', role: 'intake' });
  });

  test('who is disabled is out at once, with all that was given; turned on again they start anew', async () => {
    await accounts.create({ name: 'Rui', role: 'manager' }, CONSOLE);
    const [open, unused] = [await session('Rui'), await accounts.createToken(await accounts.get('Rui'))];
    const { secret } = await tokens.create('Rui', { name: 'painel' }, CONSOLE);
    expect(await accounts.userOf(open)).not.toBeNull();
    const bia = { name: 'bia', role: 'administrator' } as const;
    const { now } = await accounts.change('rui', { enabled: false }, bia);
    expect(now).toMatchObject({ name: 'Rui', role: 'manager', disabledBy: 'bia', disabledAt: clock.at });
    const out = () => Promise.all([accounts.userOf(open), accounts.exchange(unused), tokens.readerOf(secret)]);
    expect(await out()).toEqual([null, null, null]);
    expect((await accounts.list()).find(({ name }) => name === 'Rui')).toBeDefined();
    const again = (await accounts.change('Rui', { enabled: true }, bia)).now;
    expect(again).toMatchObject({ disabledAt: null, disabledBy: null, role: 'manager' });
    expect(await out()).toEqual([null, null, null]);
    expect(await accounts.userOf(await session('Rui'))).toEqual({ name: 'Rui', role: 'manager' });
  });

  test('of two who change a user that they saw alike, the second is told', async () => {
    await accounts.create({ name: 'Téo', role: 'intake' }, CONSOLE);
    const { version } = await accounts.get('Téo');
    const asked = [
      code(accounts.change('Téo', { role: 'manager', version }, CONSOLE)),
      code(accounts.change('Téo', { email: 't@alfa.com.br', version }, CONSOLE)),
    ];
    expect((await Promise.all(asked)).sort()).toEqual(['done', 'userChanged']);
    await accounts.change('Téo', { role: 'operator' }, CONSOLE);
    expect(await accounts.get('Téo')).toMatchObject({ role: 'operator', version: version + 2 });
  });

  test('there is always an administrator who may enter, also when two turn each other off', async () => {
    const before = await accounts.administrator();
    expect(before).toEqual({ name: 'admin', role: 'administrator' });
    await accounts.create({ name: 'Nara', role: 'administrator' }, CONSOLE);
    const both = await Promise.all([
      code(accounts.change('admin', { enabled: false }, CONSOLE)),
      code(accounts.change('Nara', { role: 'manager' }, CONSOLE)),
    ]);
    expect(both.sort()).toEqual(['done', 'lastAdministrator']);
    const left = await accounts.administrator();
    for (const said of [{ enabled: false }, { role: 'intake' as const }])
      expect(await code(accounts.change(left.name, said, CONSOLE))).toBe('lastAdministrator');
    expect(await code(accounts.change(left.name, { email: 'n@alfa.com.br' }, CONSOLE))).toBe('done');
    await accounts.change('admin', { enabled: true, role: 'administrator' }, CONSOLE);
    await accounts.change('Nara', { enabled: false }, CONSOLE);
    expect(await accounts.administrator()).toEqual({ name: 'admin', role: 'administrator' });
  });

  test('the day on which somebody was last here is the business’s', async () => {
    await accounts.create({ name: 'Ivo', role: 'manager' }, CONSOLE);
    clock.at = new Date('2026-03-03T02:30:00Z');
    const open = await session('Ivo');
    await accounts.userOf(open);
    expect((await accounts.get('Ivo')).seenOn).toBe('2026-03-02');
    clock.at = new Date('2026-03-04T15:00:00Z');
    await accounts.userOf(open);
    expect((await accounts.get('Ivo')).seenOn).toBe('2026-03-04');
    later(0);
  });
});

test('a session that prints reveals nothing and is not being here', async () => {
  later(0);
  const { name } = await accounts.create(
    { name: 'Impressora', role: 'administrator' },
    { name: 'bia', role: 'administrator' },
  );
  const session = await accounts.openPrinter({ name, role: 'administrator' });
  const user = await accounts.userOf(session);
  expect(user).toEqual({ name, role: 'administrator', prints: true });
  expect([mayReveal(user!), mayMend(user!)]).toEqual([false, false]);
  expect((await accounts.get(name)).seenOn).toBeNull();
  later(0, 601);
  expect(await accounts.userOf(session)).toBeNull();
});
