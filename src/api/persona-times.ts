import { existsSync } from 'node:fs';
import { mainFields } from '../customers/base/main-fields.ts';
import type { Time } from '../customers/personas/movements.ts';
import { type NpsByGroup, npsByGroup } from '../customers/personas/nps.ts';
import type { Division } from '../customers/segments/divisions.ts';
import { RamalError } from '../kernel/errors.ts';
import { personaName } from '../reports/persona-words.ts';
import type { FileLang } from '../reports/words.ts';
import type { App } from './app.ts';
import { customerTexts } from './customer-texts.ts';

/** Where the customers of a division and their groups are. */
export async function timeOf({ bases, divisions }: App, { id, base: of, roles }: Division): Promise<Time> {
  const base = await bases.get(of);
  const column = (role: string) => roles.find((one) => one.role === role)?.column ?? null;
  return {
    ...{
      groups: divisions.pathOf(id),
      base: bases.pathOf(of),
      key: base.key,
      name: mainFields(base).name?.name ?? null,
    },
    ...{ segment: column('segment'), value: column('value') },
  };
}

/** The groups in use, and those in use before them of another base; null where there are none. */
export async function timesOf(app: App) {
  const [now, ...earlier] = await app.divisions.approved();
  const before = now && earlier.find(({ base, day }) => base !== now.base && day <= now.day);
  return { now: now ?? null, before: before ?? null };
}

export interface LostRows {
  readonly day: string;
  readonly what: 'base' | 'groups';
}

/** Of some divisions the first whose base, or whose groups, are no more on the disk; null where all are. */
export function lostOf({ bases, divisions }: App, some: readonly Division[]): LostRows | null {
  for (const { id, base, day } of some) {
    if (!existsSync(bases.pathOf(base))) return { day, what: 'base' };
    if (!existsSync(divisions.pathOf(id))) return { day, what: 'groups' };
  }
  return null;
}

/** @throws RamalError `notFound` where the rows of a division are no more on the disk. */
export function needRows(app: App, some: readonly Division[]): void {
  const lost = lostOf(app, some);
  if (!lost) return;
  const what = lost.what === 'base' ? 'arquivo da base' : 'arquivo dos grupos da base';
  throw new RamalError('notFound', { what, received: lost.day, todo: 'Reponha-o de uma cópia' });
}

/** The NPS of the groups of a division; null where its base tells of no answers. */
export async function npsIn({ bases, lake, divisions }: App, { id, base }: Division): Promise<NpsByGroup | null> {
  const [groups, care] = [divisions.pathOf(id), bases.careOf(base)];
  return existsSync(groups) && existsSync(care) ? npsByGroup(lake, groups, care) : null;
}

export const noGroups = () =>
  new RamalError('notFound', {
    what: 'personas',
    received: 'nenhuma divisão em uso',
    todo: 'Aprove uma na página Segmentos',
  });

/** What groups go by, those of before that are no more among them. */
export async function groupNames(app: App, lang: FileLang): Promise<(number: number | null) => string | null> {
  const { now, before } = await timesOf(app);
  const texts = await app.divisions.texts();
  const names = new Map(
    [...(before?.personas ?? []), ...(now?.personas ?? [])].map((one) => [
      one.group,
      texts.get(one.group)?.name ?? personaName(one, lang),
    ]),
  );
  return (number) => (number === null ? null : (names.get(number) ?? String(number)));
}

/** How a customer of a base leaves: what names it, what it is called and its segment. */
export async function customerMask(app: App, of: Division) {
  const base = await app.bases.get(of.base);
  const { key, name, segment } = await timeOf(app, of);
  const texts = await customerTexts(app, base);
  const text = (field: string | null, value: string | null) =>
    field === null || value === null ? null : String(texts.told(field, value).value);
  return {
    customer: (value: string) => String(texts.told(key, value).value),
    name: (value: string | null) => text(name, value),
    segment: (value: string | null) => text(segment, value),
  };
}
