import { join } from 'node:path';
import { expect, it } from 'vitest';
import { markFile } from '../src/lake/mark-file.ts';
import { repeatRule, withWindow } from '../src/lake/rules/rules.ts';
import { useHome } from './home.ts';
import { ROOT } from './tree.ts';

const home = useHome();
const SEVENTEEN = join(ROOT, 'test', 'golden', 'seventeen-contacts', 'contacts.csv');
const mark = (path: string, name: string, options: { window?: string; watermark?: string } = {}) => {
  const rule = repeatRule(name)!;
  const { window, watermark } = options;
  return markFile(home().lake, path, { rule: window ? withWindow(rule, window) : rule, watermark });
};

/** By rule, worked out by hand: what it counts, and of those how many came back; the same in the issue and the docs. */
const SEVENTEEN_UNDER: Record<string, [counted: number, repeated: number]> = {
  house: [7, 3],
  'house-received': [8, 3],
  'house-linked': [7, 3],
  'previous-24h': [15, 5],
  'previous-72h': [15, 6],
  'previous-7d': [15, 8],
  'same-day-type': [17, 1],
  'digits-168h': [16, 6],
  'forwarded-7d': [16, 5],
};

it.each(Object.entries(SEVENTEEN_UNDER))('seventeen contacts under %s', async (rule, [counted, repeated]) => {
  const { total, contacts } = await mark(SEVENTEEN, rule, { watermark: '2026-03-31' });
  expect(contacts).toBe(17);
  expect([total.maturedAnchors ?? total.eligible, total.repeatedAnchors ?? total.repeats]).toEqual([counted, repeated]);
  expect(total.rate).toBe(repeated / counted);
});

it('the house rule by agent: any reason and the same one', async () => {
  const { total, byAgent } = await mark(SEVENTEEN, 'house', { watermark: '2026-03-31' });
  expect(total).toMatchObject({ anchors: 8, maturedAnchors: 7 });
  const rates = byAgent.flatMap(({ agent, maturedAnchors, repeatedAnchors, repeatedSameReason }) =>
    maturedAnchors ? [[agent, repeatedAnchors, repeatedSameReason, maturedAnchors]] : [],
  );
  expect(rates).toEqual([
    ['ag1', 2, 2, 3],
    ['ag2', 1, 0, 2],
    ['ag3', 0, 0, 2],
  ]);
});

it('says of each contact why it is what it is', async () => {
  const why = async (rule: string) => {
    const { rows } = await mark(SEVENTEEN, rule);
    return Object.fromEntries(rows.map(({ id, why: code }) => [id, code]));
  };
  expect(await why('house')).toEqual({
    ...{ c1: 'first', c2: 'joined', c3: 'repeat', c4: 'repeat', c5: 'repeat', c6: 'late', d1: 'first', d2: 'repeat' },
    ...{ e1: 'unhandled', e2: 'first', f1: 'first', h1: 'first', h2: 'repeat', i1: 'first', i2: 'first' },
    ...{ g1: 'anonymous', g2: 'anonymous' },
  });
  expect(await why('house-received')).toMatchObject({ c3: 'other', c4: 'repeat', c6: 'late' });
  expect(await why('forwarded-7d')).toMatchObject({
    c2: 'forwarded',
    c3: 'other',
    e1: 'unhandled',
    g1: 'first',
    g2: 'first',
  });
  expect(await why('same-day-type')).toMatchObject({ c2: 'repeat', c3: 'other', d2: 'late', e2: 'other', h2: 'first' });
});

it('another window, in hours or days', async () => {
  const repeats = async (rule: string, window: string) =>
    (await mark(SEVENTEEN, rule, { window, watermark: '2026-03-31' })).total.repeats;
  expect(await repeats('previous-24h', '72h')).toBe(6);
  expect(await repeats('previous-24h', '7')).toBe(8);
  // c1's episode ends after D1_3: c5 is an anchor, and c6, six days after it, another.
  expect(await repeats('house', '3d')).toBe(4);
  expect(() => withWindow(repeatRule('house')!, '25h')).toThrow('conta dias inteiros');
  expect(() => withWindow(repeatRule('house')!, 'sete')).toThrow('Janela não entendida: sete');
});

it('links phones by the e-mail and the CPF that contacts show together, but not by what half the world shares', async () => {
  const row = (id: string, phone: string, day: number, email: string) =>
    `${id},${phone},2026-03-${String(day).padStart(2, '0')} 09:00,5,ag1,boleto,ok,${email}`;
  const header = 'id,phone,start,minutes,agent,reason,status,email';
  const one = [row('a', '11987654321', 1, 'ana@casa.example'), row('b', '2133334444', 2, 'ana@casa.example')];
  // Nine phones with one address: a shared desk joins nobody.
  const desk = Array.from({ length: 9 }, (_, index) =>
    row(`d${index}`, `319888877${60 + index}`, 3 + index, 'mesa@firma.example'),
  );
  const path = home().file('contatos.csv', `${[header, ...one, ...desk].join('\n')}\n`);
  const said = async (rule: string) => (await mark(path, rule)).rows.filter(({ role }) => role === 'repeat');
  expect(await said('house')).toEqual([]);
  expect(await said('house-linked')).toMatchObject([{ id: 'b', of: 'a', bucket: 'D1_3', sameReason: true }]);
  const eight = home().file('oito.csv', `${[header, ...one, ...desk.slice(1)].join('\n')}\n`);
  expect((await mark(eight, 'house-linked')).rows.filter(({ role }) => role === 'repeat').length).toBe(8);
});

it.each([
  ['sem colunas', 'nome;fone\nana;11987654321\n', 'Faltam colunas no arquivo: id, phone, start'],
  [
    'um momento',
    'id,phone,start\na,11987654321,2026-03-01\nb,11987654321,ontem\n',
    'Contato 2 do arquivo, coluna start: recebido “ontem”',
  ],
  [
    'uma duração',
    'id,phone,start,minutes\na,11987654321,2026-03-01,-3\n',
    'Contato 1 do arquivo, coluna minutes: recebido “-3”',
  ],
  ['nenhum contato', 'id,phone,start\n', 'O arquivo não tem contatos'],
])('tells what is wrong with a file: %s', async (_, content, message) => {
  await expect(mark(home().file('ruim.csv', content), 'house')).rejects.toThrow(message);
});
