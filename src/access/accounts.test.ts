import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ledger, openLedger } from '../storage/ledger/ledger.ts';
import { Accounts } from './accounts.ts';
import { Audit } from './audit.ts';

const home = mkdtempSync(join(tmpdir(), 'ramal-access-'));
const start = new Date('2026-03-01T12:00:00Z');
const clock = { at: start, now: () => clock.at };
const after = (hours: number, seconds = 0) => {
  clock.at = new Date(start.getTime() + hours * 3_600_000 + seconds * 1000);
};
let ledger: Ledger;
let accounts: Accounts;

beforeAll(async () => {
  ledger = await openLedger({ home, databaseUrl: '' });
  accounts = new Accounts(ledger, clock);
});
afterAll(async () => {
  await ledger.close();
  rmSync(home, { recursive: true, force: true });
});

test('a token opens a session of its user, once', async () => {
  after(0);
  const token = await accounts.createToken(await accounts.ensure('bia', 'manager'));
  const session = await accounts.exchange(token);
  expect(session).not.toBe(token);
  expect(await accounts.userOf(session!)).toEqual({ name: 'bia', role: 'manager' });
  expect(await accounts.exchange(token)).toBeNull();
  expect(await accounts.userOf(token)).toBeNull();
});

test('of two that use a token at once, one gets in', async () => {
  after(0);
  const token = await accounts.createToken(await accounts.ensure('bia', 'manager'));
  const sessions = await Promise.all([accounts.exchange(token), accounts.exchange(token)]);
  expect(sessions.filter((session) => session !== null)).toHaveLength(1);
});

test('a session is no token, and what was never given is neither', async () => {
  after(0);
  const token = await accounts.createToken(await accounts.ensure('bia', 'manager'));
  const session = await accounts.exchange(token);
  expect(await accounts.exchange(session!)).toBeNull();
  expect(await accounts.exchange('')).toBeNull();
  expect(await accounts.userOf('')).toBeNull();
});

test('a token is good for less than a day, a session for less than seven', async () => {
  after(0);
  const user = await accounts.ensure('caio', 'intake');
  const [early, late] = [await accounts.createToken(user), await accounts.createToken(user)];
  after(24, -1);
  const session = await accounts.exchange(early);
  expect(session).not.toBeNull();
  after(24);
  expect(await accounts.exchange(late)).toBeNull();
  after(24 + 7 * 24, -2);
  expect(await accounts.userOf(session!)).toEqual({ name: 'caio', role: 'intake' });
  after(24 + 7 * 24, -1);
  expect(await accounts.userOf(session!)).toBeNull();
});

test('an ended session is over; the user’s other one is not', async () => {
  after(0);
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
  after(1);
  const audit = new Audit(ledger, clock);
  await audit.record({ name: 'bia', role: 'manager' }, 'export', 'contacts', { format: 'csv' });
  after(2);
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
