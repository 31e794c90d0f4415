import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import driver from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { usePostgres } from '../../../test/services/postgres.ts';
import { postgres } from '../../../test/services.ts';
import { RamalError } from '../../kernel/errors.ts';
import { type Ledger, openLedger, translateLedger } from './ledger.ts';

const folder = mkdtempSync(join(tmpdir(), 'ramal-ledger-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a caller may rely on, whichever PostgreSQL answers. `place` opens the same ledger again. */
function contract(place: () => Promise<Parameters<typeof openLedger>[0]>): void {
  let settings: Parameters<typeof openLedger>[0];
  let ledger: Ledger;
  beforeAll(async () => {
    settings = await place();
    ledger = await openLedger(settings);
  });
  afterAll(() => ledger.close());

  async function failure(work: Promise<unknown>): Promise<RamalError> {
    const thrown = await work.then(
      () => new Error('it went well'),
      (cause: unknown) => cause,
    );
    return translateLedger(thrown);
  }
  const batch = (id: number, counts: { read: number; loaded: number }) => ledger.sql`
    INSERT INTO batch (batch_id, source, layout, file_name, file_bytes, file_hash, state, rows_read, loaded, received_at, written_at, received_by, changed_at)
    VALUES (${id}, 'x', 1, 'Ação.csv', ${9_007_199_254_740_991}, '', 'loaded', ${counts.read}, ${counts.loaded}, ${new Date('2026-03-02T12:00:00Z')}, now(), 'eu', now())`;

  it('is in its own schema, each migration applied once', async () => {
    const applied = await ledger.sql<{ name: string }[]>`SELECT name FROM ramal.migration`;
    expect(applied.map(({ name }) => name)).toContain('0001-floor.sql');
    expect(new Set(applied.map(({ name }) => name)).size).toBe(applied.length);
  });

  it('gives the deadlines that named one time of day a time of their own', async () => {
    const texts = ['mailing 09:30', 'escala das 10h', 'até 9h05', 'entre 8:00 e 9:00', 'sala 12', '', 'nota 25:00'];
    const { sql } = ledger;
    await sql`INSERT INTO reference_change (kind, action, by, at, added, ended) VALUES ('arrivals', 'set', 'eu', now(), 0, 0)`;
    for (const deadline of texts)
      await sql`
        INSERT INTO reference_row (kind, key_text, key, said, change_id)
        SELECT 'arrivals', ${deadline}, '{}', ${sql.json({ opens: '06:00', closes: '07:00', deadline })}, max(change_id) FROM reference_change`;
    const migration = readFileSync(join(import.meta.dirname, 'migrations', '0012-arrival-due-times.sql'), 'utf8');
    await sql.unsafe(migration);
    const rows = await sql<{ said: object }[]>`SELECT said FROM reference_row WHERE kind = 'arrivals' ORDER BY row_id`;
    expect(rows.map(({ said }) => (said as { due_at: string }).due_at)).toEqual([
      ...['09:30', '10:00', '09:05', '', '', '', ''],
    ]);
    // As a file or a person now says it, so that nothing seems to change when it is said again.
    expect(JSON.stringify(rows[0]?.said)).toBe(
      '{"opens":"06:00","closes":"07:00","due_at":"09:30","deadline":"mailing 09:30"}',
    );
    await sql`DELETE FROM reference_row WHERE kind = 'arrivals'`;
  });

  it('takes what became of mails so far into the outbox, in words that have a code as the code', async () => {
    const { sql } = ledger;
    const before = ['0001-floor.sql', '0014-users.sql', '0016-views.sql', '0018-alerts.sql'];
    const text = (name: string) => readFileSync(join(import.meta.dirname, 'migrations', name), 'utf8');
    const rows = await sql.begin(async (inside) => {
      await inside.unsafe('CREATE SCHEMA older; SET LOCAL search_path TO older');
      for (const name of before) await inside.unsafe(text(name));
      await inside.unsafe(`
        INSERT INTO app_user (user_name, folded_name, role, created_at) VALUES ('Ana', 'ana', 'manager', now());
        INSERT INTO saved_view (owner, name, path, query, followed, shared, changed_at) VALUES ('Ana', 'x', '/', '', 'page', true, now());
        INSERT INTO report_mail (view_id, recipients, weekdays, at, format, lang, enabled, created_by, created_at)
          VALUES (1, '["Ana"]', '[1]', '07:30', 'xlsx', 'pt', true, 'Ana', now());
        INSERT INTO report_sent (mail_id, recipient, at, outcome, files, message) VALUES
          (1, 'Ana', now(), 'sent', '["a.xlsx"]', NULL),
          (1, 'Ana', now(), 'skipped', '[]', 'O usuário não tem e-mail.'),
          (1, 'Ana', now(), 'failed', '[]', 'O servidor de e-mail não aceitou a mensagem: ECONNREFUSED.'),
          (1, 'Ana', now(), 'failed', '[]', 'Outra coisa.');
      `);
      await inside.unsafe(text('0020-outbox.sql'));
      const found = await inside`SELECT mail_id, outcome, files, reasons FROM outbox ORDER BY message_id`;
      await inside.unsafe('DROP SCHEMA older CASCADE');
      return found;
    });
    expect([...rows]).toEqual([
      { mail_id: 1, outcome: 'sent', files: ['a.xlsx'], reasons: [] },
      { mail_id: 1, outcome: 'skipped', files: [], reasons: [{ code: 'mailUserAddress', details: {} }] },
      {
        ...{ mail_id: 1, outcome: 'failed', files: [] },
        reasons: [{ code: 'mailFailed', details: { cause: 'ECONNREFUSED' } }],
      },
      {
        ...{ mail_id: 1, outcome: 'failed', files: [] },
        reasons: [{ code: 'unexpected', details: { what: 'Outra coisa' } }],
      },
    ]);
  });

  it('gives back what was written, in its type', async () => {
    await batch(1, { read: 3, loaded: 3 });
    const [row] = await ledger.sql`
      SELECT batch_id, file_name, file_bytes::float8, rows_read::float8, fills, warnings, first_day, received_at, seconds
      FROM batch WHERE batch_id = 1`;
    expect(row).toEqual({
      batch_id: 1,
      file_name: 'Ação.csv',
      file_bytes: 9_007_199_254_740_991,
      rows_read: 3,
      fills: {},
      warnings: [],
      first_day: null,
      received_at: new Date('2026-03-02T12:00:00Z'),
      seconds: 0,
    });
    const value = { texto: 'São "Paulo"\n', lista: [1, null, true] };
    await ledger.sql`INSERT INTO preference (name, value) VALUES ('p', ${ledger.sql.json(value)})`;
    expect(await ledger.sql`SELECT value FROM preference WHERE name = 'p'`).toEqual([{ value }]);
    expect(await ledger.sql`SELECT name FROM preference WHERE name = ANY(${['p', 'q']})`).toEqual([{ name: 'p' }]);
  });

  it('commits all of a transaction or nothing', async () => {
    const { sql } = ledger;
    await sql.begin(async (transaction) => {
      await transaction`INSERT INTO preference (name, value) VALUES ('a', '1')`;
      await transaction`INSERT INTO preference (name, value) VALUES ('b', '2')`;
    });
    const torn = sql.begin(async (transaction) => {
      await transaction`DELETE FROM preference WHERE name = 'a'`;
      throw new RamalError('cancelled', { what: 'teste' });
    });
    expect(await failure(torn)).toMatchObject({ code: 'cancelled' });
    const refused = sql.begin(async (transaction) => {
      await transaction`DELETE FROM preference WHERE name = 'b'`;
      await transaction`INSERT INTO preference (name, value) VALUES ('a', '3')`;
    });
    expect(await failure(refused)).toMatchObject({ code: 'query' });
    expect(await sql`SELECT name FROM preference WHERE name IN ('a', 'b') ORDER BY name`).toEqual([
      { name: 'a' },
      { name: 'b' },
    ]);
  });

  it('answers many questions at once', async () => {
    const { sql } = ledger;
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) => sql<{ n: number }[]>`SELECT ${n}::integer AS n`),
    );
    expect(answers.map(([row]) => row?.n)).toEqual(Array.from({ length: 100 }, (_, n) => n));
  });

  it('works on after a statement that failed', async () => {
    expect(await failure(ledger.sql`SELECT * FROM nada`)).toMatchObject({ code: 'query', status: 500 });
    expect(await ledger.sql`SELECT 1 AS one`).toEqual([{ one: 1 }]);
  });

  it('refuses a batch whose rows do not add up', async () => {
    const error = await failure(batch(2, { read: 5, loaded: 4 }));
    expect(error.code).toBe('query');
    expect(error.message).toMatch(/23514/);
  });

  it.each([
    [
      'a key that exists',
      () => ledger.sql`INSERT INTO preference (name, value) VALUES ('p', ${ledger.sql.json('52998224725')})`,
    ],
    ['a value of the wrong type', () => ledger.sql`SELECT ${'52998224725 Ana'}::text::integer`],
    ['a broken reference', () => ledger.sql`INSERT INTO login VALUES ('x', ${'Ana-52998224725'}, 'token', now())`],
    ['a state that does not exist', () => ledger.sql`UPDATE batch SET state = ${'52998224725'} WHERE batch_id = 1`],
  ])('tells of %s by statement and cause, never by value', async (_, work) => {
    const { code, message } = await failure(work());
    expect(code).toBe('query');
    expect(message).toMatch(/^A consulta (INSERT|SELECT|UPDATE) .*falhou: \d\w{4} /);
    expect(message).not.toMatch(/52998224725|Ana/);
    expect(message).not.toContain('\n');
  });

  it('is as it was when it is opened again', async () => {
    await ledger.close();
    ledger = await openLedger(settings);
    expect(await ledger.sql`SELECT count(*)::integer AS n FROM batch`).toEqual([{ n: 1 }]);
    expect(await ledger.sql`SELECT count(*)::integer AS n FROM migration WHERE name = '0001-floor.sql'`).toEqual([
      { n: 1 },
    ]);
  });
}

