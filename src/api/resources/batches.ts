import { Type } from 'typebox';
import { isImpersonal, maskRow } from '../../access/masking.ts';
import { AUDIENCE } from '../../access/roles.ts';
import { type Column, contact, quarantine } from '../../contracts/index.ts';
import type { BatchRecord } from '../../intake/batches.ts';
import type { Layout } from '../../intake/layout.ts';
import { BATCH_WARNINGS, QUARANTINE_REASONS } from '../../intake/quarantine-words.ts';
import { RamalError } from '../../kernel/errors.ts';
import { build } from '../../lake/build.ts';
import { type Call, route } from '../route.ts';
import { BatchDetail, BatchList, Format, Job, RowPage } from '../schema.ts';
import { numberOf } from '../scope-query.ts';
import { sendTable } from '../send-table.ts';

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
    by: batch.received_by,
    from: batch.first_day,
    to: batch.last_day,
    message: batch.message,
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

async function quarantineRows(call: Call) {
  const { app, params, query } = call;
  const batch = numberOf('lote', params.batch);
  const { source, layout } = await app.batches.get(batch);
  const harmless = harmlessColumns(app.layouts.get(source, layout));
  const page = (query.page as number) ?? 1;
  const size = (query.size as number) ?? 50;
  const where = `batch_id = $batch ${query.reason ? 'AND reason = $reason' : ''}`;
  const parameters = { batch, reason: (query.reason as string) ?? null };
  const names = ['line', 'column_name', 'reason', 'value', 'record'] as const;
  const sql = `SELECT ${names.join(', ')} FROM silver.quarantine WHERE ${where} ORDER BY line`;
  const shown = (rows: Record<string, unknown>[]): Record<string, unknown>[] =>
    rows.map((row) => ({
      ...maskRow(row, quarantine.columns),
      ...(row.column_name === null || (harmless.has(String(row.column_name)) && isImpersonal(String(row.value)))
        ? { value: row.value }
        : {}),
      label: QUARANTINE_REASONS[String(row.reason)] ?? row.reason,
    }));
  if (query.format === 'csv' || query.format === 'xlsx') {
    async function* blocks() {
      for await (const rows of app.lake.stream(sql, parameters)) {
        yield shown(rows as Record<string, unknown>[]).map((row) => [
          row.line,
          row.column_name,
          row.label,
          row.value,
          row.record,
        ]);
      }
    }
    const columns = ['Linha', 'Coluna', 'Motivo', 'Valor', 'Registro'].map((name, index) => ({
      name,
      kind: index === 0 ? ('integer' as const) : ('text' as const),
    }));
    const about: [string, string][] = [
      ['Ramal', `Quarentena do lote ${batch}`],
      ['Dados pessoais', 'mascarados'],
    ];
    return sendTable(call, query.format, {
      name: `ramal-quarentena-${batch}`,
      columns,
      rows: blocks(),
      about,
      missingLabel: app.config.missingLabel,
    });
  }
  const [count] = await app.lake.rows<{ total: number }>(
    `SELECT count(*) AS total FROM silver.quarantine WHERE ${where}`,
    parameters,
  );
  const rows = await app.lake.rows(`${sql} LIMIT ${size} OFFSET ${(page - 1) * size}`, parameters);
  return {
    columns: names.map((name) => ({
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
    handler: async ({ app, params }) => {
      const batch = await app.batches.get(numberOf('lote', params.batch));
      const reasons = await app.lake.rows<{ reason: string; column: string | null; rows: number }>(
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
      };
    },
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
