import { createWriteStream } from 'node:fs';
import { isIP } from 'node:net';
import { posix } from 'node:path';
import { Client, type FileInfo, FTPError } from 'basic-ftp';
import type { Secret } from '../secrets.ts';
import type { PlaceAddress } from './address.ts';
import { nameTrick } from './names.ts';
import { PATIENCE_MS, type Place, type PlaceFile, placeError, unreadable } from './place.ts';

const NO_SUCH_FILE = 550;
const NOT_LOGGED_IN = 530;

/** FTP, or FTPS by AUTH TLS with the certificate checked. @throws RamalError `placeDenied`, `placeCertificate`, `placeUnreachable`, `placeMissing`. */
export async function openFtp(address: PlaceAddress, secret: Secret): Promise<Place> {
  const { shown, host, port, user, secure, path: folder } = address;
  const client = new Client(PATIENCE_MS);
  const failed = (cause: unknown) => placeError(codeOf(cause), shown, cause, secret);
  try {
    await client.access({
      host,
      port,
      user,
      password: secret.password ?? '',
      secure,
      secureOptions: isIP(host) ? {} : { servername: host },
    });
    await client.cd(folder);
  } catch (cause) {
    client.close();
    throw statusOf(cause) === NO_SUCH_FILE ? placeError('placeMissing', shown, cause, secret) : failed(cause);
  }
  const root = await client.pwd().catch((cause) => {
    throw failed(cause);
  });
  const full = (path: string) => posix.join(root, path);

  /** LIST tells times to the minute, or to the day, in the server's own zone: there each file is asked for its own. */
  async function changedAt({ name, modifiedAt }: FileInfo, path: string): Promise<Date | null> {
    if (modifiedAt) return modifiedAt;
    if (/\p{Cc}/u.test(name)) return new Date(0);
    return missing(client.lastMod(full(path)));
  }

  async function* walk(below: string, depth: number, left: (path: string) => boolean): AsyncGenerator<PlaceFile> {
    await client.cd(full(below));
    const folders: string[] = [];
    for (const info of await client.list()) {
      const { name, size, isDirectory, isFile, isSymbolicLink } = info;
      if (name === '.' || name === '..') continue;
      const path = below === '' ? name : `${below}/${name}`;
      if (left(path)) continue;
      if (name.includes('/')) yield { path, bytes: 0, changedAt: new Date(0), trick: 'o nome tem uma barra' };
      else if (isSymbolicLink)
        yield { path, bytes: 0, changedAt: new Date(0), trick: 'é um atalho, e por FTP não se sabe aonde leva' };
      else if (isDirectory) {
        if (nameTrick(path) === null) folders.push(path);
      } else if (isFile) {
        const at = await changedAt(info, path);
        if (at !== null) yield { path, bytes: size, changedAt: at };
      }
    }
    if (depth > 0) for (const path of folders) yield* walk(path, depth - 1, left);
  }

  return {
    whole: false,
    async *list(depth, left) {
      try {
        yield* walk('', depth, left);
      } catch (cause) {
        throw statusOf(cause) === NO_SUCH_FILE ? placeError('placeMissing', shown, cause, secret) : failed(cause);
      }
    },
    async fetch({ path }, to, { signal, onBytes }) {
      const stop = () => client.close();
      signal.addEventListener('abort', stop);
      let before = 0;
      client.trackProgress(({ bytes, type }) => {
        if (type === 'download') onBytes(bytes - before);
        before = bytes;
      });
      try {
        signal.throwIfAborted();
        // Of a missing file some servers cut the data connection before they say so, and the session is lost.
        if ((await missing(client.size(full(path)))) === null) return null;
        const done = await missing(client.downloadTo(createWriteStream(to, { flags: 'wx', mode: 0o600 }), full(path)));
        const bytes = await missing(client.size(full(path)));
        if (done === null && bytes !== null) throw unreadable(path, new Error('550'));
        const at = await missing(client.lastMod(full(path)));
        return bytes === null || at === null ? null : { path, bytes, changedAt: at };
      } catch (cause) {
        throw signal.aborted ? cause : failed(cause);
      } finally {
        client.trackProgress();
        signal.removeEventListener('abort', stop);
      }
    },
    async move(path, into, name) {
      try {
        await client.sendIgnoringError(`MKD ${full(into)}`);
        // Many servers rename over a file that is there.
        if ((await missing(client.size(full(`${into}/${name}`)))) !== null)
          throw new Error(`${into}/${name} já existe`);
        await client.rename(full(path), full(`${into}/${name}`));
      } catch (cause) {
        throw cause instanceof FTPError || !client.closed
          ? placeError('placeRefused', shown, cause, secret)
          : failed(cause);
      }
    },
    async close() {
      client.close();
    },
  };
}

function statusOf(cause: unknown): number {
  return cause instanceof FTPError ? cause.code : 0;
}

function codeOf(cause: unknown): 'placeDenied' | 'placeCertificate' | 'placeUnreachable' {
  if (statusOf(cause) === NOT_LOGGED_IN) return 'placeDenied';
  const { code = '' } = (cause ?? {}) as NodeJS.ErrnoException;
  return /CERT|SELF_SIGNED|ALTNAME|ISSUER|UNABLE_TO_VERIFY/.test(code) ? 'placeCertificate' : 'placeUnreachable';
}

/** What was asked for, or null when there is no such file. */
function missing<T>(asked: Promise<T>): Promise<T | null> {
  return asked.catch((cause) => {
    if (statusOf(cause) === NO_SUCH_FILE) return null;
    throw cause;
  });
}
