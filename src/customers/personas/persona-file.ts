import { mkdirSync, rmSync } from 'node:fs';
import { suggestLayout } from '../../intake/recognise/suggest.ts';
import { RamalError } from '../../kernel/errors.ts';
import type { Lake } from '../../storage/lake.ts';
import { readColumns } from '../features/file-columns.ts';
import type { ReceivedColumn } from '../features/treatment.ts';
import type { Members } from '../segments/carry-names.ts';
import { type Persona, personasOf } from './personas.ts';
import type { Play } from './playbook.ts';
import { type Role, rolesOf } from './roles.ts';

export interface PersonaFile {
  readonly customers: number;
  /** The column that each role was taken from, and of how many customers it is known. */
  readonly roles: readonly { readonly role: Role; readonly column: string; readonly coverage: number }[];
  /** Worth most together first; without a value, of most customers. */
  readonly personas: readonly Persona[];
  readonly warnings: readonly string[];
}

export interface PersonaFileQuestion {
  readonly path: string;
  /** The column that names customers, as the file of groups does. */
  readonly id: string;
  readonly groups: Members;
  readonly roles?: ReadonlyMap<string, string> | undefined;
  readonly plays: readonly Play[];
}

/**
 * The personas of the groups of a base of customers, without loading it.
 * @param folder of its own, removed at the end.
 * @throws RamalError `usage` for columns and roles that are not there, and where no customer has a group.
 */
export async function personaFile(lake: Lake, question: PersonaFileQuestion, folder: string): Promise<PersonaFile> {
  const { path, id, groups, plays } = question;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    const known = (await suggestLayout(path, lake)).columns.map(({ name }) => name).filter((name) => name !== id);
    const roles = rolesOf(known, question.roles);
    const file = await readColumns(lake, path, { names: known, id }, folder);
    const rows = file.ids.flatMap((name, row) => (groups.has(name) ? [row] : []));
    if (rows.length === 0)
      throw new RamalError('usage', {
        what: 'Nenhum cliente do arquivo tem grupo',
        todo: 'Use o arquivo de --labels que ramal segments fit gravou deste arquivo, com o mesmo --id',
      });
    const columns = file.columns.map((column) => rowsOf(column, rows));
    const numbers = [...new Set(groups.values())].sort((a, b) => a - b);
    const labels = Int32Array.from(rows, (row) => numbers.indexOf(groups.get(file.ids[row]!)!));
    const found = personasOf(columns, roles, { groups: numbers.length, labels }, plays);
    const personas = found
      .map((persona) => ({ ...persona, group: numbers[persona.group - 1]! }))
      .filter(({ customers }) => customers > 0)
      .sort((a, b) => (b.worth ?? 0) - (a.worth ?? 0) || b.customers - a.customers);
    const left = file.rows - rows.length;
    return {
      customers: rows.length,
      roles: [...roles].map(([role, column]) => ({
        ...{ role, column },
        coverage: coverageOf(columns.find(({ name }) => name === column)!),
      })),
      personas,
      warnings: [
        ...file.warnings,
        ...(left > 0 ? [`${left} clientes do arquivo não têm grupo e ficaram de fora`] : []),
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
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
