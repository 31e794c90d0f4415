import type { Account, Accounts } from '../access/accounts.ts';
import { AUDIENCE, admits } from '../access/roles.ts';
import { RamalError } from '../kernel/errors.ts';

/** Why nothing is sent to a user, or null: they are off, their role sees no figures, or nobody knows where. */
export function unreached(account: Account): string | null {
  if (account.disabledAt) return 'O usuário está desligado.';
  if (!admits(AUDIENCE.intake, account)) return 'O perfil do usuário não vê indicadores.';
  return account.email === null ? 'O usuário não tem e-mail.' : null;
}

/** The users as they are called. @throws RamalError `notFound`, or `usage` for one to whom nothing could be sent. */
export async function recipientsOf(accounts: Accounts, names: readonly string[]): Promise<string[]> {
  const found = await Promise.all(names.map((name) => accounts.get(name)));
  for (const account of found) {
    const why = unreached(account);
    if (why)
      throw new RamalError('usage', {
        what: `Não se envia a ${account.name}: ${why.slice(0, -1)}`,
        todo: 'Mude-o em Usuários, ou escolha outra pessoa',
      });
  }
  return found.map(({ name }) => name);
}
