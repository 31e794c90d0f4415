import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Day } from '../../kernel/brazil/dates.ts';
import { type Lake, literal } from '../../storage/lake.ts';
import type { ColumnNature, Treatment } from '../features/treatment.ts';
import { type Map2, principalMap } from '../models/principal.ts';
import { type PersonaFile, personaFile } from '../personas/persona-file.ts';
import type { Play } from '../personas/playbook.ts';
import type { Members, Migration } from './carry-names.ts';
import type { Candidate, FitSettings, Method } from './fit-groups.ts';
import { fieldOf } from './labels-file.ts';
import type { RuleSplit } from './rule-split.ts';
import { type SegmentedFile, segmentFile } from './segment-file.ts';

/** What is told of a base's customers in groups. */
export interface BaseDivision extends Pick<PersonaFile, 'roles' | 'personas'> {
  readonly base: number;
  readonly day: Day;
  readonly customers: number;
  readonly method: Method;
  readonly columns: readonly AskedColumn[];
  readonly features: readonly { readonly column: string; readonly treatment: Treatment; readonly is?: string }[];
  /** The largest first. */
  readonly groups: readonly {
    readonly number: number;
    readonly share: number;
    /** How much of it comes back when customers are drawn anew; null of few customers. */
    readonly stability: number | null;
  }[];
  readonly silhouette: number;
  readonly candidates: readonly Candidate[];
  readonly rule: RuleSplit | null;
  /** Since the groups that were in use, where there were any. */
  readonly migration: (Omit<Migration, 'pairs' | 'numbers'> & { readonly since: number }) | null;
  /** Of the map's two axes, the share of the customers' differences that each shows. */
  readonly map: readonly [number, number];
  readonly warnings: readonly string[];
}

export interface AskedColumn {
  readonly name: string;
  readonly treatment?: Treatment;
}

export interface SegmentBaseQuestion extends Omit<FitSettings, 'begun'> {
  readonly base: { readonly id: number; readonly day: Day; readonly key: string };
  readonly path: string;
  readonly columns: readonly AskedColumn[];
  /** What its fields are; groups are told by those of `told` alone. */
  readonly natures: ReadonlyMap<string, ColumnNature>;
  readonly told: ReadonlyMap<string, ColumnNature>;
  /** Without them, what is customary. */
  readonly plays?: readonly Play[] | undefined;
  /** The groups in use, which these refine. */
  readonly previous?: { readonly id: number; readonly members: Members } | undefined;
  /** The highest number that any group of the home ever went by: what is written of a number is of one group alone. */
  readonly numbered: number;
  /** Where the customers' groups are written, as Parquet. */
  readonly out: string;
}

const RESAMPLES = 20;

/** Parts the customers of a kept base into groups and says who they are. @param folder of its own, removed at the end. */
export async function segmentBase(lake: Lake, question: SegmentBaseQuestion, folder: string): Promise<BaseDivision> {
  const { base, path, columns, natures, told: tellable, plays, previous, numbered, out, ...settings } = question;
  const { key } = base;
  const { signal, progress } = settings;
  try {
    const found = await segmentFile(
      lake,
      {
        ...settings,
        ...{ path, columns, natures, id: key, profile: [], resamples: RESAMPLES },
        ...(previous ? { previous: previous.members, numbered } : {}),
      },
      join(folder, 'fit'),
    );
    signal?.throwIfAborted();
    const numberOf = (label: number) => found.migration?.numbers[label] ?? numbered + label + 1;
    const groups = new Map(found.ids.map((id, row) => [id, numberOf(found.groups.labels[row]!)]));
    const told = await personaFile(
      lake,
      { path, id: key, natures: tellable, groups, plays, progress, signal },
      join(folder, 'personas'),
    );
    const map = principalMap(found.points);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    await writePlaces(lake, found, { numberOf, map, out }, join(folder, 'groups.csv'));
    const sizes = new Map<number, number>();
    for (let row = 0; row < found.rows; row++) {
      const label = found.groups.labels[row]!;
      sizes.set(label, (sizes.get(label) ?? 0) + 1);
    }
    const { silhouette, candidates, weights } = found.groups;
    const { migration, rule, stability } = found;
    return {
      ...{ base: base.id, day: base.day, customers: found.rows, method: settings.method, columns },
      features: found.features.map(({ column, treatment, is }) => ({ column, treatment, ...(is ? { is } : {}) })),
      groups: weights.map((_, label) => ({
        number: numberOf(label),
        share: (sizes.get(label) ?? 0) / found.rows,
        stability: stability?.[label] ?? null,
      })),
      ...{ silhouette, candidates, rule, map: map.shares },
      migration: migration && previous ? { ...sinceOf(migration), since: previous.id } : null,
      ...{ roles: told.roles, personas: told.personas },
      warnings: [...new Set([...found.warnings, ...told.warnings])],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function sinceOf({ pairs: _, numbers: __, ...rest }: Migration): Omit<Migration, 'pairs' | 'numbers'> {
  return rest;
}

interface Placed {
  readonly numberOf: (label: number) => number;
  readonly map: Map2;
  readonly out: string;
}

/** Writes each customer's group and place on the map, in the order of the base. */
async function writePlaces(
  lake: Lake,
  { ids, sure, groups: { labels, membership } }: SegmentedFile,
  { numberOf, map: { places }, out }: Placed,
  csv: string,
): Promise<void> {
  function* lines(): Generator<string> {
    for (const [row, id] of ids.entries())
      yield `${fieldOf(id)},${numberOf(labels[row]!)},${membership[row]},${places[2 * row]},${places[2 * row + 1]},${sure[row] === 1}\n`;
  }
  await pipeline(lines(), createWriteStream(csv, { mode: 0o600 }));
  const types = `{'id': 'VARCHAR', 'group': 'INTEGER', 'membership': 'DOUBLE', 'x': 'DOUBLE', 'y': 'DOUBLE', 'sure': 'BOOLEAN'}`;
  await lake.use((session) =>
    session.run(
      `COPY (FROM read_csv(${literal(csv)}, columns = ${types}, header = false, delim = ',', quote = '"', escape = '"', nullstr = '', null_padding = false))
       TO ${literal(out)} (FORMAT parquet)`,
    ),
  );
}
