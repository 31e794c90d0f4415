import { Type } from 'typebox';
import { maskRow } from '../../access/masking.ts';
import { AUDIENCE } from '../../access/roles.ts';
import { quarantine } from '../../contracts/index.ts';
import { bronzePath } from '../../intake/bronze.ts';
import type { Layout } from '../../intake/layout.ts';
import { columnText } from '../../lake/preview-change.ts';
import { literal } from '../../storage/lake.ts';
import { type Call, route } from '../route.ts';
import { Format, RowPage } from '../schema.ts';
import { FileAsked, QuarantineList, RevealAsked, Revealed } from '../schema-quarantine.ts';
import { numberOf } from '../scope-query.ts';
import { FILE_QUERY, fileFormat } from '../send-table.ts';
import { clientFile, QUARANTINE_COLUMNS, quarantineFile } from './quarantine-file.ts';
import { fileColumns, needsMend, workable } from './quarantine-rows.ts';
import { reasonLabel, shownValue } from './quarantine-view.ts';

type Cells = Record<string, unknown>;

async function quarantineRows(call: Call) {
  const { app, params, query } = call;
  const batch = numberOf('lote', params.batch);
  const { source, layout: version } = await app.batches.get(batch);
  const layout = app.layouts.get(source, version);
  const plain = shownValue(layout);
  const page = (query.page as number) ?? 1;
  const size = (query.size as number) ?? 50;
  const where = `batch_id = $batch ${query.reason ? 'AND reason = $reason' : ''}`;
  const parameters = { batch, reason: (query.reason as string) ?? null };
  const sql = `SELECT ${QUARANTINE_COLUMNS.join(', ')} FROM silver.quarantine WHERE ${where} ORDER BY line`;
  const shown = (rows: Cells[]): Cells[] =>
    rows.map((row) => ({
      ...maskRow(row, quarantine.columns),
      // The end of a line tells nothing of it, and may be of anybody.
      record: row.record === null ? null : '***',
      value: row.column_name === null ? row.value : plain(String(row.column_name), row.value as string | null),
      label: reasonLabel(layout, String(row.reason)).label,
    }));
  const format = fileFormat(call);
  if (format) {
    async function* blocks() {
      for await (const rows of app.lake.stream(sql, parameters)) yield shown(rows as Cells[]);
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

/** Rows in quarantine of every loaded batch, the newest batch first. */
async function everyRow({ app, query }: Call) {
  const page = (query.page as number) ?? 1;
  const size = (query.size as number) ?? 50;
  const loaded = (await app.batches.inState('loaded')).filter(({ source }) => (query.source ?? source) === source);
  const batches = new Map(loaded.map((batch) => [batch.batch_id, batch]));
  const where = `batch_id IN (${[...batches.keys()].join(', ') || 'NULL'}) ${query.reason ? 'AND reason = $reason' : ''}`;
  const parameters = { reason: (query.reason as string) ?? null };
  const [count] = await app.lake.rows<{ total: number }>(
    `SELECT count(*) AS total FROM silver.quarantine WHERE ${where}`,
    parameters,
  );
  const rows = await app.lake.rows<{
    batch: number;
    line: number;
    column: string | null;
    value: string;
    reason: string;
  }>(
    `SELECT batch_id AS batch, line, column_name AS "column", value, reason FROM silver.quarantine WHERE ${where}
     ORDER BY batch_id DESC, line LIMIT ${size} OFFSET ${(page - 1) * size}`,
    parameters,
  );
  const shown = new Map<Layout, ReturnType<typeof shownValue>>();
  return {
    rows: rows.map(({ batch, line, column, value, reason }) => {
      const { file_name, source, layout: version } = batches.get(batch)!;
      const layout = app.layouts.get(source, version);
      const plain = shown.get(layout) ?? shownValue(layout);
      shown.set(layout, plain);
      return { batch, file: file_name, line, column, value: column === null ? value : plain(column, value), reason };
    }),
    total: count?.total ?? 0,
    page,
    size,
  };
}

/** The lines as received, cut into the file's columns, for who corrects them. */
async function revealed(call: Call) {
  const { app, user, body } = call;
  needsMend(user);
  const { batch, layout } = await workable(call);
  const { lines } = body as RevealAsked;
  const among = `batch_id = ${batch.batch_id} AND line IN (${lines.join(', ')})`;
  const rows = await app.lake.rows<{ line: number; column_name: string | null; value: string; record: string }>(
    `SELECT line, column_name, value, record FROM silver.quarantine WHERE ${among} ORDER BY line`,
  );
  await app.audit.record(user, 'reveal', `quarantine of batch ${batch.batch_id}`, { lines: rows.length });
  const columns = await fileColumns(call, batch, layout);
  const path = literal(bronzePath(app.config.home, batch.source, batch.batch_id));
  const cells = new Map(
    (
      await app.lake.rows<{ line: number; texts: (string | null)[] }>(
        `SELECT _line AS line, [${columns.map((name) => columnText(layout, name)).join(', ')}] AS texts
         FROM read_parquet(${path}) WHERE _line IN (${lines.join(', ')})`,
      )
    ).map(({ line, texts }) => [line, texts]),
  );
  return {
    rows: rows.map(({ line, column_name, value, record }) => {
      const parts = (column_name ?? '').split(' + ').filter((name) => columns.includes(name));
      const held = parts.map((column) => ({ column, text: cells.get(line)?.[columns.indexOf(column)] ?? null }));
      // The value of one column is what it is now, corrected or not.
      const now = held.length === 1 ? [{ column: held[0]!.column, text: value }] : held;
      return { line, value, record, cells: now };
    }),
  };
}

export const quarantineRoutes = [
  route({
    method: 'GET',
    url: '/api/quarantine',
    audience: AUDIENCE.intake,
    summary: 'As linhas em quarentena de todos os lotes carregados',
    query: Type.Object({
      source: Type.Optional(Type.String()),
      reason: Type.Optional(Type.String()),
      page: Type.Optional(Type.Integer({ minimum: 1 })),
      size: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
    }),
    response: QuarantineList,
    handler: everyRow,
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
    url: '/api/batches/:batch/quarantine/reveal',
    audience: AUDIENCE.intake,
    summary: 'Os valores das linhas que estão na tela, para quem as corrige; fica registrado',
    body: RevealAsked,
    response: Revealed,
    handler: revealed,
  }),
  route({
    method: 'POST',
    url: '/api/batches/:batch/quarantine/file',
    audience: AUDIENCE.intake,
    summary: 'As linhas em quarentena com as colunas do arquivo e o motivo, para o cliente corrigir; fica registrado',
    body: FileAsked,
    handler: clientFile,
  }),
];
