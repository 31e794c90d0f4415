import { rmSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { User } from '../access/roles.ts';
import { learnArrivals } from '../intake/reference/arrivals.ts';
import { holds } from '../intake/reference/dated.ts';
import { columnsOf, type ReferenceKind } from '../intake/reference/kind.ts';
import { digestOf, type Entry, keyText, type Plan, planOf } from '../intake/reference/plan.ts';
import { cellValue, type ReadOptions, type ReadReference, readReference } from '../intake/reference/read.ts';
import type { ChangeOrigin } from '../intake/reference/references.ts';
import { referenceKind } from '../intake/reference/registry.ts';
import { readMonth } from '../intake/reference/value.ts';
import { businessDay, wallTime } from '../kernel/clock.ts';
import { RamalError } from '../kernel/errors.ts';
import { type BuildOptions, build } from '../lake/build.ts';
import { dayOf } from '../reports/said.ts';
import type { App } from './app.ts';
import { countsOf, mayEdit, previewView } from './reference-view.ts';
import type { Call } from './route.ts';
import { keepUpload } from './upload.ts';

/** The table that a request's address names. */
export function kindOf({ params }: Call): ReferenceKind {
  return referenceKind(params.kind ?? '');
}

/** @throws RamalError `notAllowed` when the user may not change the table. */
export function editedBy(call: Call): ReferenceKind {
  const kind = kindOf(call);
  if (!mayEdit(kind, call.user)) throw new RamalError('notAllowed', { what: `mudar a tabela ${kind.label.pt}` });
  return kind;
}

/** Puts a plan in force; resolves to the number of the change, or null where nothing changes. Numbers are not built. */
async function enforce(app: App, user: User, kind: ReferenceKind, plan: Plan, origin: Omit<ChangeOrigin, 'by'>) {
  const change = await app.references.apply(kind, plan, { ...origin, by: user.name });
  if (change !== null) await app.audit.record(user, 'reference', kind.name, { change, action: origin.action });
  return change;
}

/** Puts a plan in force, and builds where figures are made with the table; what the job of a change gives. */
async function applyPlan(
  app: App,
  user: User,
  kind: ReferenceKind,
  plan: Plan,
  origin: Omit<ChangeOrigin, 'by'>,
  options: BuildOptions,
) {
  const change = await enforce(app, user, kind, plan, origin);
  const built = change !== null && kind.figures ? await build(app, options) : null;
  return { change, ...countsOf(plan), lakeVersion: built?.lakeVersion ?? null };
}

/** Starts the change of a table; the plan is made when its turn comes, of what the table says then. */
export function changing(call: Call, kind: ReferenceKind, origin: Omit<ChangeOrigin, 'by'>, plan: () => Promise<Plan>) {
  const { app, user } = call;
  return app.jobs.start('reference', async (progress, signal) =>
    applyPlan(app, user, kind, await plan(), origin, { progress, signal }),
  );
}

export interface LoadRequest {
  readonly from?: string;
  readonly month?: string;
  readonly whole?: boolean;
}

/** A file of a table, read, and what it would change. */
async function planFile(app: App, kind: ReferenceKind, path: string, request: LoadRequest) {
  const month = request.month === undefined ? null : readMonth(request.month);
  if (request.month !== undefined && (month === null || !kind.monthly))
    throw new RamalError('usage', {
      what: kind.monthly ? `Mês não entendido: ${request.month}` : `A tabela ${kind.label.pt} não é por mês`,
      todo: kind.monthly ? 'Use um mês como 2026-10' : 'Tire o mês',
    });
  const from = dayOf('from', request.from) ?? null;
  const options: ReadOptions = { from, month, folder: join(app.config.home, 'tmp') };
  const read: ReadReference = await readReference(path, kind, options);
  const endedOn = request.whole ? wholeFrom(app, kind, read.entries, month ?? from) : undefined;
  const plan = planOf(kind, await app.references.entries(kind), read.entries, endedOn);
  return { read, plan };
}

/** From when a file that is the whole table ends what it lacks: its own first day, or today; undated, at once. */
function wholeFrom(app: App, kind: ReferenceKind, entries: readonly Entry[], given: string | null): string | null {
  if (!kind.dated) return null;
  const days = entries.flatMap(({ from }) => from ?? []).sort();
  return given ?? days[0] ?? businessDay(app.clock.now(), app.config.timeZone);
}

export async function preview(app: App, kind: ReferenceKind, path: string, request: LoadRequest) {
  const { read, plan } = await planFile(app, kind, path, request);
  return previewView(kind, read, plan, await app.references.sameFile(kind, read.hash));
}

/** Loads a file whose preview was approved. @throws RamalError `referenceChanged` when it would change something else by now. */
export async function loadApproved(
  app: App,
  user: User,
  kind: ReferenceKind,
  path: string,
  { digest, note, ...request }: LoadRequest & { digest: string; note?: string | undefined },
  options: BuildOptions,
) {
  const { read, plan } = await planFile(app, kind, path, request);
  if (digestOf(plan) !== digest) throw new RamalError('referenceChanged', { table: kind.label.pt });
  const origin = { action: 'load', file: read.file, hash: read.hash, note } as const;
  return applyPlan(app, user, kind, plan, origin, options);
}

/** Loads a file that nobody looks at before, that of the demonstration. Numbers are not built. */
export async function loadUnseen(app: App, user: User, kind: ReferenceKind, path: string): Promise<void> {
  const { read, plan } = await planFile(app, kind, path, {});
  await enforce(app, user, kind, plan, { action: 'load', file: read.file, hash: read.hash });
}

export function localPath({ body }: Call): string {
  const { path } = body as { path: string };
  if (isAbsolute(path)) return path;
  throw new RamalError('usage', { what: `Caminho relativo: ${path}`, todo: 'Envie o caminho completo' });
}

/** @throws RamalError `usage` that names the column and what it does not understand. */
export function entryOfCells(
  kind: ReferenceKind,
  cells: Readonly<Record<string, string>>,
): Pick<Entry, 'key' | 'values'> {
  const read: Record<string, string> = {};
  for (const column of columnsOf(kind)) {
    const value = cellValue(column, cells[column.name] ?? '');
    if (typeof value !== 'string') {
      const missing = value.reason === 'missing';
      const received = column.personal ? '' : `: ${value.value}`;
      throw new RamalError('usage', {
        what: missing ? `Falta ${column.label.pt}` : `${column.label.pt} não entendido${received}`,
        todo: `Preencha ${column.label.pt}`,
      });
    }
    read[column.name] = value;
  }
  const of = (columns: ReferenceKind['key']) => Object.fromEntries(columns.map(({ name }) => [name, read[name]!]));
  return { key: of(kind.key), values: of(kind.values) };
}

export function spanOfBody(kind: ReferenceKind, body: { from?: string; to?: string }) {
  if (!kind.dated) return { from: null, to: null };
  const from = dayOf('from', body.from || undefined) ?? null;
  const to = dayOf('to', body.to || undefined) ?? null;
  if (from !== null && to !== null && to <= from)
    throw new RamalError('usage', {
      what: `A linha termina antes de começar: de ${from} a ${to}`,
      todo: 'Troque as datas',
    });
  return { from, to };
}

/** What history tells of when files come, as entries of the table of expected arrivals, from today on. */
export async function learned(app: App): Promise<{ plan: Plan; weeks: ReadonlyMap<string, number> }> {
  const kind = referenceKind('arrivals');
  const { timeZone } = app.config;
  const received = await app.batches.receivedAt();
  const arrivals = received.map(({ source, received_at }) => ({ source, at: wallTime(received_at, timeZone) }));
  const today = businessDay(app.clock.now(), timeZone);
  const found = learnArrivals(arrivals, today);
  const stored = await app.references.entries(kind);
  const entries = found.map(({ source, weekday, opens, closes }): Entry => {
    const key = { source, weekday: String(weekday) };
    const now = stored.find((one) => keyText(kind, one.key) === keyText(kind, key) && holds(one, today));
    const values = { opens, closes, due_at: now?.values.due_at ?? '', deadline: now?.values.deadline ?? '' };
    return { key, values, from: now ? today : null, to: null, monthly: false };
  });
  const weeks = new Map(found.map((one) => [`${one.source} ${one.weekday}`, one.weeks]));
  return { plan: planOf(kind, stored, entries), weeks };
}

/** The request's file, in a folder of its own until `dispose`. */
export async function uploaded({ app, request }: Call): Promise<{ path: string; dispose: () => void }> {
  const folder = join(app.config.home, 'tmp', `upload-${request.id}`);
  const path = await keepUpload(folder, request);
  return { path, dispose: () => rmSync(folder, { recursive: true, force: true }) };
}
