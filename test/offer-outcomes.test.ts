import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  OfferRows,
  OffersNow,
  OffersView,
  OfferView,
  OutcomeHistory,
  OutcomeLists,
  OutcomesRead,
  OutcomeUndone,
} from '../src/api/schema-offers.ts';
import { readArguments } from '../src/cli/arguments.ts';
import { offers as command } from '../src/cli/offers.ts';
import { clientOf, TestApi } from './app.ts';
import { keepFiles } from './kept-base.ts';

const folder = mkdtempSync(join(tmpdir(), 'ramal-offer-outcomes-'));
let api: TestApi;
let offers: OffersView;
/** Offers of seven customers, one each. */
let some: OfferView[];

const file = (name: string, rows: readonly string[]) => {
  const path = join(folder, name);
  writeFileSync(path, `${rows.join('\r\n')}\r\n`);
  return path;
};
const ask = <T>(path: string) => api.json<T>(path, { as: 'manager' });
const undo = (path: string) => api.ask(path, { as: 'manager', method: 'DELETE' });
const mark = ({ row, product }: OfferView, outcome: string) =>
  api.json<OfferView>(`/api/offers/${offers.id}/outcomes`, {
    ...{ as: 'manager', method: 'POST', body: { row, product, outcome } },
  });
const send = (path: string) =>
  api.json<OutcomesRead>(`/api/offers/${offers.id}/outcomes/file`, { method: 'POST', body: { path } });
const rates = async () => {
  const { told, accepted } = (await ask<OffersNow>('/api/offers')).outcomes;
  return [told, accepted];
};
const held = async (one: OfferView) => {
  const { rows } = await ask<{ rows: OfferView[] }>(`/api/offers/customer/${offers.base}/${one.row}`);
  return rows.find(({ product }) => product === one.product)!;
};