describe('embedded', () => {
  contract(async () => ({ home: join(folder, 'home'), databaseUrl: '' }));

  it('that was killed while it was made is made anew, and shares nothing with another home’s', async () => {
    const [first, second] = [join(folder, 'first'), join(folder, 'second')];
    mkdirSync(join(first, 'ledger.new', 'base'), { recursive: true });
    const ledgers = await Promise.all([first, second].map((home) => openLedger({ home, databaseUrl: '' })));
    await ledgers[0]!.sql`INSERT INTO preference (name, value) VALUES ('p', 'true')`;
    expect(await ledgers[1]!.sql`SELECT name FROM preference`).toEqual([]);
    for (const ledger of ledgers) await ledger.close();
    expect(existsSync(join(first, 'ledger.new'))).toBe(false);
  });

  it('that cannot open says so, and keeps no thread', async () => {
    const home = join(folder, 'broken');
    mkdirSync(join(home, 'ledger'), { recursive: true });
    for (const [name, text] of [
      ['PG_VERSION', '9.1'],
      ['postgresql.conf', 'lixo'],
    ] as const)
      writeFileSync(join(home, 'ledger', name), text);
    await expect(openLedger({ home, databaseUrl: '' })).rejects.toBeInstanceOf(RamalError);
  });
});

