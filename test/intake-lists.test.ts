import { utimesSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Layout } from '../src/intake/layout.ts';
import { parseLayout } from '../src/intake/parse-layout.ts';
import { useHome } from './home.ts';

const home = useHome();

const columns = {
  contrato: { from: ['CONTRATO'], as: 'text', personal: false },
  documento: { from: ['CPF_CNPJ'], as: 'taxpayer', required: true },
  valor: { from: ['VALOR'], as: 'decimal', format: '1.234,5' },
  vencimento: { from: ['VENC'], as: 'date', format: 'dd/mm/yyyy' },
} as const;

function contracts(more: Record<string, unknown> = {}): Layout {
  return parseLayout(
    {
      source: 'beta-contratos',
      version: 1,
      label: { pt: 'Beta: contratos', en: 'Beta: contracts' },
      into: 'list',
      noun: { one: 'contrato', many: 'contratos' },
      covers: 'all',
      holds: 'all',
      format: { kind: 'delimited', header: true },
      key: ['CONTRATO'],
      columns,
      ...more,
    },
    'teste',
  );
}

const HEADER = 'CONTRATO;CPF_CNPJ;VALOR;VENC\n';

function portfolio(rows: string, hour: number, header = HEADER): string {
  const path = home().file('carteira.csv', header + rows);
  utimesSync(path, new Date(), new Date(Date.UTC(2026, 3, 1, hour)));
  return path;
}

const held = (list = '*') => home().rows(`SELECT ${list} FROM silver.list_beta_contratos ORDER BY contrato`);

test('a list holds its own columns, typed; the file written last is the list', async () => {
  await home().reset();
  await home().know(contracts());
  const first = await home().load(
    portfolio(
      '1;529.982.247-25;1.234,56;10/04/2026\n2;11.222.333/0001-81;0,10;31/12/2026\n3;529.982.247-26;1,00;01/01/2026\n4;52998224725;7;31/02/2026\n',
      8,
    ),
    contracts(),
  );
  expect(first).toMatchObject({ rows_read: 4, loaded: 2, quarantined: 2, duplicate: 0, scope: 'all' });
  await home().build();
  expect(await held('contrato, documento, CAST(valor AS DOUBLE) AS valor, CAST(vencimento AS VARCHAR) AS v')).toEqual([
    { contrato: '1', documento: '52998224725', valor: 1234.56, v: '2026-04-10' },
    { contrato: '2', documento: '11222333000181', valor: 0.1, v: '2026-12-31' },
  ]);
  expect(await home().rows('SELECT line, reason FROM silver.quarantine ORDER BY line')).toEqual([
    { line: 4, reason: 'invalid-taxpayer' },
    { line: 5, reason: 'invalid-date' },
  ]);

  const second = await home().load(
    portfolio('2;11222333000181;0,20;31/12/2026\n5;52998224725;9;01/05/2026\n', 9),
    contracts(),
  );
  await home().build();
  expect(await held('contrato, CAST(valor AS DOUBLE) AS valor')).toEqual([
    { contrato: '2', valor: 0.2 },
    { contrato: '5', valor: 9 },
  ]);
  expect((await home().batches.get(first.batch_id)).state).toBe('superseded');

  const late = await home().load(portfolio('9;52998224725;1;01/05/2026\n', 7), contracts());
  await home().build();
  expect((await held('contrato')).map(({ contrato }) => contrato)).toEqual(['2', '5']);
  expect((await home().batches.get(late.batch_id)).state).toBe('superseded');

  await home().batches.tombstone(second.batch_id);
  await home().build();
  expect((await held('contrato')).map(({ contrato }) => contrato)).toEqual(['1', '2']);
  const kept = await held();
  await home().build({ full: true });
  expect(await held()).toEqual(kept);
});

test('a version with one column more adds it; rows of before have nothing there', async () => {
  await home().reset();
  const rows = contracts({ covers: 'rows' });
  const wider = contracts({
    covers: 'rows',
    version: 2,
    columns: { ...columns, canal: { from: ['CANAL'], as: 'text' }, valor: { from: ['VALOR'], as: 'text' } },
  });
  await home().know({ ...rows, source: 'beta-contratos', version: 3 });
  await home().know({ ...wider, version: 4 });
  await home().load(portfolio('1;52998224725;1,5;10/04/2026\n', 8), { ...rows, version: 3 });
  await home().build();
  const header = 'CONTRATO;CPF_CNPJ;VALOR;VENC;CANAL\n';
  await home().load(portfolio('2;52998224725;a combinar;10/04/2026;SMS\n', 9, header), { ...wider, version: 4 });
  await home().build();
  const told = await held('contrato, valor, canal');
  expect(told).toEqual([
    { contrato: '1', valor: '1.5000', canal: null },
    { contrato: '2', valor: 'a combinar', canal: 'SMS' },
  ]);
});
