import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { holds } from '../../intake/reference/dated.ts';
import { columnsOf } from '../../intake/reference/kind.ts';
import { digestOf, type Entry, effectiveRows, planChange, planEnd, planOf } from '../../intake/reference/plan.ts';
import { REFERENCE_KINDS, referenceKind } from '../../intake/reference/registry.ts';
import { folded } from '../../intake/reference/value.ts';
import { businessDay } from '../../kernel/clock.ts';
import { RamalError } from '../../kernel/errors.ts';
import { type BuildOptions, build } from '../../lake/build.ts';
import { mappedDays, supervisorAlerts } from '../../lake/reference/alerts.ts';
import { spansOf } from '../../lake/reference/lookups.ts';
import { dayOf } from '../../reports/said.ts';
import { alertView, cellsOf, changeView, MOST_SHOWN, previewView, tableView } from '../reference-view.ts';
import {
  changing,
  editedBy,
  entryOfCells,
  kindOf,
  type LoadRequest,
  learned,
  loadApproved,
  localPath,
  preview,
  spanOfBody,
  uploaded,
} from '../reference-work.ts';
import { type Call, route } from '../route.ts';
import { Job } from '../schema.ts';
import {
  ReferenceAlerts,
  ReferenceChanged,
  ReferenceHistory,
  ReferenceList,
  ReferencePage,
  ReferencePreview,
} from '../schema-reference.ts';
import { numberOf } from '../scope-query.ts';

/** The rows that a person asks for: those of a day, or all; found by texts that are not personal. */
async function pageOf(call: Call) {
  const { app, query, user } = call;
  const kind = kindOf(call);
  const {
    page = 1,
    size = 50,
    search,
    past,
  } = query as { page?: number; size?: number; search?: string; past?: boolean };
  const today = businessDay(app.clock.now(), app.config.timeZone);
  const day = past || !kind.dated ? null : (dayOf('day', query.day) ?? today);
  const entries = await app.references.entries(kind);
  const shown = columnsOf(kind).filter(({ personal }) => personal === undefined);
  const wanted = folded(search ?? '');
  const found = effectiveRows(kind, entries).filter(
    (row) =>
      (day === null || holds(row, day)) &&
      (wanted === '' || shown.some(({ name }) => folded({ ...row.key, ...row.values }[name] ?? '').includes(wanted))),
  );
  const state = (await app.references.states()).get(kind.name)!;
  return {
    table: tableView(kind, state, user),
    day,
    rows: found.slice((page - 1) * size, page * size).map((row) => ({
      row: row.row,
      cells: cellsOf(kind, row),
      from: row.from,
      to: row.to,
      knownTo: row.knownTo,
      by: row.by,
      at: row.at.toISOString(),
    })),
    total: found.length,
    page,
    size,
  };
}

const LoadOptions = Type.Object({
  from: Type.Optional(Type.String({ description: 'Desde quando valem as linhas sem data' })),
  month: Type.Optional(Type.String({ description: 'O mês da escala, quando o arquivo não o traz: 2026-10' })),
  whole: Type.Optional(Type.Boolean({ description: 'O arquivo é a tabela inteira: o que não está nele termina' })),
});

const PAGE = {
  page: Type.Optional(Type.Integer({ minimum: 1 })),
  size: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
};
const Cells = Type.Record(Type.String(), Type.String());
const note = Type.Optional(Type.String({ maxLength: 300 }));
const day = Type.Optional(Type.String({ description: 'Dia; vazio: sem limite' }));

