import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ledger, openLedger } from '../storage/ledger/ledger.ts';
import { Accounts } from './accounts.ts';
import { ReadTokens } from './read-tokens.ts';
import { CONSOLE, mayMend, mayReveal } from './roles.ts';

const home = mkdtempSync(join(tmpdir(), 'ramal-tokens-'));
const start = new Date('2026-03-01T12:00:00Z');
const clock = { at: start, now: () => clock.at };
const later = (hours: number, seconds = 0) => {
  clock.at = new Date(start.getTime() + hours * 3_600_000 + seconds * 1000);
};
const code = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code?: string }) => error.code,
  );
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

test('a token reads for its user with the role of now, and never reveals', async () => {
  later(0);
  await accounts.create({ name: 'Gil', role: 'intake' }, CONSOLE);
  const { token, secret } = await tokens.create('Gil', { name: ' planilha  da diretoria ' }, CONSOLE);
  expect(secret).toMatch(/^ramal_[\w-]{32}$/);
  expect(token).toMatchObject({ user: 'Gil', name: 'planilha da diretoria', createdBy: 'console', usedOn: null });
  expect(await tokens.readerOf(secret)).toEqual({ name: 'Gil', role: 'intake', token: token.name });
  await accounts.change('Gil', { role: 'administrator' }, CONSOLE);
  const reader = (await tokens.readerOf(secret))!;
  expect([reader.role, mayReveal(reader), mayMend(reader)]).toEqual(['administrator', false, false]);
  expect(await tokens.list('Gil')).toEqual([{ ...token, usedOn: '2026-03-01' }]);
  expect(JSON.stringify(await ledger.sql`SELECT * FROM read_token`)).not.toContain(secret.slice(6));
});

test('it is good for a year, less than two at most, and not a moment longer', async () => {
  later(0);
  const [usual, longest] = [
    await tokens.create('Gil', { name: 'a' }, CONSOLE),
    await tokens.create('Gil', { name: 'b', days: 730 }, CONSOLE),
  ];
  expect(usual.token.expiresAt).toEqual(new Date('2027-03-01T12:00:00Z'));
  later(365 * 24, -1);
  expect(await tokens.readerOf(usual.secret)).not.toBeNull();
  later(365 * 24);
  expect([await tokens.readerOf(usual.secret), (await tokens.readerOf(longest.secret))?.name]).toEqual([null, 'Gil']);
  later(730 * 24);
  expect(await tokens.readerOf(longest.secret)).toBeNull();
  later(0);
  for (const days of [0, 731, 1.5, -1])
    expect(await code(tokens.create('Gil', { name: 'c', days }, CONSOLE))).toBe('usage');
});

test('a revoked one is over, and only its user’s can be revoked', async () => {
  const { token, secret } = await tokens.create('Gil', { name: 'd' }, CONSOLE);
  expect(await code(tokens.revoke('bia', token.id))).toBe('notFound');
  expect((await tokens.readerOf(secret))?.name).toBe('Gil');
  await tokens.revoke('Gil', token.id);
  expect(await tokens.readerOf(secret)).toBeNull();
  expect(await code(tokens.revoke('Gil', token.id))).toBe('notFound');
});

test('no session is a token and no token a session; nothing is nobody', async () => {
  const { secret } = await tokens.create('Gil', { name: 'e' }, CONSOLE);
  const open = (await accounts.exchange(await accounts.createToken(await accounts.get('Gil'))))!;
  expect([await accounts.userOf(secret), await accounts.exchange(secret), await tokens.readerOf(open)]).toEqual([
    null,
    null,
    null,
  ]);
  expect(await tokens.readerOf('')).toBeNull();
});

test.each(['', ' ', 'x'.repeat(61), '529.982.247-25', 'ana@alfa.com.br', 'a\u0007'])(
  '%j names no token',
  async (name) => {
    expect(await code(tokens.create('Gil', { name }, CONSOLE))).toBe('tokenName');
  },
);

test('twenty at a time are enough', async () => {
  await accounts.create({ name: 'Max', role: 'manager' }, CONSOLE);
  for (let count = 0; count < 20; count++) await tokens.create('Max', { name: 'painel' }, CONSOLE);
  expect(await code(tokens.create('Max', { name: 'painel' }, CONSOLE))).toBe('usage');
});
