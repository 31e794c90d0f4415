import { join } from 'node:path';
import { businessDay } from '../../kernel/clock.ts';
import { RamalError } from '../../kernel/errors.ts';
import { planOf } from '../reference/plan.ts';
import { readReference } from '../reference/read.ts';
import { referenceKind } from '../reference/registry.ts';
import type { Pulling } from './pulling.ts';

const REASONS = {
  missing: 'falta um valor',
  'not-understood': 'um valor não entendido',
  'ends-before-start': 'termina antes de começar',
  overlap: 'diz outra coisa dos mesmos dias',
  columns: 'número de colunas',
} as const;

/**
 * Makes a table of a CRM what a reference table says whole: what it lacks ends today, or at once where there are no
 * days. One row that is not understood keeps all from changing, for its lack would end something. Resolves to whether
 * figures change.
 * @throws RamalError `tableRefused`, and those of a reference file.
 */
export async function supplyReference(
  { config, references, io }: Pulling,
  source: string,
  { table, reference }: { readonly table: string; readonly reference: string },
  path: string,
  by: string,
): Promise<boolean> {
  const kind = referenceKind(reference);
  const { entries, bad, file, hash } = await readReference(path, kind, { folder: join(config.home, 'tmp') });
  const [first] = bad;
  if (first) {
    const reason = `${first.column ?? 'linha'}: ${REASONS[first.reason]}`;
    throw new RamalError('tableRefused', { source, table, received: bad.length, kind: kind.label.pt, reason });
  }
  const endedOn = kind.dated ? businessDay(io.clock.now(), config.timeZone) : null;
  const plan = planOf(kind, await references.entries(kind), entries, endedOn);
  const note = `${table} de ${source}`;
  const change = await references.apply(kind, plan, { action: 'load', by, note, file, hash });
  return change !== null && kind.figures === true;
}

/** How many rows of a reference table an empty one would end. */
export async function rowsInForce({ config, references, io }: Pulling, reference: string): Promise<number> {
  const kind = referenceKind(reference);
  const today = businessDay(io.clock.now(), config.timeZone);
  const entries = await references.entries(kind);
  return entries.filter(({ to }) => !kind.dated || to === null || to > today).length;
}
