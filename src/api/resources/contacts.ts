import { Type } from 'typebox';
import { maskRow } from '../../access/masking.ts';
import { AUDIENCE, mayReveal } from '../../access/roles.ts';
import { contact } from '../../contracts/index.ts';
import { RamalError } from '../../kernel/errors.ts';
import { contactExport, contactPage, contactRow, type RowQuestion, SHOWN } from '../../metrics/contact-rows.ts';
import { type Call, route } from '../route.ts';
import { Format, RowPage, Scope } from '../schema.ts';
import { numberOf, scopeOf } from '../scope-query.ts';
import { sendTable } from '../send-table.ts';
import { cellKind } from '../table-file.ts';
import { CONTACT_HEADINGS, STATUS_WORDS } from '../table-words.ts';

const COLUMNS = SHOWN.map((name) => ({ name, ...contact.columns[name] }));

async function contactFile(call: Call, question: RowQuestion, format: 'csv' | 'xlsx') {
  const { lake, config } = call.app;
  const { sql, parameters } = await contactExport(lake, question);
  const columns = COLUMNS.filter(({ name }) => name !== 'row_id');
  async function* blocks() {
    for await (const rows of lake.stream(sql, parameters)) {
      yield rows
        .map((row) => maskRow({ ...row, status: STATUS_WORDS[String(row.status)] ?? row.status }, contact.columns))
        .map((row) => columns.map(({ name }) => (row as Record<string, unknown>)[name]));
    }
  }
  return sendTable(call, format, {
    name: 'ramal-atendimentos',
    columns: columns.map(({ name, type, meaning }) => ({
      name: CONTACT_HEADINGS[name] ?? meaning,
      kind: name.endsWith('_s') ? 'seconds' : cellKind(type),
    })),
    rows: blocks(),
    about: [
      ['Ramal', 'Atendimentos'],
      ['Filtros', JSON.stringify(question.scope)],
      ['Dados pessoais', 'mascarados'],
    ],
    missingLabel: config.missingLabel,
  });
}

export const contactRoutes = [
  route({
    method: 'GET',
    url: '/api/contacts',
    audience: AUDIENCE.intake,
    summary: 'Os atendimentos de um recorte, com dados pessoais mascarados',
    query: Type.Object({
      ...Scope.properties,
      page: Type.Optional(Type.Integer({ minimum: 1 })),
      size: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
      sort: Type.Optional(Type.String()),
      search: Type.Optional(Type.String({ maxLength: 100 })),
      repeat: Type.Optional(Type.Union([Type.Literal('anchor'), Type.Literal('repeat')])),
      rule: Type.Optional(Type.String()),
      batch: Type.Optional(Type.Integer()),
      view: Type.Optional(Type.Union([Type.Literal('net'), Type.Literal('gross')])),
      format: Type.Optional(Format),
    }),
    response: RowPage,
    handler: async (call) => {
      const { app, query } = call;
      const question = {
        ...query,
        scope: scopeOf(query),
        page: (query.page as number) ?? 1,
        size: (query.size as number) ?? 50,
      } as RowQuestion;
      if (query.format === 'csv' || query.format === 'xlsx') return contactFile(call, question, query.format);
      const { rows, total } = await contactPage(app.lake, question);
      return {
        columns: COLUMNS.map(({ name, type, personal, meaning }) => ({ name, type, personal, meaning })),
        rows: rows.map((row) => maskRow(row, contact.columns)),
        total,
        page: question.page,
        size: question.size,
      };
    },
  }),
  route({
    method: 'POST',
    url: '/api/contacts/:row/reveal',
    audience: AUDIENCE.intake,
    summary: 'Um atendimento sem máscara, para quem pode; fica registrado',
    response: Type.Object({ row: Type.Record(Type.String(), Type.Unknown()) }),
    handler: async ({ app, user, params }) => {
      if (!mayReveal(user)) throw new RamalError('notAllowed', { what: 'revelar dados pessoais' });
      const row = await contactRow(app.lake, numberOf('atendimento', params.row, Number.MAX_SAFE_INTEGER));
      await app.audit.record(user, 'reveal', `contact ${params.row}`);
      return { row };
    },
  }),
];
