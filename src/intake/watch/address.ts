import { isAbsolute, resolve } from 'node:path';
import { RamalError } from '../../kernel/errors.ts';

export type PlaceKind = 'folder' | 'sftp' | 'ftp' | 's3';

/** A place's address, read: what a person writes in one line, without any secret. */
export interface PlaceAddress {
  readonly kind: PlaceKind;
  readonly host: string;
  readonly port: number;
  /** The user; of S3, the access key's public part. */
  readonly user: string;
  /** The folder; of S3, the prefix without slashes at its ends. */
  readonly path: string;
  readonly bucket: string;
  /** TLS: FTP asks for it by AUTH TLS, S3 speaks HTTPS. */
  readonly secure: boolean;
  /** As it may be shown in lists and errors. */
  readonly shown: string;
}

const SCHEMES: Readonly<Record<string, { kind: PlaceKind; port: number; secure: boolean }>> = {
  'sftp:': { kind: 'sftp', port: 22, secure: true },
  'ftp:': { kind: 'ftp', port: 21, secure: false },
  'ftps:': { kind: 'ftp', port: 21, secure: true },
  's3:': { kind: 's3', port: 443, secure: true },
  's3+http:': { kind: 's3', port: 80, secure: false },
};

const FORMS =
  'Use /caminho/da/pasta, sftp://usuario@servidor/pasta, ftps://…, ftp://… ou s3://CHAVE@servidor/balde/prefixo';

/** @throws RamalError `usage`; a password in the address is refused, and not repeated. */
export function readAddress(place: string): PlaceAddress {
  if (isAbsolute(place)) {
    const path = resolve(place);
    return { kind: 'folder', host: '', port: 0, user: '', path, bucket: '', secure: true, shown: path };
  }
  const url = URL.canParse(place) ? new URL(place) : null;
  const scheme = SCHEMES[url?.protocol ?? ''];
  if (url?.password)
    throw new RamalError('usage', {
      what: 'O endereço tem uma senha',
      todo: 'Informe-a à parte: no endereço ela apareceria em listas',
    });
  if (!url || !scheme || url.hostname === '' || url.search || url.hash)
    throw new RamalError('usage', { what: 'O lugar não foi entendido', todo: FORMS });
  const path = decoded(url.pathname);
  const user = decoded(url.username);
  const host = url.hostname.replaceAll(/^\[|\]$/g, '');
  const port = url.port === '' ? scheme.port : Number(url.port);
  if (user === '' || /\p{Cc}/u.test(path + user) || path.split('/').includes('..'))
    throw new RamalError('usage', { what: 'Falta o usuário no endereço, ou o caminho tem ..', todo: FORMS });
  const shown = `${url.protocol}//${url.username}@${url.host}${url.pathname}`;
  if (scheme.kind !== 's3') return { ...scheme, host, port, user, path: path || '/', bucket: '', shown };
  const [bucket = '', ...prefix] = path.split('/').filter((part) => part !== '');
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket))
    throw new RamalError('usage', { what: `Balde inválido: ${bucket}`, todo: 'Use s3://CHAVE@servidor/balde/prefixo' });
  return { ...scheme, host, port, user, path: prefix.join('/'), bucket, shown };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new RamalError('usage', { what: 'O endereço tem um % que não é de um código', todo: FORMS });
  }
}
