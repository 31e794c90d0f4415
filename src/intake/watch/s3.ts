import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { S3mini } from 's3mini';
import { RamalError } from '../../kernel/errors.ts';
import type { Secret } from '../secrets.ts';
import type { PlaceAddress } from './address.ts';
import { PATIENCE_MS, type Place, placeError, unreadable } from './place.ts';

const PAGE = 1000;

/** An S3-compatible store. @throws RamalError from its calls: `placeDenied`, `placeCertificate`, `placeUnreachable`, `placeMissing`. */
export function openS3(
  { host, port, user, secure, bucket, path, shown }: PlaceAddress,
  secret: Secret,
  region: string,
): Place {
  const leaving = new AbortController();
  const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const clientFor = (signal: () => AbortSignal) =>
    new S3mini({
      accessKeyId: user,
      secretAccessKey: secret.password ?? '',
      endpoint: `${secure ? 'https' : 'http'}://${authority}/${bucket}`,
      region,
      // A redirect could lead the signed request to another server.
      fetch: (input, init) => fetch(input, { ...init, redirect: 'error', signal: signal() }),
    });
  const client = clientFor(() => AbortSignal.any([leaving.signal, AbortSignal.timeout(PATIENCE_MS)]));
  const prefix = path === '' ? '' : `${path}/`;
  const failed = (cause: unknown) => placeError(codeOf(cause), shown, rootCause(cause), secret);
  const noBucket = () => placeError('placeMissing', shown, new Error('404'), secret);

  return {
    whole: true,
    async *list(depth, left) {
      let token: string | undefined;
      try {
        do {
          const options = depth === 0 ? { delimiter: '/' } : {};
          const page = await client.listObjectsPaged('/', prefix, PAGE, token, options);
          if (!page) throw noBucket();
          for (const { Key: key, Size: bytes, LastModified: changedAt } of page.objects ?? []) {
            const below = key.slice(prefix.length);
            if (key.endsWith('/') || below === '' || below.split('/').length > depth + 1) continue;
            if (foldersOf(below).some(left) || left(below)) continue;
            yield { path: below, bytes, changedAt };
          }
          token = page.nextContinuationToken;
        } while (token);
      } catch (cause) {
        throw failed(cause);
      }
    },
    async fetch(file, to, { signal, onBytes }) {
      const still = new AbortController();
      const patience = setTimeout(
        () => still.abort(new Error(`sem resposta por ${PATIENCE_MS / 1000} s`)),
        PATIENCE_MS,
      );
      try {
        const response = await clientFor(() =>
          AbortSignal.any([signal, still.signal, leaving.signal]),
        ).getObjectResponse(prefix + file.path);
        if (!response?.body) return null;
        const encoding = response.headers.get('content-encoding') ?? 'identity';
        // The bytes would arrive unpacked: neither the size that was listed, nor what was sent.
        if (encoding !== 'identity') throw unreadable(file.path, new Error(`Content-Encoding: ${encoding}`));
        const body = Readable.fromWeb(response.body as never);
        body.on('data', (chunk: Uint8Array) => {
          patience.refresh();
          onBytes(chunk.length);
        });
        await pipeline(body, createWriteStream(to, { flags: 'wx', mode: 0o600 }), { signal });
        return {
          path: file.path,
          bytes: Number(response.headers.get('content-length') ?? file.bytes),
          changedAt: told(response, file.changedAt),
        };
      } catch (cause) {
        if (signal.aborted || cause instanceof RamalError) throw cause;
        throw statusOf(cause) === 403 ? unreadable(file.path, cause) : failed(cause);
      } finally {
        clearTimeout(patience);
      }
    },
    async move(from, into, name) {
      try {
        if (await client.objectExists(`${prefix}${into}/${name}`))
          throw placeError('placeRefused', shown, new Error(`${into}/${name} já existe`));
        await client.moveObject(prefix + from, `${prefix}${into}/${name}`);
      } catch (cause) {
        throw failed(cause);
      }
    },
    async close() {
      leaving.abort();
    },
  };
}

/** The folders that a key lies in, from the outermost. */
function foldersOf(key: string): string[] {
  const parts = key.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** The header tells whole seconds where a list may tell thousandths: the same second is the same version. */
function told(response: Response, listed: Date): Date {
  const header = new Date(response.headers.get('last-modified') ?? Number.NaN);
  const same = Math.floor(header.getTime() / 1000) === Math.floor(listed.getTime() / 1000);
  return Number.isNaN(header.getTime()) || same ? listed : header;
}

/** What the network said, under the fetch that failed. */
function rootCause(cause: unknown): unknown {
  const inner = (cause as { cause?: unknown } | null)?.cause;
  return inner instanceof Error ? rootCause(inner) : cause;
}

function statusOf(cause: unknown): number | undefined {
  return (cause as { status?: number } | null)?.status;
}

function codeOf(cause: unknown): 'placeDenied' | 'placeCertificate' | 'placeUnreachable' | 'placeMissing' {
  const status = statusOf(cause);
  const { code = '' } = (rootCause(cause) ?? {}) as { code?: string };
  if (status === 401 || status === 403) return 'placeDenied';
  if (status === 404) return 'placeMissing';
  return /CERT|SELF_SIGNED|ALTNAME|ISSUER|UNABLE_TO_VERIFY/.test(code) ? 'placeCertificate' : 'placeUnreachable';
}
