import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '../src/api/app.ts';
import { buildBase } from '../src/customers/base/build-base.ts';
import { readTables } from '../src/customers/base/tables.ts';
import type { Persona } from '../src/customers/personas/personas.ts';
import type { BaseDivision } from '../src/customers/segments/segment-base.ts';
import { silent } from '../src/kernel/progress.ts';

const USER = { name: 'ana', role: 'manager' } as const;
const NAMES = ['Ana', 'Bia', 'Caio', 'Davi', 'Eva', 'Fabio', 'Gil', 'Hugo'];

/** A customer: what names it, its group and what it is worth, where that is known. */
type Row = readonly [code: string, group: number, mrr: number | null];
// A stays and grows, B moves, C stays, D moves and was not known, E is of a group that goes, F leaves, G is new.
const BEFORE: readonly Row[] = [
  ...([
    ['A', 1, 100],
    ['B', 1, 200],
    ['C', 2, 50],
    ['D', 2, null],
    ['E', 9, 70],
    ['F', 1, 30],
  ] as const),
];
const NOW: readonly Row[] = [
  ...([
    ['A', 1, 150],
    ['B', 2, 260],
    ['C', 2, 40],
    ['D', 1, 90],
    ['E', 2, 70],
    ['G', 1, 500],
  ] as const),
];

const persona = (group: number, play: string | null): Persona => ({
  ...{ group, play, first: play !== null, differs: null, likeness: 0.9, customers: 1, share: 0.5 },
  ...{ pain: play && 'Espera suporte de primeira e parceria', action: play && 'Gestão de contas-chave' },
  ...{ standings: {}, size: null, segment: null, segments: [], product: null, products: [], state: null },
  ...{ worth: 1, worthShare: 0.5 },
  traits: [
    { column: 'VL_TOTAL_soma', value: 4_528_077, base: 338_400, effect: 2, n: 9 },
    { column: 'VL_TOTAL_mediana', value: 9, base: 3, effect: 1, n: 9 },
  ],
  aches: [{ kind: 'grade', column: 'Nota_SupTec_Agilidade_mediana', value: 3.6, base: 7.5, n: 148 }],
});

/** A division in use of a base of its own. */
async function divided(app: App, day: string, rows: readonly Row[], stability: number): Promise<void> {
  const folder = join(app.config.home, 'tmp', `divided-${day}`);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${day}.csv`);
  const lines = rows.map(([code, , mrr], at) => `CLI-${code};${NAMES[at]} Souza;VAREJO;${mrr ?? ''}`);
  writeFileSync(path, `CD_CLIENTE;NOME_CLIENTE;DS_SEGMENTO;MRR\n${lines.join('\n')}\n`);
  const out = join(folder, 'base.parquet');
  const tables: Parameters<typeof buildBase>[1]['tables'] = (...work) => readTables(app.lake, [path], ...work);
  const question = { tables, day, keys: new Map([[day, 'CD_CLIENTE']]), out, progress: silent };
  const built = await buildBase(app.lake, question, join(folder, 'work'));
  const { id: base } = await app.bases.keep(built, out, USER);
  const groups = join(folder, 'groups.parquet');
  const values = rows.map(([code, group]) => `('CLI-${code}', ${group}::INTEGER, 1.0, 0.0, 0.0)`).join(', ');
  await app.lake.use((session) =>
    session.run(`COPY (FROM (VALUES ${values}) AS t(id, "group", membership, x, y)) TO '${groups}' (FORMAT parquet)`),
  );
  const numbers = [...new Set(rows.map(([, group]) => group))].sort((a, b) => a - b);
  const told: BaseDivision = {
    ...{ base, day, customers: rows.length, method: 'kmeans', columns: [{ name: 'MRR' }], features: [] },
    groups: numbers.map((number) => ({ number, share: 0.5, stability: number === 1 ? stability : 0.9 })),
    ...{ silhouette: 0.5, candidates: [], rule: null, migration: null, map: [0.5, 0.3], warnings: [] },
    roles: [
      { role: 'value', column: 'MRR', coverage: 1 },
      { role: 'segment', column: 'DS_SEGMENTO', coverage: 1 },
    ],
    personas: numbers.map((number) => persona(number, number === 1 ? 'VIPs da Indústria' : null)),
  };
  const { id } = await app.divisions.keep(told, groups, USER);
  await app.divisions.approve(id, USER);
}

/** Two divisions that were in use, by hand: groups 1 and 2 of both times, and group 9 of the first alone. */
export async function twoDivisions(app: App): Promise<void> {
  await divided(app, '2026-08-16', BEFORE, 0.9);
  await divided(app, '2026-11-15', NOW, 0.4);
}
