import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BatchDetail, IntakeAnswer } from '../src/api/schema.ts';
import { parseLayout } from '../src/intake/parse-layout.ts';
import { cpfCheckDigits } from '../src/kernel/brazil/cpf.ts';
import { TestApi } from './app.ts';

const LAYOUT = parseLayout(
  {
    source: 'epsilon',
    version: 1,
    label: { pt: 'Épsilon', en: 'Epsilon' },
    into: 'list',
    covers: 'all',
    holds: 'all',
    format: { kind: 'delimited', header: true },
    key: ['CONTRATO'],
    columns: {
      contrato: { from: ['CONTRATO'], as: 'text' },
      cpf: { from: ['CPF'], as: 'cpf', required: true, invalid: 'quarantine' },
      vencimento: { from: ['VENC'], as: 'date', format: 'dd/mm/yyyy', invalid: 'quarantine' },
      telefone: { from: ['FONE'], as: 'phone' },
    },
  },
  'epsilon',
);
const ROWS = 120;
const two = (value: number) => String(value).padStart(2, '0');

/** A day's file: of the changed one every due date is written otherwise and two phones in three are gone. */
function file(changed: boolean): string[][] {
  return Array.from({ length: ROWS }, (_, index) => {
    const nine = String(300_000_000 + index * 7919);
    const day = two((index % 28) + 1);
    return [
      `E${index}`,
      `${nine}${cpfCheckDigits(nine)}`,
      changed ? `2026-11-${day}` : `${day}/11/2026`,
      changed && index % 3 > 0 ? '' : `1198${1_000_000 + index * 37}`,
    ];
  });
}

let api: TestApi;
let batch: BatchDetail;

async function send(
  day: number,
  rows: readonly (readonly string[])[],
  { tail = '', names = ['CONTRATO', 'CPF', 'VENC', 'FONE'] } = {},
): Promise<BatchDetail> {
  const path = join(api.app.config.home, `epsilon-${day}.csv`);
  writeFileSync(path, `${[names, ...rows].map((cells) => cells.join(';')).join('\n')}\n${tail}`);
  const time = new Date(Date.UTC(2026, 10, day, 10));
  utimesSync(path, time, time);
  const { batches } = await api.job<IntakeAnswer>('/api/intake', { paths: [path], source: 'epsilon' });
  return api.json<BatchDetail>(`/api/batches/${batches[0]!.batch}`);
}

beforeAll(async () => {
  api = await TestApi.open();
  await api.json('/api/layouts', { method: 'POST', body: { layout: LAYOUT, new: true } });
  expect((await send(10, file(false))).state).toBe('loaded');
  batch = await send(11, file(true), { tail: 'E999;curta\n' });
}, 60_000);
afterAll(() => api?.close());

const ask = (body: object) =>
  api.ask(`/api/batches/${batch.batch}/quarantine/file`, { as: 'intake', method: 'POST', body });

test('the rows that keep a file from loading go to its client, each with its line, its column and why', async () => {
  expect(batch).toMatchObject({ state: 'waiting' });
  const { status, text } = await ask({ format: 'csv' });
  expect(status).toBe(200);
  const rows = text.replace('\ufeff', '').trim().split(/\r?\n/).slice(1);
  const expected = file(true).flatMap((cells, index) => {
    const told = (why: string, column: string) => `${index + 2};${why};${column};${cells.join(';')};`;
    return [
      told('data ou hora que não existe ou está em outro formato', 'VENC'),
      ...(cells[3] === '' ? [told('vazia, e antes quase nunca vinha', 'FONE')] : []),
    ];
  });
  expect(rows.toSorted()).toEqual([...expected, `${ROWS + 2};colunas a menos;;;;;;"E999;curta"`].toSorted());
});

test('sent back, the workbook still gives them, with the message and what changed', async () => {
  const message = 'Podem enviar o vencimento como antes?';
  await api.json(`/api/batches/${batch.batch}/send-back`, { method: 'POST', body: { message } });
  const { status, bytes } = await ask({ format: 'xlsx' });
  expect(status).toBe(200);
  const [about, data] = (await readXlsx(bytes)).sheets;
  const told = about!.rows.flat();
  expect(told).toContain(message);
  expect(told).toContain('VENC era dd/mm/yyyy e agora é yyyy-mm-dd.');
  expect(data!.rows).toHaveLength(1 + ROWS + (2 * ROWS) / 3 + 1);
});

test.each([
  ['what names a row', 0],
  ['a mandatory column', 1],
])('of a file in which %s is gone, what else is wrong is still told', async (_, gone) => {
  const left = ['CONTRATO', 'CPF', 'VENC', 'FONE'].filter((_name, index) => index !== gone);
  const rows = file(true).map((cells) => cells.filter((_cell, index) => index !== gone));
  batch = await send(20 + gone, rows, { names: left });
  expect(batch.state).toBe('waiting');
  const { status, text } = await ask({ format: 'csv' });
  expect(status).toBe(200);
  expect(text.match(/vazia, e antes quase nunca vinha/g)).toHaveLength((2 * ROWS) / 3);
});

test('of a batch that neither loaded nor waits there is none', async () => {
  batch = { ...batch, batch: 1 };
  await api.job('/api/batches/1/rollback', undefined);
  expect((await ask({ format: 'csv' })).status).toBe(400);
});
