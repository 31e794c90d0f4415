import { mayMend, type User } from '../../access/roles.ts';
import type { BatchRecord } from '../../intake/batches.ts';
import { bronzePath } from '../../intake/bronze.ts';
import type { Layout } from '../../intake/layout.ts';
import { RamalError } from '../../kernel/errors.ts';
import { literal } from '../../storage/lake.ts';
import type { Call } from '../route.ts';
import { numberOf } from '../scope-query.ts';

/** A loaded batch and its layout: what is in quarantine can be worked on. */
export async function workable({ app, params }: Call): Promise<{ batch: BatchRecord; layout: Layout }> {
  const batch = await app.batches.get(numberOf('lote', params.batch));
  if (batch.state === 'loaded') return { batch, layout: app.layouts.get(batch.source, batch.layout) };
  throw new RamalError('usage', {
    what: `O lote ${batch.batch_id} não está carregado`,
    todo: 'Só se corrigem linhas de um lote carregado',
  });
}

export function needsMend(user: User): void {
  if (!mayMend(user)) throw new RamalError('notAllowed', { what: 'ver os valores em quarentena' });
}

/** Columns of a batch's file that a correction may change: those of the layout's places, or of the file. */
export async function fileColumns(
  { app }: Pick<Call, 'app'>,
  { source, batch_id }: BatchRecord,
  { format }: Layout,
): Promise<string[]> {
  if (format.kind === 'fixed') return (format.fields ?? []).map(({ name }) => name);
  const path = bronzePath(app.config.home, source, batch_id);
  const names = await app.lake.rows<{ name: string }>(
    `SELECT name FROM parquet_schema(${literal(path)}) WHERE num_children IS NULL AND name NOT IN ('_line', '_registro')`,
  );
  return names.map(({ name }) => name);
}
