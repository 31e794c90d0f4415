import { Type } from 'typebox';
import { maskRow } from '../../access/masking.ts';
import { AUDIENCE, mayReveal } from '../../access/roles.ts';
import { contact } from '../../contracts/index.ts';
import { RamalError } from '../../kernel/errors.ts';
import {
  areCharged,
  contactExport,
  contactPage,
  contactRow,
  type RowQuestion,
  SHOWN,
} from '../../metrics/contact-rows.ts';
import { lakeFacts } from '../../metrics/facts.ts';
import { BUCKETS } from '../../metrics/repeats.ts';
import { chosenSources, spanOf } from '../../metrics/scope.ts';
import type { Parameters } from '../../storage/lake.ts';
import { type Call, route } from '../route.ts';
import { Format, RowPage, Scope } from '../schema.ts';
import { numberOf, scopeOf } from '../scope-query.ts';
import { FILE_QUERY, fileFormat, fileLang, sendTable } from '../send-table.ts';
import { aboutScope, ruleLines, sourceNames } from '../table-about.ts';
import { contractColumn, namedCell, orderText } from '../table-rows.ts';
import { FILE_WORDS, fileName } from '../table-words.ts';

const COLUMNS = SHOWN.map((name) => ({ name, ...contact.columns[name] }));

/** As the screen has them: what a reader looks for first leads, the key stays out. */
const FIRST = ['started_at', 'queue', 'agent_name', 'status'];
const rank = (name: string) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
const FILE_COLUMNS = COLUMNS.filter(({ name }) => name !== 'row_id').toSorted((a, b) => rank(a.name) - rank(b.name));

async function contactFile(call: Call, question: RowQuestion, format: 'csv' | 'xlsx') {
  const { lake, config } = call.app;
  const lang = fileLang(call);
  const words = FILE_WORDS[lang];
  const { sql, parameters } = await contactExport(lake, question);
  const columns = (await filled(call, sql, parameters)).map((column) => contractColumn(column.name, column, lang));
  const sources = sourceNames(call);
  const chosen = chosenSources((await lakeFacts(lake)).sources, question.scope);
  async function* blocks() {
    for await (const rows of lake.stream(sql, parameters)) {
      yield rows
        .map((row) => maskRow<Record<string, unknown>>(row, contact.columns))
        .map((row) => columns.map(({ key }) => namedCell(key, row[key], sources, config.missingLabel, lang)));
    }
  }
  const { repeat, bucket, rule = 'house', batch, search, sort = '-started_at' } = question;
  const { codes } = words;
  const shown = [
    repeat && codes.repeat![repeat],
    repeat === 'repeat' && bucket && codes.bucket![bucket],
    areCharged(question) && words.charged,
  ];
  return sendTable(call, format, {
    name: fileName(words.titles.contacts, spanOf(question.scope, chosen)),
    columns,
    rows: blocks(),
    about: () =>
      aboutScope(call, {
        title: words.titles.contacts,
        scope: question.scope,
        search,
        by: words.perLeg,
        order: orderText(columns, sort, lang),
        view: question.view === 'gross' ? 'gross' : 'net',
        rule: [
          ...(repeat ? [[words.about.shown, shown.filter(Boolean).join(', ')] as const, ...ruleLines(rule, lang)] : []),
          ...(batch === undefined ? [] : [[words.about.batch, String(batch)] as const]),
        ],
        personal: true,
      }),
  });
}

/** The columns that hold a value in some row. */
async function filled({ app }: Call, sql: string, parameters: Parameters) {
  const asked = FILE_COLUMNS.map(({ name }) => `count(${name}) AS ${name}`).join(', ');
  const [counts = {}] = await app.lake.rows<Record<string, number>>(`SELECT ${asked} FROM (${sql})`, parameters);
  const some = FILE_COLUMNS.some(({ name }) => counts[name]);
  return FILE_COLUMNS.filter(({ name }) => !some || counts[name]);
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
      repeat: Type.Optional(
        Type.Union([Type.Literal('anchor'), Type.Literal('matured'), Type.Literal('repeat')], {
          description: 'Âncoras, as de janela fechada, ou rechamadas; com filtro, as debitadas a quem ele escolhe',
        }),
      ),
      bucket: Type.Optional(
        Type.Union(
          BUCKETS.map((name) => Type.Literal(name)),
          { description: 'Das rechamadas, as que vieram nesse prazo' },
        ),
      ),
      rule: Type.Optional(Type.String()),
      batch: Type.Optional(Type.Integer()),
      view: Type.Optional(Type.Union([Type.Literal('net'), Type.Literal('gross')])),
      format: Type.Optional(Format),
      ...FILE_QUERY,
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
      const format = fileFormat(call);
      if (format) return contactFile(call, question, format);
      const { rows, total } = await contactPage(app.lake, question);
      return {
        columns: COLUMNS.map(({ name, type, personal, meaning }) => ({ name, type, personal, meaning })),
        rows: rows.map((row) => maskRow(row, contact.columns)),
        total,
        page: question.page,
        size: question.size,
        charged: areCharged(question),
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
