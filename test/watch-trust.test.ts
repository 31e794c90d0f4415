import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPlace } from '../src/intake/watch/open-place.ts';
import type { PlaceFile } from '../src/intake/watch/place.ts';
import type { RamalError } from '../src/kernel/errors.ts';
import { startFtp } from './services/ftp.ts';
import { startSftp } from './services/sftp.ts';
import { fileServices } from './services.ts';

const scratch = mkdtempSync(join(tmpdir(), 'ramal-trust-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const never = async () => {
  throw new Error('no key was to be remembered');
};
const failure = (asked: Promise<unknown>) =>
  asked.then(
    () => {
      throw new Error('it went well');
    },
    (error: RamalError) => error,
  );

describe.skipIf(!fileServices('openssh-server'))('the key of an SFTP server', () => {
  let server: Awaited<ReturnType<typeof startSftp>>;
  beforeAll(async () => {
    server = await startSftp();
  }, 120_000);
  afterAll(() => server.stop());
  const open = (
    hostKey: { fingerprint: string | null; trustFirst: boolean },
    remember: (key: string) => Promise<void> = never,
  ) => openPlace({ place: server.place, region: '', ...hostKey }, { privateKey: server.privateKey }, remember);

  it('that nobody checked is not trusted, unless this was asked; then it is remembered', async () => {
    const error = await failure(open({ fingerprint: null, trustFirst: false }));
    expect(error).toMatchObject({ code: 'hostKeyUnknown', details: { received: server.fingerprint } });
    expect(error.message).toContain(server.fingerprint);
    const remembered: string[] = [];
    const place = await open({ fingerprint: null, trustFirst: true }, async (key) => void remembered.push(key));
    await place.close();
    expect(remembered).toEqual([server.fingerprint]);
  });

  it('that is another than the known one ends it, also where first keys are trusted', async () => {
    const other = `SHA256:${'A'.repeat(43)}`;
    for (const trustFirst of [false, true]) {
      const error = await failure(open({ fingerprint: other, trustFirst }));
      expect(error).toMatchObject({
        code: 'hostKeyChanged',
        details: { received: server.fingerprint, expected: other },
      });
    }
  });

  it('is not remembered of a server that refuses us', async () => {
    const asked = { place: server.place, region: '', fingerprint: null, trustFirst: true };
    expect(await failure(openPlace(asked, { password: 'nenhuma' }, never))).toMatchObject({ code: 'placeDenied' });
    const broken = { privateKey: '-----BEGIN OPENSSH PRIVATE KEY-----\nZZZZ\n-----END OPENSSH PRIVATE KEY-----\n' };
    const error = await failure(openPlace(asked, broken, never));
    expect(error).toMatchObject({ code: 'placeDenied' });
    expect(error.message).not.toContain('ZZZZ');
  });
});

describe.skipIf(!fileServices('proftpd-mod-crypto', 'openssl'))('SFTP by a password (ProFTPD)', () => {
  it('lists and fetches; a wrong one is told without it', async () => {
    const server = await startFtp({ kind: 'sftp' });
    try {
      writeFileSync(join(server.folder, 'beta_1.csv'), 'a;b\n');
      server.own(join(server.folder, 'beta_1.csv'));
      const asked = { place: server.place, region: '', fingerprint: null, trustFirst: true };
      const place = await openPlace(asked, { password: server.password }, async () => {});
      const files: PlaceFile[] = [];
      for await (const file of place.list(0, () => false)) files.push(file);
      const [file] = files;
      const to = join(scratch, 'fetched');
      const after = await place.fetch(file!, to, { signal: new AbortController().signal, onBytes: () => {} });
      expect([file?.path, after, readFileSync(to, 'utf8')]).toEqual(['beta_1.csv', file, 'a;b\n']);
      await place.close();
      const error = await failure(openPlace(asked, { password: 'Outra-senha-3' }, never));
      expect(error).toMatchObject({ code: 'placeDenied' });
      expect(error.message).not.toContain('Outra-senha-3');
    } finally {
      await server.stop();
    }
  });
});

describe.skipIf(!fileServices('proftpd-mod-crypto', 'openssl'))('the certificate of an FTPS server', () => {
  it('must be of an authority that is trusted, and of the name that was asked', async () => {
    const server = await startFtp({ kind: 'ftps' });
    const trusted = tls.getCACertificates('default');
    try {
      const open = (place: string) =>
        openPlace({ place, fingerprint: null, trustFirst: false, region: '' }, { password: server.password }, never);
      expect(await failure(open(server.place))).toMatchObject({ code: 'placeCertificate' });
      tls.setDefaultCACertificates([...trusted, server.certificate]);
      await (await open(server.place)).close();
      const error = await failure(open(server.place.replace('localhost', '127.0.0.1')));
      expect(error).toMatchObject({ code: 'placeCertificate' });
      const plain = await failure(open(server.place.replace('ftps:', 'ftp:')));
      expect(plain.code).not.toBe('placeCertificate');
    } finally {
      tls.setDefaultCACertificates(trusted);
      await server.stop();
    }
  });
});
