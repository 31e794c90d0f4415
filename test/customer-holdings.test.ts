import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { literal } from '../src/storage/lake.ts';
import { TestApi } from './app.ts';
import { keepFiles } from './kept-base.ts';

let api: TestApi;
let files: string[];

const file = (name: string, ...rows: string[]) => {
  const path = join(api.app.config.home, name);
  writeFileSync(path, `${rows.join('\n')}\n`);
  return path;
};
const read = (path: string) => api.app.lake.rows(`FROM read_parquet(${literal(path)})`);

beforeAll(async () => {
  api = await TestApi.open();
  files = [
    file('cadastro.csv', 'CD_CLIENTE;SEGMENTO;VAGAS', 'T1;VAREJO;1', 'T2;SAÚDE;2', 'T3;VAREJO;3', 'T4;SAÚDE;4'),
    file(
      'contratos.csv',
      'CD_CLI;DS_PROD;DS_LIN_REC;SITUACAO;DT_ASSINATURA;VL_DESCONTO;VL_TOTAL',
      't1;ERP;Gestão;ATIVO;01/02/2020;5,00;1.200,00',
      'T1;ERP;Gestão;ATIVO;01/02/2026;5,00;600,00',
      'T1;Folha;Pessoas;CANCELADO;03/04/2021;5,00;240,00',
      'T2;Folha;Pessoas;INATIVO;05/06/2022;5,00;240,00',
      'T2;Folha;Pessoas;ATIVO;05/06/2023;5,00;480,00',
      'T3;;Pessoas;ATIVO;05/06/2023;5,00;480,00',
      'X9;ERP;Gestão;ATIVO;05/06/2023;5,00;480,00',
      ';ERP;Gestão;ATIVO;05/06/2023;5,00;480,00',
    ),
    file('propostas.csv', 'CLIENTE;PRODUTO;PROPOSTA;VALOR', 'T1;ERP;1;9,00', 'T1;CRM;2;9,00', 'T4;CRM;3;9,00'),
    file(
      'pesquisa.csv',
      'CLIENTE;DATA;NOTA_NPS;PRODUTO',
      'T1;2026-10-01;9;ERP',
      'T1;2026-11-01;6;ERP',
      'T2;2026-11-01;10;Folha',
      'T2;2026-11-01;8;Folha',
    ),
    file(
      'chamados.csv',
      'CLIENTE;STATUS;CRIADO',
      ...[
        'T1;Fechado;2026-11-01',
        'T1;Em andamento;2026-11-10',
        'T1;Aberto;2026-01-10',
        'T3;Resolvido;2026-08-17',
        'T3;Fechado;2026-08-18',
      ],
    ),
    file(
      'acessos.csv',
      'CLIENTE;DATA_ACESSO',
      ...['T1;2026-11-14', 'T1;2026-10-17', 'T1;2026-10-16', 'T1;2026-08-18', 'T1;2026-08-17', 'T2;2026-11-01'],
    ),
  ];
});
afterAll(() => api?.close());

