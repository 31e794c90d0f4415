import { createWriteStream, existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { cpfCheckDigits } from '../src/kernel/brazil/cpf.ts';
import { Random } from '../src/kernel/random.ts';
import { measure, printLines, round } from './measure.ts';
import { benchFolder } from './world.ts';

/** A file of fixed width with 300 fields through the whole intake, under 20 rules, against a bare read of its lines. */
const FIELDS = 300;
const MB = Number(process.env.RAMAL_BENCH_FIXED_MB ?? 1000);
const NAMED: readonly (readonly [name: string, width: number, draw: (random: Random, row: number) => string])[] = [
  ['CONTRATO', 10, (_, row) => String(row).padStart(10, '0')],
  ['CPF', 11, (_, row) => cpfOf(row)],
  ['NOME', 30, (random) => `Pessoa ${random.int(1, 90_000)}`],
  ['VALOR', 10, (random) => String(random.int(1, 9_000_000)).padStart(10, '0')],
  ['VENC', 8, (random) => `${two(random.int(1, 29))}${two(random.int(1, 13))}2026`],
  ['FONE', 11, (random) => `119${random.int(10_000_000, 99_999_999)}`],
  ['UF', 2, (random) => ['SP', 'RJ', 'MG', 'BA'][random.int(0, 4)]!],
  ['PARCELAS', 3, (random) => String(random.int(1, 99)).padStart(3, '0')],
  ['CEP', 8, (random) => String(random.int(1_000_000, 99_999_999)).padStart(8, '0')],
  ['PLACA', 7, (random) => `ABC${random.int(1000, 9999)}`],
];
const REST = Array.from({ length: FIELDS - NAMED.length }, (_, index) => `CAMPO_${index + 11}`);
const WIDTH = 5;

const fields = [...NAMED.map(([name, width]) => [name, width] as const), ...REST.map((name) => [name, WIDTH] as const)];
let place = 0;
const layout = {
  source: 'bench-fixed',
  label: { pt: 'Largura fixa', en: 'Fixed width' },
  into: 'list',
  holds: 'all',
  format: {
    kind: 'fixed',
    fields: fields.map(([name, width]) => {
      place += width;
      return { name, from: place - width + 1, to: place };
    }),
  },
  key: ['CONTRATO'],
  columns: {
    contrato: { from: ['CONTRATO'], as: 'text' },
    cpf: { from: ['CPF'], as: 'cpf' },
    nome: { from: ['NOME'], as: 'text' },
    vencimento: { from: ['VENC'], as: 'date', format: 'ddmmyyyy' },
    telefone: { from: ['FONE'], as: 'phone' },
    uf: { from: ['UF'], as: 'text' },
  },
  rules: [
    ...['CONTRATO', 'CPF', 'NOME', 'VALOR', 'VENC'].map((column) => ({
      id: `tem-${column.toLowerCase()}`,
      kind: 'required',
      columns: [column],
    })),
    { id: 'cpf', kind: 'check-digit', column: 'CPF', of: 'cpf' },
    { id: 'valor', kind: 'range', column: 'VALOR', min: 1, max: 9_000_000, as: 'integer' },
    { id: 'prazo', kind: 'range', column: 'VENC', min: '2026-01-01', max: '2026-12-31' },
    { id: 'parcelas', kind: 'range', column: 'PARCELAS', min: 1, max: 98, as: 'integer' },
    { id: 'fone', kind: 'type', column: 'FONE', as: 'phone' },
    { id: 'cep', kind: 'pattern', column: 'CEP', mask: '99999999' },
    { id: 'placa', kind: 'pattern', column: 'PLACA', mask: 'AAA9999' },
    { id: 'uf', kind: 'pattern', column: 'UF', mask: 'AA' },
    { id: 'unico', kind: 'unique', columns: ['CONTRATO'] },
    ...REST.slice(0, 6).map((column, index) => ({ id: `campo-${index}`, kind: 'type', column, as: 'integer' })),
  ],
};

const file = join(benchFolder(), `fixed-${MB}.txt`);
if (!existsSync(file)) {
  const lines = Math.floor((MB * 1e6) / (place + 1));
  await pipeline(Readable.from(blocks(lines)), createWriteStream(file));
}
const layoutFile = join(benchFolder(), 'fixed-layout.json');
writeFileSync(layoutFile, JSON.stringify(layout));
const mb = statSync(file).size / 1e6;
const bare = await measure('bare-read-lines', [file, join(benchFolder(), 'bare-lines.parquet')]);
const home = join(benchFolder(), 'fixed-home');
rmSync(home, { recursive: true, force: true });
const ours = await measure('intake-file', [home, file, layoutFile]);
rmSync(home, { recursive: true, force: true });
for (const [what, cost] of [
  ['bare read of its lines to Parquet', bare],
  [`intake, ${layout.rules.length} rules`, ours],
] as const)
  process.stdout.write(
    `      ${what}: ${round(cost.wallSeconds)} s, ${round(mb / cost.wallSeconds)} MB/s, ${round(cost.peakGb)} GB ${JSON.stringify(cost.result)}\n`,
  );
printLines([
  {
    what: 'fixed width / bare read, MB/s',
    got: bare.wallSeconds / ours.wallSeconds,
    unit: '×',
    target: 0.4,
    atMost: false,
  },
  { what: 'peak memory of intake', got: ours.peakGb, unit: 'GB', target: 1.5, atMost: true },
]);

function* blocks(lines: number): Generator<string> {
  const random = new Random(7);
  for (let row = 0; row < lines; ) {
    const block: string[] = [];
    for (; row < lines && block.length < 500; row++) {
      const named = NAMED.map(([, width, draw]) => draw(random, row).padEnd(width).slice(0, width));
      const rest = REST.map(() => String(random.int(0, 99_999)).padStart(WIDTH, '0'));
      block.push(`${named.join('')}${rest.join('')}\n`);
    }
    yield block.join('');
  }
}

function cpfOf(row: number): string {
  const nine = String(100_000_000 + ((row * 7_919_317) % 899_999_999));
  return `${nine}${cpfCheckDigits(nine)}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
