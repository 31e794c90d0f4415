import { writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DataTables, MadeToken } from '../src/api/schema-users.ts';
import { literal } from '../src/storage/lake.ts';
import { TestApi } from './app.ts';
import HEADINGS from './golden/data-headings.json' with { type: 'json' };
import { age } from './home.ts';

const HEADER =
  'DATA;HORA;PROTOCOLO;PERNA;CENTRAL;FILA;CONVENIO;DDD;TELEFONE;CLIENTE;CPF;COD_ATENDENTE;ATENDENTE;MOTIVO;STATUS;TEMPO_ESPERA;TEMPO_CONVERSA;TEMPO_POS;NOTA';

let api: TestApi;
let origin = '';
let token: MadeToken;

/**
 * 26/10/2026: four people call Ana (5:00 + 0:48 each, a wait of 10 s), two call Caio, one gives up after 60 s.
 * 27/10: the first of Ana's calls her again. 15/11: one call of somebody else gives every window its end.
 */
beforeAll(async () => {
  api = await TestApi.open();
  const ana = 'A9;Ana Prado;=Cancelamento, "já";ATENDIDA;00:00:10;00:05:00;00:00:48';
  const caio = 'A5;Caio Lins;Fatura;ATENDIDA;00:00:30;01:00:00;00:02:15';
  const rows = [
    ...[1, 2, 3, 4].map((person) => call('26/10/2026', person, 'Retenção', ana)),
    ...[5, 6].map((person) => call('26/10/2026', person, 'Ouvidoria', caio)),
    call('26/10/2026', 7, 'Retenção', ';;;ABANDONADA;00:01:00;00:00:00;00:00:00'),
    call('27/10/2026', 1, 'Retenção', ana),
    call('15/11/2026', 8, 'Retenção', ana),
  ];
  await load('um.csv', rows);
  await api.server.fastify.listen({ port: 0, host: '127.0.0.1' });
  origin = `http://127.0.0.1:${(api.server.fastify.server.address() as AddressInfo).port}`;
  await api.token('manager');
  token = await made('pessoa-manager', 'painel');
}, 60_000);
afterAll(() => api?.close());

let protocol = 20_260_000;
function call(day: string, person: number, queue: string, rest: string): string {
  protocol++;
  const phone = `11;98765000${person}`;
  return `${day};10:0${person}:00;${protocol};1;CENTRAL;${queue};Vivaz;${phone};Rita Lima Sousa;;${rest.replace('=Cancelamento, "já"', '"=Cancelamento, ""já"""')};`;
}

async function load(name: string, rows: readonly string[]): Promise<void> {
  const path = join(api.app.config.home, name);
  writeFileSync(path, `${[HEADER, ...rows].join('\r\n')}\r\n`, 'latin1');
  age(path);
  await api.job('/api/intake', { paths: [path], source: 'demo-calls' });
}

const made = (user: string, name: string, days = 30) =>
  api.json<MadeToken>(`/api/users/${user}/tokens`, { method: 'POST', body: { name, days } });

const basic = (secret: string, user = 'qualquer') => ({
  authorization: `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`,
});

/** As a program asks: over the network, with a token. */
const ask = (path: string, headers: Record<string, string> = basic(token.secret)) =>
  fetch(`${origin}/api/data/${path}`, { headers });

/** The cells of plain CSV; a small reader of RFC 4180. */
function cells(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\r\n') rows.push([]);
    else if (end === '') break;
  }
  return rows.slice(0, -1);
}

async function table(path: string): Promise<Record<string, string>[]> {
  const response = await ask(path);
  const text = await response.text();
  expect([response.status, text.slice(0, 200)]).toEqual([200, expect.any(String)]);
  const [heads = [], ...rows] = cells(text);
  return rows.map((row) => Object.fromEntries(heads.map((name, index) => [name, row[index]!])));
}

