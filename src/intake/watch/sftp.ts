import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { posix } from 'node:path';
import { pipeline } from 'node:stream/promises';
import ssh2, { type Attributes, type Client, type Sftp } from 'ssh2';
import { RamalError } from '../../kernel/errors.ts';
import type { Secret } from '../secrets.ts';
import type { PlaceAddress } from './address.ts';
import { nameTrick } from './names.ts';
import { PATIENCE_MS, type Place, type PlaceFile, placeError, unreadable } from './place.ts';

/** What is known of a server's key, and what to do with a first one. */
export interface HostKey {
  /** `SHA256:…`, as ssh-keygen prints it; null when none is known. */
  readonly known: string | null;
  /** Take the first key that is shown, once; `remember` then keeps it. */
  readonly trustFirst: boolean;
  readonly remember: (fingerprint: string) => Promise<void>;
}

const AT_ONCE = 16;
const BLOCK = 32_768;
const END_OF_FILE = 1;
const NO_SUCH_FILE = 2;
const PERMISSION_DENIED = 3;

/** @throws RamalError `hostKeyUnknown`, `hostKeyChanged`, `placeRefused`, `placeUnreachable`, `placeMissing`. */
export async function openSftp(address: PlaceAddress, secret: Secret, hostKey: HostKey): Promise<Place> {
  const { shown } = address;
  const connection = await connect(address, secret, hostKey);
  const { sftp, client, call } = connection;
  const failed = (cause: unknown) => placeError('placeUnreachable', shown, cause, secret);
  const root = await call<string>((done) => sftp.realpath(address.path, done)).catch((cause) => {
    client.destroy();
    throw placeError('placeMissing', shown, cause, secret);
  });
  const full = (path: string) => posix.join(root, path);
  const inside = (path: string) => path.startsWith(root === '/' ? '/' : `${root}/`);

  /** A link's target where it is a file in the folder. */
  async function followed(path: string): Promise<{ attrs: Attributes; trick?: string } | null> {
    const link = await call<Attributes>((done) => sftp.lstat(full(path), done));
    const target = await call<string>((done) => sftp.realpath(full(path), done)).catch(() => '');
    if (!inside(target)) return { attrs: link, trick: 'é um atalho que leva para fora da pasta' };
    const attrs = await missing(call<Attributes>((done) => sftp.stat(target, done)));
    return attrs?.isFile() ? { attrs } : null;
  }

  async function* walk(below: string, depth: number, left: (path: string) => boolean): AsyncGenerator<PlaceFile> {
    const folder = await call<Buffer>((done) => sftp.opendir(full(below), done));
    try {
      for (;;) {
        const names = await atEnd(
          call<{ filename: string; attrs: Attributes }[]>((done) => sftp.readdir(folder, done)),
        );
        if (names === null) break;
        for (const { filename, attrs } of names) {
          if (filename === '.' || filename === '..') continue;
          // A name with a slash is the server's trick: kept as it is, so that it is seen and refused.
          const path = below === '' ? filename : `${below}/${filename}`;
          if (left(path)) continue;
          if (attrs.isDirectory() && !filename.includes('/')) {
            if (depth > 0 && nameTrick(path) === null) yield* walk(path, depth - 1, left);
          } else if (attrs.isSymbolicLink() && !filename.includes('/')) {
            const seen = await followed(path);
            if (seen) yield { path, ...version(seen.attrs), ...(seen.trick ? { trick: seen.trick } : {}) };
          } else if (filename.includes('/')) yield { path, ...version(attrs), trick: 'o nome tem uma barra' };
          else if (attrs.isFile()) yield { path, ...version(attrs) };
        }
      }
    } finally {
      await call<void>((done) => sftp.close(folder, done)).catch(() => {});
    }
  }

  /** A file's bytes up to the size that was listed, several blocks asked for at once. */
  async function* read(handle: Buffer, size: number, onBytes: (bytes: number) => void): AsyncGenerator<Buffer> {
    const block = (position: number) => {
      const buffer = Buffer.allocUnsafe(Math.min(BLOCK, size - position));
      const asked = readFully(handle, buffer, position);
      asked.catch(() => {});
      return asked;
    };
    const waiting: Promise<Buffer>[] = [];
    for (let next = 0; next < size || waiting.length > 0; ) {
      for (; waiting.length < AT_ONCE && next < size; next += BLOCK) waiting.push(block(next));
      const bytes = await waiting.shift()!;
      onBytes(bytes.length);
      yield bytes;
    }
  }

  async function readFully(handle: Buffer, into: Buffer, position: number): Promise<Buffer> {
    let length = 0;
    while (length < into.length) {
      const got = await atEnd(
        call<number>((done) => sftp.read(handle, into, length, into.length - length, position + length, done)),
      );
      if (!got) break;
      length += got;
    }
    return into.subarray(0, length);
  }

  return {
    whole: false,
    async *list(depth, left) {
      try {
        yield* walk('', depth, left);
      } catch (cause) {
        throw connection.lost() ? failed(cause) : placeError('placeMissing', shown, cause, secret);
      }
    },
    async fetch({ path, bytes }, to, { signal, onBytes }) {
      try {
        const handle = await missing(call<Buffer>((done) => sftp.open(full(path), 'r', done)));
        if (handle === null) return null;
        await pipeline(read(handle, bytes, onBytes), createWriteStream(to, { flags: 'wx', mode: 0o600 }), { signal });
        const attrs = await call<Attributes>((done) => sftp.fstat(handle, done));
        await call<void>((done) => sftp.close(handle, done));
        return { path, ...version(attrs) };
      } catch (cause) {
        if (signal.aborted) throw cause;
        throw statusOf(cause) === PERMISSION_DENIED ? unreadable(path, cause) : failed(cause);
      }
    },
    async move(path, into, name) {
      try {
        await call<void>((done) => sftp.mkdir(full(into), done)).catch(() => {});
        await call<void>((done) => sftp.rename(full(path), full(`${into}/${name}`), done));
      } catch (cause) {
        throw connection.lost() ? failed(cause) : placeError('placeRefused', shown, cause, secret);
      }
    },
    async close() {
      client.end();
      await Promise.race([connection.closed, new Promise((resolve) => setTimeout(resolve, 1000).unref())]);
      client.destroy();
    },
  };
}

