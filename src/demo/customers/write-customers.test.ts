import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { isCnpj } from '../../kernel/brazil/cnpj.ts';
import { CUSTOMERS_TRUTH, writeCustomers } from './write-customers.ts';

const folder = mkdtempSync(join(tmpdir(), 'ramal-customers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function written(name: string, more: { seed?: number; until?: string; customers?: number } = {}) {
  const out = join(folder, name);
  mkdirSync(join(out, 'customers'), { recursive: true });
  const done: number[] = [];
  const turn = async (number: number) => void done.push(number);
  const truth = await writeCustomers(out, { seed: 5, until: '2026-11-15', customers: 300, ...more }, turn);
  return { out, truth, done, bytes: (file: string) => readFileSync(join(out, 'customers', file)) };
}

function hashes(out: string): Record<string, string> {
  const paths = [CUSTOMERS_TRUTH, ...readdirSync(join(out, 'customers')).map((name) => join('customers', name))];
  return Object.fromEntries(
    paths.map((path) => [
      path,
      createHash('sha256')
        .update(readFileSync(join(out, path)))
        .digest('hex'),
    ]),
  );
}

const linesOf = (bytes: Buffer, encoding: 'utf8' | 'latin1' = 'utf8') =>
  bytes
    .toString(encoding)
    .trimEnd()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(';'));

describe('files of customers', () => {
  test('the same seed, day and number give the same bytes; another seed gives others in every file', async () => {
    const first = await written('first');
    const again = await written('again');
    const other = await written('other', { seed: 6 });
    expect(again.truth).toEqual(first.truth);
    expect(hashes(again.out)).toEqual(hashes(first.out));
    const [own, theirs] = [hashes(first.out), hashes(other.out)];
    expect(Object.keys(own)).toHaveLength(16);
    for (const [path, hash] of Object.entries(own)) expect(theirs[path]).not.toBe(hash);
    expect(first.done).toEqual([0, 300]);
  });

  test('a larger base begins with the customers of a smaller one', async () => {
    const [small, large] = [await written('small', { customers: 100 }), await written('large', { customers: 200 })];
    const since = small.bytes('clientes_desde.csv').toString();
    expect(large.bytes('clientes_desde.csv').toString().startsWith(since)).toBe(true);
    for (const { path, rows } of small.truth.files) expect([path, rows > 0]).toEqual([path, true]);
    const strays = small.truth.files.filter(({ strangers, nobodys }) => strangers + nobodys > 0);
    expect(strays.map(({ path, strangers, nobodys }) => [path, strangers, nobodys])).toEqual([
      ['customers/tickets.csv', 1, 1],
      ['customers/nps_relacional.csv', 1, 1],
    ]);
  });

  test('customers are told apart by codes and by valid CNPJs, and no day is after the last', async () => {
    const { bytes } = await written('codes', { customers: 5000, until: '2025-02-28' });
    const since = linesOf(bytes('clientes_desde.csv'));
    expect(new Set(since.map(([code]) => code)).size).toBe(5000);
    expect(since.filter(([code]) => !/^T[\dA-Z]{5}$/.test(code!))).toEqual([]);
    expect(since.filter(([, day]) => day! > '2025-02-28')).toEqual([]);
    // Names between quotes hold a semicolon.
    const contracts = linesOf(
      Buffer.from(bytes('dados_clientes.csv').toString('latin1').replaceAll('; filial"', '"'), 'latin1'),
      'latin1',
    );
    const cnpjs = new Map(contracts.map(([code, , cnpj]) => [code, cnpj!]));
    expect(cnpjs.size).toBe(5000);
    expect(new Set(cnpjs.values()).size).toBe(5000);
    expect([...cnpjs.values()].filter((cnpj) => !isCnpj(cnpj))).toEqual([]);
    expect(new Set(contracts.map((cells) => cells.length))).toEqual(new Set([13]));
    const first = new Map(since as [string, string][]);
    const signed = contracts.map((cells) => cells[11]!.split('/').reverse().join('-'));
    expect(signed.filter((day) => day > '2025-02-28')).toEqual([]);
    expect(signed.filter((day, at) => day < first.get(contracts[at]![0]!)!)).toEqual([]);
  });

  test('contracts are Windows-1252, all else UTF-8', async () => {
    const { out, bytes } = await written('encodings');
    const isUtf8 = (name: string) => {
      try {
        new TextDecoder('utf-8', { fatal: true }).decode(bytes(name));
        return true;
      } catch {
        return false;
      }
    };
    const names = readdirSync(join(out, 'customers')).filter((name) => name.endsWith('.csv'));
    expect(names.filter((name) => !isUtf8(name))).toEqual(['dados_clientes.csv']);
    expect(bytes('dados_clientes.csv').toString('latin1')).toMatch(/;Ponto Eletrônico;Pessoas;/);
    expect(bytes('tickets.csv').toString()).toMatch(/,Dúvida,/);
  });
});
