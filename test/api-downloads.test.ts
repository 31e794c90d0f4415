// long: every kind of file, asked of one small home whose calls are made by hand
import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contact } from '../src/contracts/index.ts';
import { QUARANTINE_REASONS, QUARANTINE_REASONS_EN } from '../src/intake/quarantine-words.ts';
import { SHOWN } from '../src/metrics/contact-rows.ts';
import { inOrder } from '../web/state/rows.ts';
import { WORDS } from '../web/words/index.ts';
import { TestApi } from './app.ts';
import { openWeek } from './week.ts';

let api: TestApi;
let lines: readonly string[];
let batch = 0;

beforeAll(async () => {
  ({ api, lines, batch } = await openWeek());
}, 60_000);
afterAll(() => api?.close());

const WEEK = 'from=2026-10-26&to=2026-11-02';
const nameOf = (headers: Readonly<Record<string, unknown>>) =>
  /^attachment; filename="(.+)"$/.exec(String(headers['content-disposition']))?.[1];

async function csv(url: string) {
  const { status, text, headers } = await api.ask(url, { as: 'manager' });
  expect([status, text.slice(0, 300)]).toEqual([200, expect.stringMatching(/^\ufeff/)]);
  return { name: nameOf(headers), rows: text.slice(1).trimEnd().split('\r\n') };
}

async function xlsx(url: string) {
  const { status, bytes, headers } = await api.ask(url, { as: 'manager', headers: { host: 'ramal.local:8390' } });
  expect(status).toBe(200);
  const { sheets } = await readXlsx(bytes, { readStyles: true });
  const [about, data] = sheets;
  return { name: nameOf(headers), sheets: sheets.map(({ name }) => name), about: about!.rows, data: data! };
}

type Data = Awaited<ReturnType<typeof xlsx>>['data'];
const formats = ({ cells, rows }: Data) => rows[0]!.map((_, column) => cells?.get(`1,${column}`)?.style?.numFmt);
/** Durations are shares of a day, which readers show as times of the sheet's first day. */
const clock = (value: unknown) => (value as Date).toISOString().slice(11, 19);

/** Wilson's interval as its paper has it, on the odds: the roots of (p − r)² = z² r (1 − r) / n; to six decimals. */
function wilson(successes: number, n: number): [number, number] {
  const z2 = 1.959964 ** 2;
  const [a, b, c] = [n + z2, -(2 * successes + z2), successes ** 2 / n];
  const root = Math.sqrt(b * b - 4 * a * c);
  return [six((-b - root) / (2 * a)), six((-b + root) / (2 * a))];
}
const six = (value: number) => Math.round(value * 1e6) / 1e6;
const comma = (values: readonly number[]) => values.map((value) => String(value).replace('.', ',')).join(';');

const ABOUT_WEEK = [
  ['Período', '26/10/2026 a 01/11/2026'],
  ['Fontes', 'todas (Demonstração: ligações)'],
];
const ABOUT_DATA = [
  ['Dados até', '15/11/2026'],
  ['Expurgos', 'treino v1 (fila de testes): 2 atendimentos'],
  ['Versão dos dados', '2'],
];
const MADE = [['Arquivo feito em', '20/11/2026 09:00']];
const HOUSE = /^O primeiro atendimento humano e identificado de um episódio é a âncora; /;

