import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { RamalError } from '../../kernel/errors.ts';
import { parseTaken } from '../../metrics/reconciliation/list-columns.ts';
import type { ListKind } from '../../metrics/reconciliation/our-side.ts';
import { protocolCounts } from '../../metrics/reconciliation/protocol-counts.ts';
import { type Reconciliation as ReconciliationFound, reconcile } from '../../metrics/reconciliation/reconcile.ts';
import { reconciliationTable, shownDifference } from '../../reports/reconciliation-table.ts';
import { localPath } from '../reference-work.ts';
import { type Call, route } from '../route.ts';
import { Format, Scope } from '../schema.ts';
import { ProtocolCounts, Reconciliation } from '../schema-reconciliation.ts';
import { scopeOf } from '../scope-query.ts';
import { FILE_QUERY, fileFormat, reporting, sendTable } from '../send-table.ts';
import { keepUpload } from '../upload.ts';

const asked = {
  kind: Type.Optional(
    Type.Union([Type.Literal('contacts'), Type.Literal('repeats')], {
      description: 'O que a lista é: contacts, atendimentos (padrão), ou repeats, rechamadas',
    }),
  ),
  columns: Type.Optional(
    Type.String({
      description: 'Que coluna da lista é o quê, pelo lugar: protocol:1,started_at:4+5. Sem isto, o que se reconhece',
    }),
  ),
  tolerance: Type.Optional(
    Type.Number({ minimum: 0, maximum: 720, description: 'Minutos entre dois inícios do mesmo atendimento; padrão 5' }),
  ),
  size: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, description: 'Linhas de cada motivo; padrão 50' })),
};

const Query = Type.Object({
  ...Scope.properties,
  rule: Type.Optional(Type.String()),
  ...asked,
  format: Type.Optional(Format),
  ...FILE_QUERY,
});

/** Lends a folder that only this process reads, gone when the work or, for a file, its download has ended in any way. */
async function reconciled(call: Call, listIn: (folder: string) => Promise<string>) {
  const { app, query, reply } = call;
  const folder = join(app.config.home, 'tmp', `reconciliation-${randomUUID()}`);
  const dispose = () => rmSync(folder, { recursive: true, force: true });
  const format = fileFormat(call);
  let sending = false;
  // Whoever asked may ask otherwise before the answer is there.
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    const question = {
      scope: scopeOf(query),
      rule: (query.rule as string | undefined) ?? 'house',
      kind: (query.kind as ListKind | undefined) ?? 'contacts',
      taken: query.columns === undefined ? undefined : parseTaken(String(query.columns)),
      tolerance: query.tolerance as number | undefined,
      size: query.size as number | undefined,
    };
    const path = await listIn(join(folder, 'list'));
    const found = await reconcile(app.lake, path, question, join(folder, 'work'), gone.signal);
    if (format && found.sums === null) throw noColumns(found);
    if (!format) {
      const { differences: _, rows, ...told } = found;
      return { ...told, rows: rows.map(shownDifference) };
    }
    const table = await reconciliationTable(reporting(call), found, question.scope);
    sending = true;
    reply.raw.once('close', dispose);
    if (reply.raw.closed) dispose();
    return await sendTable(call, format, table);
  } catch (error) {
    sending = false;
    throw error;
  } finally {
    if (!sending) dispose();
  }
}

function noColumns({ file, offered }: ReconciliationFound): RamalError {
  const names = offered.slice(0, 20).map(({ name }) => name.slice(0, 40));
  return new RamalError('listColumns', { file, received: names.join(', ') });
}

export const reconciliationRoutes = [
  route({
    method: 'GET',
    url: '/api/repeats/reconciliation',
    audience: AUDIENCE.figures,
    summary: 'Atendimentos com e sem protocolo, no total e por conta, situação, agente e fila',
    query: Type.Object({ ...Scope.properties, rule: Type.Optional(Type.String()) }),
    response: ProtocolCounts,
    handler: async ({ app, query }) => {
      const [scope, rule] = [scopeOf(query), (query.rule as string | undefined) ?? 'house'];
      return app.cache.answer(app.lake, protocolCounts, [scope, rule], query.refresh === true);
    },
  }),
  route({
    method: 'POST',
    url: '/api/repeats/reconciliation',
    audience: AUDIENCE.figures,
    summary: 'Confere uma lista enviada com os atendimentos ou as rechamadas de um recorte; nada dela é guardado',
    query: Query,
    response: Reconciliation,
    handler: (call) => reconciled(call, (folder) => keepUpload(folder, call.request)),
  }),
  route({
    method: 'POST',
    url: '/api/repeats/reconciliation/file',
    audience: AUDIENCE.administrator,
    summary: 'O mesmo com uma lista desta máquina',
    query: Query,
    body: Type.Object({ path: Type.String() }),
    response: Reconciliation,
    handler: (call) => reconciled(call, async () => localPath(call)),
  }),
];