interface Connection {
  readonly client: Client;
  readonly sftp: Sftp;
  /** One request; fails when the connection ends or nothing comes for {@link PATIENCE_MS}. */
  call<T>(ask: (done: (error: Error | undefined, value: T) => void) => void): Promise<T>;
  lost(): boolean;
  readonly closed: Promise<void>;
}

async function connect(
  { host, port, user, shown }: PlaceAddress,
  secret: Secret,
  hostKey: HostKey,
): Promise<Connection> {
  const client = new ssh2.Client();
  let failure: Error | undefined;
  let refusal: RamalError | undefined;
  let taken: string | undefined;
  let ended = false;
  client.on('error', (error: Error) => {
    failure ??= error;
  });
  const closed = new Promise<void>((resolve) =>
    client.once('close', () => {
      ended = true;
      resolve();
    }),
  );
  const over = closed.then(() => {
    throw failure ?? new Error('a conexão foi encerrada');
  });
  over.catch(() => {});
  const call: Connection['call'] = async (ask) => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        client.destroy();
        reject(new Error(`sem resposta por ${PATIENCE_MS / 1000} s`));
      }, PATIENCE_MS);
    });
    const answered = new Promise<Parameters<Parameters<typeof ask>[0]>[1]>((resolve, reject) =>
      ask((error, value) => (error ? reject(error) : resolve(value))),
    );
    try {
      return await Promise.race([answered, over, late]);
    } finally {
      clearTimeout(timer);
    }
  };
  // Servers that ask through the keyboard only want the password as the first answer.
  client.on('keyboard-interactive', (_name, _text, _lang, prompts: unknown[], finish: (answers: string[]) => void) =>
    finish(prompts.map(() => secret.password ?? '')),
  );
  try {
    const ready = new Promise<void>((resolve) => client.once('ready', resolve));
    client.connect({
      host,
      port,
      username: user,
      ...(secret.privateKey ? { privateKey: secret.privateKey } : {}),
      ...(secret.passphrase ? { passphrase: secret.passphrase } : {}),
      ...(secret.password ? { password: secret.password, tryKeyboard: true } : {}),
      readyTimeout: PATIENCE_MS,
      keepaliveInterval: PATIENCE_MS / 3,
      keepaliveCountMax: 3,
      hostVerifier: (key) => {
        const received = `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
        refusal = keyRefusal(received, shown, hostKey);
        if (!refusal && hostKey.known === null) taken = received;
        return !refusal;
      },
    });
    // Else each small request waits 40 ms for the answer to the one before.
    client.setNoDelay(true);
    await Promise.race([ready, over]);
    // A key is only remembered once its server took our own.
    if (taken) await hostKey.remember(taken);
    const sftp = await call<Sftp>((done) => client.sftp(done));
    return { client, sftp, call, closed, lost: () => ended };
  } catch (cause) {
    client.destroy();
    if (refusal) throw refusal;
    const level = (cause as { level?: string }).level ?? '';
    const local = cause instanceof Error && /privateKey|passphrase/i.test(cause.message);
    throw placeError(
      local || level === 'client-authentication' ? 'placeDenied' : 'placeUnreachable',
      shown,
      cause,
      secret,
    );
  }
}

function keyRefusal(received: string, where: string, { known, trustFirst }: HostKey): RamalError | undefined {
  if (known === null) return trustFirst ? undefined : new RamalError('hostKeyUnknown', { where, received });
  return known === received ? undefined : new RamalError('hostKeyChanged', { where, received, expected: known });
}

function version({ size, mtime }: Attributes): { bytes: number; changedAt: Date } {
  return { bytes: size, changedAt: new Date(mtime * 1000) };
}

const statusOf = (cause: unknown) => (cause as { code?: number }).code;

/** What was asked for, or null when there is no such file. */
function missing<T>(asked: Promise<T>): Promise<T | null> {
  return asked.catch((cause) => {
    if (statusOf(cause) === NO_SUCH_FILE) return null;
    throw cause;
  });
}

/** What was read, or null past the end. */
function atEnd<T>(asked: Promise<T>): Promise<T | null> {
  return asked.catch((cause) => {
    if (statusOf(cause) === END_OF_FILE) return null;
    throw cause;
  });
}
