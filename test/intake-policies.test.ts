import { readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DRIFT_POLICIES, type DriftKind, type DriftPolicy } from '../src/intake/drift/drift.ts';
import type { Layout } from '../src/intake/layout.ts';
import { type LoadedFile, loadFiles } from '../src/intake/load.ts';
import { parseLayout } from '../src/intake/parse-layout.ts';
import { cpfCheckDigits } from '../src/kernel/brazil/cpf.ts';
import { silent } from '../src/kernel/progress.ts';
import { useHome } from './home.ts';
import { full } from './services.ts';

const home = useHome();

const LAYOUT = {
  source: 'gama',
  version: 1,
  label: { pt: 'Gama', en: 'Gama' },
  into: 'list',
  holds: 'all',
  format: { kind: 'delimited', header: true },
  key: ['CONTRATO'],
  columns: {
    contrato: { from: ['CONTRATO'], as: 'text' },
    nome: { from: ['NOME'], as: 'text' },
    email: { from: ['EMAIL'], as: 'email', invalid: 'quarantine' },
    started_at: { from: ['ABERTO'], as: 'date', format: 'dd/mm/yyyy' },
    situacao: { from: ['SITUACAO'], as: 'text' },
    valor: { from: ['VALOR'], as: 'decimal', format: '1.234,5' },
  },
} as const;
const COLUMNS = ['CONTRATO', 'NOME', 'EMAIL', 'ABERTO', 'SITUACAO', 'VALOR'] as const;
type Row = Record<string, string>;

const ROWS = 300;
const rows = Array.from({ length: ROWS }, (_, number): Row => {
  const nine = String(300_000_000 + number * 7919);
  return {
    CONTRATO: `C${number}`,
    CPF: `${nine}${cpfCheckDigits(nine)}`,
    NOME: `José ${['Lima', 'Prado', 'Reis'][number % 3]}`,
    EMAIL: `pessoa${number}@exemplo.com.br`,
    ABERTO: `${['02', '13'][number % 2]}/11/2026`,
    SITUACAO: ['ABERTO', 'ACORDO', 'QUEBRA'][number % 3]!,
    VALOR: `${100 + number},5`,
  };
});

interface Shape {
  readonly columns?: readonly string[];
  readonly names?: Readonly<Record<string, string>>;
  readonly delimiter?: string;
  readonly encoding?: 'utf8' | 'latin1';
  readonly header?: boolean;
  /** Writes lines of fixed width, with so many spaces before each. */
  readonly fixed?: number;
}

function written(made: readonly Row[], day: number, shape: Shape = {}): string {
  const { columns = COLUMNS, names = {}, delimiter = ';', encoding = 'utf8', header = true, fixed } = shape;
  const lines = made.map((row) => columns.map((name) => row[name] ?? ''));
  const text = (cells: readonly string[]) =>
    fixed === undefined ? cells.join(delimiter) : `${' '.repeat(fixed)}${cells[0]!.padEnd(6)}${cells[3]}${cells[4]}`;
  const all = header && fixed === undefined ? [columns.map((name) => names[name] ?? name), ...lines] : lines;
  const path = home().file('gama.csv', Buffer.from(all.map((cells) => `${text(cells)}\n`).join(''), encoding));
  const time = new Date(Date.UTC(2026, 10, day, 12));
  utimesSync(path, time, time);
  return path;
}

async function load(layout: Layout, ...paths: string[]): Promise<LoadedFile[]> {
  const options = { layout, by: 'marina', progress: silent };
  const loaded: LoadedFile[] = [];
  for await (const one of loadFiles(home(), paths, options)) loaded.push(one);
  return loaded;
}

interface Case {
  readonly kind: DriftKind;
  /** The case's row in the table of docs/mudancas.md. */
  readonly row: string;
  /** The five files before are of it too. */
  readonly before?: Shape;
  readonly format?: Layout['format'];
  readonly now: () => string;
}

