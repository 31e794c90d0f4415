import { describe, expect, test } from 'vitest';
import { parseLayout } from '../parse-layout.ts';
import { draftOf } from './draft.ts';
import { headingOf } from './headings.ts';
import { recogniseBytes } from './suggest.ts';

const CALLS = `PROTOCOLO;DATA;HORA;DDD;TELEFONE;ATENDENTE;FILA;DURACAO;MOTIVO
${Array.from({ length: 30 }, (_, row) => `P${1000 + row};${String(row + 1).padStart(2, '0')}/03/2026;10:${String(row + 10)}:00;11;9876${5000 + row};Agente ${row % 3};Cobrança;00:0${row % 9}:10;Boleto`).join('\n')}
`;
const CONTRACTS = `Contrato;CPF do Cliente;Vl. Aberto;Dt Venc;Fone 1;UF
${Array.from({ length: 30 }, (_, row) => `CT${900 + row};529.982.247-25;1.${100 + row},50;${String((row % 28) + 1).padStart(2, '0')}/12/2026;(11) 98765-4${100 + row};SP`).join('\n')}
`;

const draft = (text: string, known = new Map()) =>
  draftOf(recogniseBytes(Buffer.from(text), 'novo.csv', false), { source: 'novo', label: 'Novo' }, known);

describe('the draft of a layout', () => {
  test('of calls maps what it is sure of, and pairs of columns together', () => {
    const { layout, into } = draft(CALLS);
    expect(into).toBe('contact');
    expect(layout.key).toEqual(['PROTOCOLO']);
    expect(layout.columns).toMatchObject({
      protocol: { from: ['PROTOCOLO'], as: 'text' },
      started_at: { from: ['DATA', 'HORA'], as: 'date-time', format: ['dd/mm/yyyy hh:mi:ss', 'dd/mm/yyyy hh:mi'] },
      phone: { from: ['DDD', 'TELEFONE'], as: 'phone' },
      talk_s: { from: ['DURACAO'], as: 'duration', unit: 'h:mm:ss' },
      queue: { from: ['FILA'] },
      reason: { from: ['MOTIVO'] },
    });
    expect(parseLayout({ ...layout, version: 1 }, 'teste').source).toBe('novo');
  });

  test('of anything else is a list that keeps every column, typed by its content', () => {
    const { layout, into, columns } = draft(CONTRACTS);
    expect(into).toBe('list');
    expect(layout).toMatchObject({ key: ['Contrato'], covers: 'all' });
    expect(layout.columns).toMatchObject({
      contrato: { from: ['Contrato'], as: 'text' },
      cpf_do_cliente: { as: 'cpf' },
      valor_aberto: { as: 'decimal', format: '1.234,5', personal: false },
      data_venc: { as: 'date', format: 'dd/mm/yyyy' },
      fone_1: { as: 'phone' },
      uf: { as: 'text', personal: false },
    });
    expect(parseLayout({ ...layout, version: 1 }, 'teste').into).toBe('list');
    const examples = Object.fromEntries(columns.map(({ name, examples: some }) => [name, some[0]]));
    expect(examples['CPF do Cliente']).toBe('***.***.247-**');
    expect(examples['Vl. Aberto']).toBe('1.100,50');
    expect(JSON.stringify(columns)).not.toContain('98765');
  });

  test('takes what people said before of a column called so', () => {
    const known = new Map([[headingOf('MOTIVO'), { canonical: 'reason_category', times: 3 }]]);
    const { layout, columns } = draft(CALLS, known);
    expect(layout.columns).toHaveProperty('reason_category');
    expect(columns.find(({ name }) => name === 'MOTIVO')).toMatchObject({
      canonical: 'reason_category',
      why: 'você confirmou assim 3 vezes',
    });
  });

  const table = (header: string, row: (index: number) => string, rows = 100) =>
    draft([header, ...Array.from({ length: rows }, (_, index) => row(index)), ''].join('\n'));

  test.each([
    ['Data da Chamada', 'Hora Início'],
    ['Data', 'Hora Início'],
    ['Data Início', 'Hora'],
    ['Dt Atendimento', 'Horário do Atendimento'],
    ['Date', 'Time'],
    ['Call Date', 'Start Time'],
  ])('pairs %s with %s', (day, time) => {
    const { layout } = table(
      `${time};Fila;${day};Atendente`,
      (row) => `10:${10 + (row % 50)};Vendas;2${row % 9}/03/2026;Ana`,
    );
    expect(layout.columns.started_at?.from).toEqual([day, time]);
  });

  test('a day and the times beside it, whose name says nothing, are a guess; durations and other names are not', () => {
    const daily = (name: string, value: (row: number) => string) =>
      table(`Data;${name};Fila;Atendente`, (row) => `2${row % 9}/03/2026;${value(row)};Vendas;Ana`).columns[0]!;
    const guess = daily('entrada_ura', (row) => `${8 + (row % 12)}:02:47`);
    expect(guess).toMatchObject({ canonical: 'started_at', with: 'entrada_ura' });
    expect(guess.confidence).toBeLessThan(0.7);
    expect(daily('entrada_ura', (row) => `0:0${row % 9}:47`)).toMatchObject({ with: null, canonical: 'started_at' });
    expect(daily('Espera', (row) => `${8 + (row % 12)}:02:47`)).toMatchObject({ with: null });
  });

  test('a day keeps to the time that its name says, and another time is left', () => {
    const { layout } = table('Data Fim;Hora Início;Hora Fim;Fila;Atendente', () => '21/03/2026;10:00;10:05;Vendas;Ana');
    expect(layout.columns.ended_at?.from).toEqual(['Data Fim', 'Hora Fim']);
    expect(layout.columns.started_at).toBeUndefined();
  });

  test('rows that somebody handled are contacts, though nothing sure says when each began', () => {
    const { into } = table(
      'Registro;Atendente;Telefone',
      (row) => `2${row % 9}/03/2026 10:00;Ana;1198765${1000 + row}`,
    );
    expect(into).toBe('contact');
    expect(table('Contrato;Telefone;Vencimento', (row) => `C${row};1198765${1000 + row};21/03/2026`).into).toBe('list');
  });

  test('names the row by a code that nearly every row has alone, and by nothing that repeats more', () => {
    const key = (name: string, value: (row: number) => string) =>
      table(`${name};Fila;Data`, (row) => `${value(row)};Vendas;21/03/2026 10:00:${10 + (row % 50)}`).layout.key;
    expect(key('Código', (row) => `CH-${row % 96}`)).toEqual(['Código']);
    expect(key('Registro', (row) => `CH-${row % 96}`)).toEqual(['Registro']);
    expect(key('Código', (row) => `CH-${row % 90}`)).toEqual([]);
    expect(key('Espera', (row) => String(row % 97))).toEqual([]);
  });
});
