import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sourceColumns } from '../layout.ts';
import { shippedLayouts } from '../parse-layout.ts';
import { type Declaration, declarations, parseDeclaration } from './declaration.ts';
import { flatRecord } from './flatten.ts';
import { fillRequest } from './template.ts';

const home = mkdtempSync(join(tmpdir(), 'ramal-declarations-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const shipped = declarations(home);
const report = shipped.get('call-report')!;
const tickets = shipped.get('ticket-platform')!;

test('two ship, each with its layout', () => {
  expect([...shipped.keys()]).toEqual(['call-report', 'ticket-platform']);
  const layouts = shippedLayouts();
  for (const { layout } of shipped.values()) expect(layouts.some(({ source }) => source === layout)).toBe(true);
  const columns = sourceColumns(layouts.find(({ source }) => source === 'ticket-platform')!);
  const wanted =
    'protocol updatedAt startedAt endedAt contact_name user_name department_name ticket_topic_name user_email';
  expect(columns).toEqual(
    expect.arrayContaining([...wanted.split(' '), 'contact_tags_label', 'contact_customFieldValues_customField_name']),
  );
  expect(layouts.find(({ source }) => source === 'call-report')!.key).toEqual(['date', 'protocol', 'origin']);
});

const changed = (change: Partial<Record<keyof Declaration, unknown>>) =>
  parseDeclaration({ ...report, ...change }, 'x.json');

test.each([
  [{ window: 'weeks' }, /^Conector x\.json: \/window /],
  [{ surprise: 1 }, /^Conector x\.json: /],
  [{ request: { ...report.request, body: { page: '{page}' } } }, /o pedido não diz \{day\}/],
  [{ request: { ...report.request, body: { day: '{day}' } } }, /o pedido não diz \{page\}/],
  [
    { request: { ...report.request, body: { day: '{day}', page: '{page}', p: '{password}' } } },
    /o segredo \{password\} está fora/,
  ],
  [{ auth: { secrets: ['password'] } }, /o segredo se chama token/],
])('%j is refused with its place', (change, message) => {
  expect(() => changed(change as never)).toThrow(
    expect.objectContaining({ code: 'connectorInvalid', message: expect.stringMatching(message) }),
  );
});

test('a home’s own declarations come beside and before the shipped; a broken one is named', () => {
  mkdirSync(join(home, 'connectors'));
  writeFileSync(join(home, 'connectors', 'meu.json'), JSON.stringify({ ...tickets, name: 'meu' }));
  writeFileSync(join(home, 'connectors', 'report.json'), JSON.stringify({ ...report, timeoutMs: 7 }));
  const known = declarations(home);
  expect([...known.keys()]).toEqual(['call-report', 'ticket-platform', 'meu']);
  expect(known.get('call-report')!.timeoutMs).toBe(7);
  writeFileSync(join(home, 'connectors', 'torto.json'), '{');
  expect(() => declarations(home)).toThrow('Conector torto.json: não é JSON. Corrija o arquivo');
});

test('a request is filled: a value alone keeps its type, one that is missing is left out', () => {
  const filled = fillRequest(
    {
      method: 'POST',
      path: '/r/{day}',
      query: { q: { page: '{page}', cursor: '{cursor}', text: 'de {day}' }, plain: '{page}', none: '{cursor}' },
      body: ['{page}', { a: '{day} 00:00', other: '{unknown}' }],
    },
    { day: '2026-11-20', page: 3, cursor: null },
  );
  expect(filled).toEqual({
    method: 'POST',
    path: `/r/2026-11-20?${new URLSearchParams({ q: '{"page":3,"text":"de 2026-11-20"}', plain: '3' })}`,
    body: '[3,{"a":"2026-11-20 00:00","other":"{unknown}"}]',
  });
});

test('times of another clock become the business’s, and the received ones are kept', () => {
  const zones = { business: 'America/Sao_Paulo', source: 'UTC', skewMs: 60_000 };
  const call = { date: '2026-11-21 02:30:59', protocol: 'P1', origin: '11987654321', callTime: '00:01:00' };
  const key = ['date', 'protocol', 'origin'];
  const flat = flatRecord(call, report, key, zones);
  // A minute ahead, and three hours: 23:29:59 of the day before.
  expect(flat).toMatchObject({
    day: '2026-11-20',
    record: {
      ...call,
      date: '2026-11-20 23:29:59',
      date_day: '2026-11-20',
      date_time: '23:29:59',
      _received: { date: call.date },
    },
  });
  const own = { ...zones, source: zones.business, skewMs: 0 };
  expect(flatRecord(call, report, key, own)).toMatchObject({
    day: '2026-11-21',
    record: { date: call.date, date_time: '02:30:59' },
  });
  expect(flatRecord({ ...call, protocol: null }, report, key, own).key).toBeNull();
  expect(flatRecord({ ...call, date: 'ontem' }, report, key, own)).toMatchObject({ day: null, updatedMs: null });
});
