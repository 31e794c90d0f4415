import { statfs } from 'node:fs/promises';
import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { rowTables } from '../../intake/check-batch.ts';
import { type EventCount, eventsWithoutContact } from '../../lake/events-without-contact.ts';
import { type SharedCodes, sharedCodes } from '../../lake/reference/shared-codes.ts';
import { lakeFacts } from '../../metrics/facts.ts';
import { route } from '../route.ts';

const LITTLE_DISK = 2 * 2 ** 30;

/** Events may come before their contacts; where a source has not one of them here, they are named otherwise than it names its contacts. */
function eventCheck(counts: readonly EventCount[]) {
  const sum = (of: readonly EventCount[], name: 'events' | 'without') => of.reduce((all, one) => all + one[name], 0);
  const apart = [...Map.groupBy(counts, ({ source }) => source)].filter(
    ([, own]) => sum(own, 'events') === sum(own, 'without'),
  );
  const unnamed = apart.map(
    ([source]) => `; de ${source} nenhum atendimento está: confira a coluna contact_id do layout`,
  );
  return {
    check: 'eventos',
    ok: apart.length === 0,
    detail: `${sum(counts, 'events')} eventos, ${sum(counts, 'without')} de atendimentos que não estão aqui${unnamed.join('')}`,
  };
}

/** One code, two people: they have one name, one supervisor and one row of every table. */
function agentCheck({ codes, examples }: SharedCodes) {
  const told = examples.map(({ code, sources }) => `${code} (${sources.join(', ')})`).join(', ');
  const what = 'códigos de agente com nomes sem nada em comum em fontes que os dividem';
  return {
    check: 'agentes',
    ok: false,
    detail: `${codes} ${what}: ${told}; se são pessoas diferentes, diga no layout de quem são os códigos: agents`,
  };
}

export const systemRoutes = [
  route({
    method: 'GET',
    url: '/api/system',
    audience: AUDIENCE.administrator,
    summary: 'Confere a base: contas dos lotes, prata contra o registro, disco e versões',
    response: Type.Object({
      healthy: Type.Boolean(),
      checks: Type.Array(Type.Object({ check: Type.String(), ok: Type.Boolean(), detail: Type.String() })),
    }),
    handler: async ({ app }) => {
      const loaded = await app.batches.inState('loaded');
      const held = await app.lake.use(async (session) => {
        const counted = (await rowTables(session)).map(
          (table) => `SELECT batch_id, count(*) AS rows FROM silver.${table} GROUP BY batch_id`,
        );
        return session.rows<{ batch_id: number; rows: number }>(counted.join(' UNION ALL '));
      });
      const rows = new Map(held.map((batch) => [batch.batch_id, batch.rows]));
      const built = new Set((await app.lake.rows<{ batch_id: number }>('FROM gold.built')).map((one) => one.batch_id));
      const apart = loaded.filter(
        (batch) => built.has(batch.batch_id) && (rows.get(batch.batch_id) ?? 0) !== batch.loaded,
      );
      const unbalanced = loaded.filter(
        ({ rows_read, loaded: kept, quarantined, duplicate }) => rows_read !== kept + quarantined + duplicate,
      );
      const { version, sources } = await lakeFacts(app.lake);
      const events = await eventsWithoutContact(app.lake);
      const shared = await app.cache.answer(app.lake, sharedCodes, []);
      const disk = await statfs(app.config.home);
      const free = disk.bavail * disk.bsize;
      const checks = [
        { check: 'versões', ok: true, detail: `Ramal ${app.version}, Node ${process.versions.node}` },
        { check: 'pasta', ok: true, detail: app.config.home },
        { check: 'registro', ok: true, detail: app.ledger.embedded ? 'PostgreSQL embutido' : 'servidor PostgreSQL' },
        {
          check: 'contas dos lotes',
          ok: unbalanced.length === 0,
          detail: `${loaded.length} lotes carregados, ${unbalanced.length} que não fecham`,
        },
        {
          check: 'prata e registro',
          ok: apart.length === 0,
          detail: `${apart.length} lotes com linhas a mais ou a menos`,
        },
        {
          check: 'ouro em dia',
          ok: built.size === loaded.length,
          detail: `versão ${version}, ${built.size} de ${loaded.length} lotes, ${sources.length} fontes`,
        },
        ...(events.length > 0 ? [eventCheck(events)] : []),
        ...(shared.codes > 0 ? [agentCheck(shared)] : []),
        { check: 'disco', ok: free > LITTLE_DISK, detail: `${Math.round(free / 2 ** 30)} GB livres` },
      ];
      return { healthy: checks.every(({ ok }) => ok), checks };
    },
  }),
];