describe('repeat contacts', () => {
  const REASONS = [
    ...['Mesmo motivo, das âncoras, IC 95%, de', 'Mesmo motivo, das âncoras, IC 95%, até'],
    ...['Outro motivo, das âncoras', 'Outro motivo, das âncoras, IC 95%, de', 'Outro motivo, das âncoras, IC 95%, até'],
    ...['Pelo mesmo motivo', 'Por outro motivo', 'Acumulado'],
  ];
  /** Ten, six and three came back: Ana's, Davi's and Caio's, in this order. */
  const [OF_ANA, OF_DAVI, OF_CAIO] = [six(10 / 19), six(16 / 19), 1];
  const NO_ONE = 'Não mapeado';
  const MIX = [
    ...['Na mesma mistura', 'Na mesma mistura, IC 95%, de', 'Na mesma mistura, IC 95%, até'],
    'Cobre da mistura',
  ];
  /** Each had one reason in one hour: on what they share with the 82 of all, their rate is their own. */
  function onMix(repeated: number, n: number): number[] {
    const rate = repeated / n;
    const half = 1.959963984540054 * Math.sqrt((rate * (1 - rate)) / (n - 1));
    return [rate, six(Math.max(0, rate - half)), six(rate + half), six(n / 82)];
  }
  const csvByReason = (...counts: [number, number, number]) => comma(byReason(...counts));
  /** Bounds, share, bounds, counts: those for the same reason, and the others. */
  const byReason = (same: number, other: number, n: number) => [
    ...[...wilson(same, n), six(other / n), ...wilson(other, n), same, other],
  ];
  const SCREEN = `/rechamadas?${WEEK}&by=agent`;
  const address = `/api/repeats?${WEEK}&by=agent&screen=${encodeURIComponent(SCREEN)}`;

  test('XLSX: the table of the screen, in its order, with numbers, shares and durations as such', async () => {
    const { name, sheets, data } = await xlsx(`${address}&format=xlsx`);
    expect(name).toBe('ramal-rechamadas-2026-10-26_2026-11-01.xlsx');
    expect(sheets).toEqual(['Sobre', 'Dados']);
    expect(data.rows[0]).toEqual([
      ...['Agente', 'Âncoras', 'Com rechamada', 'TMA', 'Taxa', 'Ajustada', 'IC 95%, de', 'IC 95%, até'],
      ...['Mesmo motivo, das âncoras', 'Provisório', 'Poucos casos'],
      ...['Código', 'Supervisor na maioria dos dias', ...REASONS, 'Elegíveis', ...MIX],
    ]);
    const { rows } = await api.json<{ rows: { label: string; shrunken: number }[] }>(`/api/repeats?${WEEK}&by=agent`);
    const shrunken = Object.fromEntries(rows.map((row) => [row.label, six(row.shrunken)]));
    // By code the order would be Davi, Caio, Ana; by the bare rate too.
    expect(data.rows.slice(1).map((row) => row.with(3, clock(row[3])))).toEqual([
      [
        'Ana Prado',
        40,
        10,
        '00:05:48',
        0.25,
        shrunken['Ana Prado'],
        ...wilson(10, 40),
        0.25,
        'não',
        'não',
        'A9',
        NO_ONE,
        ...byReason(10, 0, 40),
        OF_ANA,
        50,
        ...onMix(10, 40),
      ],
      [
        'Caio Lins',
        30,
        3,
        '01:02:15',
        0.1,
        shrunken['Caio Lins'],
        ...wilson(3, 30),
        0.1,
        'não',
        'não',
        'A5',
        NO_ONE,
        ...byReason(3, 0, 30),
        OF_CAIO,
        33,
        ...onMix(3, 30),
      ],
      [
        'Davi Sá',
        12,
        6,
        '00:04:40',
        0.5,
        shrunken['Davi Sá'],
        ...wilson(6, 12),
        0,
        'não',
        'sim',
        'A1',
        NO_ONE,
        ...byReason(0, 6, 12),
        OF_DAVI,
        18,
        ...onMix(6, 12),
      ],
    ]);
    const rate = '0.0%';
    expect(formats(data)).toEqual([
      ...[undefined, '#,##0', '#,##0', '[h]:mm:ss', rate, rate, rate, rate, rate, undefined, undefined],
      ...[undefined, undefined, rate, rate, rate, rate, rate, '#,##0', '#,##0', rate, '#,##0'],
      ...[rate, rate, rate, rate],
    ]);
    expect(data).toMatchObject({ freezePane: { rows: 1 }, autoFilter: { range: 'A1:Z4' } });
    expect(data.columns?.slice(0, 11).map(({ width }) => width)).toEqual([12, 12, 17, 12, 12, 12, 14, 15, 29, 14, 16]);
  });

  test('XLSX: what it is of, on its first sheet', async () => {
    const { about } = await xlsx(`${address}&format=xlsx&search=pra`);
    expect(about).toEqual([
      ['Ramal', 'Rechamadas por agente'],
      ...ABOUT_WEEK,
      ['Filtros', 'nenhum'],
      ['Busca', 'pra'],
      ['Dividido por', 'Agente'],
      ['Ordem', 'Ajustada, decrescente'],
      ['Líquido ou bruto', 'líquido: sem os atendimentos expurgados'],
      ['Regra', 'casa, 7 dias, v1'],
      ['O que a regra diz', expect.stringMatching(HOUSE)],
      ['Fórmula', 'âncoras com rechamada / âncoras de janela fechada'],
      ['Na mesma mistura', 'como se cada um recebesse a mistura de motivos e faixas de 4 horas do todo'],
      ['Provisório', 'não'],
      ...ABOUT_DATA,
      ['Tela', `http://ramal.local:8390${SCREEN}`],
      ...MADE,
    ]);
  });

  test('CSV: found and sorted as the screen asks; what has no name is last and not ranked', async () => {
    const byRate = await csv(`/api/repeats?${WEEK}&by=agent&format=csv&sort=name&search=%C3%A1`);
    expect(byRate.rows.slice(1).map((row) => row.split(';')[0])).toEqual(['Ana Prado', 'Caio Lins', 'Davi Sá']);
    const { name, rows } = await csv(`/api/repeats?${WEEK}&by=reason&format=csv&sort=-rate`);
    expect(name).toBe('ramal-rechamadas-2026-10-26_2026-11-01.csv');
    const cells = rows.map((row) => row.split(';'));
    expect(cells[0]).toEqual([
      ...['Motivo', 'Âncoras', 'Com rechamada', 'Taxa', 'Ajustada', 'IC 95%, de', 'IC 95%, até'],
      ...['Mesmo motivo, das âncoras', 'Provisório', 'Poucos casos', ...REASONS, 'Elegíveis'],
    ]);
    expect(cells.slice(1).map((row) => row.with(4, row[4] ? 'x' : '').join(';'))).toEqual([
      `Cancelamento;40;10;0,25;x;${comma(wilson(10, 40))};0,25;não;não;${csvByReason(10, 0, 40)};${comma([OF_ANA])};50`,
      `Fatura;30;3;0,1;x;${comma(wilson(3, 30))};0,1;não;não;${csvByReason(3, 0, 30)};${comma([OF_CAIO])};33`,
      `desconhecido;12;6;0,5;;${comma(wilson(6, 12))};0;não;sim;${csvByReason(0, 6, 12)};${comma([OF_DAVI])};18`,
    ]);
    for (const row of rows) expect(row).not.toMatch(/\d\.\d|\d,\d{7}/);
  });

  test('no address of a split: by agent, as the screen opens', async () => {
    const { rows } = await csv(`/api/repeats?${WEEK}&format=csv`);
    expect(rows[1]).toMatch(/^Ana Prado;40;10;0:05:48;0,25;/);
  });

  test('in English, by the classic rule', async () => {
    const url = `/api/repeats?${WEEK}&by=reason&rule=previous-24h&lang=en`;
    const { name, sheets, about, data } = await xlsx(`${url}&format=xlsx`);
    expect(name).toBe('ramal-repeat-contacts-2026-10-26_2026-11-01.xlsx');
    expect(sheets).toEqual(['About', 'Data']);
    expect(about).toEqual([
      ['Ramal', 'Repeat contacts by reason'],
      ['Period', '26 Oct 2026 to 1 Nov 2026'],
      ['Sources', 'all (Demonstration: calls)'],
      ['Filters', 'none'],
      ['Split by', 'Reason'],
      ['Order', 'Adjusted, descending'],
      ['Net or gross', 'net: without excluded contacts'],
      ['Rule', 'classic, 24 h, v1'],
      ['What the rule says', expect.stringMatching(/^A contact up to 24 h after /)],
      ['Formula', 'repeats / eligible contacts'],
      ['Provisional', 'no'],
      ['Data through', '15 Nov 2026'],
      ['Exclusions', 'treino v1 (fila de testes): 2 contacts'],
      ['Data version', '2'],
      ['File made on', '20 Nov 2026 09:00'],
    ]);
    expect(data.rows[0]).toEqual([
      ...[
        'Reason',
        'Eligible',
        'Repeats',
        'Rate',
        'Adjusted',
        '95% CI, from',
        '95% CI, to',
        'Same reason, of eligible',
      ],
      ...['Provisional', 'Few cases'],
      ...[
        'Same reason, of eligible, 95% CI, from',
        'Same reason, of eligible, 95% CI, to',
        'Other reason, of eligible',
      ],
      ...['Other reason, of eligible, 95% CI, from', 'Other reason, of eligible, 95% CI, to'],
      ...['For the same reason', 'For another reason', 'Running share'],
    ]);
    // The classic rule counts whoever gave up too: 40 + 10 + 5 of Ana's reason.
    expect(data.rows.slice(1).map((row) => [...row.slice(0, 4), ...row.slice(5)])).toEqual([
      [
        'Cancelamento',
        55,
        10,
        six(10 / 55),
        ...wilson(10, 55),
        six(10 / 55),
        'no',
        'no',
        ...byReason(10, 0, 55),
        OF_ANA,
      ],
      ['Fatura', 33, 3, six(3 / 33), ...wilson(3, 33), six(3 / 33), 'no', 'no', ...byReason(3, 0, 33), OF_CAIO],
      ['unknown', 18, 6, six(6 / 18), ...wilson(6, 18), 0, 'no', 'yes', ...byReason(0, 6, 18), OF_DAVI],
    ]);
    const { rows } = await csv(`${url}&format=csv`);
    expect(rows[1]).toMatch(/^Cancelamento;55;10;0\.181818;0\.\d+;0\.\d+;0\.\d+;0\.181818;no;no;/);
  });

  test('a period whose windows are open says so', async () => {
    const { about } = await xlsx('/api/repeats?from=2026-11-15&to=2026-11-16&format=xlsx');
    expect(about).toContainEqual(['Período', '15/11/2026']);
    expect(about).toContainEqual(['Provisório', 'sim: há âncoras com a janela ainda aberta']);
  });
});