const changed = (change: (row: Row, index: number) => Row, shape: Shape = {}) => written(rows.map(change), 20, shape);
const FIXED = {
  kind: 'fixed' as const,
  fields: [
    { name: 'CONTRATO', from: 1, to: 6 },
    { name: 'ABERTO', from: 7, to: 16 },
    { name: 'SITUACAO', from: 17, to: 22 },
  ],
};
const CASES: readonly Case[] = [
  { kind: 'renamed', row: 'renamed', now: () => written(rows, 20, { names: { SITUACAO: 'DS_SITUACAO' } }) },
  {
    kind: 'missing',
    row: 'missing',
    now: () => written(rows, 20, { columns: COLUMNS.filter((one) => one !== 'VALOR') }),
  },
  { kind: 'new', row: 'new', now: () => written(rows, 20, { columns: [...COLUMNS, 'CPF'] }) },
  { kind: 'moved', row: 'moved', now: () => written(rows, 20, { columns: COLUMNS.toReversed() }) },
  {
    kind: 'moved',
    row: 'moved, sem cabeçalho',
    before: { header: false },
    format: { kind: 'delimited', header: false, columns: [...COLUMNS] },
    now: () =>
      written(rows, 20, { header: false, columns: ['CONTRATO', 'EMAIL', 'NOME', 'ABERTO', 'SITUACAO', 'VALOR'] }),
  },
  { kind: 'type', row: 'type', now: () => changed((row) => ({ ...row, EMAIL: row.NOME! })) },
  {
    kind: 'type',
    row: 'type, texto livre',
    now: () => changed((row, index) => ({ ...row, NOME: `pessoa${index}@exemplo.com.br` })),
  },
  {
    kind: 'format',
    row: 'format, datas de outra forma',
    now: () => changed((row) => ({ ...row, ABERTO: row.ABERTO!.split('/').reverse().join('-') })),
  },
  {
    kind: 'format',
    row: 'format, dia e mês trocados, ou outro sinal decimal',
    now: () => changed((row) => ({ ...row, VALOR: row.VALOR!.replace(',', '.') })),
  },
  {
    kind: 'values',
    row: 'values',
    now: () => changed((row, index) => (index % 100 === 7 ? { ...row, SITUACAO: 'NOVO' } : row)),
  },
  {
    kind: 'empties',
    row: 'empties',
    now: () => changed((row, index) => (index % 10 < 6 ? { ...row, NOME: '' } : row)),
  },
  {
    kind: 'width',
    row: 'width',
    before: { fixed: 0 },
    format: FIXED,
    now: () => written(rows, 20, { fixed: 3 }),
  },
  { kind: 'delimiter', row: 'delimiter', now: () => written(rows, 20, { delimiter: '|' }) },
  { kind: 'encoding', row: 'encoding', now: () => written(rows, 20, { encoding: 'latin1' }) },
  { kind: 'rows', row: 'rows', now: () => written(rows.slice(0, 30), 20) },
  {
    kind: 'dates',
    row: 'dates',
    now: () => changed((row, index) => (index % 4 === 0 ? { ...row, ABERTO: '13/12/2026' } : row)),
  },
];

/** What each pair does, as docs/mudancas.md says it. */
function documented(): Map<string, readonly string[]> {
  const text = readFileSync(join(import.meta.dirname, '../docs/mudancas.md'), 'utf8');
  const table = text.slice(text.indexOf('| Mudança |')).split('\n\n')[0]!;
  const cells = table
    .split('\n')
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  return new Map(cells.map(([name, ...said]) => [name!.replaceAll('`', ''), said]));
}

/** What became of a file, in the words of the document. */
function outcome({ batch }: LoadedFile, version: number): string {
  if (batch.state === 'waiting') return 'pergunta';
  if (batch.state === 'refused') return 'recusa';
  if (batch.layout !== version) return 'nova versão';
  return batch.quarantined > 0 ? `quarentena de ${batch.quarantined}` : 'carrega';
}

/** Of a case whose rows some policy quarantines, how many. */
const QUARANTINED: Readonly<Record<string, number>> = {
  type: 300,
  'format, datas de outra forma': 300,
  values: 3,
  empties: 180,
};

/** Every pair is of the full run. */
const chosen = CASES.filter(({ row }) => full || row in QUARANTINED || row === 'missing');

test.each(chosen)('$row: each policy does what the table says', async ({ kind, row, before, format, now }) => {
  await home().reset();
  await home().ledger.sql`DELETE FROM layout WHERE source = 'gama'`;
  const columns = Object.entries(LAYOUT.columns).filter(
    ([name]) => !before || before.fixed === undefined || ['contrato', 'started_at', 'situacao'].includes(name),
  );
  const plain = parseLayout(
    { ...LAYOUT, columns: Object.fromEntries(columns), ...(format ? { format } : {}) },
    'teste',
  );
  await home().know(plain);
  await load(plain, ...[10, 11, 12, 13, 14].map((day) => written(rows.slice(0, ROWS - 15 + day), day, before)));
  const path = now();
  const found: Record<string, string> = {};
  for (const policy of DRIFT_POLICIES) {
    const layout = { ...plain, policies: { kinds: { [kind]: policy } } };
    const [loaded] = await load(layout, path);
    expect(loaded!.batch.drift.map((one) => one.kind)).toContain(kind);
    found[policy] = outcome(loaded!, plain.version);
    const { batch } = loaded!;
    if (batch.state === 'loaded') {
      expect(batch.rows_read).toBe(batch.loaded + batch.quarantined + batch.duplicate);
      await home().batches.tombstone(batch.batch_id);
    }
  }
  const said = documented().get(row)!;
  const expected = DRIFT_POLICIES.map((policy, index): [DriftPolicy, string] => {
    const word = said[index]!;
    return [policy, word === 'quarentena' ? `quarentena de ${QUARANTINED[row]}` : word];
  });
  expect(found).toEqual(Object.fromEntries(expected));
});
