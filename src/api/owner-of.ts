import { CONSOLE, type User } from '../access/roles.ts';
import type { Call } from './route.ts';

/** Whose a thing is that the caller makes: their own; of a command on this machine, an administrator's who may enter. */
export function ownerOf({ app, user }: Call): Promise<User> {
  return user === CONSOLE ? app.accounts.administrator() : Promise.resolve(user);
}
