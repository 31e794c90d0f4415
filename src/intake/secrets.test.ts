import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Secrets, withoutSecret } from './secrets.ts';

const home = mkdtempSync(join(tmpdir(), 'ramal-secrets-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const mode = (path: string) => statSync(path).mode & 0o777;

describe('secrets', () => {
  const secrets = new Secrets(home);

  it('are kept for their owner alone, and replaced whole', async () => {
    expect(secrets.read('watch-beta')).toEqual({});
    await secrets.write('watch-beta', { password: 'um' });
    await secrets.write('watch-beta', { privateKey: 'dois' });
    expect(secrets.read('watch-beta')).toEqual({ privateKey: 'dois' });
    expect(readdirSync(join(home, 'secrets'))).toEqual(['watch-beta.json']);
    expect([mode(join(home, 'secrets')), mode(join(home, 'secrets', 'watch-beta.json'))]).toEqual([0o700, 0o600]);
    secrets.remove('watch-beta');
    expect(secrets.read('watch-beta')).toEqual({});
  });

  it('a half-written one of a kill is not read', async () => {
    await secrets.write('watch-gama', { password: 'antes' });
    writeFileSync(join(home, 'secrets', 'watch-gama.json.new'), '{"password":"dep', { mode: 0o644 });
    expect(secrets.read('watch-gama')).toEqual({ password: 'antes' });
    await secrets.write('watch-gama', { password: 'depois' });
    expect(mode(join(home, 'secrets', 'watch-gama.json'))).toBe(0o600);
  });

  it('a damaged one is told without a piece of it', async () => {
    await secrets.write('watch-dano', {});
    writeFileSync(join(home, 'secrets', 'watch-dano.json'), 'segredo-solto');
    expect(() => secrets.read('watch-dano')).toThrow(/^Falha inesperada: o segredo watch-dano não pode ser lido\.$/);
  });

  it.each(['', '../x', 'a/b', 'A', 'x'.repeat(101)])('%j is no name for one', (name) => {
    expect(() => secrets.read(name)).toThrow(/Nome de segredo inválido/);
  });

  it('leave no part of themselves in a text', () => {
    expect(withoutSecret('530 abc123 and abc', { password: 'abc', token: 'abc123', none: '' })).toBe('530 … and …');
  });
});
