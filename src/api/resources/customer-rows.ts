import { existsSync } from 'node:fs';
import { Type } from 'typebox';
import { AUDIENCE, mayReveal } from '../../access/roles.ts';
import { findCustomers } from '../../customers/base/find-customers.ts';
import { mainFields } from '../../customers/base/main-fields.ts';
import { courseOf, customerAt, signalsAt, standingsOf, type Value } from '../../customers/base/one-customer.ts';
import { USAGE_FALL } from '../../customers/base/signals.ts';
import { RamalError } from '../../kernel/errors.ts';
import type { App } from '../app.ts';
import { type CustomerTexts, customerTexts } from '../customer-texts.ts';
import { route } from '../route.ts';
import { CustomerView, FoundCustomers } from '../schema-customers.ts';
import { numberOf } from '../scope-query.ts';

const MOST_FOUND = 50;
const NUMBERS = /\d{3}|@/;

async function customerOf(app: App, params: Record<string, string>) {
  const base = await app.bases.get(numberOf('base de clientes', params.base));
  const row = numberOf('cliente', params.row);
  const path = app.bases.pathOf(base.id);
  return { base, row, path, values: await customerAt(app.lake, path, row) };
}

const hidden = (texts: CustomerTexts, field: string, value: Value): Value => texts.told(field, value).value;

export const customerRowRoutes = [
  route({
    method: 'POST',
    url: '/api/customers/bases/:base/search',
    audience: AUDIENCE.manager,
    summary: 'Clientes de uma base em que um texto está: código, nome ou qualquer texto; sem ele, os de maior valor',
    body: Type.Object({ text: Type.String({ maxLength: 100 }) }),
    response: FoundCustomers,
    handler: async ({ app, params, body }) => {
      const base = await app.bases.get(numberOf('base de clientes', params.base));
      const { name, texts: words, numbers, roles } = mainFields(base);
      const texts = await customerTexts(app, base);
      const segment = words.find((field) => roles.get(field.name) === 'segment');
      const fields = [...(name ? [name] : []), ...(segment ? [segment] : []), ...numbers.slice(0, 3)];
      const given = fields.map((field) => field.name);
      const { text } = body as { readonly text: string };
      const { open, names, others } = texts;
      // Parts of numbers and addresses would tell the whole, one after the other.
      const byWords = !NUMBERS.test(text);
      const found = await findCustomers(app.lake, {
        ...{ path: app.bases.pathOf(base.id), text: text.trim(), given: [base.key, ...given], size: MOST_FOUND },
        ...{ within: byWords ? [...open, ...names] : open, whole: byWords ? others : [...names, ...others] },
        order: numbers[0]?.name ?? null,
      });
      return {
        total: found.total,
        fields: fields.map((field) => ({ ...field, role: roles.get(field.name) ?? null, named: field === name })),
        rows: found.rows.map((row) => ({
          row: row.row,
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
    summary: 'Um cliente de uma base: quem é, onde está, o que mudou de uma base a outra e os sinais de como vai',
    response: CustomerView,
    handler: async ({ app, params }) => {
      const { base, row, path, values } = await customerOf(app, params);
      const main = mainFields(base);
      const texts = await customerTexts(app, base);
      const key = String(values[base.key]);
      const kept = (await app.bases.list()).map((one) => ({ base: one, path: app.bases.pathOf(one.id) }));
      const placed = kept.filter((one) => existsSync(one.path));
      const course = await courseOf(app.lake, { base, path }, placed, key, main.numbers);
      return {
        ...{ base: base.id, day: base.day, customers: base.customers, row },
        key: { field: base.key, ...texts.told(base.key, key) },
        name: main.name?.name ?? null,
        texts: main.texts.map((field) => field.name),
        fields: base.fields.map((field) => ({
          ...field,
          role: main.roles.get(field.name) ?? null,
          ...texts.told(field.name, values[field.name] ?? null),
        })),
        standings: await standingsOf(app.lake, path, main.numbers, values),
        ...{ course, usageFall: USAGE_FALL },
        signals: signalsAt(base, main, values, course).map(({ word, ...signal }) => ({
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
