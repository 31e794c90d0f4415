import { mkdirSync, rmSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { RamalError } from '../../kernel/errors.ts';
import type { Progress } from '../../kernel/progress.ts';
import type { Lake } from '../../storage/lake.ts';
import { personalKind } from '../base/names.ts';
import { type ColumnsQuestion, type FileColumns, withColumns } from '../features/file-columns.ts';
import type { ReceivedColumn } from '../features/treatment.ts';
import type { Members } from '../segments/carry-names.ts';
import { profileOf, type Trait } from '../segments/traits.ts';
import { WARNINGS } from '../warnings.ts';
import { usualPlays } from './buyers-playbook.ts';
import { type Persona, personasOf } from './personas.ts';
import type { Play } from './playbook.ts';
import { AMOUNTS, type Role, rolesOf } from './roles.ts';

export interface PersonaFile {
  readonly customers: number;
  /** The column that each role was taken from, and of how many customers it is known. */
  readonly roles: readonly { readonly role: Role; readonly column: string; readonly coverage: number }[];
  /** Worth most together first; without a value, of most customers. */
  readonly personas: readonly Persona[];
  readonly warnings: readonly string[];
}

export interface PersonaFileQuestion extends Pick<ColumnsQuestion, 'natures' | 'signal'> {
  readonly path: string;
  /** The column that names customers, as the file of groups does. */
  readonly id: string;
  readonly groups: Members;
  readonly roles?: ReadonlyMap<string, string> | undefined;
  /** Without them, what is customary of such customers. */
  readonly plays?: readonly Play[] | undefined;
  readonly progress?: Progress | undefined;
}

/**
 * The personas of the groups of a base of customers, without loading it. Columns whose names speak of a person tell
 * nothing of a group; the others are read one after the other.
 * @param folder of its own, removed at the end.
 * @throws RamalError `usage` for columns and roles that are not there, and where no customer has a group.
 */
export async function personaFile(lake: Lake, question: PersonaFileQuestion, folder: string): Promise<PersonaFile> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    return await withColumns(lake, question, folder, (file) => tellPersonas(file, question));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function tellPersonas(
  file: FileColumns,
  { groups, plays: given, roles: asked, progress, signal }: PersonaFileQuestion,
): Promise<PersonaFile> {
  const { ids } = file;
  const rows = ids.flatMap((name, row) => (groups.has(name) ? [row] : []));
  if (rows.length === 0)
    throw new RamalError('usage', {
      what: 'Nenhum cliente do arquivo tem grupo',
      todo: 'Use o arquivo de --labels que ramal segments fit gravou deste arquivo, com o mesmo --id',
    });
  const roles = rolesOf(file.names, asked);
  const plays = given ?? usualPlays(roles.get('segment'));
  const numbers = [...new Set(groups.values())].sort((a, b) => a - b);
  const grouping = {
    groups: numbers.length,
    labels: Int32Array.from(rows, (row) => numbers.indexOf(groups.get(ids[row]!)!)),
  };
  const inRoles = new Set(roles.values());
  const kept: ReceivedColumn[] = [];
  const profile = numbers.map((): Trait[] => []);
  for (const [index, name] of file.names.entries()) {
    signal?.throwIfAborted();
    progress?.({ step: 'dizendo quem são', done: index, total: file.names.length });
    const own = inRoles.has(name);
    if (!own && personalKind(name) !== null) continue;
    const column = rowsOf(await file.read(name), rows);
    if (own) kept.push(column);
    for (const [group, traits] of profileOf([column], grouping).entries()) profile[group]!.push(...traits);
    // The texts of a million customers take a while: the server answers others in between.
    await setImmediate();
  }
  const found = personasOf(kept, roles, grouping, plays, profile);
  const personas = found
    .map((persona) => ({ ...persona, group: numbers[persona.group - 1]! }))
    .filter(({ customers }) => customers > 0)
    .sort((a, b) => (b.worth ?? 0) - (a.worth ?? 0) || b.customers - a.customers);
  const left = ids.length - rows.length;
  return {
    customers: rows.length,
    roles: [...roles].map(([role, column]) => ({
      ...{ role, column },
      coverage: coverageOf(kept.find(({ name }) => name === column)!),
    })),
    personas,
    warnings: [
      ...file.warnings,
      ...(left > 0 ? [WARNINGS.ungrouped(left)] : []),
      ...(AMOUNTS.some((role) => roles.has(role)) ? [] : [WARNINGS.noAmount()]),
    ],
  };
}

function rowsOf(column: ReceivedColumn, rows: readonly number[]): ReceivedColumn {
  if ('numbers' in column)
    return { name: column.name, numbers: Float64Array.from(rows, (row) => column.numbers[row]!) };
  return { name: column.name, texts: rows.map((row) => column.texts[row]!) };
}

function coverageOf(column: ReceivedColumn): number {
  if ('texts' in column) return column.texts.filter((text) => text !== null).length / column.texts.length;
  return column.numbers.filter((value) => !Number.isNaN(value)).length / column.numbers.length;
}
