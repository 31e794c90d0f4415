import type { BatchDetail } from '../api/schema.ts';
import type {
  ChangePreview,
  CorrectionList,
  CorrectionView,
  QuarantineList,
  ReplayAnswer,
  Revealed,
} from '../api/schema-quarantine.ts';
import { RamalError } from '../kernel/errors.ts';
import type { Options } from './arguments.ts';
import type { Client } from './client.ts';
import { whole } from './shown.ts';
import { textTable } from './terminal.ts';
import { type Context, copy, job } from './work.ts';

type Row = QuarantineList['rows'][number];
type Action = (context: Context, batch: string) => Promise<string | null>;

const json = (value: unknown): string => JSON.stringify(value, null, 2);
const address = (batch: string) => `/api/batches/${encodeURIComponent(batch)}`;
const LARGEST = 500;

/** Rows in quarantine: shown, exported, corrected, and checked again. */
export async function quarantine(context: Context): Promise<string | null> {
  const [action = 'list', batch] = context.rest;
  const work = ACTIONS[action];
  if (!work)
    throw new RamalError('usage', {
      what: `Ação desconhecida: ${action}`,
      todo: `Use ${Object.keys(ACTIONS).join(', ')}`,
    });
  if (batch === undefined && action !== 'list')
    throw new RamalError('usage', { what: 'Falta o número do lote', todo: `Use ramal quarantine ${action} LOTE` });
  return work(context, batch ?? '');
}

const ACTIONS: Readonly<Record<string, Action>> = { list, show, export: exporting, fix, replay };

async function list({ client, options }: Context, batch: string): Promise<string> {
  const rows = batch === '' ? await everyRow(client, options) : await rowsOfBatch(client, batch, options);
  if (options.json) return json(rows);
  if (rows.length === 0) return 'Nada em quarentena';
  const table = rows.map((row) => ({
    ...(batch === '' ? { lote: row.batch, arquivo: row.file } : {}),
    linha: row.line,
    coluna: row.column,
    motivo: row.label,
    valor: row.value,
  }));
  return `Em quarentena: ${whole(rows.length)}\n\n${textTable(table)}`;
}

/** Every page of the rows of all batches. */
async function everyRow(
  client: Client,
  { source, reason, json: plain }: Options,
): Promise<(Row & { label?: string })[]> {
  const rows: (Row & { label?: string })[] = [];
  const query = new URLSearchParams({
    size: String(LARGEST),
    ...(source ? { source } : {}),
    ...(reason ? { reason } : {}),
  });
  for (let page = 1; ; page++) {
    const answer = await client.json<QuarantineList>('GET', `/api/quarantine?${query}&page=${page}`);
    rows.push(...answer.rows.map((row) => (plain ? row : { ...row, label: row.reason })));
    if (rows.length >= answer.total || answer.rows.length === 0) return rows;
  }
}

interface BatchRow {
  readonly line: number;
  readonly column_name: string | null;
  readonly reason: string;
  readonly label: string;
  readonly value: string | null;
}

async function rowsOfBatch(client: Client, batch: string, { reason, json: plain }: Options) {
  const { file } = await client.json<BatchDetail>('GET', address(batch));
  const rows: (Row & { label?: string })[] = [];
  const query = new URLSearchParams({ size: String(LARGEST), ...(reason ? { reason } : {}) });
  for (let page = 1; ; page++) {
    const answer = await client.json<{ rows: BatchRow[]; total: number }>(
      'GET',
      `${address(batch)}/quarantine?${query}&page=${page}`,
    );
    for (const { line, column_name: column, value, reason: code, label } of answer.rows)
      rows.push({ batch: Number(batch), file, line, column, value, reason: code, ...(plain ? {} : { label }) });
    if (rows.length >= answer.total || answer.rows.length === 0) return rows;
  }
}