describe.skipIf(!postgres())('on a server', () => {
  const server = usePostgres();
  contract(async () => ({ home: folder, databaseUrl: await server().database() }));

  it('may be opened by many at once, on an empty database', async () => {
    for (let round = 0; round < 3; round++) {
      const databaseUrl = await server().database();
      const ledgers = await Promise.all(Array.from({ length: 8 }, () => openLedger({ home: folder, databaseUrl })));
      expect(await ledgers[0]!.sql`SELECT count(*)::integer AS n FROM migration WHERE name = '0001-floor.sql'`).toEqual(
        [{ n: 1 }],
      );
      await Promise.all(ledgers.map((one) => one.close()));
    }
  });

  it('belongs to the home that came first, which may come again', async () => {
    const databaseUrl = await server().database();
    const [first, second] = [join(folder, 'first'), join(folder, 'second')];
    await (await openLedger({ home: first, databaseUrl })).close();
    const refused = await openLedger({ home: second, databaseUrl }).catch((cause: unknown) => cause);
    expect(refused).toMatchObject({ code: 'ledgerForeign', message: expect.stringContaining(second) });
    await (await openLedger({ home: first, databaseUrl })).close();
  });

  it('whose connections are cut while rows are read refuses that and goes on', async () => {
    const databaseUrl = await server().database();
    const ledger = await openLedger({ home: folder, databaseUrl });
    const other = driver(databaseUrl, { max: 1 });
    const change = ledger.sql.begin(async (sql) => {
      for await (const _ of sql`SELECT generate_series(1, 10000)`.cursor(10)) {
        await other`
          SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid()`;
        await setTimeout(50);
      }
    });
    await expect(change).rejects.toThrow();
    expect(await ledger.sql`SELECT 3 AS n`).toEqual([{ n: 3 }]);
    await Promise.all([ledger.close(), other.end()]);
  });

  it('that is not there is told of', async () => {
    const gone = openLedger({ home: folder, databaseUrl: 'postgres://ramal:segredo@127.0.0.1:1/nada' });
    const error = await gone.catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(RamalError);
    expect((error as RamalError).message).not.toContain('segredo');
  });
});
