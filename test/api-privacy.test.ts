// long: an example of everything that every address can be asked
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../src/access/roles.ts';
import { ROUTES } from '../src/api/routes.ts';
import { type Column, contact, DIMENSION_NAMES } from '../src/contracts/index.ts';
import { filesIn, loadWorld, ramal, TestApi } from './app.ts';
import { age } from './home.ts';

let api: TestApi;
let socket: Server;
let starts: Map<string, string[]> | undefined;
let secrets: Map<string, string>;
let callsBatch = 0;

beforeAll(async () => {
  api = await TestApi.open();
  await loadWorld(api.app, 900);
  await loadBadCalls();
  await watchBadCalls();
  secrets = await secretValues();
  await listOneNumber();
  socket = api.server.localServer();
  await new Promise<void>((resolve) => socket.listen(join(api.app.config.home, 'ramal.sock'), resolve));
}, 120_000);

afterAll(async () => {
  socket?.closeAllConnections();
  await new Promise((resolve) => (socket ?? createServer()).close(resolve));
  await api?.close();
});

/** Calls that do not load: what the quarantine keeps of them is as personal as the rest. */
async function loadBadCalls(): Promise<void> {
  const [month] = filesIn(join(api.app.config.home, 'world', 'calls'));
  const [header] = readFileSync(month!, 'latin1').split('\r\n');
  const person = '11;912345678;Sigismunda Reservada;52998224725;A1001;Ana;Senha e acesso;ATENDIDA';
  const rows = [
    `31/02/2026;10:00:00;99990000000000001;1;CENTRAL;Vendas;Vivaz;${person};00:00:01;00:00:02;00:00:03;5`,
    `01/06/2026;10:00:00;99990000000000002;1;CENTRAL;Vendas;Vivaz;${person};-00:00:01;00:00:02;00:00:03;5`,
    `01/06/2026;Sigismunda Reservada;99990000000000003;1;CENTRAL;Vendas;Vivaz;${person};00:00:01;00:00:02;00:00:03;5`,
    `01/06/2026;10:00:00;99990000000000004;${person}`,
  ];
  const path = join(api.app.config.home, 'ruins.csv');
  writeFileSync(path, [header, ...rows, ''].join('\r\n'), 'latin1');
  age(path);
  const result = await api.job<{ batches: { batch: number }[]; quarantined: number }>('/api/intake', {
    paths: [path],
    yes: true,
    source: 'demo-calls',
  });
  expect(result.quarantined).toBe(4);
  callsBatch = result.batches[0]!.batch;
}

