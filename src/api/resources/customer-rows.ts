import { existsSync } from 'node:fs';
import { Type } from 'typebox';
import { AUDIENCE, mayReveal } from '../../access/roles.ts';
import { findCustomers, valuesOf } from '../../customers/base/find-customers.ts';
import { mainFields, tells } from '../../customers/base/main-fields.ts';
import {
  careOfCustomer,
  courseOf,
  customerAt,
  productsOf,
  signalsAt,
  standingsOf,
  type Value,
} from '../../customers/base/one-customer.ts';
import { USAGE_FALL } from '../../customers/base/signals.ts';
import { type CareOfOne, reasonNames, reasonsOf } from '../../customers/offers/reasons.ts';
import type { Division } from '../../customers/segments/divisions.ts';
import { RamalError } from '../../kernel/errors.ts';
import { personaName } from '../../reports/persona-words.ts';
import type { FileLang } from '../../reports/words.ts';
import type { App } from '../app.ts';
import { type CustomerTexts, customerTexts } from '../customer-texts.ts';
import { route } from '../route.ts';
import { CustomerView, FoundCustomers } from '../schema-customers.ts';
import { numberOf } from '../scope-query.ts';

const [SIZE, MOST_VALUES] = [50, 200];
const NUMBERS = /\d{3}|@/;

async function customerOf(app: App, params: Record<string, string>) {
  const base = await app.bases.get(numberOf('base de clientes', params.base));
  const row = numberOf('cliente', params.row);
  const path = app.bases.pathOf(base.id);
  return { base, row, path, values: await customerAt(app.lake, path, row) };
}

const hidden = (texts: CustomerTexts, field: string, value: Value): Value => texts.told(field, value).value;

interface Searched {
  readonly text: string;
  readonly page?: number;
  readonly order?: string;
  readonly segment?: string;
  readonly persona?: number;
}

/** What the groups in use are called, as people call them. */
async function namedPersonas(app: App, { groups, personas }: Division) {
  const texts = await app.divisions.texts();
  return groups.map(({ number }) => {
    const persona = personas.find(({ group }) => group === number);
    const name = (lang: FileLang) => texts.get(number)?.name ?? (persona ? personaName(persona, lang) : String(number));
    return { number, name: { pt: name('pt'), en: name('en') } };
  });
}

const careView = (care: CareOfOne) => ({
  ...{ lastNps: care.last_nps, medianNps: care.median_nps },
  ...{ openTickets: care.open_tickets, recentTickets: care.recent_tickets },
  ...{ recentUse: care.recent_use, earlierUse: care.earlier_use, held: reasonNames(reasonsOf(care)) },
});

