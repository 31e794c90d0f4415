import { existsSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { WatchTest } from '../src/api/schema-watches.ts';
import { HEADER, useBoxes } from './watch-boxes.ts';

const { api, box } = useBoxes();

describe('a watch', () => {
  const save = (body: object) => api().ask('/api/watches', { method: 'POST', as: 'administrator', body });
  const patterns = [{ pattern: 'beta_*.csv', source: 'demo-calls' }];

  it.each([
    ['a name', { name: 'Beta!', place: '/x', patterns }],
    ['a relative place', { name: 'x', place: 'entrada', patterns }],
    ['a place of another kind', { name: 'x', place: 'http://a@b/c', patterns }],
    ['a password in the address', { name: 'x', place: 'sftp://beta:Senha-Solta-5@h/x', patterns }],
    ['no user', { name: 'x', place: 'sftp://h/x', patterns }],
    ['an encoded way up', { name: 'x', place: 'sftp://beta@h/a/%2e%2e%2fb', patterns }],
    ['no bucket', { name: 'x', place: 's3://K@h/', patterns }],
    ['no patterns', { name: 'x', place: '/x' }],
    ['a pattern that leads up', { name: 'x', place: '/x', patterns: [{ pattern: '../*', source: null }] }],
    ['a pause that is too short', { name: 'x', place: '/x', patterns, every: 1 }],
    ['a marker with a slash', { name: 'x', place: '/x', patterns, marker: '/ok' }],
    ['a key that is none', { name: 'x', place: 'sftp://beta@h/x', patterns, fingerprint: 'abc' }],
    ['a key of a folder', { name: 'x', place: '/x', patterns, trustFirst: true }],
    ['a secret of another kind', { name: 'x', place: '/x', patterns, secret: { token: 'Senha-Solta-5' } }],
  ])('is refused for %s', async (_, body) => {
    const { status, text } = await save(body);
    expect([status, JSON.parse(text).error.code]).toEqual([400, 'usage']);
    expect(text).not.toContain('Senha-Solta-5');
  });

  it('is refused over the home itself, and for a source that is not there', async () => {
    const { home } = api().app.config;
    for (const place of [home, join(home, 'secrets'), '/', join(home, '..')])
      expect((await save({ name: 'x', place, patterns })).status).toBe(400);
    expect((await save({ name: 'x', place: tmpdir(), patterns: [{ pattern: '*', source: 'nenhuma' }] })).status).toBe(
      404,
    );
  });

  it('keeps its secret in a file of its own alone', async () => {
    const secret = { password: 'Senha-do-teste-4' };
    const asked = { name: 'secreta', place: 'sftp://beta@127.0.0.1:1/entrada', patterns, trustFirst: true, secret };
    const { status, text } = await save(asked);
    expect([status, JSON.parse(text).hasSecret]).toEqual([200, true]);
    const path = join(api().app.config.home, 'secrets', 'watch-secreta.json');
    expect([JSON.parse(readFileSync(path, 'utf8')), statSync(path).mode & 0o777]).toEqual([secret, 0o600]);
    const failed = await api().ask('/api/watches/secreta/test', { method: 'POST', as: 'administrator' });
    expect([failed.status, JSON.parse(failed.text).error.code]).toEqual([502, 'placeUnreachable']);
    const listed = await api().ask('/api/watches', { as: 'intake' });
    const { sql } = api().app.ledger;
    const ledger = JSON.stringify([await sql`SELECT * FROM watch`, await sql`SELECT * FROM audit`]);
    for (const shown of [text, failed.text, listed.text, ledger]) expect(shown).not.toContain(secret.password);
    // Another place must not be tried with what opens this one.
    const moved = await save({ name: 'secreta', place: 'sftp://beta@127.0.0.1:2/entrada' });
    expect(JSON.parse(moved.text)).toMatchObject({ hasSecret: false, trustFirst: false });
    await api().ask('/api/watches/secreta', { method: 'DELETE', as: 'administrator' });
    expect(existsSync(path)).toBe(false);
  });

  it('says what it would take, and loads nothing', async () => {
    const one = await box({ patterns: [{ pattern: 'fora*', source: null }, ...patterns] });
    for (const name of ['beta_1.csv', 'fora.csv', 'gama.csv', 'beta_\u202E.csv']) one.write(name, HEADER);
    const { files, listed, matched } = await api().json<WatchTest>(`/api/watches/${one.name}/test`, { method: 'POST' });
    expect([listed, matched]).toEqual([4, 1]);
    expect(Object.fromEntries(files.map(({ path, source, message }) => [path, source ?? message]))).toEqual({
      'beta_1.csv': 'demo-calls',
      'fora.csv': 'Deixado em paz por um padrão da vigia.',
      'gama.csv': 'Sem fonte: nenhum padrão da vigia cabe neste nome.',
      'beta_\\u{202e}.csv': expect.stringContaining('mudam o sentido'),
    });
    expect(await one.states()).toEqual({});
  });
});