async function show({ client, options }: Context, batch: string): Promise<string> {
  const { file, quarantined, reasons } = await client.json<BatchDetail>('GET', address(batch));
  const { corrections, columns } = await client.json<CorrectionList>('GET', `${address(batch)}/corrections`);
  const rows = await rowsOfBatch(client, batch, options);
  const seen = options.reveal ? await reveal(client, batch, rows) : rows;
  if (options.json) return json({ batch: Number(batch), file, quarantined, reasons, corrections, columns, rows: seen });
  return [
    `Lote ${batch} (${file}): ${whole(quarantined)} em quarentena`,
    textTable(
      reasons.map(({ reason, label, column, rows: count }) => ({
        motivo: reason,
        texto: label,
        coluna: column,
        linhas: count,
      })),
    ),
    textTable(
      seen.map(({ line, column, value, reason }) => ({ linha: line, coluna: column, motivo: reason, valor: value })),
    ),
    corrections.length === 0 ? '' : `Correções:\n${textTable(corrections.map(correctionRow))}`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

async function reveal(client: Client, batch: string, rows: readonly Row[]): Promise<Row[]> {
  const values = new Map<number, string | null>();
  for (let from = 0; from < rows.length; from += LARGEST) {
    const lines = [...new Set(rows.slice(from, from + LARGEST).map(({ line }) => line))];
    const answer = await client.json<Revealed>('POST', `${address(batch)}/quarantine/reveal`, { lines });
    for (const { line, value } of answer.rows) values.set(line, value);
  }
  return rows.map((row) => ({ ...row, value: values.get(row.line) ?? null }));
}

const STATES = {
  waiting: 'espera o replay',
  'in-force': 'vale',
  leaving: 'sai no replay',
  undone: 'desfeita',
} as const;

function correctionRow({ correction, lines, first, column, change, state, by }: CorrectionView) {
  return {
    correção: correction,
    linhas: lines === 1 ? `a linha ${first}` : `${lines} linhas`,
    coluna: column ?? 'linha inteira',
    faz: change,
    situação: STATES[state],
    por: by,
  };
}

/** The table as it is on screen, masked; revealed, the rows as the client sent them, to send back. */
async function exporting({ client, options, stdout }: Context, batch: string): Promise<null> {
  if (!options.reveal) {
    const query = new URLSearchParams({
      format: options.format ?? 'csv',
      ...(options.reason ? { reason: options.reason } : {}),
    });
    await copy(client, `${address(batch)}/quarantine?${query}`, options, stdout);
    return null;
  }
  const body = { format: options.format ?? 'csv', ...(options.reason ? { reason: options.reason } : {}) };
  await copy(client, `${address(batch)}/quarantine/file`, options, stdout, body);
  return null;
}

async function fix({ client, options }: Context, batch: string): Promise<string> {
  if (options.undo !== undefined) {
    const url = `${address(batch)}/corrections/${encodeURIComponent(options.undo)}/undo`;
    const undone = await client.json<CorrectionView>('POST', url);
    if (options.json) return json(undone);
    const rest = undone.state === 'leaving' ? `. Para valer: ramal quarantine replay ${batch}` : '';
    return `Correção ${undone.correction} desfeita${rest}`;
  }
  if (options.with === undefined)
    throw new RamalError('usage', { what: 'Falta --with', todo: 'Veja ramal quarantine --help' });
  const asked = {
    column: options.column ?? null,
    change: options.with,
    ...(options.reason === undefined ? {} : { reason: options.reason }),
    ...(options.line === undefined ? {} : { lines: options.line.map(lineNumber) }),
  };
  const preview = await client.json<ChangePreview>('POST', `${address(batch)}/corrections/preview`, {
    ...asked,
    ...(options.reveal ? { reveal: true } : {}),
  });
  if (!options.yes)
    return options.json ? json(preview) : `${previewText(preview)}\nNada foi feito. Para guardar: repita com --yes`;
  const made = await client.json<CorrectionView>('POST', `${address(batch)}/corrections`, asked);
  if (options.json) return json(made);
  return `${previewText(preview)}\nCorreção ${made.correction} guardada. Para valer: ramal quarantine replay ${batch}`;
}

function lineNumber(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new RamalError('usage', {
    what: `--line ${text} não é um número de linha`,
    todo: 'Veja ramal quarantine list',
  });
}

const s = (count: number, one: string, many: string) => (count === 1 ? one : many);

function previewText({ lines, changed, pass, samples }: ChangePreview): string {
  const rows = samples.map(({ line, before, after, passes }) => ({
    linha: line,
    antes: before,
    depois: after,
    passa: passes ? 'sim' : 'não',
  }));
  const [one, change, passing] = [s(lines, 'linha', 'linhas'), s(changed, 'muda', 'mudam'), s(pass, 'passa', 'passam')];
  return `${whole(lines)} ${one}: ${whole(changed)} ${change}, ${whole(pass)} ${passing}\n\n${textTable(rows)}\n`;
}

async function replay({ client, options }: Context, batch: string): Promise<string> {
  const result = await job<ReplayAnswer>(client, `${address(batch)}/replay`, undefined);
  if (options.json) return json(result);
  const { changed, before, after } = result;
  const now = `carregadas ${whole(after.loaded)} + em quarentena ${whole(after.quarantined)} + repetidas ${whole(after.duplicate)}`;
  if (!changed) return `Nada a conferir de novo. Lote ${batch}: ${now}`;
  return `Lote ${batch}: ${now} (antes: ${whole(before.loaded)} + ${whole(before.quarantined)} + ${whole(before.duplicate)})`;
}
