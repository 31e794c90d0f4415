import type { FastifyRequest } from 'fastify';
import type { User } from '../access/roles.ts';
import type { App } from './app.ts';

/** Requests with a token, per address and minute: a workbook that refreshes all its tables is far below. */
export const MOST_READS = 240;

/** How a program is asked for its token; browsers answer it with a dialog, so only token-readable routes say it. */
export const CHALLENGE = 'Basic realm="Ramal", charset="UTF-8"';

/** Whom the token in a request reads for, or null: a password of Basic, with any user name, or Bearer. */
export async function readerOf({ readTokens }: App, { headers }: FastifyRequest): Promise<User | null> {
  const secret = secretOf(headers.authorization ?? '');
  return secret ? readTokens.readerOf(secret) : null;
}

function secretOf(authorization: string): string | undefined {
  const [, scheme = '', credentials = ''] = /^(\w+) +([\w+/=.~-]+)$/.exec(authorization.trim()) ?? [];
  if (scheme.toLowerCase() === 'bearer') return credentials;
  if (scheme.toLowerCase() !== 'basic') return undefined;
  const text = Buffer.from(credentials, 'base64').toString('utf8');
  return text.slice(text.indexOf(':') + 1).trim();
}