describe('who may read', () => {
  test.each([
    ['Basic, whatever the user name', () => basic(token.secret)],
    ['Basic without a user name', () => basic(token.secret, '')],
    ['Bearer', () => ({ authorization: `Bearer ${token.secret}` })],
  ])('%s', async (_, headers) => {
    const response = await ask('sources', headers());
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(response.headers.get('www-authenticate')).toBeNull();
  });

  test('a session may too; the screens’ own addresses never ask for a password', async () => {
    const cookie = await api.cookie('intake');
    expect((await ask('sources', { cookie })).status).toBe(200);
    const screen = await fetch(`${origin}/api/sources`);
    expect([screen.status, screen.headers.get('www-authenticate')]).toEqual([401, null]);
  });

  test.each([
    ['nothing', () => ({})],
    ['a wrong token', () => basic(`ramal_${'x'.repeat(32)}`)],
    ['a token that is a user name', () => basic('', token.secret)],
    ['another scheme', () => ({ authorization: `Digest ${token.secret}` })],
    ['rubbish', () => ({ authorization: 'Basic %%%' })],
    ['a wrong token beside a good session', async () => ({ cookie: await api.cookie('manager'), ...basic('x') })],
  ])('not with %s', async (_, headers) => {
    const response = await ask('sources', await headers());
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Basic realm="Ramal", charset="UTF-8"');
    expect(((await response.json()) as { error: { code: string } }).error.code).toBe('tokenRefused');
  });

  test('not by the address: a token there is refused as any word that it does not take', async () => {
    const response = await ask(`sources?token=${token.secret}`, basic(token.secret));
    expect(response.status).toBe(400);
    expect(await response.text()).not.toContain(token.secret);
  });

  test('a token opens nothing else, and changes nothing', async () => {
    for (const [method, path] of [
      ['GET', '/api/contacts'],
      ['GET', '/api/metrics/contacts'],
      ['GET', '/api/data'],
      ['GET', '/api/account'],
      ['GET', '/api/openapi.json'],
      ['POST', '/api/build'],
      ['POST', '/api/account/tokens'],
    ] as const) {
      const response = await fetch(origin + path, { method, headers: basic(token.secret) });
      expect([path, response.status, response.headers.get('www-authenticate')]).toEqual([path, 401, null]);
    }
    const session = await api.json<{ user: unknown }>('/api/session', { headers: basic(token.secret), as: undefined });
    expect(session.user).toBeNull();
  });

  test('expired, revoked, of a user turned off or with another role: at once', async () => {
    await api.json('/api/users', { method: 'POST', body: { name: 'Nélio', role: 'manager' } });
    const [one, other] = [await made('N%C3%A9lio', 'um', 1), await made('N%C3%A9lio', 'dois')];
    const status = async ({ secret }: MadeToken, path = 'repeats') => (await ask(path, basic(secret))).status;
    expect([await status(one), await status(other)]).toEqual([200, 200]);
    const start = api.clock.at;
    api.clock.at = new Date(start.getTime() + 86_400_000);
    expect([await status(one), await status(other)]).toEqual([401, 200]);
    api.clock.at = start;
    await api.json(`/api/users/N%C3%A9lio/tokens/${one.token.id}`, { method: 'DELETE' });
    expect([await status(one), await status(other)]).toEqual([401, 200]);
    await api.json('/api/users/N%C3%A9lio', { method: 'POST', body: { role: 'intake' } });
    expect([await status(other), await status(other, 'contacts')]).toEqual([403, 200]);
    await api.json('/api/users/N%C3%A9lio', { method: 'POST', body: { enabled: false } });
    expect(await status(other, 'contacts')).toBe(401);
  });

  test('an administrator’s token sees masked values too, and the download is in the audit with its name', async () => {
    const { secret } = await made('pessoa-administrator', 'roteiro');
    const text = await (await ask('contacts', basic(secret))).text();
    expect(text).not.toMatch(/98765000|Lima|2026000/);
    expect(text).toMatch(/Rita L\. S\.,\(11\) \*{5}-\*\*0\d/);
    expect((await ask('contacts?reveal=true', basic(secret))).status).toBe(400);
    const [last] = await api.app.ledger.sql`
      SELECT user_name, action, object, details FROM audit ORDER BY audit_id DESC LIMIT 1`;
    expect(last).toEqual({
      ...{ user_name: 'pessoa-administrator', action: 'export', object: 'data contacts' },
      details: { format: 'csv', token: 'roteiro' },
    });
  });
});

