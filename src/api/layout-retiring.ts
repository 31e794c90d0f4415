import type { BatchRecord } from '../intake/batches.ts';
import { RamalError } from '../kernel/errors.ts';
import type { App } from './app.ts';
import { watchesOf } from './look.ts';

/**
 * Whether the version of a layout that read a rolled back batch is in use still, though no other file was read by it.
 * Versions that ship are never taken out of use, nor the only one of a source that a watch or a connection brings.
 */
export async function isRetirable(app: App, batch: BatchRecord): Promise<boolean> {
  const { batches, layouts, lake } = app;
  const { source, layout: version } = batch;
  if (batch.state !== 'rolled-back') return false;
  const general = layouts.versions(source);
  if (general[0]?.version !== version || layouts.saved(general[0]).created_by === 'ramal') return false;
  if (await batches.usesLayout(source, version)) return false;
  if (general.length > 1) return true;
  const counted = await lake.rows('SELECT 1 FROM gold.contact_mart WHERE source = $source LIMIT 1', { source });
  return counted.length === 0 && !(await isBrought(app, source)) && (await batches.readBy(source)).size === 0;
}

async function isBrought(app: App, source: string): Promise<boolean> {
  const [watches, connections] = await Promise.all([watchesOf(app).list(), app.connections.list()]);
  return (
    watches.some(({ patterns }) => patterns.some((one) => one.source === source)) ||
    connections.some(({ name }) => source === name || source.startsWith(`${name}-`))
  );
}

/**
 * Takes a version out of use that only a rolled back batch was read by: it stays as that batch's own, and files that
 * come are read by the version before.
 * @throws RamalError `usage` when something else needs it.
 */
export async function retireLayout(app: App, source: string, version: number): Promise<void> {
  const batch = await app.batches.lastReadBy(source, version);
  if (!batch || !(await isRetirable(app, batch)))
    throw new RamalError('usage', {
      what: `A versão ${version} do layout ${source} não pode ser aposentada`,
      todo: 'Só a versão em uso que nenhum lote, vigia ou conexão usa; desfaça antes os lotes que ela leu',
    });
  await app.layouts.retire(source, version, batch.batch_id);
}