describe('an indicator', () => {
  test('a rate: highest first, with its interval; the scarce ones marked and after the others', async () => {
    const { name, rows } = await csv(`/api/metrics/serviceLevel?${WEEK}&by=queue&format=csv`);
    expect(name).toBe('ramal-nivel-de-servico-2026-10-26_2026-11-01.csv');
    // Within 20 s: Ana's 50, none of Caio's, Davi's 18; five gave up after 60 s.
    expect(rows).toEqual([
      'Fila;Nível de serviço;Casos;IC 95%, de;IC 95%, até;Poucos casos',
      `Retenção;0,909091;55;${comma(wilson(50, 55))};não`,
      `Ouvidoria;0;33;${comma(wilson(0, 33))};não`,
      `Vendas;1;18;${comma(wilson(18, 18))};sim`,
      'Teste;;0;;;sim',
    ]);
    const byName = await csv(`/api/metrics/serviceLevel?${WEEK}&by=queue&format=csv&sort=name`);
    expect(byName.rows.slice(1).map((row) => row.split(';')[0])).toEqual(['Ouvidoria', 'Retenção', 'Teste', 'Vendas']);
    const byReason = await csv(`/api/metrics/contacts?${WEEK}&by=reason&format=csv&sort=value`);
    expect(byReason.rows.slice(1).map((row) => row.split(';').slice(0, 2).join(' '))).toEqual([
      ...['Fatura 33', 'Cancelamento 55', 'desconhecido 18'],
    ]);
  });

  test('its filters are in words, each column once', async () => {
    const where = ['queue=Retenção', 'queue=Ouvidoria', 'agent=A9'].map((one) => `&where=${encodeURIComponent(one)}`);
    const { about } = await xlsx(
      `/api/metrics/serviceLevel?${WEEK}&source=demo-calls&by=queue${where.join('')}&format=xlsx`,
    );
    expect(about).toEqual([
      ['Ramal', 'Nível de serviço por fila'],
      ['Período', '26/10/2026 a 01/11/2026'],
      ['Fontes', 'Demonstração: ligações'],
      ['Filtros', 'Fila = Retenção ou Ouvidoria; Agente = Ana Prado'],
      ['Dividido por', 'Fila'],
      ['Ordem', 'Nível de serviço, decrescente'],
      ['Líquido ou bruto', 'líquido: sem os atendimentos expurgados'],
      [
        'O que mede',
        'Atendidos em até 20 s, sobre os oferecidos menos os abandonados em até 10 s; só os de espera conhecida.',
      ],
      ['Fórmula', 'atendidos em até T / (oferecidos − abandonados em até t)'],
      ['Regra', 'Nível de serviço, v2'],
      ['Dados até', '15/11/2026'],
      ['Expurgos', 'nenhum atendimento expurgado'],
      ['Versão dos dados', '2'],
      ...MADE,
    ]);
  });

  test('a count: largest first, as shares of the total; gross says so', async () => {
    const { name, about, data } = await xlsx(`/api/metrics/contacts?${WEEK}&by=queue&view=gross&format=xlsx`);
    expect(name).toBe('ramal-atendimentos-por-fila-2026-10-26_2026-11-01.xlsx');
    expect(about).toContainEqual(['Líquido ou bruto', 'bruto: com os atendimentos expurgados']);
    expect(data.rows).toEqual([
      ['Fila', 'Atendimentos', 'Do total', 'Acumulado'],
      ...(
        [
          ['Retenção', 55, 55],
          ['Ouvidoria', 33, 88],
          ['Vendas', 18, 106],
          ['Teste', 2, 108],
        ] as const
      ).map(([queue, count, sum]) => [queue, count, six(count / 108), six(sum / 108)]),
    ]);
    expect(formats(data)).toEqual([undefined, '#,##0', '0.0%', '0.0%']);
  });

  test('hours and days of the week keep their order and are written as such', async () => {
    expect((await csv(`/api/metrics/contacts?${WEEK}&by=hour&format=csv`)).rows).toEqual([
      'Hora;Atendimentos;Do total',
      `09:00;18;${comma([six(18 / 106)])}`,
      `10:00;55;${comma([six(55 / 106)])}`,
      `11:00;33;${comma([six(33 / 106)])}`,
    ]);
    const { rows } = await csv(`/api/metrics/contacts?${WEEK}&by=weekday&format=csv&lang=en`);
    expect(rows.map((row) => row.split(';').slice(0, 2).join(' '))).toEqual([
      'Weekday Contacts',
      'Mon 82',
      'Tue 19',
      'Wed 5',
    ]);
  });

  test('in English, by source: labels, not codes; a measure without value stays, with the reason', async () => {
    const { name, about, data } = await xlsx(`/api/metrics/resolutionTime?${WEEK}&by=source&lang=en&format=xlsx`);
    expect(name).toBe('ramal-resolution-time-2026-10-26_2026-11-01.xlsx');
    expect(data.rows).toEqual([
      ['Source', 'Resolution time, h:min:s', 'Cases', 'Few cases'],
      ['Demonstration: calls', null, 0, 'yes'],
    ]);
    expect(about).toContainEqual(['Formula', 'sum(closed − opened or last reopened) / closed']);
    expect(about).toContainEqual(['No value', 'This data does not carry what this figure measures.']);
    const pt = await csv(`/api/metrics/resolutionTime?${WEEK}&by=source&format=csv`);
    expect(pt.name).toBe('ramal-tempo-de-resolucao-2026-10-26_2026-11-01.csv');
  });

  test('without a split: its total', async () => {
    const { name, rows } = await csv(`/api/metrics/avgHandleTime?${WEEK}&where=agent%3DA5&format=csv`);
    expect(name).toBe('ramal-tma-2026-10-26_2026-11-01.csv');
    expect(rows).toEqual(['TMA, h:min:s;Casos;Poucos casos', '1:02:15;33;não']);
  });
});