/** The same calls in a watched folder, one file without its header. */
async function watchBadCalls(): Promise<void> {
  const folder = join(tmpdir(), `ramal-privacy-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  const text = readFileSync(join(api.app.config.home, 'ruins.csv'), 'latin1');
  for (const [name, content] of [
    ['ruins.csv', text],
    ['sem-cabecalho.csv', text.slice(text.indexOf('\n') + 1)],
  ] as const) {
    writeFileSync(join(folder, name), content, 'latin1');
    age(join(folder, name));
  }
  const patterns = [{ pattern: '*.csv', source: 'demo-calls' }];
  const body = { name: 'contacts', place: folder, patterns, settle: 0 };
  await api.json('/api/watches', { method: 'POST', body });
  for (let look = 0; look < 2; look++) await api.job('/api/watches/contacts/look', undefined);
  rmSync(folder, { recursive: true, force: true });
}

/** Names a caller in a list of exclusions, of a day without calls. */
async function listOneNumber(): Promise<void> {
  const [number] = [...secrets].find(([value, kind]) => kind === 'phone' && /^\d{11}$/.test(value))!;
  const row = { cells: { number, why: 'teste' }, from: '2000-01-01', to: '2000-01-02' };
  expect(await api.job('/api/reference/excluded-numbers/rows', row)).toMatchObject({ change: 1 });
}

/** Everything personal that the lake holds, by what it is; names that an agent bears too are nobody's secret. */
async function secretValues(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const add = (value: unknown, kind: string) => {
    if (typeof value === 'string' && value.length >= 6) found.set(value, kind);
  };
  const { lake } = api.app;
  for (const { kind, value, original } of await lake.rows('FROM silver.identity')) {
    add(value, String(kind));
    add(original, String(kind));
  }
  const personal = Object.entries<Column>(contact.columns).filter(([, { mask }]) => mask !== undefined);
  for (const [name] of personal) {
    const rows = await lake.rows<{ value: string }>(`SELECT DISTINCT ${name} AS value FROM silver.contact`);
    for (const { value } of rows) add(value, name);
  }
  for (const { value, record } of await lake.rows('SELECT value, record FROM silver.quarantine')) {
    add(record, 'quarantine');
    for (const secret of ['Sigismunda Reservada', '52998224725', '912345678', '99990000000000001'])
      if (`${value} ${record}`.includes(secret)) add(secret, 'quarantine');
  }
  const agents = await lake.rows<{ agent_name: string }>('SELECT DISTINCT agent_name FROM silver.contact');
  for (const value of [...found.keys()]) {
    if (value === 'NAO IDENTIFICADO' || agents.some(({ agent_name }) => agent_name.includes(value)))
      found.delete(value);
  }
  return found;
}

/** Characters by whose first ones the values are found: there are thousands, and the texts are long. */
const START = 6;

/** The personal values that a text gives away. */
function leaksOf(text: string): string[] {
  const leaks = new Set<string>();
  const look = (value: string, kind: string) => leaks.add(`${kind}: ${value}`);
  for (const [value, kind] of secrets) if (value.length < START && text.includes(value)) look(value, kind);
  starts ??= Map.groupBy(secrets.keys(), (value) => value.slice(0, START));
  for (let at = 0; at + START <= text.length; at++)
    for (const value of starts.get(text.slice(at, at + START)) ?? [])
      if (value.length >= START && text.startsWith(value, at)) look(value, secrets.get(value)!);
  return [...leaks].slice(0, 5);
}

async function readable(bytes: Buffer, type: string): Promise<string> {
  if (!type.includes('spreadsheetml')) return bytes.toString('utf8');
  const { sheets } = await readXlsx(bytes);
  return sheets.map(({ name, rows }) => `${name}\n${rows.map((row) => row.join('\t')).join('\n')}`).join('\n');
}

const PERIOD = '?from=2026-01-01&to=2027-01-01';

/** Every GET of every route, with what can be asked of it. */
function everyGet(): string[] {
  const rules = ['house', 'previous-24h'];
  const formats = ['json', 'csv', 'xlsx'];
  const known: Record<string, string[]> = {
    ...{ '/api/session': [''], '/api/account': [''], '/api/users': [''], '/api/data': [''] },
    '/api/data/metrics': ['?by=agent,queue'],
    ...{ '/api/data/repeat-rates': [''], '/api/data/sources': [''] },
    '/api/data/repeats': ['', '?lang=pt', '?format=parquet'],
    '/api/data/contacts': ['', '?lang=pt', '?format=parquet'],
    '/api/sources': [''],
    '/api/layouts': [''],
    '/api/layouts/:source': [''],
    '/api/layouts/:source/changes': ['?from=1&to=1'],
    '/api/layouts/:source/columns': [''],
    '/api/layouts/:source/history': [''],
    '/api/layouts/:source/rules': [''],
    '/api/indicators': [''],
    '/api/rules': [''],
    '/api/metrics/:name': DIMENSION_NAMES.flatMap((by) =>
      formats.map((format) => `?by=${by}&receipt=true&format=${format}`),
    ),
    '/api/figures': ['?names=contacts,avgHandleTime,repeatRate,abandonRate'],
    '/api/contacts/:row/events': [''],
    '/api/contacts/:row/episode': rules.map((rule) => `?rule=${rule}`),
    '/api/metrics/:name/months': ['?by=agent', '?by=account&format=csv'],
    '/api/repeats': rules.flatMap((rule) =>
      ['agent', 'reason', 'day'].flatMap((by) =>
        formats.map((format) => `?rule=${rule}&by=${by}&receipt=true&format=${format}`),
      ),
    ),
    '/api/insights': [''],
    '/api/repeats/rules': [''],
    '/api/metrics/:name/mix': ['?by=agent'],
    '/api/repeats/age': ['?from=2026-11-09&to=2026-11-16&before=4'],
    '/api/repeats/callers': rules.map((rule) => `?rule=${rule}`),
    '/api/repeats/callers/ranking': rules.flatMap((rule) =>
      ['contacts', 'avgHandleTime'].flatMap((order) =>
        formats.map((format) => `?size=500&rule=${rule}&order=${order}&format=${format}`),
      ),
    ),
    '/api/customers/bases': [''],
    ...{ '/api/offers': [''], '/api/offers/bars': [''], '/api/offers/customer/:base/:row': [''] },
    ...{ '/api/offers/:id/rows': [''], '/api/offers/:id/customers': [''] },
    ...{
      '/api/offers/outcomes': [''],
      '/api/offers/lists': [''],
      '/api/offers/lists/:list': ['', '?format=csv'],
    },
    ...{ '/api/offers/:id/file': ['?format=csv', '?format=xlsx'] },
    '/api/segments': [''],
    '/api/segments/proposal': [''],
    '/api/segments/:id': [''],
    '/api/segments/:id/map': [''],
    '/api/personas': [''],
    '/api/customers/bases/:base/rows/:row/groups': [''],
    '/api/personas/workbook': [''],
    '/api/personas/pdf': [''],
    '/api/personas/:number/customers': ['', '?format=csv'],
    '/api/personas/:number/movers': ['', '?way=went&format=xlsx'],
    '/api/personas/:number/texts': [''],
    '/api/playbook': [''],
    '/api/customers/file/:id': [''],
    // What such rows hold and hide is seen in customer-rows.test.ts.
    '/api/customers/bases/:base/rows/:row': [''],
    '/api/personas/file/:id': [''],
    '/api/segments/labels/:id': [''],
    '/api/repeats/reconciliation': rules.map((rule) => `?rule=${rule}`),
    '/api/repeats/differences': ['?rule=house&than=digits-168h'],
    '/api/repeats/differences/rows': ['?rule=house&than=digits-168h&size=500', '?rule=house&than=house-linked'],
    '/api/repeats/rows': rules.map((rule) => `?rule=${rule}`),
    '/api/staffing': ['?receipt=true', ...formats.map((format) => `?format=${format}`)],
    '/api/staffing/plan': formats.map((format) => `?lengths=360&days=2026-11-16&format=${format}`),
    '/api/shift': ['', '?day=2026-06-15'],
    '/api/shift/callbacks': formats.map((format) => `?size=500&day=2026-09-14&at=24:00&format=${format}`),
    '/api/staffing/erlang': ['?calls=100&interval=1800&aht=180&agents=14'],
    '/api/contacts': [
      ...formats.map((format) => `?size=500&format=${format}`),
      ...['-agent_name', 'wait_s'].map((sort) => `?size=500&sort=${sort}`),
      '?size=500&source=demo-tickets',
      '?size=500&repeat=repeat',
      '?size=500&search=a',
    ],
    '/api/report': ['/', '/indicadores', '/rechamadas', '/causas', '/linhas'].map((page) => `?screen=${page}`),
    ...{ '/api/views': [''], '/api/views/recipients': [''], '/api/notes/people': [''] },
    ...{ '/api/notes': [PERIOD], '/api/events': [PERIOD], '/api/alerts': [''] },
    '/api/batches': ['?size=500'],
    '/api/intake/today': [''],
    '/api/batches/:batch': [''],
    '/api/batches/:batch/quarantine': formats.map((format) => `?size=500&format=${format}`),
    ...{ '/api/connectors': [''], '/api/connections': [''] },
    ...{ '/api/connections/:name': [''], '/api/connections/:name/days': [''] },
    '/api/watches': [''],
    '/api/watches/:name/files': ['?size=500'],
    '/api/reference': [''],
    '/api/reference/alerts': [''],
    '/api/reference/learned': [''],
    '/api/reference/:kind': ['?past=true&size=500'],
    '/api/reference/:kind/history': [''],
    '/api/reference/:kind/history/:change': [''],
    '/api/batches/:batch/corrections': [''],
    '/api/quarantine': ['?size=500'],
    '/api/send/layouts': [''],
    '/api/send/layouts/:name': [''],
    '/api/practice': [''],
    '/api/practice/files/:file': [''],
    // It is for the next system, in clear, and recorded: this is what it says of a file that is not there.
    '/api/send/files/:file': [''],
    '/api/jobs/:id': [''],
    '/api/system': [''],
  };
  const gets = ROUTES.filter(({ method }) => method === 'GET');
  expect(Object.keys(known).sort()).toEqual(gets.map(({ url }) => url).sort());
  const sample: Record<string, string> = {
    source: 'demo-calls',
    name: 'contacts',
    batch: String(callsBatch),
    base: '1',
    // The first row of the calls, below the header: the batch times 2^32, and its line.
    row: String(callsBatch * 2 ** 32 + 2),
    id: 'nenhum',
    kind: 'excluded-numbers',
    change: '1',
    file: 'nenhum',
  };
  const urls = gets.flatMap(({ url }) => {
    const path = url.replace(/:(\w+)/g, (_, name: string) => sample[name] as string);
    return (known[url] as string[]).map((query) => `${path}${query}`);
  });
  return [...urls, '/api/openapi.json', '/'];
}

describe('what leaves the API', () => {
  test('there is something to hide, of every kind', () => {
    const kinds = new Set(secrets.values());
    for (const kind of [
      'phone',
      'cpf',
      'email',
      'contact_name',
      'protocol',
      'agent_email',
      'custom_fields',
      'quarantine',
    ]) {
      expect(kinds).toContain(kind);
    }
    expect(secrets.size).toBeGreaterThan(1500);
    expect(leaksOf(`x${[...secrets.keys()][7]}y`)).not.toEqual([]);
  });

  test.each(ROLES)(
    'no answer to %s holds a personal value unmasked',
    async (role) => {
      let rows = 0;
      for (const url of everyGet()) {
        const { status, headers, bytes } = await api.ask(url, { as: role });
        const text = await readable(bytes, String(headers['content-type']));
        expect({ url, status, leaks: leaksOf(text) }).toEqual({ url, status, leaks: [] });
        if (status === 200 && url.startsWith('/api/contacts'))
          rows += text.split('"row_id"').length + text.split('\n').length;
      }
      if (role !== 'operator') expect(rows).toBeGreaterThan(2000);
      else expect(rows).toBe(0);
    },
    60_000,
  );

  test('masked contacts still tell people apart: first name, DDD and last digits', async () => {
    const { rows } = await api.json<{ rows: Record<string, unknown>[] }>('/api/contacts?size=100&source=demo-calls');
    for (const { phone, contact_name, protocol } of rows) {
      if (phone) expect(phone).toMatch(/^\(\d{2}\) \*{5}-\*\*\d{2}$/);
      if (contact_name) expect(contact_name).toMatch(/^(\S+( \S\.)+|\S\*\*\*)$/);
      expect(protocol).toMatch(/^\*\*\*\d{3}$/);
    }
    expect(rows.filter(({ phone }) => phone).length).toBeGreaterThan(50);
  });

  test('what is masked does not order the rows: their order would tell it', async () => {
    for (const sort of ['phone', '-contact_name', 'protocol', '-customer_ref'])
      expect((await api.ask(`/api/contacts?size=500&sort=${sort}`, { as: 'administrator' })).status).toBe(400);
  });

  test('Parquet has no personal columns unless revealed', async () => {
    const { status, bytes } = await api.ask('/api/repeats/rows?format=parquet', { as: 'manager' });
    const text = bytes.toString('latin1');
    expect(status).toBe(200);
    expect(text).toContain('same_reason');
    for (const column of ['phone', 'customer_ref', 'protocol']) expect(text).not.toContain(column);
    expect(leaksOf(text)).toEqual([]);
  });

  test('error messages repeat no personal value', async () => {
    const phone = [...secrets].find(([, kind]) => kind === 'phone')![0];
    const email = [...secrets].find(([, kind]) => kind === 'email')![0];
    const questions = [
      ...['phone', 'cpf', 'customer_ref', 'contact_name'].map((column) => `/api/contacts?where=${column}=${phone}`),
      `/api/metrics/contacts?where=email=${email}`,
      `/api/contacts?sort=phone%20%3D%20${phone}%20DESC`,
      `/api/contacts?search=${phone}`,
      `/api/contacts?where=agent=${phone}`,
    ];
    for (const url of questions) expect((await api.ask(url, { as: 'manager' })).status).toBeOneOf([200, 400]);
    for (const url of questions.slice(0, 5)) expect(leaksOf((await api.ask(url, { as: 'manager' })).text)).toEqual([]);
    const broken = await api.app.lake.rows('SELECT CAST(phone AS TINYINT) FROM silver.contact').catch((error) => error);
    expect(broken).toBeInstanceOf(Error);
    expect(leaksOf(broken.message)).toEqual([]);
  });

  test('a search looks through no personal column', async () => {
    const [person] = await api.app.lake.rows<{ phone: string; contact_name: string }>(
      'SELECT phone, contact_name FROM silver.contact WHERE phone IS NOT NULL AND length(contact_name) > 8 LIMIT 1',
    );
    for (const text of [person!.phone, person!.contact_name]) {
      const { total } = await api.json<{ total: number }>(`/api/contacts?search=${encodeURIComponent(text)}`);
      expect(total).toBe(0);
    }
  });

  test('no address takes a personal value', async () => {
    for (const { url, query } of ROUTES) {
      const names = [...url.matchAll(/:(\w+)/g)].map((match) => match[1] as string);
      names.push(...Object.keys((query as { properties?: object } | undefined)?.properties ?? {}));
      for (const name of names) expect(name).not.toMatch(/cpf|cnpj|phone|e?mail|customer|contact_name|value/i);
    }
  });
});

describe('revealing', () => {
  const audited = async () =>
    api.app.ledger.sql<{ user_name: string; action: string; object: string; details: object }[]>`
      SELECT user_name, action, object, details FROM audit WHERE action = 'reveal' ORDER BY audit_id`;
  let rowId = 0;
  let stored: Record<string, unknown>;
  beforeAll(async () => {
    [stored] = (await api.app.lake.rows(
      `SELECT row_id, phone, contact_name, protocol FROM silver.contact WHERE phone IS NOT NULL ORDER BY row_id LIMIT 1`,
    )) as [Record<string, unknown>];
    rowId = Number(stored.row_id);
  });

  test('gives one contact to the administrator and leaves one record, without the values', async () => {
    const before = (await audited()).length;
    const { row } = await api.json<{ row: Record<string, unknown> }>(`/api/contacts/${rowId}/reveal`, {
      method: 'POST',
    });
    expect(row).toMatchObject(stored);
    const rows = await audited();
    expect(rows.slice(before)).toEqual([
      { user_name: 'pessoa-administrator', action: 'reveal', object: `contact ${rowId}`, details: {} },
    ]);
    expect(leaksOf(JSON.stringify(await api.app.ledger.sql`SELECT * FROM audit`))).toEqual([]);
  });

  test.each(['manager', 'intake', 'operator'] as Role[])('is refused to %s, and nothing is recorded', async (role) => {
    const before = (await audited()).length;
    for (const [method, url] of [
      ['POST', `/api/contacts/${rowId}/reveal`],
      ['GET', '/api/repeats/rows?reveal=true'],
    ] as const) {
      const answer = await api.ask(url, { method, as: role });
      expect([answer.status, leaksOf(answer.text)]).toEqual([403, []]);
    }
    expect(await audited()).toHaveLength(before);
  });

  test('of a contact that does not exist leaves no record', async () => {
    const before = (await audited()).length;
    expect((await api.ask('/api/contacts/1/reveal', { method: 'POST', as: 'administrator' })).status).toBe(404);
    expect(await audited()).toHaveLength(before);
  });

  test('the marked rows are revealed to the administrator alone, and that is recorded', async () => {
    const before = (await audited()).length;
    const { text } = await api.ask('/api/repeats/rows?reveal=true&source=demo-calls', { as: 'administrator' });
    const phones = [...secrets].filter(([value, kind]) => kind === 'phone' && text.includes(value));
    expect(phones.length).toBeGreaterThan(100);
    expect((await audited()).slice(before)).toMatchObject([
      { action: 'reveal', object: 'repeats house', details: { format: 'csv' } },
    ]);
  });

  test('each download is recorded as an export', async () => {
    const exports = async () =>
      (await api.app.ledger.sql<{ object: string }[]>`SELECT object FROM audit WHERE action = 'export' ORDER BY at`)
        .length;
    const before = await exports();
    await api.ask('/api/contacts?format=csv', { as: 'manager' });
    await api.ask('/api/metrics/contacts?format=xlsx&by=day', { as: 'manager' });
    await api.ask('/api/metrics/contacts?by=day', { as: 'manager' });
    expect(await exports()).toBe(before + 2);
  });
});

describe('the command line', () => {
  test.each([
    [['export', 'contacts']],
    [['repeats', '--rows']],
    [['repeats', '--by', 'agent', '--json']],
    [['quarantine', 'list', 'LOTE']],
    [['quarantine', 'export', 'LOTE']],
    [['batch', 'show', 'LOTE']],
    [['metric', 'contacts', '--where', 'phone=11987654321']],
  ])('ramal %j', async (args) => {
    const asked = args.map((argument) => (argument === 'LOTE' ? String(callsBatch) : argument));
    const { stdout, stderr } = await ramal(api.app.config.home, asked);
    expect(stdout.length + stderr.length).toBeGreaterThan(60);
    expect([leaksOf(stdout), leaksOf(stderr)]).toEqual([[], []]);
    expect(stderr).not.toContain('11987654321');
  });

  test('--reveal shows, because the owner of the files asks, and is recorded', async () => {
    const { stdout } = await ramal(api.app.config.home, ['repeats', '--rows', '--reveal']);
    expect(leaksOf(stdout)).toHaveLength(5);
    const [last] = await api.app.ledger.sql`SELECT user_name, action FROM audit ORDER BY audit_id DESC LIMIT 1`;
    expect(last).toEqual({ user_name: 'console', action: 'reveal' });
  });
});
