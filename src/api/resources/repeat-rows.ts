import { join } from 'node:path';
import { Type } from 'typebox';
import { maskRow } from '../../access/masking.ts';
import { AUDIENCE, mayReveal } from '../../access/roles.ts';
import { RamalError } from '../../kernel/errors.ts';
import { lakeFacts } from '../../metrics/facts.ts';
import { MARKED_COLUMNS, markedRows } from '../../metrics/marked-rows.ts';
import { ruleNamed } from '../../metrics/repeats.ts';
import { chosenSources, spanOf } from '../../metrics/scope.ts';
import { sourceNames } from '../../reports/about.ts';
import { parquetStream } from '../../reports/data-file.ts';
import { cellKind, csvStream } from '../../reports/table-file.ts';
import { namedCell } from '../../reports/table-rows.ts';
import { FILE_WORDS, fileName } from '../../reports/words.ts';
import { route } from '../route.ts';
import { Scope } from '../schema.ts';
import { scopeOf } from '../scope-query.ts';
import { FILE_QUERY, fileLang, nameFile, reporting } from '../send-table.ts';

export const repeatRowRoutes = [
  route({
    method: 'GET',
    url: '/api/repeats/rows',
    audience: AUDIENCE.supervisor,
    summary: 'Os atendimentos marcados por uma regra, em fluxo: CSV mascarado, ou Parquet sem as colunas pessoais',
    query: Type.Object({
      ...Scope.properties,
      rule: Type.Optional(Type.String()),
      format: Type.Optional(Type.Union([Type.Literal('csv'), Type.Literal('parquet')])),
      reveal: Type.Optional(Type.Boolean()),
      lang: FILE_QUERY.lang,
    }),
    handler: async (call) => {
      const { app, query, user, reply, request } = call;
      const scope = scopeOf(query);
      const rule = ruleNamed((query.rule as string) ?? 'house');
      const facts = (await lakeFacts(app.lake)).sources;
      const { sql, parameters } = markedRows(rule, scope, facts);
      const reveal = query.reveal === true;
      if (reveal && !mayReveal(user)) throw new RamalError('notAllowed', { what: 'revelar dados pessoais' });
      await app.audit.record(user, reveal ? 'reveal' : 'export', `repeats ${rule.name}`, {
        format: String(query.format ?? 'csv'),
      });
      const lang = fileLang(call);
      const words = FILE_WORDS[lang];
      nameFile(
        reply,
        `${fileName(words.titles.marked, spanOf(scope, chosenSources(facts, scope)))}.${query.format ?? 'csv'}`,
      );
      if (query.format === 'parquet') {
        const path = join(app.config.home, 'tmp', `rows-${request.id}.parquet`);
        const shown = Object.entries(MARKED_COLUMNS).filter(([, { personal }]) => reveal || personal === 'none');
        const select = `SELECT ${shown.map(([name]) => name).join(', ')} FROM (${sql})`;
        const stream = await parquetStream(app.lake, select, parameters, path);
        return reply.type('application/vnd.apache.parquet').send(stream);
      }
      // A program reads the columns by their names in the data, as in Parquet; a file for people asks for a language.
      const headed = (column: string) => (query.lang ? (words.marked[column] ?? words.columns[column]) : column);
      const { missingLabel } = app.config;
      const labels = sourceNames(reporting(call));
      const named = (column: string, value: unknown) =>
        query.lang ? namedCell(column, value, labels, missingLabel, lang) : value;
      const columns = Object.entries(MARKED_COLUMNS).map(([key, { type }]) => ({
        key,
        name: headed(key) ?? key,
        kind: cellKind(type, query.lang ? key : undefined),
      }));
      async function* rows() {
        for await (const block of app.lake.stream(sql, parameters)) {
          yield block.map((row) => {
            const shown: Record<string, unknown> = reveal ? row : maskRow(row, MARKED_COLUMNS);
            return columns.map(({ key }) => named(key, shown[key]));
          });
        }
      }
      return reply
        .type('text/csv; charset=utf-8')
        .send(csvStream({ name: '', lang, columns, rows: rows(), about: [], missingLabel }));
    },
  }),
];