/** The columns of a contact that hold anything here: nobody gave a score, and no customer has a code. */
const ROW_COLUMNS = [
  ...['started_at', 'queue', 'agent_name', 'status', 'source', 'protocol', 'leg_no', 'contact_name', 'phone', 'uf'],
  ...['account', 'reason', 'wait_s', 'talk_s', 'wrapup_s', 'ended_at', 'channel', 'batch_id'],
];

describe('rows', () => {
  const TIMES = ['wait_s', 'talk_s', 'wrapup_s'];

  test('the columns of the screen that hold anything, in its words and order', async () => {
    const { name, about, data } = await xlsx(`/api/contacts?${WEEK}&where=queue%3DVendas&format=xlsx&sort=started_at`);
    expect(name).toBe('ramal-atendimentos-2026-10-26_2026-11-01.xlsx');
    expect(data.rows[0]).toEqual(ROW_COLUMNS.map((column) => WORDS.pt.columns[column]));
    expect(data.rows).toHaveLength(1 + 18);
    const cells = Object.fromEntries(ROW_COLUMNS.map((column, index) => [column, data.rows[1]![index]]));
    expect({ ...cells, ...Object.fromEntries(TIMES.map((column) => [column, clock(cells[column])])) }).toEqual({
      started_at: new Date('2026-10-26T09:20:00Z'),
      queue: 'Vendas',
      agent_name: 'Davi Sá',
      status: 'atendido',
      source: 'Demonstração: ligações',
      protocol: expect.stringMatching(/^\*\*\*\d{3}$/),
      leg_no: 1,
      contact_name: 'Rita L. S.',
      phone: '(11) *****-**00',
      uf: 'SP',
      account: 'Vivaz',
      reason: 'desconhecido',
      wait_s: '00:00:05',
      talk_s: '00:04:40',
      wrapup_s: '00:00:00',
      ended_at: new Date('2026-10-26T09:24:45Z'),
      channel: 'voz',
      batch_id: batch,
    });
    expect(about).toEqual([
      ['Ramal', 'Atendimentos'],
      ...ABOUT_WEEK,
      ['Filtros', 'Fila = Vendas'],
      ['Dividido por', 'nada; uma linha por perna de atendimento'],
      ['Ordem', 'Início, crescente'],
      ['Líquido ou bruto', 'líquido: sem os atendimentos expurgados'],
      ['Dados até', '15/11/2026'],
      ['Expurgos', 'nenhum atendimento expurgado'],
      ['Versão dos dados', '2'],
      ['Dados pessoais', 'mascarados'],
      ...MADE,
    ]);
  });

  test('in English, of a rule: codes in words, ISO days, the search without a number that may be somebody’s', async () => {
    const url = `/api/contacts?${WEEK}&repeat=repeat&rule=house&lang=en`;
    const { name, rows } = await csv(`${url}&format=csv`);
    expect(name).toBe('ramal-contacts-2026-10-26_2026-11-01.csv');
    expect(rows[0]).toBe(ROW_COLUMNS.map((column) => WORDS.en.columns[column]).join(';'));
    expect(rows).toHaveLength(1 + 10 + 3 + 6);
    expect(rows[1]).toMatch(
      /^2026-10-27 11:42:00;Ouvidoria;Caio Lins;answered;Demonstration: calls;.*;0:00:30;1:00:00;0:02:15;.*;voice;1$/,
    );
    const { about } = await xlsx(`${url}&format=xlsx&search=11987650001`);
    expect(about).toContainEqual(['Shows', 'repeats']);
    expect(about).toContainEqual(['Rule', 'house, 7 days, v1']);
    expect(about).toContainEqual(['Search', '(number hidden)']);
  });

  test('their columns stand as on the screen', () => {
    const columns = SHOWN.map((name) => ({ name, ...contact.columns[name] }));
    const empty = ['customer_ref', 'satisfaction'];
    expect(inOrder(columns).flatMap(({ name }) => (empty.includes(name) ? [] : [name]))).toEqual(ROW_COLUMNS);
  });

  test('marked rows keep the names of the data, and take words where a language is asked for', async () => {
    const plain = await csv(`/api/repeats/rows?${WEEK}&where=agent%3DA5`);
    expect(plain.name).toBe('ramal-rechamadas-linhas-2026-10-26_2026-11-01.csv');
    expect(plain.rows[0]).toMatch(/^source;protocol;day;started_at;/);
    const worded = await csv(`/api/repeats/rows?${WEEK}&where=agent%3DA5&lang=en`);
    expect(worded.name).toBe('ramal-repeat-contacts-rows-2026-10-26_2026-11-01.csv');
    expect(worded.rows[0]).toMatch(/^Source;Protocol;Day;Started;Ended;Agent code;Agent;.*;Role;When;Same reason;/);
    expect(worded.rows[1]).toMatch(/^Demonstration: calls;.*;2026-10-26;.*;answered;.*;anchor;;no;0;/);
  });

  test('of a batch’s quarantine', async () => {
    const pt = await xlsx(`/api/batches/${batch}/quarantine?format=xlsx&reason=invalid-date`);
    expect(pt.name).toBe(`ramal-quarentena-${batch}.xlsx`);
    expect(pt.about).toEqual([
      ['Ramal', `Quarentena, lote ${batch}`],
      ['Arquivo', 'ligacoes.csv'],
      ['Período', '26/10/2026 a 15/11/2026'],
      ['Fontes', 'Demonstração: ligações'],
      ['Filtros', 'Motivo = data ou hora que não existe ou está em outro formato'],
      ['Dividido por', 'nada; uma linha por linha do arquivo recebido'],
      ['Ordem', 'Linha do arquivo, crescente'],
      ['Versão dos dados', '2'],
      ['Dados pessoais', 'mascarados'],
      ...MADE,
    ]);
    expect(pt.data.rows.map((row) => row.slice(0, 4))).toEqual([
      ['Linha do arquivo', 'Coluna', 'Motivo', 'Valor recebido'],
      [lines.length, 'DATA + HORA', QUARANTINE_REASONS['invalid-date'], '31/02/2026 10:00:00'],
    ]);
    const en = await csv(`/api/batches/${batch}/quarantine?format=csv&lang=en`);
    expect(en.name).toBe(`ramal-quarantine-${batch}.csv`);
    expect(en.rows[0]).toBe('File line;Column;Reason;Value received;Whole line');
    expect(en.rows[1]).toContain(QUARANTINE_REASONS_EN['invalid-date']);
  });
});

test.each(['lang=fr', 'screen=https://outro.exemplo', 'screen=//outro.exemplo', 'screen=/a%20b', 'screen=/%5Coutro'])(
  '%s is refused',
  async (query) => {
    expect((await api.ask(`/api/repeats?format=csv&${query}`, { as: 'manager' })).status).toBe(400);
  },
);

test('a home without data: headings, and why there is no more', async () => {
  const empty = await TestApi.open();
  try {
    for (const url of ['/api/repeats?', '/api/metrics/serviceLevel?by=queue&', '/api/contacts?']) {
      const { status, bytes, headers } = await empty.ask(`${url}format=xlsx`, { as: 'manager' });
      const [about, data] = (await readXlsx(bytes)).sheets;
      expect([status, data!.rows.length, nameOf(headers)]).toEqual([200, 1, expect.not.stringMatching(/null|\d/)]);
      expect(about!.rows).toContainEqual(['Período', '–']);
      expect(about!.rows).toContainEqual(['Fontes', 'nenhum']);
    }
  } finally {
    await empty.close();
  }
});
