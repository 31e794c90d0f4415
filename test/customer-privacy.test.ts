import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CustomerView, FoundCustomers } from '../src/api/schema-customers.ts';
import type { PersonasView } from '../src/api/schema-segments.ts';
import type { Exploration, NumberSpread } from '../src/customers/base/exploration.ts';
import { cpfCheckDigits } from '../src/kernel/brazil/cpf.ts';
import { TestApi } from './app.ts';

const CUSTOMERS = 60;
const SELLER = 'Mariana Albuquerque Prado';
const MOBILE = '31988887777';

describe('a base of people, by their CPF', () => {
  let api: TestApi;
  let base: number;
  const cpfs: string[] = [];
  beforeAll(async () => {
    api = await TestApi.open();
    for (let at = 0; at < CUSTOMERS; at++) {
      const nine = String(123_456_789 + 7_654_321 * at);
      cpfs.push(`${nine}${cpfCheckDigits(nine)}`);
    }
    const folder = join(api.app.config.home, 'pessoas');
    mkdirSync(folder);
    const path = join(folder, 'cadastro.csv');
    const lines = cpfs.map(
      (cpf, at) =>
        `${cpf};${at % 2 ? SELLER : 'Outra Pessoa'};${at % 2 ? MOBILE : '11977776666'};${11_900_000_000 + at};${at % 2 ? 10 : 5000};${at % 3}`,
    );
    writeFileSync(path, `CPF_CLIENTE;NOME_VENDEDOR;CELULAR_RESPONSAVEL;WHATSAPP;MRR;USO\n${lines.join('\n')}\n`);
    base = (await api.job<{ id: number }>('/api/customers/file', { paths: [path], day: '2026-11-15', keep: true })).id;
  });
  afterAll(() => api?.close());

  const search = (text: string) =>
    api.json<FoundCustomers>(`/api/customers/bases/${base}/search`, { as: 'manager', method: 'POST', body: { text } });

  test('is found by a whole document alone: parts of it would tell it digit by digit', async () => {
    const cpf = cpfs[7]!;
    expect((await search(cpf)).total).toBe(1);
    for (const part of [cpf.slice(0, 3), cpf.slice(6, 9), cpf.slice(0, 10), cpf.slice(1)])
      expect([part, (await search(part)).total]).toEqual([part, 0]);
  });

  test('numbers that are somebody’s are masked, too', async () => {
    const one = await api.json<CustomerView>(`/api/customers/bases/${base}/rows/3`, { as: 'manager' });
    const shown = JSON.stringify(one);
    for (const secret of [...cpfs, '119000000', SELLER, MOBILE, '11977776666']) expect(shown).not.toContain(secret);
    expect(one.fields.find(({ name }) => name === 'MRR')?.value).toBeOneOf([10, 5000]);
  });

  test('its fields are explored without those of a person, by another', async () => {
    const { rows, columns, groups } = await api.job<Exploration>(`/api/customers/bases/${base}/explore`, { by: 'USO' });
    expect([rows, columns.map(({ name }) => name)]).toEqual([CUSTOMERS, ['MRR', 'USO']]);
    expect(groups?.map(({ customers }) => customers)).toEqual([20, 20, 20]);
    const mrr = columns[0]!.spread as NumberSpread;
    expect([mrr.mean, mrr.medians]).toEqual([2505, [2505, 2505, 2505]]);
    await expect(api.job(`/api/customers/bases/${base}/explore`, { by: 'WHATSAPP' })).rejects.toThrow('WHATSAPP');
  });

  test('groups are told by nothing of a person', async () => {
    const { id } = await api.job<{ id: number }>('/api/segments', {
      base,
      columns: [{ name: 'MRR', treatment: 'log' }],
      method: 'kmeans',
      k: 2,
    });
    await api.json(`/api/segments/${id}/approval`, { as: 'manager', method: 'POST', body: {} });
    const told = await api.json<PersonasView>('/api/personas', { as: 'manager' });
    expect(told.personas).toHaveLength(2);
    const shown = JSON.stringify(told);
    for (const secret of [SELLER, MOBILE, 'NOME_VENDEDOR', 'CELULAR', 'WHATSAPP']) expect(shown).not.toContain(secret);
  });
});