export const customerRowRoutes = [
  route({
    method: 'POST',
    url: '/api/customers/bases/:base/search',
    audience: AUDIENCE.manager,
    summary:
      'Clientes de uma base, 50 por página: aqueles em que um texto está, de um segmento ou de uma persona, na ordem de um campo; os de maior valor primeiro',
    body: Type.Object({
      text: Type.String({ maxLength: 100 }),
      page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
      order: Type.Optional(Type.String({ maxLength: 200, description: 'Um campo; com - na frente, do maior' })),
      segment: Type.Optional(Type.String({ maxLength: 200 })),
      persona: Type.Optional(Type.Integer({ minimum: 0 })),
    }),
    response: FoundCustomers,
    handler: async ({ app, params, body }) => {
      const base = await app.bases.get(numberOf('base de clientes', params.base));
      const path = app.bases.pathOf(base.id);
      const { text, page = 1, order: asked, segment: only, persona } = body as Searched;
      const { name, texts: words, numbers, roles } = mainFields(base);
      const texts = await customerTexts(app, base);
      const segment = words.find((field) => roles.get(field.name) === 'segment');
      const fields = [...(name ? [name] : []), ...(segment ? [segment] : []), ...numbers.slice(0, 3)];
      const given = fields.map((field) => field.name);
      const { open, names, others } = texts;
      // An order tells what is masked, one place after the other.
      const isTold = (field: string) =>
        numbers.some((one) => one.name === field) ? !texts.told(field, 1).masked : open.includes(field);
      const sorting = [base.key, ...given].filter(isTold);
      const usual = numbers[0] ? `-${numbers[0].name}` : null;
      const order = asked && sorting.includes(asked.replace(/^-/, '')) ? asked : usual;
      // Parts of numbers and addresses would tell the whole, one after the other.
      const byWords = !NUMBERS.test(text);
      const current = await app.divisions.current();
      const now = current && existsSync(app.divisions.pathOf(current.id)) ? current : null;
      const filters = segment && open.includes(segment.name) ? segment.name : null;
      const found = await findCustomers(app.lake, {
        ...{ path, text: text.trim(), given: [base.key, ...given], from: (page - 1) * SIZE, size: SIZE },
        ...{ within: byWords ? [...open, ...names] : open, whole: byWords ? others : [...names, ...others] },
        order: order === null ? null : { field: order.replace(/^-/, ''), descending: order.startsWith('-') },
        only: filters !== null && only !== undefined ? { field: filters, is: only } : undefined,
        groups: now ? { path: app.divisions.pathOf(now.id), key: base.key, only: persona } : undefined,
      });
      return {
        ...{ total: found.total, order, key: { field: base.key, sorts: isTold(base.key) } },
        fields: fields.map((field) => ({
          ...{ ...field, role: roles.get(field.name) ?? null },
          ...{ named: field === name, sorts: sorting.includes(field.name) },
        })),
        segments: filters === null ? [] : await valuesOf(app.lake, path, filters, MOST_VALUES),
        personas: now ? await namedPersonas(app, now) : [],
        rows: found.rows.map((row) => ({
          ...{ row: row.row, persona: row.group },
          key: hidden(texts, base.key, row[base.key] ?? null),
          values: given.map((field) => hidden(texts, field, row[field] ?? null)),
        })),
      };
    },
  }),
  route({
    method: 'GET',
    url: '/api/customers/bases/:base/rows/:row',
    audience: AUDIENCE.manager,
    summary:
      'Um cliente de uma base: quem é, que produtos tem, onde está, o que mudou de uma base a outra e os sinais de como vai',
    response: CustomerView,
    handler: async ({ app, params }) => {
      const { base, row, path, values } = await customerOf(app, params);
      const main = mainFields(base);
      const texts = await customerTexts(app, base);
      const key = String(values[base.key]);
      const kept = (await app.bases.list()).map((one) => ({ base: one, path: app.bases.pathOf(one.id) }));
      const placed = kept.filter((one) => existsSync(one.path));
      const course = await courseOf(app.lake, { base, path }, placed, key, main.numbers);
      const care = await careOfCustomer(app.lake, app.bases.careOf(base.id), key);
      const products = await productsOf(app.lake, app.bases.holdingsOf(base.id), key);
      // Of who has several products the commonest is none of them, nor is its state that of all.
      const { holdings } = base;
      const told = main.texts.filter(
        ({ name, table, column }) =>
          products.length === 0 ||
          (main.roles.get(name) !== 'product' && !(table === holdings?.table && column === holdings.state)),
      );
      const ended = holdings?.state
        ? { products: products.length, ended: products.filter(({ current }) => !current).length }
        : null;
      return {
        ...{ base: base.id, day: base.day, customers: base.customers, row },
        key: { field: base.key, ...texts.told(base.key, key) },
        name: main.name?.name ?? null,
        texts: told.map((field) => field.name),
        fields: base.fields.map((field) => ({
          ...field,
          ...{ role: main.roles.get(field.name) ?? null, tells: tells(field) },
          ...texts.told(field.name, values[field.name] ?? null),
        })),
        standings: await standingsOf(app.lake, path, main.numbers, values),
        ...{ course, usageFall: USAGE_FALL },
        ...{ care: care && careView(care), holdings, products },
        signals: signalsAt(base, main, values, course, { care, ended }).map(({ word, ...signal }) => ({
          ...signal,
          word: word && { field: word.field, value: String(hidden(texts, word.field, word.value)) },
        })),
      };
    },
  }),
  route({
    method: 'POST',
    url: '/api/customers/bases/:base/rows/:row/reveal',
    audience: AUDIENCE.administrator,
    summary: 'Um cliente de uma base sem máscara, para quem pode; fica registrado',
    response: Type.Object({ row: Type.Record(Type.String(), Type.Unknown()) }),
    handler: async ({ app, user, params }) => {
      if (!mayReveal(user)) throw new RamalError('notAllowed', { what: 'revelar dados pessoais' });
      const { base, row, values } = await customerOf(app, params);
      await app.audit.record(user, 'reveal', `customer ${row} of base ${base.id}`);
      return { row: values };
    },
  }),
];