describe('what stands beside a base', () => {
  test('each customer’s products once, of contracts and not of proposals or surveys, by hand', async () => {
    const base = await keepFiles(api.app, files);
    expect(base.holdings).toEqual({
      ...{ table: 'contratos', product: 'DS_PROD', day: 'DT_ASSINATURA', amount: 'VL_TOTAL', monthly: false },
      ...{ state: 'SITUACAO', line: 'DS_LIN_REC', customers: 2, products: 2, pairs: 3 },
    });
    const days = (first_day: string, last_day: string) => ({ first_day, last_day });
    // T1 has two contracts of the ERP that stand, R$ 1.800 of twelve months; its payroll ended.
    expect(await read(api.app.bases.holdingsOf(base.id))).toEqual([
      {
        customer: 'T1',
        product: 'ERP',
        line: 'Gestão',
        amount: 150,
        is_current: true,
        ...days('2020-02-01', '2026-02-01'),
      },
      {
        customer: 'T1',
        product: 'Folha',
        line: 'Pessoas',
        amount: null,
        is_current: false,
        ...days('2021-04-03', '2021-04-03'),
      },
      {
        customer: 'T2',
        product: 'Folha',
        line: 'Pessoas',
        amount: 40,
        is_current: true,
        ...days('2022-06-05', '2023-06-05'),
      },
    ]);
  });

  test('answers, tickets and use of each customer, to the base’s day', async () => {
    const base = await keepFiles(api.app, files);
    expect(base.care).toEqual({ nps: ['pesquisa.NOTA_NPS'], tickets: 'chamados', usage: 'acessos' });
    const none = { last_nps: null, median_nps: null, answers: 0, open_tickets: 0, recent_tickets: 0 };
    const unused = { recent_use: 0, earlier_use: 0 };
    // Ninety days before 15 November begin on 18 August; thirty, on 17 October.
    expect(await read(api.app.bases.careOf(base.id))).toEqual([
      {
        ...{ customer: 'T1', last_nps: 6, median_nps: 7.5, answers: 2, open_tickets: 2, recent_tickets: 2 },
        ...{ recent_use: 2, earlier_use: 2 },
      },
      // Of two answers of one day the lower one counts.
      { ...none, customer: 'T2', last_nps: 8, median_nps: 9, answers: 2, recent_use: 1, earlier_use: 0 },
      { ...none, customer: 'T3', recent_tickets: 1, ...unused },
      { ...none, customer: 'T4', ...unused },
    ]);
  });

  test('what came after the base’s day does not count, and answers without a day have no last, by hand', async () => {
    const past = await keepFiles(
      api.app,
      [
        files[0]!,
        file('pesquisa_sem_data.csv', 'CLIENTE;NOTA_NPS', 'T1;3', 'T1;10', 'T1;10', 'T1;9', 'T2;8', 'T2;8'),
        file(
          'pesquisa_datada.csv',
          'CLIENTE;DATA;NOTA_NPS',
          ...['T2;2026-06-29 09:00:00;7', 'T2;2026-06-30 23:30:00;2', 'T2;2026-07-01 00:10:00;10'],
        ),
        file(
          'chamados_hora.csv',
          'CLIENTE;STATUS;CRIADO',
          ...['T1;Aberto;2026-06-30 18:00:00', 'T1;Aberto;2026-07-01 08:00:00', 'T3;Aberto;2026-07-02 08:00:00'],
          // Ninety days before 30 June begin on 2 April.
          ...['T3;Fechado;2026-04-02 00:05:00', 'T3;Fechado;2026-04-01 23:55:00'],
        ),
        file(
          'acessos_hora.csv',
          'CLIENTE;DATA_ACESSO',
          ...['T1;2026-06-30 22:00:00', 'T1;2026-06-01 01:00:00', 'T1;2026-05-31 23:00:00', 'T1;2026-07-01 09:00:00'],
          ...['T2;2026-04-02 05:00:00', 'T2;2026-04-01 20:00:00', 'T2;2026-11-15 09:00:00'],
        ),
      ],
      { day: '2026-06-30' },
    );
    const none = { last_nps: null, median_nps: null, answers: 0, open_tickets: 0, recent_tickets: 0 };
    const unused = { recent_use: 0, earlier_use: 0 };
    expect(await read(api.app.bases.careOf(past.id))).toEqual([
      {
        ...{ customer: 'T1', last_nps: null, median_nps: 9.5, answers: 4, open_tickets: 1, recent_tickets: 1 },
        ...{ recent_use: 2, earlier_use: 1 },
      },
      // The median of 8, 8, 7 and 2.
      { ...none, customer: 'T2', last_nps: 2, median_nps: 7.5, answers: 4, recent_use: 0, earlier_use: 1 },
      { ...none, ...unused, customer: 'T3', recent_tickets: 1 },
      { ...none, ...unused, customer: 'T4' },
    ]);
  });

  test('contracts end by what their state begins its words with', async () => {
    const ended = [
      ...['Inativo', 'INACTIVE', 'Desativado', 'Cancelado', 'Contrato cancelado', 'Encerrado', 'Não renovado'],
      ...[
        'Expirado',
        'Rescindido',
        'Em rescisão',
        'Em distrato',
        'Terminado',
        'Término de contrato',
        'Churn',
        'Closed-Lost',
      ],
    ];
    const standing = [
      ...['Ativo', 'ATIVO', 'Vigente', 'Vigente por prazo indeterminado', 'Tempo indeterminado', 'Em implantação'],
      ...['Renovado', 'Reativado', 'Active', 'Suspenso por inadimplência'],
    ];
    const states = [...ended, ...standing];
    const rows = states.map((state, at) => `T${(at % 4) + 1};P${at};${state};01/02/2025;100,00`);
    const contracts = file('estados.csv', 'CD_CLI;DS_PROD;SITUACAO;DT_ASSINATURA;VL_MENSAL', ...rows);
    const base = await keepFiles(api.app, [files[0]!, contracts]);
    expect(base.holdings).toMatchObject({ table: 'estados', state: 'SITUACAO', pairs: states.length });
    const found = (await read(api.app.bases.holdingsOf(base.id))) as { product: string; is_current: boolean }[];
    const current = found.filter(({ is_current }) => is_current).map(({ product }) => states[Number(product.slice(1))]);
    expect(current.sort()).toEqual(standing.sort());
  });

  test('another table may be named; what is not there is told', async () => {
    const asked = (table: string, column: string) => keepFiles(api.app, files, { holdings: { table, column } });
    expect((await asked('propostas', 'PRODUTO')).holdings).toMatchObject({
      ...{ table: 'propostas', product: 'PRODUTO', day: null, amount: 'VALOR', customers: 2, pairs: 3 },
    });
    await expect(asked('vendas', 'PRODUTO')).rejects.toThrow('Não há tabela vendas. Use entre cadastro, contratos');
    await expect(asked('propostas', 'ITEM')).rejects.toThrow('propostas não tem a coluna ITEM');
  });

  test('a base without such tables has none, and says so', async () => {
    const base = await keepFiles(api.app, files.slice(0, 1));
    expect([base.holdings, base.care]).toEqual([null, null]);
    expect((await api.app.bases.get(base.id)).holdings).toBeNull();
  });
});
