import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import tls from 'node:tls';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Secret } from '../src/intake/secrets.ts';
import { openPlace } from '../src/intake/watch/open-place.ts';
import type { Place, PlaceFile } from '../src/intake/watch/place.ts';
import type { RamalError } from '../src/kernel/errors.ts';
import { startFtp } from './services/ftp.ts';
import { startS3 } from './services/s3.ts';
import { startSftp } from './services/sftp.ts';
import { fileServices } from './services.ts';

const scratch = mkdtempSync(join(tmpdir(), 'ramal-places-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A server of the suite: how to reach it, and how a client company puts a file there. */
interface Subject {
  readonly place: string;
  readonly secret: Secret;
  readonly fingerprint?: string;
  /** The served folder on this disk, where there is one. */
  readonly folder?: string;
  put(path: string, content: string | Uint8Array, at?: Date): Promise<void>;
  /** Keeps a file with a Content-Encoding, as a store does. */
  pack?(path: string): Promise<void>;
  remove(path: string): Promise<void>;
  kill?(): Promise<void>;
  restart?(): Promise<void>;
  stop(): Promise<void>;
}

function onDisk(folder: string, own: (path: string) => void = () => {}) {
  return {
    folder,
    async put(path: string, content: string | Uint8Array, at = new Date('2026-03-02T10:00:00Z')) {
      const full = join(folder, path);
      mkdirSync(dirname(full), { recursive: true });
      writeFileSync(full, content);
      utimesSync(full, at, at);
      for (const one of new Set([full, dirname(full)])) own(one);
    },
    async remove(path: string) {
      rmSync(join(folder, path));
    },
  };
}

async function ftpSubject(options: Parameters<typeof startFtp>[0]): Promise<Subject> {
  const server = await startFtp(options);
  if (server.certificate) tls.setDefaultCACertificates([...tls.getCACertificates('default'), server.certificate]);
  const { place, password, kill, restart, stop } = server;
  return { ...onDisk(server.folder, server.own), place, secret: { password }, kill, restart, stop };
}

const SUBJECTS: readonly {
  name: string;
  there: boolean;
  server?: boolean;
  links?: boolean;
  start: () => Promise<Subject>;
}[] = [
  {
    name: 'a folder',
    there: true,
    server: false,
    start: async () => {
      const folder = join(scratch, 'entrada');
      mkdirSync(folder);
      return { ...onDisk(folder), place: folder, secret: {}, stop: async () => {} };
    },
  },
  {
    name: 'SFTP by a key (OpenSSH)',
    there: fileServices('openssh-server'),
    start: async () => {
      const server = await startSftp();
      const { place, privateKey, fingerprint, kill, restart, stop } = server;
      return { ...onDisk(server.folder), place, secret: { privateKey }, fingerprint, kill, restart, stop };
    },
  },
  {
    name: 'FTP with MLSD (ProFTPD)',
    there: fileServices('proftpd-core', 'openssl'),
    start: () => ftpSubject({ kind: 'ftp' }),
  },
  {
    name: 'FTP with LIST alone (ProFTPD)',
    there: fileServices('proftpd-core', 'openssl'),
    start: () => ftpSubject({ kind: 'ftp', mlsd: false }),
  },
  {
    name: 'FTPS (ProFTPD)',
    there: fileServices('proftpd-mod-crypto', 'openssl'),
    start: () => ftpSubject({ kind: 'ftps' }),
  },
  {
    name: 'S3 (OpenStack Swift)',
    there: fileServices('swift-proxy', 'swift-account', 'swift-container', 'swift-object'),
    links: false,
    start: async () => {
      const { place, secretKey, client, kill, restart, stop } = await startS3();
      return {
        place,
        secret: { password: secretKey },
        put: async (path, content) => void (await client.putObject(`entrada/${path}`, content as string)),
        pack: async (path) => {
          const headers = { 'content-encoding': 'gzip' } as never;
          await client.putObject(`entrada/${path}`, gzipSync('a;b\n') as never, 'text/csv', undefined, headers);
        },
        remove: async (path) => void (await client.deleteObject(`entrada/${path}`)),
        kill,
        restart,
        stop,
      };
    },
  },
];

const settings = (place: string, fingerprint: string | undefined) => ({
  place,
  fingerprint: fingerprint ?? null,
  trustFirst: false,
  region: 'us-east-1',
});
let fetches = 0;
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

async function listed(place: Place, depth = 0, left = (_path: string) => false): Promise<PlaceFile[]> {
  const found: PlaceFile[] = [];
  for await (const file of place.list(depth, left)) found.push(file);
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

describe.each(SUBJECTS.filter(({ there }) => there))('$name', ({ server = true, links = true, start }) => {
  let subject: Subject;
  let place: Place;
  beforeAll(async () => {
    subject = await start();
    place = await openPlace(settings(subject.place, subject.fingerprint), subject.secret, never);
  }, 120_000);
  afterAll(async () => {
    await place?.close();
    await subject?.stop();
  });
  const fetch = async (file: PlaceFile, signal = new AbortController().signal) => {
    const to = join(scratch, `fetched-${fetches++}-${process.pid}`);
    let bytes = 0;
    const after = await place.fetch(file, to, { signal, onBytes: (more) => (bytes += more) });
    return { after, to, bytes };
  };
  const find = async (path: string, depth = 0) => {
    const file = (await listed(place, depth)).find((one) => one.path === path);
    if (!file) throw new Error(`${path} is not listed`);
    return file;
  };

  it('lists files with size and time, and those of folders only as deep as it is asked', async () => {
    const at = new Date('2026-03-02T10:20:30Z');
    const names = ['beta 01.csv', 'ação & «x».csv', "d'água (1).csv", 'dentro/gama.csv', 'dentro/mais/delta.csv'];
    for (const name of names) await subject.put(name, 'a;b\n1;2\n', at);
    const flat = await listed(place);
    expect(flat.map(({ path }) => path)).toEqual(['ação & «x».csv', 'beta 01.csv', "d'água (1).csv"].sort());
    expect(new Set(flat.map(({ bytes }) => bytes))).toEqual(new Set([8]));
    if (subject.folder) expect(flat.map(({ changedAt }) => changedAt)).toEqual([at, at, at]);
    else for (const { changedAt } of flat) expect(Math.abs(changedAt.getTime() - Date.now())).toBeLessThan(120_000);
    expect((await listed(place, 1)).map(({ path }) => path)).toContain('dentro/gama.csv');
    expect((await listed(place, 1)).map(({ path }) => path)).not.toContain('dentro/mais/delta.csv');
    expect((await listed(place, 2)).map(({ path }) => path)).toContain('dentro/mais/delta.csv');
    const some = await listed(place, 2, (path) => path === 'dentro');
    expect(some.map(({ path }) => path)).not.toContain('dentro/gama.csv');
  });

  it('fetches what is there, byte for byte', async () => {
    const content = randomBytes(3_000_000);
    await subject.put('grande.bin', content);
    const file = await find('grande.bin');
    const { after, to, bytes } = await fetch(file);
    expect(after).toEqual(file);
    expect([bytes, readFileSync(to).equals(content), statSync(to).mode & 0o777]).toEqual([3_000_000, true, 0o600]);
    await subject.put('dentro/ação 2.csv', 'x');
    const inner = await fetch(await find('dentro/ação 2.csv', 1));
    expect(readFileSync(inner.to, 'utf8')).toBe('x');
    await subject.put('vazio.csv', '');
    const empty = await fetch(await find('vazio.csv'));
    expect([empty.after?.bytes, statSync(empty.to).size]).toEqual([0, 0]);
  });

  it('says that a file is gone, or another than was listed', async () => {
    await subject.put('some.csv', 'primeiro');
    const file = await find('some.csv');
    await subject.put('some.csv', 'segundo, maior', new Date('2026-03-02T11:00:00Z'));
    const { after } = await fetch(file);
    expect(after).not.toEqual(file);
    expect(after?.bytes).toBe(14);
    await subject.remove('some.csv');
    expect((await fetch(file)).after).toBeNull();
  });

  it('moves a file away, and never over another', async () => {
    await subject.put('mover.csv', 'um');
    await place.move('mover.csv', 'carregados', 'lote-1-mover.csv');
    await subject.put('mover.csv', 'dois');
    expect(await failure(place.move('mover.csv', 'carregados', 'lote-1-mover.csv'))).toMatchObject({
      code: 'placeRefused',
    });
    const paths = (await listed(place, 1)).map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['mover.csv', 'carregados/lote-1-mover.csv']));
    const { to } = await fetch(await find('carregados/lote-1-mover.csv', 1));
    expect(readFileSync(to, 'utf8')).toBe('um');
  });

  it('is stopped in the middle of a file', async () => {
    await subject.put('longo.bin', randomBytes(2_000_000));
    const stop = new AbortController();
    const file = await find('longo.bin');
    const to = join(scratch, `stopped-${fetches++}`);
    await expect(place.fetch(file, to, { signal: stop.signal, onBytes: () => stop.abort() })).rejects.toThrow();
    await place.close();
    place = await openPlace(settings(subject.place, subject.fingerprint), subject.secret, never);
  });

  it('says that this disk is full, and leaves the place as it was', async () => {
    await subject.put('longo.bin', randomBytes(2_000_000));
    const disk = join(scratch, `disk-${fetches++}`);
    mkdirSync(disk);
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk]).status !== 0) return;
    try {
      const { signal } = new AbortController();
      const asked = place.fetch(await find('longo.bin'), join(disk, 'longo.bin'), { signal, onBytes: () => {} });
      expect(await failure(asked)).toMatchObject({ code: 'diskFull' });
    } finally {
      execFileSync('umount', ['-l', disk]);
    }
    await place.close();
    place = await openPlace(settings(subject.place, subject.fingerprint), subject.secret, never);
    expect((await find('longo.bin')).bytes).toBe(2_000_000);
  });

  it('says that there is no such folder', async () => {
    const wrong = settings(`${subject.place}-nenhuma`, subject.fingerprint);
    const missing = openPlace(wrong, subject.secret, never).then((one) => listed(one));
    const s3 = subject.place.startsWith('s3');
    if (s3) return expect(await missing).toEqual([]);
    expect(await failure(missing)).toMatchObject({ code: 'placeMissing' });
  });

  if (!links)
    it('refuses a file that would arrive unpacked', async () => {
      await subject.pack!('embalado.csv');
      const error = await failure(fetch(await find('embalado.csv')));
      expect(error).toMatchObject({ code: 'fileUnreadable', details: { cause: 'Content-Encoding: gzip' } });
    });

  if (links)
    it('does not follow links out of the folder', async () => {
      const folder = subject.folder!;
      writeFileSync(join(folder, '..', 'segredo.csv'), 'fora');
      symlinkSync(join(folder, '..', 'segredo.csv'), join(folder, 'atalho.csv'));
      symlinkSync('..', join(folder, 'subida'));
      const file = await find('atalho.csv', 2);
      expect(file.trick).toMatch(/atalho/);
      expect((await listed(place, 2)).filter(({ path, trick }) => path.startsWith('subida') && !trick)).toEqual([]);
      rmSync(join(folder, 'subida'));
    });

  if (server)
    it('tells who refuses it, and no secret', async () => {
      const secret = { password: 'Outra-senha-3' };
      const error = await failure(
        openPlace(settings(subject.place, subject.fingerprint), secret, never).then((one) => listed(one)),
      );
      expect(error.code).toBe('placeDenied');
      expect(JSON.stringify([error.message, error.details, error.cause ?? null])).not.toContain('Outra-senha-3');
      expect(error.message).toContain(subject.place.split('/')[2]?.split('@')[1]);
    });

  if (server)
    it('fails when the server goes away in the middle of a file, and is there again after it', async () => {
      await subject.put('enorme.bin', randomBytes(40_000_000));
      const file = await find('enorme.bin');
      const { signal } = new AbortController();
      let killed: Promise<void> | undefined;
      const onBytes = () => {
        killed ??= subject.kill!();
      };
      const to = join(scratch, `broken-${fetches++}`);
      expect(await failure(place.fetch(file, to, { signal, onBytes }))).toMatchObject({ code: 'placeUnreachable' });
      await killed;
      const away = openPlace(settings(subject.place, subject.fingerprint), subject.secret, never).then((one) =>
        listed(one),
      );
      expect(await failure(away)).toMatchObject({ code: 'placeUnreachable' });
      await subject.restart!();
      place = await openPlace(settings(subject.place, subject.fingerprint), subject.secret, never);
      expect((await find('enorme.bin')).bytes).toBe(40_000_000);
    }, 120_000);
});
