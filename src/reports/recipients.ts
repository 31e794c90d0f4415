import type { Account, Accounts } from '../access/accounts.ts';
import { AUDIENCE, admits } from '../access/roles.ts';
import { RamalError } from '../kernel/errors.ts';

/** Why nothing is sent to a user, or null: they are off, their role sees no figures, or nobody knows where. */
export function unreached(account: Account): RamalError | null {
  if (account.disabledAt) return new RamalError('mailUserOff');
  if (!admits(AUDIENCE.figures, account)) return new RamalError('mailUserRole');
  return account.email === null ? new RamalError('mailUserAddress') : null;
}

/** The users as they are called. @throws RamalError `notFound`, or `usage` for one to whom nothing could be sent. */
export async function recipientsOf(accounts: Accounts, names: readonly string[]): Promise<string[]> {
  const found = await Promise.all(names.map((name) => accounts.get(name)));
  for (const account of found) {
    const why = unreached(account);
    if (why)
      throw new RamalError('usage', {
        what: `Não se envia a ${account.name}: ${why.message.slice(0, -1)}`,
        todo: 'Mude-o em Usuários, ou escolha outra pessoa',
      });
  }
  return found.map(({ name }) => name);
}
