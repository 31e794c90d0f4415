/** Who may call what: from the one who installs to the one who takes calls. */
export const ROLES = ['administrator', 'manager', 'supervisor', 'intake', 'operator'] as const;
export type Role = (typeof ROLES)[number];

/** Whom a route is for; `public` asks for no login. */
export type Audience = readonly Role[] | 'public';

export interface User {
  readonly name: string;
  readonly role: Role;
  /** The read token that speaks for them: it never reveals, whoever they are. */
  readonly token?: string;
  /** A session that prints a screen for them: it reads, and reveals nothing. */
  readonly prints?: true;
}

/** Who may call a route: by the least of them, and `figures` for all who see the operation's. */
export const AUDIENCE = {
  administrator: ['administrator'],
  manager: ['administrator', 'manager'],
  supervisor: ['administrator', 'manager', 'supervisor'],
  intake: ['administrator', 'manager', 'intake'],
  figures: ['administrator', 'manager', 'supervisor', 'intake'],
  operator: ROLES,
} as const satisfies Record<Role | 'figures', Audience>;

/** Commands on this machine, by the one who runs it. */
export const CONSOLE: User = { name: 'console', role: 'administrator' };

/** What a home does by itself at its times. */
export const SCHEDULE: User = { name: 'agenda', role: 'administrator' };

/** Whether the user may call a route of that audience. */
export function admits(audience: Audience, user: User | null): boolean {
  return audience === 'public' || (user !== null && audience.includes(user.role));
}

/** Whether the role may ask for one person's unmasked values; each time is recorded. */
export function mayReveal({ role, token, prints }: User): boolean {
  return token === undefined && !prints && role === 'administrator';
}

/** Whom a caller’s name and phone are for, to call them back; each time is recorded. */
export const CALLERS_BACK: Audience = ['administrator', 'supervisor'];

/** Whether the role may see the values of rows in quarantine, to correct them or send them back; each time is recorded. */
export function mayMend({ role, token, prints }: User): boolean {
  return token === undefined && !prints && (role === 'administrator' || role === 'intake');
}
