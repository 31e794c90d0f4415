import { Type } from 'typebox';
import { isImpersonal, maskRow } from '../../access/masking.ts';
import { AUDIENCE } from '../../access/roles.ts';
import { type Column, contact, quarantine } from '../../contracts/index.ts';
import type { BatchRecord } from '../../intake/batches.ts';
import type { Layout } from '../../intake/layout.ts';
import { BATCH_WARNINGS, QUARANTINE_REASONS } from '../../intake/quarantine-words.ts';
import { addDays } from '../../kernel/brazil/dates.ts';
import { RamalError } from '../../kernel/errors.ts';
import { build } from '../../lake/build.ts';
import { lakeFacts } from '../../metrics/facts.ts';
import type { App } from '../app.ts';
import { type Call, route } from '../route.ts';
import { BatchDetail, BatchList, Format, Job, RowPage } from '../schema.ts';
import { numberOf } from '../scope-query.ts';
import { FILE_QUERY, fileFormat, fileLang, sendTable } from '../send-table.ts';
import { aboutFile, sourceNames } from '../table-about.ts';
import { FILE_WORDS, fileName, spanText } from '../table-words.ts';

/** A batch as the API shows it. */
export function batchView(batch: BatchRecord) {
  return {
    batch: batch.batch_id,
    source: batch.source,
    layout: batch.layout,
    file: batch.file_name,
    bytes: batch.file_bytes,
    state: batch.state,
    read: batch.rows_read,
    loaded: batch.loaded,
    quarantined: batch.quarantined,
    duplicate: batch.duplicate,
    receivedAt: batch.received_at.toISOString(),
    changedAt: batch.changed_at.toISOString(),
    by: batch.received_by,
    from: batch.first_day,
    to: batch.last_day,
    message: batch.message,
    drift: batch.drift,
    effect: batch.effect,
    answeredBy: batch.answered_by,
  };
}

/** A batch with what is kept of its reading, its quarantine, and who has to do with it. */
export async function batchDetail({ lake }: Pick<App, 'lake'>, batch: BatchRecord) {
  const reasons = await lake.rows<{ reason: string; column: string | null; rows: number }>(
    'SELECT reason, column_name AS "column", count(*) AS rows FROM silver.quarantine WHERE batch_id = $batch GROUP BY ALL ORDER BY rows DESC, reason',
    { batch: batch.batch_id },
  );
  return {
    ...batchView(batch),
    encoding: batch.encoding,
    delimiter: batch.delimiter,
    fills: Object.entries(batch.fills).map(([column, rows]) => ({ column, rows })),
    warnings: batch.warnings.map(({ kind, rows, detail }) => ({
      kind,
      rows,
      detail,
      message: [BATCH_WARNINGS[kind], detail].filter(Boolean).join(': '),
    })),
    reasons: reasons.map((row) => ({ ...row, label: QUARANTINE_REASONS[row.reason] ?? row.reason })),
    seconds: batch.seconds,
    decidedBy: batch.decided_by,
    decidedAt: batch.decided_at?.toISOString() ?? null,
    openedBy: batch.opened_by,
    openedAt: batch.opened_at?.toISOString() ?? null,
  };
}

/** Source columns that feed no personal column: their bad values may be read as they are, unless columns shifted. */
function harmlessColumns(layout: Layout): ReadonlySet<string> {
  const personal = (name: string) => (contact.columns as Readonly<Record<string, Column>>)[name]?.personal !== 'none';
  const feeds = Object.entries(layout.columns).map(([name, { from = [] }]) => ({ from, personal: personal(name) }));
  const hidden = new Set(feeds.filter((one) => one.personal).flatMap(({ from }) => from));
  const shown = feeds.filter(({ from }) => from.every((column) => !hidden.has(column)));
  return new Set(shown.map(({ from }) => from.join(' + ')));
}

type Cells = Record<string, unknown>;

const QUARANTINE_COLUMNS = ['line', 'column_name', 'reason', 'value', 'record'] as const;

async function quarantineFile(
  call: Call,
  batch: BatchRecord,
  blocks: AsyncIterable<readonly Cells[]>,
  format: 'csv' | 'xlsx',
) {
  const { app, query } = call;
  const lang = fileLang(call);
  const words = FILE_WORDS[lang];
  const reasonText = (code: unknown) => words.quarantine[String(code)] ?? QUARANTINE_REASONS[String(code)] ?? code;
  async function* rows() {
    for await (const block of blocks) {
      yield block.map((row) =>
        QUARANTINE_COLUMNS.map((name) => (name === 'reason' ? reasonText(row[name]) : row[name])),
      );
    }
  }
  const to = batch.last_day && addDays(batch.last_day, 1);
  const { version } = await lakeFacts(app.lake);
  const { dimensions, columns, about, titles, none } = words;
  return sendTable(call, format, {
    name: fileName(`${titles.quarantine} ${batch.batch_id}`, { from: null, to: null }),
    columns: QUARANTINE_COLUMNS.map((name) => ({
      name: name === 'reason' ? dimensions.reason! : columns[name]!,
      kind: name === 'line' ? 'integer' : 'text',
    })),
    rows: rows(),
    about: () => [
      ['Ramal', `${titles.quarantine}, ${words.batch(batch.batch_id)}`],
      [about.file, batch.file_name],
      [about.period, spanText({ from: batch.first_day, to }, lang)],
      [about.sources, sourceNames(call).get(batch.source) ?? batch.source],
      [about.filters, query.reason ? `${dimensions.reason} = ${reasonText(query.reason)}` : none],
      [about.by, words.perProblem],
      [about.order, words.ascending(columns.line!)],
      [about.version, String(version)],
      ...aboutFile(call, true),
    ],
  });
}

