import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { User } from '../access/roles.ts';
import type { BaseField } from '../customers/base/build-base.ts';
import { type KeptBase, naturesOf } from '../customers/base/kept-bases.ts';
import type { Treatment } from '../customers/features/treatment.ts';
import { playsInUse } from '../customers/personas/kept-playbook.ts';
import { type Role, rolesOf } from '../customers/personas/roles.ts';
import type { Division } from '../customers/segments/divisions.ts';
import type { Method } from '../customers/segments/fit-groups.ts';
import { type AskedColumn, segmentBase } from '../customers/segments/segment-base.ts';
import type { Progress } from '../kernel/progress.ts';
import { Turns } from '../kernel/turns.ts';
import type { App } from './app.ts';
import { tellableFields } from './customer-texts.ts';
import { readingOf } from './persona-view.ts';

/** What groups are made of, unless somebody says otherwise: what a customer is worth, since when, and how much it uses. */
const DIVIDING: Partial<Record<Role, Treatment>> = { value: 'log', tenure: 'standard', usage: 'log' };
/** The same of who is known by purchases alone: when, how often and for how much (RFM). */
const DIVIDING_BUYERS: Partial<Record<BaseField['take'], Treatment>> = {
  recency: 'log',
  frequency: 'log',
  money: 'log',
};
/** Fields that fewer customers have say more of who is in a file than of customers. */
const LEAST_COVERED = 0.4;

/** The fields of a base, each with how it would be compared, and whether groups should be made of it. */
export function proposedFields(base: KeptBase) {
  const fields = base.fields.filter(({ name }) => name !== base.key);
  const roles = new Map([...rolesOf(fields.map(({ name }) => name))].map(([role, name]) => [name, role]));
  const buyers = fields.some(({ name, take }) => take === 'money' && roles.get(name) === 'value');
  return fields.map(({ name, kind, coverage, take }) => {
    const role = roles.get(name) ?? null;
    const usual = buyers ? DIVIDING_BUYERS[take] : role === null ? undefined : DIVIDING[role];
    const number = kind === 'number' || kind === 'day';
    const treatment: Treatment = usual ?? (number ? 'standard' : 'one-hot');
    return {
      ...{ name, ...readingOf(name), kind, coverage, role, treatment },
      proposed: usual !== undefined && number && coverage >= LEAST_COVERED,
    };
  });
}

/** The kind of work that divides customers to be kept. */
export const DIVIDING_WORK = 'segments-kept';

export interface DivisionAsked {
  readonly columns: readonly AskedColumn[];
  readonly method: Method;
  readonly k?: number | undefined;
  readonly seed: number;
  /** Not after the groups in use: others are drawn. */
  readonly anew: boolean;
}

interface Watched {
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** One at a time: the numbers that a division gives its groups are those that none before it had. */
const turns = new Turns(1);

/** Parts the customers of a kept base into groups, says who they are, and keeps them to be approved. */
export function divideBase(
  app: App,
  base: KeptBase,
  asked: DivisionAsked,
  by: User,
  watched: Watched,
): Promise<Division> {
  watched.progress({ step: 'esperando outra divisão', done: 0, total: 0 });
  return turns.run(() => divide(app, base, asked, by, watched), watched.signal);
}

async function divide(
  app: App,
  base: KeptBase,
  { columns, method, k, seed, anew }: DivisionAsked,
  by: User,
  watched: Watched,
): Promise<Division> {
  const { id, day, key } = base;
  const current = anew ? null : await app.divisions.current();
  const all = await app.divisions.list();
  const numbered = Math.max(0, ...all.flatMap(({ groups }) => groups.map(({ number }) => number)));
  const previous = current && { id: current.id, members: await app.divisions.membersOf(current.id) };
  const folder = join(app.config.home, 'tmp', `segments-${randomUUID()}`);
  const out = `${folder}.parquet`;
  const told = await segmentBase(
    app.lake,
    {
      ...{ base: { id, day, key }, path: app.bases.pathOf(id), columns, plays: await playsInUse(app) },
      ...{ natures: naturesOf(base), told: tellableFields(app, base) },
      ...{ method, k, seed, numbered, out, ...watched },
      ...(previous ? { previous } : {}),
    },
    folder,
  );
  return app.divisions.keep(told, out, by);
}
