import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Lake, literal } from '../../storage/lake.ts';
import { createMacros } from '../macros.ts';
import type { Mapping } from '../mapping.ts';
import { TRANSFORMS } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'ramal-transforms-'));
let lake: Lake;

beforeAll(async () => {
  lake = await Lake.open({ home: folder, memoryMb: 500, threads: 2, timeZone: 'America/Sao_Paulo' });
  await lake.use(createMacros);
});
afterAll(() => {
  lake.close();
  rmSync(folder, { recursive: true, force: true });
});

type Input = string | null;

/** What a transform makes of its inputs, which are as intake gives them: trimmed, null when empty. */
async function make(mapping: Mapping, inputs: readonly Input[]): Promise<unknown> {
  const names = inputs.map((_, index) => `i${index}`);
  const values = inputs.map(
    (input, index) => `${input === null ? 'CAST(NULL AS VARCHAR)' : literal(input)} AS i${index}`,
  );
  const sql = TRANSFORMS.get(mapping.as)!.sql(names, mapping);
  const cast = ['decimal'].includes(mapping.as) ? `CAST(${sql} AS DOUBLE)` : sql;
  const [row] = await lake.rows<{ y: unknown }>(`SELECT ${cast} AS y FROM (SELECT ${values.join(', ') || '1 AS one'})`);
  return row?.y;
}

type Case = [mapping: Mapping, inputs: Input[], value: unknown];
const BR = 'dd/mm/yyyy hh:mm:ss';

