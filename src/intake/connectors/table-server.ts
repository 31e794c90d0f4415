import { RamalError } from '../../kernel/errors.ts';
import type { TableServer } from '../../storage/table-snapshot.ts';
import type { Secrets } from './auth.ts';
import { databaseAddress } from './table-setting.ts';

/** The database of a connection, with what opens it. @throws RamalError `connectionDenied` when a secret is missing. */
export function serverOf(
  { name, baseUrl }: { readonly name: string; readonly baseUrl: string },
  { username, password }: Secrets,
  timeZone: string,
): TableServer {
  const missing = [...(username ? [] : ['username']), ...(password ? [] : ['password'])];
  if (!username || !password)
    throw new RamalError('connectionDenied', { source: name, received: `falta ${missing.join(', ')}` });
  return { source: name, ...databaseAddress(baseUrl), username, password, timeZone };
}
