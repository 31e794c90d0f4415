import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import type { BatchRecord } from '../../intake/batches.ts';
import { bronzePath, readBronze } from '../../intake/bronze.ts';
import { requireColumns } from '../../intake/drift/judge.ts';
import type { Layout } from '../../intake/layout.ts';
import { parseLayout } from '../../intake/parse-layout.ts';
import { draftOf } from '../../intake/recognise/draft.ts';
import { knownHeadings } from '../../intake/recognise/headings.ts';
import { recogniseParquet } from '../../intake/recognise/recognise.ts';
import { rereadBatch } from '../../intake/reread.ts';
import { fileColumns } from '../../intake/steps/sample.ts';
import { tryLayout } from '../../intake/try-layout.ts';
import { build } from '../../lake/build.ts';
import { columnText } from '../../lake/preview-change.ts';
import { literal } from '../../storage/lake.ts';
import type { App } from '../app.ts';
import { batchView } from '../batch-view.ts';
import { triedView } from '../layout-tried.ts';
import { route } from '../route.ts';
import { Job } from '../schema.ts';
import { LayoutBody, LayoutColumns, LayoutTried } from '../schema-intake.ts';
import { numberOf } from '../scope-query.ts';

/** Rows of a file that its columns are told by. */
const SAMPLE = 2000;

const placeOf = ({ config }: App, { batch_id: batch, source, written_at: writtenAt }: BatchRecord) => ({
  ...{ batch, writtenAt, path: bronzePath(config.home, source, batch) },
});

/** The columns of a source's last file as they may be, beside what its layout makes of them. */
async function columnsOf(app: App, source: string) {
  const { batches, lake, ledger } = app;
  const layout = app.layouts.get(source);
  const states = ['loaded', 'superseded', 'waiting'];
  const { rows } = await batches.list({ source, page: 1, size: 500 });
  const batch = rows.find(({ state }) => states.includes(state)) ?? null;
  const behind = rows.filter(
    ({ state, layout: version, quarantined: bad }) =>
      state === 'loaded' &&
      version < layout.version &&
      (bad > 0 || app.layouts.get(source, version).agents !== layout.agents),
  );
  const again = behind.map(({ batch_id, file_name, layout: version, quarantined: bad }) => ({
    ...{ batch: batch_id, file: file_name, layout: version, quarantined: bad },
  }));
  if (!batch) return { layout, file: null, batch: null, columns: [], again };
  const sampled = await lake.use(async (session) => {
    const [bronze] = await readBronze(session, [placeOf(app, batch)]);
    const names = fileColumns(layout, bronze!.columns);
    const texts = names.map((name) => `coalesce(${columnText(layout, name)}, '')`);
    const found = await session.rows<{ line: number; cells: string[] }>(
      `SELECT _line AS line, [${texts.join(', ')}] AS cells FROM read_parquet(${literal(bronze!.path)}) ORDER BY _line LIMIT ${SAMPLE}`,
    );
    return { names, records: found.map((row) => ({ ...row, quoted: row.cells.map(() => 'no' as const) })) };
  });
  const columns = sampled.names.map((name) => ({ name, type: 'VARCHAR', sql: name }));
  const suggestion = recogniseParquet(columns, sampled.records);
  const { columns: drafted } = draftOf(suggestion, { source, label: '' }, await knownHeadings(ledger));
  return { layout, file: batch.file_name, batch: batch.batch_id, columns: drafted, again };
}

export const layoutColumnRoutes = [
  route({
    method: 'GET',
    url: '/api/layouts/:source/columns',
    audience: AUDIENCE.intake,
    summary:
      'As colunas do último arquivo de uma fonte, o que o layout faz delas, e os lotes que outra versão pode reler',
    response: LayoutColumns,
    handler: async ({ app, params }) => columnsOf(app, params.source ?? ''),
  }),
  route({
    method: 'POST',
    url: '/api/batches/:batch/try',
    audience: AUDIENCE.intake,
    summary: 'O que um layout que ainda não foi guardado faria com o arquivo de um lote; nada é guardado',
    body: Type.Object({ layout: LayoutBody }),
    response: LayoutTried,
    handler: async ({ app, body, params }) => {
      const batch = await app.batches.get(numberOf('lote', params.batch));
      const { layout: given } = body as { layout: Layout };
      const layout = parseLayout({ ...given, version: 1 }, batch.source);
      return app.lake.use(async (session) => {
        const [bronze] = await readBronze(session, [placeOf(app, batch)]);
        requireColumns(layout, bronze!, batch.file_name);
        const rows = { layout, bronze: bronze!, timeZone: app.config.timeZone, suffix: '' };
        return triedView(layout, await tryLayout(session, rows), false);
      });
    },
  }),
  route({
    method: 'POST',
    url: '/api/batches/:batch/reread',
    audience: AUDIENCE.intake,
    summary: 'Relê o arquivo de um lote pela versão do layout em uso; o novo lote fica no lugar dele',
    response: Job,
    status: 202,
    handler: async ({ app, params, user }) => {
      const batch = await app.batches.get(numberOf('lote', params.batch));
      const layout = app.layouts.get(batch.source);
      await app.audit.record(user, 'reread', `batch ${batch.batch_id}`, { layout: layout.version });
      return app.jobs.start('reread', async (progress, signal) => {
        progress({ step: `conferindo ${batch.file_name}`, done: 0, total: 2 });
        const made = await rereadBatch(app, batch.batch_id, { by: user.name, signal });
        await build(app, { progress, signal });
        return batchView(await app.batches.get(made.batch_id));
      });
    },
  }),
];
