import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { businessDay } from '../../kernel/clock.ts';
import { RamalError } from '../../kernel/errors.ts';
import { build } from '../../lake/build.ts';
import { EXCLUSION_COLUMNS } from '../../lake/exclusions.ts';
import { currentSources, lakeFacts } from '../../metrics/facts.ts';
import { watermarkOf } from '../../metrics/scope.ts';
import { dayOf } from '../../reports/said.ts';
import type { App } from '../app.ts';
import { route } from '../route.ts';
import { Job, SourceList } from '../schema.ts';

/** Whether files were loaded and none of them is in the figures yet, as after an upgrade that makes gold anew. */
async function isBuilding({ lake, batches }: App): Promise<boolean> {
  const built = await lake.rows('SELECT 1 FROM gold.built LIMIT 1');
  return built.length === 0 && (await batches.inState('loaded')).length > 0;
}

export const lakeRoutes = [
  route({
    method: 'GET',
    url: '/api/sources',
    audience: AUDIENCE.figures,
    summary: 'As fontes, até quando têm dados, e os valores que filtram',
    response: SourceList,
    handler: async ({ app }) => {
      const found = await app.cache.get(
        app.lake,
        ['sources', businessDay(app.clock.now(), app.config.timeZone)],
        async () => {
          const { sources: facts, agentTime, version } = await lakeFacts(app.lake);
          const values = async (column: 'queue' | 'account' | 'reason') =>
            (
              await app.lake.rows<{ value: string }>(
                `SELECT ${column} AS value FROM gold.contact_mart WHERE grain = '${column === 'reason' ? 'reason' : 'queue'}' GROUP BY 1 ORDER BY sum(contacts) DESC, 1 LIMIT 500`,
              )
            ).map(({ value }) => value);
          const newest = facts
            .map((fact) => fact.last_day)
            .sort()
            .at(-1);
          const current = currentSources(facts);
          return {
            sources: app.layouts.newest().map((layout) => {
              const fact = facts.find(({ source }) => source === layout.source);
              const days = fact ?? agentTime.find(({ source }) => source === layout.source);
              return {
                name: layout.source,
                label: layout.label,
                layout: layout.version,
                holds: layout.holds,
                contacts: fact?.contacts ?? 0,
                from: days?.first_day ?? null,
                to: days?.last_day ?? null,
                watermark: fact?.complete_to ?? null,
                current: current.includes(fact!),
                timed: fact?.has_time ?? true,
                agents: layout.agents ?? null,
              };
            }),
            watermark: watermarkOf(current),
            from: current.map((fact) => fact.first_day).sort()[0] ?? null,
            to: newest ?? null,
            today: businessDay(app.clock.now(), app.config.timeZone),
            lakeVersion: version,
            values: {
              queue: await values('queue'),
              account: await values('account'),
              reason: await values('reason'),
              agent: await app.lake.rows<{ id: string; name: string }>(
                'SELECT agent_id AS id, agent_name AS name FROM gold.agent ORDER BY 2 LIMIT 2000',
              ),
            },
          };
        },
      );
      return { ...found, building: found.to === null && (await isBuilding(app)) };
    },
  }),
  route({
    method: 'POST',
    url: '/api/build',
    audience: AUDIENCE.manager,
    summary: 'Atualiza prata e ouro; full refaz tudo desde o bronze',
    body: Type.Object({ full: Type.Optional(Type.Boolean()) }),
    response: Job,
    status: 202,
    handler: async ({ app, body, user }) => {
      const { full = false } = body as { full?: boolean };
      await app.audit.record(user, 'build', 'lake', { full: String(full) });
      return app.jobs.start('build', (progress, signal) => build(app, { full, progress, signal }));
    },
  }),
  route({
    method: 'POST',
    url: '/api/exclusions',
    audience: AUDIENCE.manager,
    summary: 'Cria ou desliga uma regra de expurgo, e reconstrói',
    body: Type.Object({
      name: Type.String({ minLength: 1, maxLength: 80 }),
      column: Type.Optional(Type.Union(EXCLUSION_COLUMNS.map((column) => Type.Literal(column)))),
      value: Type.Optional(Type.String()),
      source: Type.Optional(Type.String()),
      from: Type.Optional(Type.String()),
      to: Type.Optional(Type.String()),
      reason: Type.Optional(Type.String()),
      active: Type.Optional(Type.Boolean()),
    }),
    response: Job,
    status: 202,
    handler: async ({ app, body, user }) => {
      const rule = body as {
        name: string;
        column?: string;
        value?: string;
        source?: string;
        from?: string;
        to?: string;
        reason?: string;
        active?: boolean;
      };
      const { sql } = app.ledger;
      const from = dayOf('from', rule.from);
      const to = dayOf('to', rule.to);
      if (rule.active === false) {
        const { count } = await sql`UPDATE exclusion SET active = false WHERE name = ${rule.name}`;
        if (count === 0) throw new RamalError('notFound', { what: 'expurgo', received: rule.name, todo: '' });
      } else if (!rule.column || rule.value === undefined || !rule.reason) {
        throw new RamalError('usage', {
          what: 'Expurgo sem coluna, valor ou justificativa',
          todo: 'Informe column, value e reason',
        });
      } else {
        await sql`
          INSERT INTO exclusion (name, version, source, column_name, value, valid_from, valid_to, reason, approved_by, created_at)
          SELECT ${rule.name}, coalesce(max(version), 0) + 1, ${rule.source ?? null}, ${rule.column}, ${rule.value},
            ${from ?? null}::date, ${to ?? null}::date, ${rule.reason}, ${user.name}, ${app.clock.now()}
          FROM exclusion WHERE name = ${rule.name}`;
      }
      await app.audit.record(user, 'exclusion', rule.name, { active: String(rule.active !== false) });
      return app.jobs.start('build', (progress, signal) => build(app, { progress, signal }));
    },
  }),
];
