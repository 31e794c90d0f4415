import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tryConnection } from '../src/intake/connectors/try-connection.ts';
import { recover } from '../src/intake/load.ts';
import { TABLE_LIMITS, withSnapshot } from '../src/storage/table-snapshot.ts';
import { CRM_PASSWORD, CRM_SECRETS, CRM_USER, table, useCrmBench } from './crm.ts';
import { postgres } from './services.ts';

describe.skipIf(!postgres())('what a CRM and its connection may not do', () => {
  const { home, crm, sql, pull, connect, states, list, pulling } = useCrmBench();

  test('nothing can be written in the session, though its user may write; a sequence does not move', async () => {
    await sql(`
      CREATE TABLE IF NOT EXISTS espia (n int); GRANT ALL ON espia TO ${CRM_USER};
      CREATE OR REPLACE FUNCTION anota() RETURNS int LANGUAGE plpgsql AS $$ BEGIN INSERT INTO espia VALUES (1); RETURN 1; END $$;
      CREATE OR REPLACE FUNCTION solta() RETURNS int LANGUAGE plpgsql AS $$ BEGIN
        PERFORM set_config('transaction_read_only', 'off', false); INSERT INTO espia VALUES (2); RETURN 1; END $$;
      CREATE SEQUENCE IF NOT EXISTS conta; GRANT ALL ON SEQUENCE conta TO ${CRM_USER};
      CREATE OR REPLACE VIEW escreve AS SELECT anota() AS n; CREATE OR REPLACE VIEW foge AS SELECT solta() AS n;
      CREATE OR REPLACE VIEW avanca AS SELECT nextval('conta') AS n;
      GRANT SELECT ON escreve, foge, avanca TO ${CRM_USER}`);
    await connect([table('escreve'), table('foge'), table('avanca'), table('contratos')]);
    const { tables } = await pull();
    expect(tables.map(({ state }) => state)).toEqual(['failed', 'failed', 'failed', 'extracted']);
    expect(tables[0]?.message).toBe(
      'Ler escreve de crm tentaria mudar o banco, e foi impedido. Peça uma tabela ou visão que só leia.',
    );
    expect(await sql('SELECT * FROM espia')).toHaveLength(0);
    expect(await sql('SELECT is_called FROM conta')).toMatchObject([{ is_called: false }]);
  });

  test('all tables are of one moment, whatever is written meanwhile', async () => {
    const server = {
      ...{ source: 'crm', host: '127.0.0.1', port: Number(new URL(crm().url).port), tls: 'disable' as const },
      ...{ database: new URL(crm().url).pathname.slice(1), username: CRM_USER, password: CRM_PASSWORD },
      timeZone: 'America/Sao_Paulo',
    };
    await sql(`DELETE FROM contratos; INSERT INTO contratos SELECT n::text FROM generate_series(1, 2500) n`);
    const seen = { contratos: [] as (string | null)[], clientes: 0, most: 0 };
    await withSnapshot(server, async (snapshot) => {
      const written: Promise<unknown>[] = [];
      await snapshot.read('contratos', [{ name: 'numero', type: 'text', key: true }], (rows) => {
        seen.contratos.push(...rows.map(([numero]) => numero!));
        seen.most = Math.max(seen.most, rows.length);
        if (written.length === 0)
          written.push(
            sql(`DELETE FROM contratos WHERE numero > '5'; INSERT INTO contratos VALUES ('novo');
              INSERT INTO vendas."Clientes" VALUES (1, 'novo')`),
          );
      });
      await Promise.all(written);
      await snapshot.read('vendas.Clientes', [{ name: 'Código', type: 'int8', key: false }], (rows) => {
        seen.clientes += rows.length;
      });
    });
    expect([new Set(seen.contratos).size, seen.contratos.length, seen.clientes]).toEqual([2500, 2500, 0]);
    expect(seen.contratos).not.toContain('novo');
    expect(seen.most).toBeLessThanOrEqual(1000);
  });

  test('one clear error for each thing that can be wrong; one table stops no other', async () => {
    await sql(`CREATE TABLE IF NOT EXISTS sigilo (n int); REVOKE ALL ON sigilo FROM ${CRM_USER};
      CREATE OR REPLACE VIEW lenta AS SELECT pg_sleep(5)::text AS n; GRANT SELECT ON lenta TO ${CRM_USER};
      CREATE OR REPLACE VIEW quebrada AS SELECT ('x' || numero)::int AS n FROM contratos; GRANT SELECT ON quebrada TO ${CRM_USER}`);
    const io = { ...pulling().io, tableLimits: { ...TABLE_LIMITS, statementMs: 200, connectMs: 2000 } };
    Object.assign(pulling(), { io });
    const tables = [
      ...[table('nenhuma'), table('contratos', ['numero', 'cor']), table('sigilo'), table('lenta'), table('quebrada')],
      table('vendas.Clientes', ['Código']),
    ];
    await connect(tables);
    const pulled = await pull();
    expect(pulled.tables.map(({ message }) => message)).toEqual([
      'No banco de crm não há a tabela nenhuma. Confira o nome, como esquema.tabela, com quem cuida do banco.',
      'A tabela contratos de crm não tem cor; tem numero, cpf, saldo, vencimento, parcelas, mudou, ativo, obs. Corrija as colunas na conexão.',
      'O usuário da conexão crm não pode ler sigilo. Peça a quem cuida do banco: GRANT SELECT na tabela e USAGE no esquema.',
      'Ler lenta de crm passou do tempo (57014); o que já se tinha fica. Tente em outro horário, ou leia menos colunas.',
      'O banco de crm não entregou quebrada (22P02); o que já se tinha fica. Peça a quem cuida dele que a confira.',
      null,
    ]);
    const tried = await tryConnection(pulling(), 'crm');
    expect(tried.tables.map(({ rows, message }) => rows ?? message?.split(' ')[0])).toEqual([
      'No',
      'A',
      'O',
      'Ler',
      'O',
      0,
    ]);

    const wrong = async (settings: object, secrets = {}) => {
      await pulling().connections.change('crm', settings, { ...CRM_SECRETS, ...secrets });
      const { error, tables: none } = await pull();
      expect(none).toEqual([]);
      expect((await pulling().connections.get('crm')).message).toBe(error?.message);
      expect((await tryConnection(pulling(), 'crm')).message).toBe(error?.message);
      return error?.message;
    };
    const { url } = crm();
    const { port, host } = new URL(url);
    const database = url.split('/').at(-1)!;
    expect(await wrong({ baseUrl: `postgres://127.0.0.1:1/${database}` })).toBe(
      `O banco da conexão crm, 127.0.0.1:1/${database}, não respondeu como devia (ninguém atende nesta porta, ECONNREFUSED). Confira o endereço, a rede e o sslmode; o que já se tinha fica.`,
    );
    expect(await wrong({ baseUrl: `postgres://${host}/outro` })).toContain('o banco não existe no servidor, 3D000');
    expect(await wrong({ baseUrl: `${url}?sslmode=require` })).toContain(
      `127.0.0.1:${port}/${database}, não respondeu`,
    );
    const secret = 'Outra-Senha-Secreta';
    const denied = await wrong({ baseUrl: url }, { password: secret });
    expect(denied).toBe('A fonte crm recusou o acesso (28P01). Confira o usuário, a senha ou o token da conexão.');
  }, 20_000);

  test('what is not understood is refused, and no address is repeated', async () => {
    const refused = async (tables: ReturnType<typeof table>[], more = {}) =>
      (await connect(tables, more).catch((error: Error) => error)) as Error;
    expect((await refused([])).message).toMatch(/não diz que tabelas ler/);
    for (const name of ['contratos; DROP TABLE x', 'a.b.c', '"x"', 'f(1)', ''])
      expect((await refused([table(name)])).message).toMatch(/^Nome de tabela inválido/);
    expect((await refused([table('contratos', ['a", b'])])).message).toMatch(/^Nome de coluna inválido/);
    expect((await refused([table('a_b'), table('a-b')])).message).toMatch(/seriam a mesma fonte, crm-a-b/);
    expect((await refused([table('x', [], 'nada')])).message).toMatch(/^Tabela de apoio desconhecida: nada/);
    for (const baseUrl of [
      `postgres://ana:${CRM_PASSWORD}@x/y`,
      `postgres://x/y?password=${CRM_PASSWORD}`,
      'https://x/y',
    ])
      expect((await refused([table('x')], { baseUrl })).message).not.toContain(CRM_PASSWORD);
    expect((await refused([table('x')], { baseUrl: `${crm().url}?sslmode=sim` })).message).toMatch(
      /^sslmode desconhecido/,
    );
    await connect();
    await expect(pull({ from: '2026-11-01' })).rejects.toMatchObject({ code: 'usage' });
    await expect(pull({ tables: ['outra'] })).rejects.toMatchObject({ code: 'usage' });
  });

  test('a connection that breaks in the middle, or is cancelled, leaves nothing half loaded', async () => {
    await connect([table('vendas.Clientes'), table('contratos')]);
    await pull();
    await sql(`INSERT INTO vendas."Clientes" VALUES (1, 'Ana');
      INSERT INTO contratos SELECT 'N-' || n FROM generate_series(1, 5000) n`);
    const kill = () => sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${CRM_USER}'`);
    let struck = false;
    const broken = await pull({
      progress: ({ step }) => {
        if (struck || !step.includes('contratos, linha')) return;
        struck = true;
        void kill();
      },
    });
    const first = broken.tables.find(({ table: name }) => name === 'vendas.Clientes');
    expect(first).toMatchObject({ state: 'extracted', rows: 1 });
    if (broken.error) {
      expect(broken.error.code).toBe('databaseUnreachable');
      expect((await list()).length).toBe(3);
    }
    const abort = new AbortController();
    await expect(
      pull({
        signal: abort.signal,
        progress: ({ step }) => {
          if (step.includes('contratos, linha')) abort.abort();
        },
      }),
    ).rejects.toMatchObject({ code: 'cancelled' });
    await recover(home());
    expect(states(await pull())).toEqual([
      ['vendas.Clientes', 'extracted', 1],
      ['contratos', 'extracted', 5003],
    ]);
    expect(readdirSync(join(home().folder, 'tmp'))).toEqual([]);
  });
});