const CASES: Case[] = [
  [{ as: 'text' }, ['a'], 'a'],
  [{ as: 'text' }, [null], null],
  [{ as: 'text' }, ['a', null, 'b'], 'a b'],
  [{ as: 'text', separator: '-' }, ['a', 'b'], 'a-b'],
  [{ as: 'text', separator: "'" }, ['a', 'b'], "a'b"],
  [{ as: 'constant', value: "d'água" }, [], "d'água"],
  [{ as: 'codes', codes: { S: 'sim', "N'": 'não' } }, ['S'], 'sim'],
  [{ as: 'codes', codes: { S: 'sim', "N'": 'não' } }, ["N'"], 'não'],
  [{ as: 'codes', codes: { S: 'sim' } }, ['s'], null],
  [{ as: 'codes', codes: { S: 'sim' }, otherwise: '?' }, ['X'], '?'],
  [{ as: 'codes', codes: { S: 'sim' }, otherwise: '=' }, ['X'], 'X'],
  [{ as: 'codes', codes: { S: 'sim' }, otherwise: '?' }, [null], '?'],
  [{ as: 'integer' }, ['12'], 12],
  [{ as: 'integer' }, ['-3'], -3],
  [{ as: 'integer' }, ['+3'], 3],
  [{ as: 'integer' }, ['12.0'], 12],
  [{ as: 'integer' }, ['0007'], 7],
  [{ as: 'integer' }, ['12.5'], null],
  [{ as: 'integer' }, ['1e3'], null],
  [{ as: 'integer' }, ['9223372036854775808'], null],
  [{ as: 'integer' }, ['-'], null],
  [{ as: 'decimal' }, ['7.5'], 7.5],
  [{ as: 'decimal' }, ['-0.25'], -0.25],
  [{ as: 'decimal' }, ['7,5'], null],
  [{ as: 'decimal' }, ['NaN'], null],
  [{ as: 'decimal' }, ['100000000000000'], null],
  [{ as: 'decimal', format: '1.234,5' }, ['7,5'], 7.5],
  [{ as: 'decimal', format: '1.234,5' }, ['1.234,56'], 1234.56],
  [{ as: 'decimal', format: '1.234,5' }, ['-3,5'], -3.5],
  [{ as: 'decimal', format: '1.234,5' }, ['7.5'], null],
  [{ as: 'decimal', format: '1.234,5' }, ['1.23,4'], null],
  [{ as: 'duration' }, ['90'], 90],
  [{ as: 'duration', unit: 's' }, ['90.4'], 90],
  [{ as: 'duration', unit: 'min' }, ['1,5'], 90],
  [{ as: 'duration' }, ['1.234'], null],
  [{ as: 'duration' }, ['0.234'], 0],
  [{ as: 'duration' }, ['1.234,5'], null],
  [{ as: 'duration', format: '1.234,5' }, ['1.234'], 1234],
  [{ as: 'duration', format: '1.234,5' }, ['1.234,5'], 1235],
  [{ as: 'duration', format: '1234.5' }, ['12.345'], 12],
  [{ as: 'duration', unit: 'ms' }, ['1500'], 2],
  [{ as: 'duration', unit: 'h:mm:ss' }, ['01:02:03'], 3723],
  [{ as: 'duration', unit: 'h:mm:ss' }, ['-00:00:07'], -7],
  [{ as: 'duration', unit: 'h:mm:ss' }, ['90'], null],
  [{ as: 'duration' }, ['-5'], -5],
  [{ as: 'duration' }, ['#VALOR!'], null],
  [{ as: 'duration' }, ['Infinity'], null],
  [{ as: 'duration' }, ['1e10'], null],
  [{ as: 'date-time', format: 'iso' }, ['2026-03-02'], '2026-03-02'],
  [{ as: 'date-time', format: 'iso' }, ['2026-03-02 09:15:07'], '2026-03-02T09:15:07'],
  [{ as: 'date-time', format: 'iso' }, ['2026-03-02T09:15'], '2026-03-02T09:15:00'],
  [{ as: 'date-time', format: 'iso' }, ['2026-03-02T09:15:07-03:00'], '2026-03-02T09:15:07'],
  [{ as: 'date-time', format: 'iso' }, ['2026-03-02T02:30:00Z'], '2026-03-01T23:30:00'],
  [{ as: 'date-time', format: 'iso' }, ['2018-12-02T02:30:00Z'], '2018-12-02T00:30:00'],
  [{ as: 'date-time', format: 'iso' }, ['2026-02-31'], null],
  [{ as: 'date-time', format: 'iso' }, ['02/03/2026'], null],
  [{ as: 'date-time', format: BR }, ['02/03/2026 23:59:59'], '2026-03-02T23:59:59'],
  [{ as: 'date-time', format: BR }, ['31/02/2026 10:00:00'], null],
  [{ as: 'date-time', format: BR }, ['02/13/2026 10:00:00'], null],
  [{ as: 'date-time', format: BR }, ['02/03/2026 24:00:00'], null],
  [{ as: 'date-time', format: BR }, ['02/03/2026'], null],
  [{ as: 'date-time', format: BR }, ['02/03/2026', '10:00:00'], '2026-03-02T10:00:00'],
  [{ as: 'date-time', format: BR }, ['02/03/2026', null], null],
  [{ as: 'date-time', format: 'yymmdd h:mm:ss' }, ['990201', '7:05:09'], '1999-02-01T07:05:09'],
  [{ as: 'date-time', format: ['dd/mm/yyyy', 'yyyy-mm-dd'] }, ['2026-03-02'], '2026-03-02'],
  [{ as: 'date-time', format: ['dd/mm/yyyy', 'yyyy-mm-dd'] }, ['02/03/2026'], '2026-03-02'],
  [{ as: 'date-time-plus', format: BR }, ['02/03/2026', '23:59:30', '45'], '2026-03-03T00:00:15'],
  [{ as: 'date-time-plus', format: BR }, ['02/03/2026', '10:00:00', '10', null, '5'], '2026-03-02T10:00:15'],
  [
    { as: 'date-time-plus', format: BR, unit: 'h:mm:ss' },
    ['02/03/2026', '10:00:00', '00:01:00', '01:00:00'],
    '2026-03-02T11:01:00',
  ],
  [{ as: 'date-time-plus', format: BR }, ['31/02/2026', '10:00:00', '10'], null],
  [{ as: 'date-time-plus', format: BR }, ['02/03/2026', '10:00:00', '2147483647', '2147483647'], '2162-04-08T16:28:14'],
  [{ as: 'phone' }, ['(11) 98765-4321'], '11987654321'],
  [{ as: 'phone' }, ['11', '8765-4321'], '11987654321'],
  [{ as: 'phone' }, ['11', '3333', '4444'], '1133334444'],
  [{ as: 'phone' }, ['0', '0'], null],
  [{ as: 'phone' }, [null, 'ANONIMO'], null],
  [{ as: 'cpf' }, ['529.982.247-25'], '52998224725'],
  [{ as: 'cpf' }, ['529.982.247-26'], null],
  [{ as: 'date', format: 'dd/mm/yyyy' }, ['28/02/2026'], '2026-02-28'],
  [{ as: 'date', format: 'dd/mm/yyyy' }, ['31/02/2026'], null],
  [{ as: 'date', format: 'iso' }, ['2026-02-28 10:00:00'], '2026-02-28'],
  [{ as: 'taxpayer' }, ['529.982.247-25'], '52998224725'],
  [{ as: 'taxpayer' }, ['11.222.333/0001-81'], '11222333000181'],
  [{ as: 'taxpayer' }, ['12.ABC.345/01DE-35'], '12ABC34501DE35'],
  [{ as: 'taxpayer' }, ['12abc34501de35'], '12ABC34501DE35'],
  [{ as: 'taxpayer' }, ['11.222.333/0001-82'], null],
  [{ as: 'taxpayer' }, ['11.222.333/0001-91'], null],
  [{ as: 'taxpayer' }, ['00.000.000/0000-00'], null],
  [{ as: 'taxpayer' }, ['191000000000'], null],
  [{ as: 'taxpayer' }, ['000000000191'], '00000000000191'],
  [{ as: 'email' }, ['Ana@Cliente.com'], 'ana@cliente.com'],
  [{ as: 'fields', from: ['a', "b'"] }, ['1', 'x"y'], '{"a":"1","b\'":"x\\"y"}'],
  [{ as: 'fields', from: ['a', 'b'] }, [null, 'x'], '{"a":null,"b":"x"}'],
];

describe('a transform', () => {
  it.each(CASES)('%j of %j is %j', async (mapping, inputs, value) => {
    expect(await make(mapping, inputs)).toEqual(value);
  });

  it('has an example here, each of them', () => {
    const shown = new Set(CASES.map(([{ as }]) => as));
    expect([...TRANSFORMS.keys()].filter((name) => !shown.has(name))).toEqual([]);
  });
});