describe('what is read', () => {
  test('the headings are those that were promised, and the list names them', async () => {
    const { tables } = await api.json<DataTables>('/api/data');
    const listed = Object.fromEntries(tables.map(({ name, columns }) => [name, columns.map((one) => one.name)]));
    expect(listed).toEqual(HEADINGS);
    for (const [name, heads] of Object.entries(HEADINGS)) {
      const text = await (await ask(name)).text();
      expect([name, text.split('\r\n')[0]]).toEqual([name, heads.join(',')]);
    }
    expect((await api.json<DataTables>('/api/data', { as: 'intake' })).tables.map(({ name }) => name)).not.toContain(
      'repeats',
    );
  });

  test('indicators by day, in a long table; what has no value has no row', async () => {
    const rows = await table('metrics?from=2026-10-26&to=2026-10-28');
    const of = (metric: string) =>
      rows.filter((row) => row.metric === metric).map(({ day, value, n, unit }) => [day, value, n, unit]);
    expect(of('contacts')).toEqual([
      ['2026-10-26', '7', '7', 'count'],
      ['2026-10-27', '1', '1', 'count'],
    ]);
    // (4 × 348 + 2 × 3735) / 6
    expect(of('avgHandleTime')).toEqual([
      ['2026-10-26', '1477', '6', 's'],
      ['2026-10-27', '348', '1', 's'],
    ]);
    const [rate] = rows.filter(({ metric, day }) => metric === 'repeatRate' && day === '2026-10-26');
    expect(rate).toMatchObject({ rule: 'house', value: String(1 / 6), n: '6', provisional: 'false', dimension: '' });
    expect(of('nps')).toEqual([]);
  });

  test('and by queue or agent, by week, each dimension for itself', async () => {
    const rows = await table('metrics?by=queue,agent&period=week&to=2026-11-02');
    const counted = rows
      .filter(({ metric }) => metric === 'contacts')
      .map(({ day, dimension, member, label, value }) => [...[day, dimension, member, label, value]]);
    expect(counted.toSorted()).toEqual([
      ['2026-10-26', 'agent', 'A5', 'Caio Lins', '2'],
      ['2026-10-26', 'agent', 'A9', 'Ana Prado', '5'],
      ['2026-10-26', 'agent', 'desconhecido', 'desconhecido', '1'],
      ['2026-10-26', 'queue', 'Ouvidoria', 'Ouvidoria', '2'],
      ['2026-10-26', 'queue', 'Retenção', 'Retenção', '6'],
    ]);
    expect(rows.filter(({ metric, dimension }) => metric === 'abandonRate' && dimension === 'agent')).toEqual([]);
  });

  test('or only some of the indicators; one that is none is refused by name', async () => {
    const rows = await table('metrics?metric=avgHandleTime,contacts&by=agent&to=2026-11-02');
    expect([...new Set(rows.map(({ metric }) => metric))]).toEqual(['avgHandleTime', 'contacts']);
    await expect(table('metrics?metric=tma&to=2026-11-02')).rejects.toThrow();
  });

  test('repeat contacts by agent', async () => {
    const [ana] = (await table('repeat-rates?to=2026-11-02')).filter(({ member }) => member === 'A9');
    expect(ana).toMatchObject({
      ...{ rule: 'house', first_day: '2026-10-26', last_day: '2026-11-01', dimension: 'agent', label: 'Ana Prado' },
      ...{ contacts: '5', anchors: '4', matured_anchors: '4', repeated_anchors: '1', repeats: '1', same_reason: '1' },
      ...{ rate: '0.25', same_reason_rate: '0.25', avg_handle_time_s: '348', provisional: 'false' },
    });
  });

  test('marked contacts and contacts, with moments, seconds and texts as they are', async () => {
    const marked = await table('repeats?rule=previous-24h&where=queue=Retenção');
    expect(marked.map(({ started_at, role, agent }) => [started_at, role, agent]).slice(-2)).toEqual([
      ['2026-10-27T10:01:00', 'repeat', 'A9'],
      ['2026-11-15T10:08:00', expect.any(String), 'A9'],
    ]);
    const contacts = await table('contacts?last=20d');
    expect(contacts.map(({ day }) => day)).toEqual(['2026-10-27', '2026-11-15']);
    expect(contacts[0]).toMatchObject({
      ...{
        source: 'demo-calls',
        started_at: '2026-10-27T10:01:00',
        agent_name: 'Ana Prado',
        wait_s: '10',
        talk_s: '300',
      },
      // A text that a sheet would run stays a text.
      ...{ reason: `'=Cancelamento, "já"`, protocol: '***008', satisfaction: '' },
    });
  });

  test('how far each source goes', async () => {
    const [calls] = await table('sources');
    expect(calls).toMatchObject({
      source: 'demo-calls',
      contacts: '9',
      first_day: '2026-10-26',
      last_day: '2026-11-15',
    });
  });

  test('for an Excel that opens the file itself: the same headings, semicolons and commas', async () => {
    const bytes = await (await ask('metrics?lang=pt&from=2026-10-26&to=2026-10-27')).arrayBuffer();
    const text = Buffer.from(bytes).toString('utf8');
    const [heads, ...rows] = text.slice(1).split('\r\n');
    expect([text[0], heads]).toEqual(['\ufeff', HEADINGS.metrics.join(';')]);
    expect(rows).toContainEqual(expect.stringMatching(/^repeatRate;ratio;house;day;26\/10\/2026;;;;0,166667;6;/));
  });

  test.each(Object.keys(HEADINGS) as (keyof typeof HEADINGS)[])(
    '%s in Parquet, typed, without personal columns',
    async (name) => {
      const response = await ask(`${name}?format=parquet`);
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/vnd.apache.parquet']);
      const path = join(api.app.config.home, `${name}.parquet`);
      writeFileSync(path, Buffer.from(await response.arrayBuffer()));
      const types = await api.app.lake.rows<{ column_name: string; column_type: string }>(
        `DESCRIBE FROM read_parquet(${literal(path)})`,
      );
      const personal = ['protocol', 'contact_name', 'phone', 'customer_ref', 'anchor_protocol'];
      expect(types.map((one) => one.column_name)).toEqual(HEADINGS[name].filter((one) => !personal.includes(one)));
      const typeOf = (column: string) => types.find((one) => one.column_name === column)?.column_type;
      expect([undefined, 'DATE']).toContain(typeOf('day'));
      expect([undefined, 'TIMESTAMP']).toContain(typeOf('started_at'));
      expect([undefined, 'DOUBLE']).toContain(typeOf('value'));
      expect([undefined, 'BOOLEAN']).toContain(typeOf('provisional'));
      const [counted] = await api.app.lake.rows<{ rows: number }>(
        `SELECT count(*) AS rows FROM read_parquet(${literal(path)})`,
      );
      expect(counted!.rows).toBe((await table(name)).length);
    },
  );

  test.each([
    ['contacts?lst=28d', 'usage'],
    ['contacts?rule=house', 'usage'],
    ['contacts?last=28d&from=2026-10-26', 'usage'],
    ['contacts?last=0d', 'usage'],
    ['contacts?where=phone=11987650001', 'usage'],
    ['contacts?source=nenhuma', 'notFound'],
    ['metrics?by=day', 'usage'],
    ['metrics?by=cpf', 'usage'],
    ['repeat-rates?by=cpf', 'usage'],
    ['repeats?rule=nenhuma', 'notFound'],
    ['contacts?format=xlsx', 'usage'],
  ])('%s is refused in words, before anything is sent', async (path, code) => {
    const response = await ask(path);
    const { error } = (await response.json()) as { error: { code: string; message: string } };
    expect([response.status, error.code]).toEqual([code === 'usage' ? 400 : 404, code]);
    expect(error.message).not.toContain('11987650001');
  });
});

