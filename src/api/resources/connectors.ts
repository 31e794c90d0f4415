import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import type { Connection } from '../../intake/connectors/connections.ts';
import { listSource, type TableSetting } from '../../intake/connectors/table-setting.ts';
import { tryConnection } from '../../intake/connectors/try-connection.ts';
import { isMissing } from '../../intake/connectors/wanted-days.ts';
import { nextRun } from '../../jobs/schedule.ts';
import { addDays } from '../../kernel/brazil/dates.ts';
import { businessDay } from '../../kernel/clock.ts';
import { RamalError } from '../../kernel/errors.ts';
import type { App } from '../app.ts';
import { pullingOf, runningPull, scheduleMemory, startPull } from '../pulls.ts';
import { route } from '../route.ts';
import { Job } from '../schema.ts';
import {
  ConnectionChange,
  ConnectionCreation,
  ConnectionDays,
  type ConnectionTable,
  ConnectionTest,
  ConnectionView,
  Connector,
} from '../schema-connections.ts';

const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'Dia, AAAA-MM-DD' });
/** Days of a calendar that are answered at once. */
const MOST_DAYS = 3660;

/** A connection as the API shows it. */
async function connectionView(app: App, connection: Connection): Promise<ConnectionView> {
  const { name, connector, enabled, firstDay, runAt, todayMinutes, seenUntil: _, pulledAt, ...rest } = connection;
  const { removedAt, removedBy, ...settings } = rest;
  const kind = app.connections.kind(connector);
  const today = businessDay(removedAt ?? app.clock.now(), app.config.timeZone);
  const entries = (await app.days.entries(name)).filter(({ day }) => day >= firstDay);
  const known = new Map(entries.map((entry) => [entry.day, entry]));
  const days = { extracted: 0, empty: 0, failed: 0, partial: 0, missing: 0 };
  for (const { state } of entries) days[state]++;
  let completeTo: string | null = null;
  for (let day = firstDay; kind.reads === 'days' && day < today; day = addDays(day, 1)) {
    if (isMissing(known.get(day))) days.missing++;
    else if (days.missing === 0) completeTo = day;
  }
  const last = await scheduleMemory(app.ledger).lastRuns();
  const due = (task: string, when: Parameters<typeof nextRun>[0]) =>
    nextRun(when, last.get(`${task} ${name}`) ?? app.clock.now(), app.config.timeZone);
  const runs = [
    due('pull', { kind: 'daily', at: runAt }),
    ...(todayMinutes === null ? [] : [due('today', { kind: 'every', minutes: todayMinutes })]),
  ].sort((a, b) => a.getTime() - b.getTime());
  return {
    name,
    connector,
    label: kind.label,
    ...settings,
    enabled,
    firstDay,
    runAt,
    todayMinutes,
    secrets: app.connections.secretNames(connection),
    running: runningPull(app, name),
    pulledAt: pulledAt?.toISOString() ?? null,
    nextRun: enabled ? runs[0]!.toISOString() : null,
    days,
    completeTo,
    reads: kind.reads,
    tables: await tablesView(app, connection),
    removed: removedAt && { at: removedAt.toISOString(), by: removedBy ?? '' },
  };
}

function tableSettings(tables: ConnectionChange['tables']): TableSetting[] | undefined {
  return tables?.map(({ table, columns = [], reference }) => ({ table, columns, reference: reference || null }));
}

async function tablesView(app: App, { name, tables }: Connection): Promise<ConnectionTable[]> {
  const entries = await app.tables.entries(name);
  return tables.map(({ table, columns, reference }) => {
    const entry = entries.get(table);
    return {
      ...{ table, columns: [...columns], reference },
      source: reference === null ? listSource(name, table) : null,
      ...{ state: entry?.state ?? 'missing', rows: entry?.rows ?? 0, batch: entry?.batch ?? null },
      ...{ hadAt: entry?.hadAt?.toISOString() ?? null, message: entry?.message ?? null },
    };
  });
}

/** The days of a connection in `[from, to)`, those that nobody fetched yet among them. */
async function calendar(app: App, name: string, given: { from?: string; to?: string }): Promise<ConnectionDays> {
  const { firstDay, removedAt } = await app.connections.everKnown(name);
  const today = businessDay(removedAt ?? app.clock.now(), app.config.timeZone);
  const from = given.from ?? firstDay;
  const to = given.to ?? addDays(today, 1);
  const known = new Map((await app.days.entries(name, { from, to })).map((entry) => [entry.day, entry]));
  const days: ConnectionDays['days'] = [];
  for (let day = from; day < to && day <= today; day = addDays(day, 1)) {
    if (days.length >= MOST_DAYS)
      throw new RamalError('usage', { what: `Mais de ${MOST_DAYS} dias`, todo: 'Peça um período menor' });
    const entry = known.get(day);
    if (entry) {
      const { changedAt, askedAt: _, ...rest } = entry;
      days.push({ ...rest, at: changedAt.toISOString() });
    } else if (day >= firstDay && day < today) {
      const nothing = { rows: 0, provisional: false, corrected: false, batch: null, at: null, message: null };
      days.push({ day, state: 'missing', ...nothing });
    }
  }
  return { name, from, to, days };
}