export const referenceRoutes = [
  route({
    method: 'GET',
    url: '/api/reference',
    audience: AUDIENCE.intake,
    summary: 'As tabelas de apoio: para que servem, quantas linhas valem, a última mudança e quem a fez',
    response: ReferenceList,
    handler: async ({ app, user }) => {
      const states = await app.references.states();
      return { tables: REFERENCE_KINDS.map((kind) => tableView(kind, states.get(kind.name)!, user)) };
    },
  }),
  route({
    method: 'GET',
    url: '/api/reference/alerts',
    audience: AUDIENCE.intake,
    summary: 'O que nas tabelas de apoio pede uma pessoa: mapa de supervisores vencido, agentes sem supervisor',
    response: ReferenceAlerts,
    handler: async ({ app }) => {
      const map = spansOf('supervisors', await app.references.entries(referenceKind('supervisors')));
      return { alerts: supervisorAlerts(map, await mappedDays(app.lake)).map(alertView) };
    },
  }),
  route({
    method: 'GET',
    url: '/api/reference/learned',
    audience: AUDIENCE.intake,
    summary: 'Quando cada fonte costuma enviar, aprendido das últimas oito semanas: uma proposta a aprovar',
    response: ReferencePreview,
    handler: async ({ app }) => {
      const { plan, weeks } = await learned(app);
      const read = { file: '', hash: '', entries: plan.added, bad: [], rows: weeks.size };
      return previewView(referenceKind('arrivals'), read, plan, null);
    },
  }),
  route({
    method: 'POST',
    url: '/api/reference/learned',
    audience: AUDIENCE.intake,
    summary: 'Aprova a proposta de chegadas esperadas',
    body: Type.Object({ digest: Type.String() }),
    response: Job,
    status: 202,
    handler: async (call) => {
      const kind = referenceKind('arrivals');
      const { digest } = call.body as { digest: string };
      return changing(call, kind, { action: 'learn' }, async () => {
        const { plan } = await learned(call.app);
        if (digestOf(plan) !== digest) throw new RamalError('referenceChanged', { table: kind.label.pt });
        return plan;
      });
    },
  }),
  route({
    method: 'GET',
    url: '/api/reference/:kind',
    audience: AUDIENCE.intake,
    summary: 'As linhas de uma tabela de apoio em um dia',
    query: Type.Object({
      ...PAGE,
      day: Type.Optional(Type.String({ description: 'Dia em que valem; sem ele, hoje' })),
      past: Type.Optional(Type.Boolean({ description: 'Todas, também as de outros dias' })),
      search: Type.Optional(Type.String({ maxLength: 100 })),
    }),
    response: ReferencePage,
    handler: pageOf,
  }),
  route({
    method: 'GET',
    url: '/api/reference/:kind/history',
    audience: AUDIENCE.intake,
    summary: 'As mudanças de uma tabela de apoio, da mais nova à mais antiga',
    query: Type.Object(PAGE),
    response: ReferenceHistory,
    handler: async (call) => {
      const { page = 1, size = 50 } = call.query as { page?: number; size?: number };
      const { changes, total } = await call.app.references.history(kindOf(call), page, size);
      return { changes: changes.map(changeView), total, page, size };
    },
  }),
  route({
    method: 'GET',
    url: '/api/reference/:kind/history/:change',
    audience: AUDIENCE.intake,
    summary: 'As linhas que uma mudança acrescentou e tirou',
    response: ReferenceChanged,
    handler: async (call) => {
      const kind = kindOf(call);
      const change = numberOf('mudança', call.params.change);
      const rows = await call.app.references.changed(kind, change, MOST_SHOWN);
      return {
        rows: rows.map((row) => ({
          what: row.what,
          cells: cellsOf(kind, row),
          from: row.from,
          to: row.to,
          knownTo: null,
        })),
      };
    },
  }),
  route({
    method: 'POST',
    url: '/api/reference/:kind/rows',
    audience: AUDIENCE.intake,
    summary: 'Acrescenta uma linha a uma tabela de apoio, ou muda a que row nomeia',
    body: Type.Object({ cells: Cells, from: day, to: day, note, row: Type.Optional(Type.Integer()) }),
    response: Job,
    status: 202,
    handler: async (call) => {
      const kind = editedBy(call);
      const { app } = call;
      const body = call.body as {
        cells: Record<string, string>;
        from?: string;
        to?: string;
        note?: string;
        row?: number;
      };
      const span = spanOfBody(kind, body);
      const origin = { action: 'set', note: body.note } as const;
      const { row: number } = body;
      if (number !== undefined) {
        const row = await app.references.entry(kind, number);
        // What names a row stays: a masked value must not become one.
        const { values } = entryOfCells(kind, { ...body.cells, ...row.key });
        return changing(call, kind, origin, async () => {
          const now = await app.references.entry(kind, number);
          return planChange(kind, await app.references.entries(kind), now, { ...span, values });
        });
      }
      const entry: Entry = { ...entryOfCells(kind, body.cells), ...span, monthly: false };
      return changing(call, kind, origin, async () => planOf(kind, await app.references.entries(kind), [entry]));
    },
  }),
  route({
    method: 'POST',
    url: '/api/reference/:kind/end',
    audience: AUDIENCE.intake,
    summary: 'Encerra uma linha em um dia, que já não entra; sem dia, tira a linha',
    body: Type.Object({ row: Type.Integer(), to: day, note }),
    response: Job,
    status: 202,
    handler: async (call) => {
      const kind = editedBy(call);
      const { references } = call.app;
      const { row: number, to, note: why } = call.body as { row: number; to?: string; note?: string };
      await references.entry(kind, number);
      const on = kind.dated ? (dayOf('to', to || undefined) ?? null) : null;
      return changing(call, kind, { action: 'end', note: why }, async () =>
        planEnd(kind, await references.entries(kind), await references.entry(kind, number), on),
      );
    },
  }),
  route({
    method: 'POST',
    url: '/api/reference/:kind/undo',
    audience: AUDIENCE.intake,
    summary: 'Desfaz a última mudança de uma tabela de apoio',
    response: Job,
    status: 202,
    handler: async (call) => {
      const kind = editedBy(call);
      const { app, user } = call;
      return app.jobs.start('reference', async (progress, signal) => {
        const { change } = await app.references.undo(kind, user.name);
        await app.audit.record(user, 'reference', kind.name, { change, action: 'undo' });
        const built = kind.figures ? await build(app, { progress, signal }) : null;
        return { change, lakeVersion: built?.lakeVersion ?? null };
      });
    },
  }),
  route({
    method: 'POST',
    url: '/api/reference/:kind/preview',
    audience: AUDIENCE.administrator,
    summary: 'O que um arquivo desta máquina mudaria em uma tabela de apoio',
    body: Type.Object({ path: Type.String(), ...LoadOptions.properties }),
    response: ReferencePreview,
    handler: async (call) => preview(call.app, editedBy(call), localPath(call), call.body as LoadRequest),
  }),
  route({
    method: 'POST',
    url: '/api/reference/:kind/load',
    audience: AUDIENCE.administrator,
    summary: 'Carrega em uma tabela de apoio um arquivo desta máquina cuja prévia foi aprovada',
    body: Type.Object({ path: Type.String(), digest: Type.String(), note, ...LoadOptions.properties }),
    response: Job,
    status: 202,
    handler: async (call) => {
      const { app, user } = call;
      const kind = editedBy(call);
      const path = localPath(call);
      const request = call.body as LoadRequest & { digest: string; note?: string };
      return app.jobs.start('reference', (progress, signal) =>
        loadApproved(app, user, kind, path, request, { progress, signal }),
      );
    },
  }),
  route({
    method: 'POST',
    url: '/api/reference/:kind/upload',
    audience: AUDIENCE.intake,
    summary: 'O que um arquivo enviado mudaria em uma tabela de apoio',
    query: LoadOptions,
    response: ReferencePreview,
    handler: async (call) => {
      const kind = editedBy(call);
      const { path, dispose } = await uploaded(call);
      return preview(call.app, kind, path, call.query as LoadRequest).finally(dispose);
    },
  }),
  route({
    method: 'POST',
    url: '/api/reference/:kind/upload/load',
    audience: AUDIENCE.intake,
    summary: 'Carrega em uma tabela de apoio um arquivo enviado cuja prévia foi aprovada',
    query: Type.Object({ digest: Type.String(), ...LoadOptions.properties }),
    response: Job,
    status: 202,
    handler: async (call) => {
      const { app, user } = call;
      const kind = editedBy(call);
      const request = call.query as unknown as LoadRequest & { digest: string };
      const { path, dispose } = await uploaded(call);
      const work = (options: BuildOptions) => loadApproved(app, user, kind, path, request, options);
      return app.jobs.start('reference', (progress, signal) => work({ progress, signal }), dispose);
    },
  }),
];
