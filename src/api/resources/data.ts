import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { AUDIENCE, admits } from '../../access/roles.ts';
import { addDays } from '../../kernel/brazil/dates.ts';
import { RamalError } from '../../kernel/errors.ts';
import { currentSources, lakeFacts } from '../../metrics/facts.ts';
import { ruleNamed } from '../../metrics/repeats.ts';
import type { Scope as MetricScope } from '../../metrics/scope.ts';
import { dataCsv, dataParquet } from '../../reports/data-file.ts';
import {
  DATA_PERIODS,
  DATA_TABLES,
  type DataOption,
  type DataPeriod,
  type DataTable,
} from '../../reports/data-tables.ts';
import { listOf } from '../../reports/said.ts';
import { type Call, route } from '../route.ts';
import { Scope } from '../schema.ts';
import { DataTables } from '../schema-users.ts';
import { scopeOf } from '../scope-query.ts';
import { nameFile } from '../send-table.ts';

const OPTIONS = {
  where: Scope.properties.where,
  rule: Type.Optional(Type.String({ description: 'Regra de rechamada; sem ela, house' })),
  metric: Type.Optional(Type.String({ description: 'Indicadores, separados por vírgula; sem ele, todos' })),
  by: Type.Optional(Type.String({ description: 'Dimensões, separadas por vírgula: cada uma divide por si' })),
  period: Type.Optional(Type.Union(DATA_PERIODS.map((name) => Type.Literal(name)))),
} as const;

/** What the address of a table takes: anything else is refused, so that a wrong letter does not give other numbers. */
function queryOf(takes: readonly DataOption[]) {
  return Type.Object(
    {
      source: Scope.properties.source,
      from: Scope.properties.from,
      to: Scope.properties.to,
      last: Type.Optional(
        Type.String({
          pattern: '^[1-9]\\d{0,3}d?$',
          description: 'Os últimos dias com dados, como 28d, em vez de from e to',
        }),
      ),
      format: Type.Optional(Type.Union([Type.Literal('csv'), Type.Literal('parquet')])),
      lang: Type.Optional(Type.Literal('pt', { description: 'CSV para abrir no Excel: ; e vírgula decimal' })),
      ...Object.fromEntries(takes.map((name) => [name, OPTIONS[name]])),
    },
    { additionalProperties: false },
  );
}

/** The scope of the address; a window that moves ends on the newest day with data, not on today. */
async function scopeOfWindow({ app, query }: Call): Promise<MetricScope> {
  const scope = scopeOf(query);
  if (query.last === undefined) return scope;
  if (scope.from !== undefined || scope.to !== undefined)
    throw new RamalError('usage', { what: 'last já diz o período', todo: 'Use last, ou from e to' });
  const { sources } = await lakeFacts(app.lake);
  const asked = scope.sources
    ? sources.filter(({ source }) => scope.sources?.includes(source))
    : currentSources(sources);
  const newest = asked
    .map(({ last_day }) => last_day)
    .sort()
    .at(-1);
  if (newest === undefined) return scope;
  const to = addDays(newest, 1);
  return { ...scope, from: addDays(to, -Number.parseInt(String(query.last), 10)), to };
}

/** Lake versions of a home that was restored could repeat: what an answer is known by is this process's own. */
const PROCESS = randomBytes(9).toString('base64url');

function tagOf({ app }: Call, table: DataTable, question: unknown): string {
  const layouts = app.layouts.newest().map(({ source, version }) => [source, version]);
  const parts = JSON.stringify([PROCESS, app.version, app.lake.version, layouts, table.name, question]);
  return `"${createHash('sha256').update(parts).digest('base64url').slice(0, 27)}"`;
}

/** Whether the one who asks holds what the tag names. */
function holds(asked: string | undefined, tag: string): boolean {
  return (asked ?? '').split(',').some((one) => ['*', tag].includes(one.trim().replace(/^W\//, '')));
}

async function sendData(call: Call, table: DataTable): Promise<FastifyReply> {
  const { app, user, query, reply, request } = call;
  const { format = 'csv', lang } = query as { format?: 'csv' | 'parquet'; lang?: 'pt' };
  const scope = await scopeOfWindow(call);
  const { name: rule } = ruleNamed((query.rule as string) ?? 'house');
  const { period = 'day' } = query as { period?: DataPeriod };
  const question = { scope, rule, by: listOf(query.by), metrics: listOf(query.metric), period };
  const tag = tagOf(call, table, [question, format, lang]);
  reply.header('cache-control', 'private, no-cache').header('etag', tag);
  if (holds(request.headers['if-none-match'], tag)) return reply.code(304).send();
  const rows = await table.rows(app, question);
  await app.audit.record(user, 'export', `data ${table.name}`, {
    format,
    ...(user.token ? { token: user.token } : {}),
  });
  nameFile(reply, `ramal-${table.name}.${format}`);
  if (format === 'csv')
    return reply.type('text/csv; charset=utf-8').send(dataCsv(app.lake, table, rows, lang ?? 'plain'));
  const path = join(app.config.home, 'tmp', `data-${request.id}.parquet`);
  return reply.type('application/vnd.apache.parquet').send(await dataParquet(app.lake, table, rows, path));
}

export const dataRoutes = [
  route({
    method: 'GET',
    url: '/api/data',
    audience: AUDIENCE.intake,
    summary: 'As tabelas que programas atualizam por um endereço fixo: o que cada uma toma e as suas colunas',
    response: DataTables,
    handler: async ({ user }) => ({
      tables: DATA_TABLES.filter(({ audience }) => admits(audience, user)).map(({ name, label, takes, columns }) => ({
        ...{ name, label, takes },
        columns: Object.entries(columns).map(([column, { type, personal, meaning }]) => ({
          ...{ name: column, type, meaning },
          personal: personal !== 'none',
        })),
      })),
    }),
  }),
  ...DATA_TABLES.map((table) =>
    route({
      method: 'GET',
      url: `/api/data/${table.name}`,
      audience: table.audience,
      readToken: true,
      summary: `${table.label.pt}, para programas: CSV ou Parquet`,
      query: queryOf(table.takes),
      handler: (call) => sendData(call, table),
    }),
  ),
];
