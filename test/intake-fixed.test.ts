import { expect, it } from 'vitest';
import { parseLayout } from '../src/intake/parse-layout.ts';
import { useHome } from './home.ts';

const home = useHome();

/** Protocol, day, customer, phone, agent and seconds, side by side; the agent's place is not read. */
const FIELDS = [
  { name: 'PROT', from: 1, to: 8 },
  { name: 'DATA', from: 9, to: 16 },
  { name: 'CLIENTE', from: 17, to: 36 },
  { name: 'FONE', from: 37, to: 47 },
  { name: 'SEG', from: 52, to: 56 },
];

const layoutOf = (format: object, columns: object = {}) => ({
  source: 'largura',
  version: 1,
  label: { pt: 'Largura', en: 'Width' },
  holds: 'all',
  format: { kind: 'fixed', fields: FIELDS, ...format },
  key: ['PROT'],
  columns: {
    started_at: { from: ['DATA'], as: 'date-time', format: 'ddmmyyyy' },
    protocol: { from: ['PROT'], as: 'text' },
    contact_name: { from: ['CLIENTE'], as: 'text' },
    phone: { from: ['FONE'], as: 'phone' },
    talk_s: { from: ['SEG'], as: 'duration' },
    ...columns,
  },
});
const FIXED = parseLayout(layoutOf({}), 'largura');

const line = (protocol: string, day: string, name: string, phone: string, seconds: string) =>
  `${protocol.padStart(8, '0')}${day}${name.padEnd(20)}${phone.padEnd(11)}A001${seconds.padStart(5, '0')}`;
const GOOD = line('1', '13032026', 'JOSÉ DA CONCEIÇÃO', '11987654321', '90');

it('cuts fields at their places, in characters, and loses no line', async () => {
  await home().know(FIXED);
  const lines = [
    GOOD,
    line('2', '31022026', 'ANA', '', '10'),
    `${line('3', '14032026', 'BIA', '2133334444', '5')}EXCESSO`,
    line('4', '14032026', 'CAIO', '2133334444', '5').slice(0, 40),
    '',
    GOOD,
  ];
  for (const [encoding, eol] of [
    ['latin1', '\r\n'],
    ['utf8', '\n'],
  ] as const) {
    await home().reset();
    const batch = await home().load({ content: Buffer.from(lines.join(eol), encoding) }, FIXED);
    expect(batch).toMatchObject({ rows_read: 5, loaded: 2, quarantined: 2, duplicate: 1, delimiter: null });
    const rows = await home().rows('SELECT line, reason, value FROM silver.quarantine ORDER BY line');
    expect(rows).toEqual([
      { line: 2, reason: 'invalid-date', value: '31022026' },
      { line: 3, reason: 'record-too-long', value: '63' },
    ]);
    await home().build();
    expect(
      await home().rows(
        'SELECT protocol, CAST(day AS VARCHAR) AS day, contact_name, phone, talk_s FROM silver.contact ORDER BY row_id',
      ),
    ).toEqual([
      { protocol: '00000001', day: '2026-03-13', contact_name: 'JOSÉ DA CONCEIÇÃO', phone: '11987654321', talk_s: 90 },
      { protocol: '00000004', day: '2026-03-14', contact_name: 'CAIO', phone: null, talk_s: null },
    ]);
  }
});

it('keeps what it received in bronze, and makes the same of it again', async () => {
  await home().reset();
  await home().load(
    { content: `${GOOD}\n${line('2', '14032026', ' ANA ', '2133334444', '7')}\n${'x'.repeat(80)}\n` },
    FIXED,
  );
  await home().build();
  const before = await home().snapshot();
  expect(before['silver.quarantine'].rows).toBe(1);
  await home().build({ full: true });
  expect(await home().snapshot()).toEqual(before);
});

it('leaves a first line of names out', async () => {
  const layout = parseLayout(layoutOf({ header: true }), 'largura');
  await home().reset();
  const { rows_read, loaded } = await home().load({ content: `PROTOCOLO DATA NOME\r\n${GOOD}\r\n` }, layout);
  expect([rows_read, loaded]).toEqual([1, 1]);
});

it.each([
  [{ fields: [] }, /largura fixa sem campos/],
  [{ fields: [{ name: 'A', from: 5, to: 4 }] }, /o campo A termina em 4, antes de começar em 5/],
  [{ fields: [...FIELDS, { name: 'PROT', from: 60, to: 61 }] }, /dois campos de nome PROT/],
  [{ fields: [{ name: 'A', from: 0, to: 4 }] }, /layoutInvalid|from/],
])('refuses %j', (format, message) => {
  expect(() => parseLayout(layoutOf(format), 'largura')).toThrow(message);
});

it('refuses a layout that reads a field without a place', async () => {
  const layout = parseLayout(layoutOf({}, { queue: { from: ['FILA'], as: 'text' } }), 'largura');
  await expect(home().load({ content: GOOD }, layout)).rejects.toMatchObject({
    code: 'layoutInvalid',
    message: expect.stringContaining('campos sem posição: FILA'),
  });
});
