import { createReadStream, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Type } from 'typebox';
import { maskRow } from '../../access/masking.ts';
import { AUDIENCE, mayReveal } from '../../access/roles.ts';
import { RamalError } from '../../kernel/errors.ts';
import { lakeFacts } from '../../metrics/facts.ts';
import { MARKED_COLUMNS, markedRows, ruleNamed } from '../../metrics/repeats.ts';
import { chosenSources } from '../../metrics/scope.ts';
import { literal } from '../../storage/lake.ts';
import { route } from '../route.ts';
import { Scope } from '../schema.ts';
import { scopeOf } from '../scope-query.ts';
import { cellKind, csvStream } from '../table-file.ts';

export const repeatRowRoutes = [
  route({
    method: 'GET',
    url: '/api/repeats/rows',
    audience: AUDIENCE.manager,
    summary: 'Os atendimentos marcados por uma regra, em fluxo: CSV mascarado, ou Parquet sem as colunas pessoais',
    query: Type.Object({
      ...Scope.properties,
      rule: Type.Optional(Type.String()),
      format: Type.Optional(Type.Union([Type.Literal('csv'), Type.Literal('parquet')])),
      reveal: Type.Optional(Type.Boolean()),
    }),
    handler: async ({ app, query, user, reply, request }) => {
      const scope = scopeOf(query);
      const rule = ruleNamed((query.rule as string) ?? 'house');
      const sources = chosenSources((await lakeFacts(app.lake)).sources, scope);
      const { sql, parameters } = markedRows(rule, scope, sources);
      const reveal = query.reveal === true;
      if (reveal && !mayReveal(user)) throw new RamalError('notAllowed', { what: 'revelar dados pessoais' });
      await app.audit.record(user, reveal ? 'reveal' : 'export', `repeats ${rule.name}`, {
        format: String(query.format ?? 'csv'),
      });
      if (query.format === 'parquet') {
        const path = join(app.config.home, 'tmp', `rows-${request.id}.parquet`);
        const shown = Object.entries(MARKED_COLUMNS).filter(([, { personal }]) => reveal || personal === 'none');
        await app.lake.use((session) =>
          session.run(
            `COPY (SELECT ${shown.map(([name]) => name).join(', ')} FROM (${sql})) TO ${literal(path)} (FORMAT parquet)`,
            parameters,
          ),
        );
        const stream = createReadStream(path);
        stream.on('close', () => rmSync(path, { force: true }));
        return reply.type('application/vnd.apache.parquet').send(stream);
      }
      const columns = Object.entries(MARKED_COLUMNS).map(([name, { type }]) => ({ name, kind: cellKind(type) }));
      async function* blocks() {
        for await (const rows of app.lake.stream(sql, parameters)) {
          yield rows.map((row) => {
            const shown = reveal ? row : maskRow(row, MARKED_COLUMNS);
            return columns.map(({ name }) => shown[name]);
          });
        }
      }
      return reply
        .type('text/csv; charset=utf-8')
        .send(csvStream({ name: '', columns, rows: blocks(), about: [], missingLabel: app.config.missingLabel }));
    },
  }),
];