describe('what has not changed', () => {
  const tagged = async (path: string, tag?: string) => {
    const response = await ask(path, { ...basic(token.secret), ...(tag ? { 'if-none-match': tag } : {}) });
    return { status: response.status, tag: response.headers.get('etag')!, text: await response.text(), response };
  };

  test('is not sent again, until the numbers change; another question is another answer', async () => {
    const path = 'contacts?last=28d';
    const first = await tagged(path);
    expect(first.response.headers.get('cache-control')).toBe('private, no-cache');
    const again = await tagged(path, `"outra", W/${first.tag}`);
    expect([again.status, again.text, again.tag]).toEqual([304, '', first.tag]);
    const exports = async () => (await api.app.ledger.sql`SELECT 1 FROM audit WHERE object = 'data contacts'`).length;
    const before = await exports();
    await tagged(path, first.tag);
    expect(await exports()).toBe(before);
    for (const other of ['contacts?last=29d', 'contacts?last=28d&format=parquet', 'contacts?last=28d&lang=pt'])
      expect([other, (await tagged(other, first.tag)).status]).toEqual([other, 200]);
    await load('dois.csv', [
      call('16/11/2026', 9, 'Retenção', 'A9;Ana Prado;Fatura;ATENDIDA;00:00:10;00:05:00;00:00:48'),
    ]);
    const changed = await tagged(path, first.tag);
    expect(changed.status).toBe(200);
    expect(changed.text).toContain('2026-11-16T10:09:00');
  });

  test('a window that is given by its days asks the same after a new day arrives', async () => {
    const rows = await table('contacts?from=2026-10-26&to=2026-10-28');
    expect(rows).toHaveLength(8);
  });
});

test('an address that asks too often with tokens waits; sessions go on', async () => {
  let refused: Response | undefined;
  for (let asked = 0; asked < 300 && !refused; asked++) {
    const response = await ask('sources', basic('errado'));
    if (response.status === 429) refused = response;
    else await response.arrayBuffer();
  }
  expect(((await refused!.json()) as { error: { code: string; message: string } }).error).toMatchObject({
    ...{ code: 'tooOften', message: expect.stringMatching(/^Pedidos demais deste endereço\. Espere \d+ s/) },
  });
  expect((await ask('sources', { cookie: await api.cookie('manager') })).status).toBe(200);
});
