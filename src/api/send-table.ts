import type { FastifyReply } from 'fastify';
import type { Call } from './route.ts';
import { csvStream, type TableFile, xlsxFile } from './table-file.ts';

/** Answers with a table as a file; the download is recorded. */
export async function sendTable(
  { app, user, reply }: Call,
  format: 'csv' | 'xlsx',
  table: TableFile,
): Promise<FastifyReply> {
  await app.audit.record(user, 'export', table.name, { format });
  reply.header('content-disposition', `attachment; filename="${table.name}.${format}"`);
  if (format === 'csv') return reply.type('text/csv; charset=utf-8').send(csvStream(table));
  return reply.type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet').send(await xlsxFile(table));
}

/** A table already in memory, as one block. */
export async function* oneBlock(
  rows: readonly (readonly unknown[])[],
): AsyncGenerator<readonly (readonly unknown[])[]> {
  yield rows;
}