async function quarantineRows(call: Call) {
  const { app, params, query } = call;
  const batch = numberOf('lote', params.batch);
  const { source, layout } = await app.batches.get(batch);
  const harmless = harmlessColumns(app.layouts.get(source, layout));
  const page = (query.page as number) ?? 1;
  const size = (query.size as number) ?? 50;
  const where = `batch_id = $batch ${query.reason ? 'AND reason = $reason' : ''}`;
  const parameters = { batch, reason: (query.reason as string) ?? null };
  const sql = `SELECT ${QUARANTINE_COLUMNS.join(', ')} FROM silver.quarantine WHERE ${where} ORDER BY line`;
  const shown = (rows: Record<string, unknown>[]): Record<string, unknown>[] =>
    rows.map((row) => ({
      ...maskRow(row, quarantine.columns),
      ...(row.column_name === null || (harmless.has(String(row.column_name)) && isImpersonal(String(row.value)))
        ? { value: row.value }
        : {}),
      label: QUARANTINE_REASONS[String(row.reason)] ?? row.reason,
    }));
  const format = fileFormat(call);
  if (format) {
    async function* blocks() {
      for await (const rows of app.lake.stream(sql, parameters)) yield shown(rows as Record<string, unknown>[]);
    }
    return quarantineFile(call, await app.batches.get(batch), blocks(), format);
  }
  const [count] = await app.lake.rows<{ total: number }>(
    `SELECT count(*) AS total FROM silver.quarantine WHERE ${where}`,
    parameters,
  );
  const rows = await app.lake.rows(`${sql} LIMIT ${size} OFFSET ${(page - 1) * size}`, parameters);
  return {
    columns: QUARANTINE_COLUMNS.map((name) => ({
      name,
      type: quarantine.columns[name].type,
      personal: quarantine.columns[name].personal,
      meaning: quarantine.columns[name].meaning,
    })),
    rows: shown(rows),
    total: count?.total ?? 0,
    page,
    size,
  };
}

export const batchRoutes = [
  route({
    method: 'GET',
    url: '/api/batches',
    audience: AUDIENCE.intake,
    summary: 'Os lotes recebidos, do mais novo ao mais antigo',
    query: Type.Object({
      page: Type.Optional(Type.Integer({ minimum: 1 })),
      size: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
      source: Type.Optional(Type.String()),
      needs: Type.Optional(Type.Boolean({ description: 'Só os que falharam ou têm linhas em quarentena' })),
    }),
    response: BatchList,
    handler: async ({ app, query }) => {
      const page = (query.page as number) ?? 1;
      const size = (query.size as number) ?? 50;
      const { rows, total } = await app.batches.list({
        source: query.source as string | undefined,
        needs: query.needs === true,
        page,
        size,
      });
      return { batches: rows.map(batchView), total, page, size };
    },
  }),
  route({
    method: 'GET',
    url: '/api/batches/:batch',
    audience: AUDIENCE.intake,
    summary: 'Um lote: contas que fecham, quarentena por motivo, preenchimentos e avisos',
    response: BatchDetail,
    handler: async ({ app, params }) => batchDetail(app, await app.batches.get(numberOf('lote', params.batch))),
  }),
  route({
    method: 'GET',
    url: '/api/batches/:batch/quarantine',
    audience: AUDIENCE.intake,
    summary: 'As linhas em quarentena de um lote, com motivo, linha física e coluna',
    query: Type.Object({
      page: Type.Optional(Type.Integer({ minimum: 1 })),
      size: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
      reason: Type.Optional(Type.String()),
      format: Type.Optional(Format),
      ...FILE_QUERY,
    }),
    response: RowPage,
    handler: quarantineRows,
  }),
  route({
    method: 'POST',
    url: '/api/batches/:batch/rollback',
    audience: AUDIENCE.intake,
    summary: 'Desfaz um lote; o que foi construído sobre ele acompanha',
    response: Job,
    status: 202,
    handler: async ({ app, params, user }) => {
      const batch = await app.batches.get(numberOf('lote', params.batch));
      if (batch.state !== 'loaded') {
        throw new RamalError('usage', {
          what: `O lote ${batch.batch_id} não está carregado`,
          todo: 'Só um lote carregado pode ser desfeito',
        });
      }
      await app.audit.record(user, 'rollback', `batch ${batch.batch_id}`);
      return app.jobs.start('rollback', async (progress, signal) => {
        await app.batches.tombstone(batch.batch_id);
        return build(app, { progress, signal });
      });
    },
  }),
];