beforeAll(async () => {
  api = await TestApi.open();
  const products = ['Alfa', 'Beta', 'Gama', 'Delta'];
  const people = Array.from({ length: 400 }, (_, of) => `C${of};VAREJO`);
  const contracts = Array.from({ length: 400 }, (_, of) =>
    products
      .filter((_, at) => at === 0 || (of >> at) % 2 === 0)
      .map((product, at) => `C${of};${product};${1 + (of % 28)}/${1 + ((of + at) % 12)}/2025;${100 + at};ATIVO`),
  ).flat();
  const base = await keepFiles(api.app, [
    file('cadastro.csv', ['CD_CLIENTE;DS_SEGMENTO', ...people]),
    file('contratos.csv', ['CD_CLIENTE;PRODUTO;DT_ASSINATURA;VL_MENSAL;SITUACAO_CONTRATO', ...contracts]),
  ]);
  offers = await api.job<OffersView>('/api/offers', { base: base.id });
  const { rows } = await ask<OfferRows>(`/api/offers/${offers.id}/rows`);
  some = [...Map.groupBy(rows, ({ row }) => row).values()].map(([first]) => first!).slice(0, 7);
  expect(some).toHaveLength(7);
}, 60_000);
afterAll(async () => {
  await api?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a list of outcomes', () => {
  let read: OutcomesRead;

  test('tells each row that is not kept by its line, what came and why; rows = kept + duplicate + refused', async () => {
    const [one, two, three, four] = some as [OfferView, OfferView, OfferView, OfferView];
    const list = [
      'Cliente;Produto;Resultado;Obs', // line 1
      `${one.customer};${one.product};aceita;`, // 2: kept
      `${two.customer};${two.product};recusou;`, // 3: kept
      `${two.customer.toLowerCase()};${two.product};aceita;`, // 4: line 3 told it
      `${three.customer};${three.product};talvez;`, // 5: no known outcome
      `Maria Souza;${three.product};aceita;`, // 6: nobody's code, and somebody's name
      `C9999;${three.product};aceita;`, // 7: a code of nobody
      `${four.customer};Alfa;aceita;`, // 8: has it: it was not offered
      `${four.customer};Gamão de João;aceita;`, // 9: no product
      `${four.customer};${four.product};;`, // 10: nothing told yet
      `${four.customer};${four.product};ligar para 11 98888-7777;`, // 11: a phone
      `${four.customer};${four.product};falei com Maria;`, // 12: a name
      `529.982.247-25;${four.product};aceita;`, // 13: a CPF
      `${four.customer};${four.product};aceita;;;;;`, // 14: too many columns
      `${four.customer};${four.product};não atendeu;`, // 15: kept
    ];
    read = await send(file('resultados.csv', list));
    expect(read).toMatchObject({ file: 'resultados.csv', rows: 13, kept: 3, duplicate: 1, refused: 9, blank: 1 });
    expect(read.rows).toBe(read.kept + read.duplicate + read.refused);
    expect(Object.fromEntries(read.why.map(({ why, n }) => [why, n]))).toEqual({
      ...{ customer: 3, product: 2, outcome: 3, unreadable: 1, duplicate: 1 },
    });
    const rows = read.notKept.map((row) => [row.line, row.customer, row.product, row.outcome, row.why]);
    expect(rows).toEqual([
      [4, two.customer.toLowerCase(), two.product, 'aceita', 'duplicate'],
      [5, three.customer, three.product, 'talvez', 'outcome'],
      [6, 'Maria S.', three.product, 'aceita', 'customer'],
      [7, 'C9999', three.product, 'aceita', 'customer'],
      [8, four.customer, 'Alfa', 'aceita', 'product'],
      [9, four.customer, 'G*** de J***', 'aceita', 'product'],
      [11, four.customer, four.product, '***777', 'outcome'],
      [12, four.customer, four.product, 'f*** com M***', 'outcome'],
      [13, '***.***.247-**', four.product, 'aceita', 'customer'],
      [14, null, null, null, 'unreadable'],
    ]);
    expect(read.notKept[0]!.said).toBe('repetida: vale a linha 3');
    expect(await rates()).toEqual([3, 1]);
  });

  test('comes again, as CSV too, with the words of its language', async () => {
    expect(await ask(`/api/offers/lists/${read.id}`)).toEqual(read);
    expect((await ask<OutcomesRead>(`/api/offers/lists/${read.id}?page=2`)).notKept).toEqual([]);
    const { text } = await api.ask(`/api/offers/lists/${read.id}?format=csv&lang=en`, { as: 'manager' });
    const lines = text.replace('\ufeff', '').trimEnd().split('\r\n');
    expect(lines[0]).toBe('Sheet;Line;Customer;Product;Outcome received;Why not');
    expect(lines).toHaveLength(1 + read.duplicate + read.refused);
    expect(lines[1]).toBe(`;4;${some[1]!.customer.toLowerCase()};${some[1]!.product};aceita;a duplicate: line 3 holds`);
    expect(text).not.toMatch(/Souza|Maria;|98888|982/);
  });

  test('of several sheets tells the sheet and the line in it', async () => {
    const [, , , , five, six] = some as OfferView[];
    const head = ['Cliente', 'Produto', 'Resultado'];
    const xlsx = await writeXlsx({
      sheets: [
        { name: 'Notas', rows: [['nada'], ['aqui']] },
        { name: 'Ana', rows: [head, [five!.customer, five!.product, 'aceita']] },
        {
          name: 'Bia',
          rows: [head, [five!.customer, five!.product, 'recusada'], [six!.customer, six!.product, 'qualquer']],
        },
      ],
    });
    const path = join(folder, 'pasta.xlsx');
    writeFileSync(path, xlsx);
    const { notKept, id, ...counts } = await send(path);
    expect(counts).toMatchObject({ rows: 3, kept: 1, duplicate: 1, refused: 1 });
    expect(notKept.map(({ sheet, line, why, said }) => [sheet, line, why, said])).toEqual([
      [3, 2, 'duplicate', 'repetida: vale a linha 2 da planilha 2'],
      [3, 3, 'outcome', 'o resultado não se entende: use aceita, recusada ou sem resposta'],
    ]);
    expect(notKept[1]!.outcome).toBe('q***');
    expect((await undo(`/api/offers/lists/${id}`)).status).toBe(200);
  });

  test('more than the answer shows are paged in order, and all are in the file', async () => {
    const rows = Array.from({ length: 45 }, (_, at) => `X${at};Beta;aceita`);
    const many = await send(file('muitas.csv', ['Cliente;Produto;Resultado', ...rows]));
    expect([many.rows, many.kept, many.refused, many.notKept.length]).toEqual([45, 0, 45, 20]);
    const last = await ask<OutcomesRead>(`/api/offers/lists/${many.id}?page=3`);
    expect(last.notKept.map(({ line }) => line)).toEqual([42, 43, 44, 45, 46]);
    const { text } = await api.ask(`/api/offers/lists/${many.id}?format=csv`, { as: 'manager' });
    expect(text.trimEnd().split('\r\n')).toHaveLength(46);
  });

  test('is undone whole: its outcomes count no more, and what was marked by hand before holds again', async () => {
    const [one, two] = some as [OfferView, OfferView];
    expect((await undo(`/api/offers/lists/${read.id}`)).status).toBe(200);
    expect((await undo(`/api/offers/lists/${read.id}`)).status).toBe(404);
    expect(await rates()).toEqual([0, 0]);
    await mark(one, 'refused');
    const again = await send(
      file('de-novo.csv', ['Cliente;Produto;Resultado', `${one.customer};${one.product};aceita`]),
    );
    expect([(await held(one)).outcome, await rates()]).toEqual(['accepted', [1, 1]]);
    api.clock.at = new Date('2026-11-20T15:00:00Z');
    await undo(`/api/offers/lists/${again.id}`);
    expect([(await held(one)).outcome, await rates()]).toEqual(['refused', [1, 0]]);
    expect((await held(two)).outcome).toBeNull();
    const { lists } = await ask<OutcomeLists>('/api/offers/lists');
    expect(lists.map(({ file: name, kept, undoneBy, undoneAt }) => [name, kept, undoneBy, undoneAt])).toEqual([
      ['de-novo.csv', 1, 'pessoa-manager', '2026-11-20T15:00:00.000Z'],
      ['muitas.csv', 0, null, null],
      ['pasta.xlsx', 1, 'pessoa-manager', '2026-11-20T12:00:00.000Z'],
      ['resultados.csv', 3, 'pessoa-manager', '2026-11-20T12:00:00.000Z'],
    ]);
  });
});