export const connectorRoutes = [
  route({
    method: 'GET',
    url: '/api/connectors',
    audience: AUDIENCE.intake,
    summary: 'Os tipos de fonte que se pode conectar, e os segredos que cada um pede',
    response: Type.Object({ connectors: Type.Array(Connector) }),
    handler: async ({ app }) => ({
      connectors: [...app.connections.kinds().values()].map((kind) => ({ ...kind, secrets: [...kind.secrets] })),
    }),
  }),
  route({
    method: 'GET',
    url: '/api/connections',
    audience: AUDIENCE.intake,
    summary: 'As conexões, com a situação e a próxima extração de cada uma; ou as que foram apagadas',
    query: Type.Object({ removed: Type.Optional(Type.Boolean()) }),
    response: Type.Object({ connections: Type.Array(ConnectionView) }),
    handler: async ({ app, query }) => {
      const connections = await app.connections.list({ removed: query.removed === true });
      return { connections: await Promise.all(connections.map((one) => connectionView(app, one))) };
    },
  }),
  route({
    method: 'POST',
    url: '/api/connections',
    audience: AUDIENCE.administrator,
    summary: 'Cria uma conexão a uma fonte',
    body: ConnectionCreation,
    response: ConnectionView,
    status: 201,
    handler: async ({ app, body, user }) => {
      const { name, secrets = {}, tables, ...settings } = body as ConnectionCreation;
      const all = { ...settings, tables: tableSettings(tables) };
      const created = await app.connections.create(name, all, secrets, user.name);
      await app.audit.record(user, 'connect', `connection ${name}`, { connector: created.connector });
      return connectionView(app, created);
    },
  }),
  route({
    method: 'GET',
    url: '/api/connections/:name',
    audience: AUDIENCE.intake,
    summary: 'Uma conexão, também a que foi apagada',
    response: ConnectionView,
    handler: async ({ app, params }) => connectionView(app, await app.connections.everKnown(params.name ?? '')),
  }),
  route({
    method: 'POST',
    url: '/api/connections/:name',
    audience: AUDIENCE.administrator,
    summary: 'Altera uma conexão, liga ou desliga, ou troca os segredos',
    body: ConnectionChange,
    response: ConnectionView,
    handler: async ({ app, body, params, user }) => {
      const { secrets = {}, ...settings } = body as ConnectionChange;
      const all = { ...settings, tables: tableSettings(settings.tables) };
      const changed = await app.connections.change(params.name ?? '', all, secrets);
      const what = [...Object.keys(settings), ...Object.keys(secrets)].join(', ');
      await app.audit.record(user, 'connect', `connection ${changed.name}`, { changed: what });
      return connectionView(app, changed);
    },
  }),
  route({
    method: 'DELETE',
    url: '/api/connections/:name',
    audience: AUDIENCE.administrator,
    summary: 'Apaga uma conexão e os seus segredos; o que ela trouxe fica, e o seu calendário pode ser lido',
    response: Type.Object({ name: Type.String() }),
    handler: async ({ app, params, user }) => {
      const { name } = await app.connections.get(params.name ?? '');
      if (runningPull(app, name) !== null) throw new RamalError('connectionBusy', { source: name });
      await app.connections.remove(name, user.name);
      await app.audit.record(user, 'connect', `connection ${name}`, { removed: 1 });
      return { name };
    },
  }),
  route({
    method: 'GET',
    url: '/api/connections/:name/days',
    audience: AUDIENCE.intake,
    summary: 'O calendário de uma conexão: cada dia, a situação, os registros e o motivo',
    query: Type.Object({ from: Type.Optional(Day), to: Type.Optional(Day) }),
    response: ConnectionDays,
    handler: async ({ app, params, query }) =>
      calendar(app, params.name ?? '', query as { from?: string; to?: string }),
  }),
  route({
    method: 'POST',
    url: '/api/connections/:name/pull',
    audience: AUDIENCE.intake,
    summary: 'Extrai de uma conexão os dias que faltam, os de um período, ou as tabelas',
    body: Type.Object({
      from: Type.Optional(Day),
      to: Type.Optional(Day),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_DAYS })),
      today: Type.Optional(Type.Boolean({ description: 'Só hoje, como dia provisório' })),
      tables: Type.Optional(
        Type.Array(Type.String({ maxLength: 130 }), {
          minItems: 1,
          description: 'Só estas tabelas; a que está vazia é acreditada',
        }),
      ),
    }),
    response: Job,
    status: 202,
    handler: async ({ app, body, params, user }) => {
      const { name } = await app.connections.get(params.name ?? '');
      const job = startPull(app, name, body as Parameters<typeof startPull>[2], user);
      await app.audit.record(user, 'pull', `connection ${name}`);
      return job;
    },
  }),
  route({
    method: 'POST',
    url: '/api/connections/:name/test',
    audience: AUDIENCE.administrator,
    summary:
      'Experimenta uma conexão: entra na fonte e lê a primeira página de ontem, ou as primeiras linhas de cada tabela',
    response: ConnectionTest,
    handler: async ({ app, params }) => tryConnection(pullingOf(app), params.name ?? ''),
  }),
];
