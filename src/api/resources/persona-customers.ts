import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import {
  type Member,
  type Mover,
  memberStream,
  membersOf,
  moverStream,
  moversOf,
  type Way,
} from '../../customers/personas/movements.ts';
import type { Division } from '../../customers/segments/divisions.ts';
import { RamalError } from '../../kernel/errors.ts';
import { worthWords } from '../../reports/persona-fields.ts';
import { memberTable, moverTable } from '../../reports/persona-tables.ts';
import { oneOf } from '../one-of.ts';
import { customerMask, groupNames, needRows, noGroups, timeOf, timesOf } from '../persona-times.ts';
import { type Call, route } from '../route.ts';
import { Format } from '../schema.ts';
import { PersonaCustomers, PersonaMovers } from '../schema-segments.ts';
import { numberOf } from '../scope-query.ts';
import { FILE_QUERY, fileFormat, fileLang, sendTable } from '../send-table.ts';

const SIZE = 50;
const PAGED = {
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'De 50 clientes' })),
  format: Type.Optional(Format),
  ...FILE_QUERY,
};
const sliceOf = ({ query }: Call) => ({ from: (((query.page as number | undefined) ?? 1) - 1) * SIZE, size: SIZE });

/** @throws RamalError `notFound` for a group of neither division. */
async function askedGroup({ app, params }: Call) {
  const number = numberOf('number', params.number);
  const { now, before } = await timesOf(app);
  if (!now) throw noGroups();
  const known = [now, before].some((one) => one?.groups.some((group) => group.number === number));
  if (known) return { number, now, before };
  throw new RamalError('notFound', { what: 'persona', received: number, todo: 'Veja as personas em uso' });
}

async function aboutFile(call: Call, group: number, { roles, day }: Division) {
  const lang = fileLang(call);
  const names = await groupNames(call.app, lang);
  const persona = names(group) ?? String(group);
  return { names, of: { lang, group, persona, worth: worthWords(roles)[lang], day } };
}

async function* masked<Row>(blocks: AsyncIterable<readonly Row[]>, mask: (row: Row) => Row) {
  for await (const rows of blocks) yield rows.map(mask);
}

/** Lists of a persona's customers, by the place of each in its base. */
export const personaCustomerRoutes = [
  route({
    method: 'GET',
    url: '/api/personas/:number/customers',
    audience: AUDIENCE.manager,
    summary: 'Os clientes de uma persona, os de mais valor primeiro; todos, em XLSX ou CSV',
    query: Type.Object(PAGED),
    response: PersonaCustomers,
    handler: async (call) => {
      const { app } = call;
      const { number, now } = await askedGroup(call);
      needRows(app, [now]);
      const time = await timeOf(app, now);
      const told = await customerMask(app, now);
      const mask = (one: Member): Member => ({
        ...one,
        customer: told.customer(one.customer),
        name: told.name(one.name),
        segment: told.segment(one.segment),
      });
      const format = fileFormat(call);
      if (format) {
        const { of } = await aboutFile(call, number, now);
        return sendTable(call, format, memberTable(of, masked(memberStream(app.lake, time, number), mask)));
      }
      const { total, rows } = await membersOf(app.lake, time, number, sliceOf(call));
      return { base: now.base, total, customers: rows.map(mask) };
    },
  }),
  route({
    method: 'GET',
    url: '/api/personas/:number/movers',
    audience: AUDIENCE.manager,
    summary:
      'Os clientes que vieram para uma persona ou saíram dela desde a divisão anterior, os de mais valor primeiro; todos, em XLSX ou CSV',
    query: Type.Object({
      way: Type.Optional(oneOf(['came', 'went'] as const)),
      ...PAGED,
    }),
    response: PersonaMovers,
    handler: async (call) => {
      const { app, query } = call;
      const { number, now, before } = await askedGroup(call);
      const way: Way = query.way === 'went' ? 'went' : 'came';
      if (!before) return { total: 0, movers: [] };
      needRows(app, [before, now]);
      const times = [await timeOf(app, before), await timeOf(app, now)] as const;
      const [was, is] = [await customerMask(app, before), await customerMask(app, now)];
      const mask = (one: Mover): Mover => {
        const told = one.row === null ? was : is;
        return { ...one, customer: told.customer(one.customer), name: told.name(one.name) };
      };
      const format = fileFormat(call);
      if (format) {
        const { of, names } = await aboutFile(call, number, now);
        const blocks = masked(moverStream(app.lake, times, way, number), mask);
        return sendTable(call, format, moverTable(of, way, names, blocks));
      }
      const { total, rows } = await moversOf(app.lake, times, way, number, sliceOf(call));
      return {
        total,
        movers: rows.map((row) => ({ ...mask(row), base: row.row === null ? null : now.base })),
      };
    },
  }),
];