describe('an outcome that was marked by mistake', () => {
  test('is undone: no longer in the rates, nor in the way of the next offers; the history keeps it', async () => {
    const [one, , , , , , seven] = some as OfferView[];
    await undo(`/api/offers/outcomes/${(await held(one!)).outcomeId}`);
    const first = await mark(seven!, 'accepted');
    const second = await mark(seven!, 'refused');
    expect([first.outcome, second.outcome, await rates()]).toEqual(['accepted', 'refused', [1, 0]]);
    const away = await api.job<OffersView>('/api/offers', { base: offers.base });
    const offered = async ({ id }: OffersView) => {
      const { rows } = await ask<OfferRows>(`/api/offers/${id}/rows?product=${seven!.product}&page=1`);
      const pages = Math.ceil((await ask<OfferRows>(`/api/offers/${id}/rows?product=${seven!.product}`)).total / 20);
      const more = await Promise.all(
        Array.from({ length: pages - 1 }, (_, at) =>
          ask<OfferRows>(`/api/offers/${id}/rows?product=${seven!.product}&page=${at + 2}`),
        ),
      );
      return [...rows, ...more.flatMap((page) => page.rows)].some(({ row }) => row === seven!.row);
    };
    expect([await offered(offers), await offered(away)]).toEqual([true, false]);
    const url = (id: number | null) => `/api/offers/outcomes/${id}`;
    const { holds, ...gone } = JSON.parse((await undo(url(second.outcomeId))).text) as OutcomeUndone;
    expect([gone.outcome, gone.undoneBy]).toEqual(['refused', 'pessoa-manager']);
    expect([holds, await rates()]).toEqual([{ id: first.outcomeId, outcome: 'accepted' }, [1, 1]]);
    expect((await undo(url(second.outcomeId))).status).toBe(404);
    expect(JSON.parse((await undo(url(first.outcomeId))).text)).toMatchObject({ holds: null });
    expect(await rates()).toEqual([0, 0]);
    expect(await offered(await api.job<OffersView>('/api/offers', { base: offers.base }))).toBe(true);
    expect((await held(seven!)).outcome).toBeNull();
    const history = await ask<OutcomeHistory>('/api/offers/outcomes');
    // By hand 3 were marked; by lists 3 of the first, 1 of the workbook and 1 that came again.
    expect([history.total, history.rows.filter(({ undoneBy }) => undoneBy === 'pessoa-manager').length]).toEqual([
      8, 8,
    ]);
    expect(history.rows[0]).toMatchObject({
      ...{ customer: seven!.customer, outcome: 'refused', list: null, file: null, createdBy: 'pessoa-manager' },
      undoneAt: '2026-11-20T15:00:00.000Z',
    });
  });

  test('is nobody’s to undo who may not tell outcomes', async () => {
    for (const path of ['/api/offers/outcomes/1', '/api/offers/lists/1'])
      expect((await api.ask(path, { as: 'supervisor', method: 'DELETE' })).status).toBe(403);
  });
});

test('by command: a list is sent, told line by line, listed and undone', async () => {
  const newest = (await ask<OffersNow>('/api/offers')).offers!.id;
  const { rows } = await ask<OfferRows>(`/api/offers/${newest}/rows`);
  const list = file('comando.csv', [
    'Cliente;Produto;Resultado',
    `${rows[0]!.customer};${rows[0]!.product};aceita`,
    'C9999;Beta;aceita',
  ]);
  const run = async (...words: string[]) => {
    const { options, rest } = readArguments(['offers', 'outcomes', ...words]);
    return command({ client: clientOf(api), rest, options, stdout: process.stdout });
  };
  const text = (await run(list))!;
  const number = /^Envio (\d+)/.exec(text)![1]!;
  expect(text.split('\n')[0]).toBe(
    `Envio ${number} (comando.csv): 2 linhas com resultado = 1 guardada + 0 repetidas + 1 recusada`,
  );
  expect(text).toMatch(/3 +C9999 +Beta +aceita +o cliente não tem ofertas aqui/);
  expect(JSON.parse((await run(list, '--json'))!)).toMatchObject({ rows: 2, kept: 1, notKept: [{ line: 3 }] });
  expect(await run()).toContain('comando.csv');
  await expect(run('--undo', number)).rejects.toThrow('Falta --yes');
  expect(await run('--undo', number, '--yes')).toBe(`Envio ${number} desfeito: o resultado dele já não conta.`);
});
