import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tryConnection } from '../src/intake/connectors/try-connection.ts';
import { CRM_SECRETS, table, useCrmBench } from './crm.ts';
import { fileServices, postgres } from './services.ts';

const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' });
const NEW_KEY = ['-newkey', 'rsa:2048', '-nodes', '-days', '2'];

describe.skipIf(!postgres() || !fileServices('openssl'))('a CRM behind TLS', () => {
  const { crm, sql, pull, connect, list, pulling } = useCrmBench();
  const trusted = tls.getCACertificates('default');
  const folder = mkdtempSync(join(tmpdir(), 'ramal-tls-'));
  const at = (name: string) => join(folder, name);

  /** An authority of the house, which nobody else knows. */
  const authority = (name: string): string => {
    openssl(
      'req',
      '-x509',
      ...NEW_KEY,
      '-subj',
      `/CN=${name}`,
      '-keyout',
      at(`${name}.key`),
      '-out',
      at(`${name}.pem`),
    );
    return readFileSync(at(`${name}.pem`), 'utf8');
  };

  /** Gives the server a certificate of an authority, for a name or an address. */
  async function serve(by: string, name: string): Promise<void> {
    openssl('req', ...NEW_KEY.slice(0, 3), '-subj', '/CN=crm', '-keyout', at('server.key'), '-out', at('server.csr'));
    writeFileSync(at('names'), `subjectAltName=${name}\n`);
    const signed = ['-CA', at(`${by}.pem`), '-CAkey', at(`${by}.key`), '-CAcreateserial', '-days', '2'];
    openssl('x509', '-req', '-in', at('server.csr'), ...signed, '-extfile', at('names'), '-out', at('server.pem'));
    const [{ data } = { data: '' }] = await crm().sql<
      { data: string }[]
    >`SELECT current_setting('data_directory') AS data`;
    const { uid, gid } = statSync(data);
    for (const file of ['server.key', 'server.pem']) {
      cpSync(at(file), join(data, file));
      chmodSync(join(data, file), 0o600);
      chownSync(join(data, file), uid, gid);
    }
    for (const setting of ["ssl_cert_file = 'server.pem'", "ssl_key_file = 'server.key'", 'ssl = on'])
      await sql(`ALTER SYSTEM SET ${setting}`);
    await sql('SELECT pg_reload_conf()');
    await expect.poll(async () => (await sql('SHOW ssl'))[0]?.ssl, { timeout: 10_000 }).toBe('on');
  }

  let own = '';
  let other = '';
  beforeAll(() => {
    own = authority('da-casa');
    other = authority('outra');
  });
  afterAll(() => {
    tls.setDefaultCACertificates(trusted);
    rmSync(folder, { recursive: true, force: true });
  });

  const address = (host: string, mode: string) => `${crm().url.replace('127.0.0.1', host)}?sslmode=${mode}`;
  const where = (host: string) => {
    const { port, pathname } = new URL(crm().url);
    return `${host}:${port}${pathname}`;
  };

  /** What a connection of this address is told, by a try and by a pull alike; null when it reads. */
  async function told(host: string, mode: string): Promise<string | null> {
    await pulling().connections.change('crm', { baseUrl: address(host, mode) }, CRM_SECRETS);
    const tried = await tryConnection(pulling(), 'crm');
    const { error, tables } = await pull();
    expect(error?.message ?? null).toBe(tried.message);
    expect(tables.map(({ state }) => state)).toEqual(error ? [] : ['extracted']);
    return tried.message;
  }

  test('verify-full takes only an authority that is trusted and the name that was asked', async () => {
    await serve('da-casa', 'DNS:localhost');
    await connect([table('contratos')], { baseUrl: address('localhost', 'require') });
    expect(await told('localhost', 'require')).toBeNull();
    expect(
      await sql('SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE usename = $$leitura$$'),
    ).toEqual([]);

    const unknown = `O certificado de ${where('localhost')} não é de confiança (`;
    expect(await told('localhost', 'verify-full')).toContain(unknown);
    tls.setDefaultCACertificates([...trusted, other]);
    expect(await told('localhost', 'verify-full')).toContain(unknown);
    expect(await told('localhost', 'verify-full')).toContain('aponte-o em NODE_EXTRA_CA_CERTS.');

    tls.setDefaultCACertificates([...trusted, other, own]);
    expect(await told('localhost', 'verify-full')).toBeNull();
    expect(await list()).toHaveLength(3);
    expect(await told('127.0.0.1', 'verify-full')).toBe(
      `O certificado de ${where('127.0.0.1')} é de outro nome. Escreva no endereço o nome que está nele, ou peça um certificado deste a quem cuida do servidor.`,
    );
    expect(await told('127.0.0.1', 'require')).toBeNull();

    await serve('da-casa', 'IP:127.0.0.1');
    expect(await told('127.0.0.1', 'verify-full')).toBeNull();
    expect(await told('localhost', 'verify-full')).toContain('é de outro nome');
  }, 60_000);

  test('a server without TLS is refused where TLS is asked, and read where it is only preferred', async () => {
    await connect([table('contratos')]);
    await sql('ALTER SYSTEM SET ssl = off');
    await sql('SELECT pg_reload_conf()');
    await expect.poll(async () => (await sql('SHOW ssl'))[0]?.ssl, { timeout: 10_000 }).toBe('off');
    for (const mode of ['require', 'verify-full'])
      expect(await told('localhost', mode)).toContain('não respondeu como devia');
    for (const mode of ['prefer', 'disable']) expect(await told('localhost', mode)).toBeNull();
  }, 30_000);
});
