import { describe, expect, test } from 'vitest';
import { parseLayout } from '../src/intake/parse-layout.ts';
import { referenceKind } from '../src/intake/reference/registry.ts';
import { decideReplay } from '../src/lake/mend-batches.ts';
import { CRM_USER, table, useCrmBench } from './crm.ts';
import { postgres } from './services.ts';

describe.skipIf(!postgres())('tables of a CRM', () => {
  const { home, sql, pull, connect, states, list, batches, pulling } = useCrmBench();

  test('a table is a list of its own: every row, typed by the columns of the database', async () => {
    await connect();
    expect(states(await pull())).toEqual([['contratos', 'extracted', 3]]);
    const [batch] = await batches();
    expect(batch).toMatchObject({
      source: 'crm-contratos',
      rows_read: 3,
      loaded: 3,
      quarantined: 0,
      duplicate: 0,
      scope: 'all',
    });
    expect(
      await list(
        'numero, cpf, CAST(saldo AS DOUBLE) AS saldo, CAST(vencimento AS VARCHAR) AS v, parcelas, CAST(mudou AS VARCHAR) AS m, ativo, obs',
      ),
    ).toEqual([
      {
        numero: 'A-1',
        cpf: '52998224725',
        saldo: 1234.56,
        v: '2026-04-10',
        parcelas: 12,
        m: '2026-04-10 00:30:00',
        ativo: 'true',
        obs: 'linha 1\n"linha"; 2',
      },
      {
        numero: 'A-2',
        cpf: '11222333000181',
        saldo: 0.1,
        v: '2026-12-31',
        parcelas: null,
        m: null,
        ativo: 'false',
        obs: null,
      },
      // A CPF that is none empties its cell, and the contract is still known.
      { numero: 'A-3', cpf: null, saldo: -5, v: null, parcelas: 0, m: '2026-04-10 12:00:01', ativo: null, obs: 'ç' },
    ]);
  });

  test('a portfolio is checked against the CRM; after the CRM changes, a replay follows', async () => {
    await connect();
    await pull();
    await home().build();
    const portfolio = parseLayout(
      {
        ...{ source: 'carteira', version: 1, label: { pt: 'Carteira', en: 'Portfolio' }, into: 'list', covers: 'rows' },
        ...{ holds: 'all', format: { kind: 'delimited', header: true }, key: ['CONTRATO'] },
        columns: { contrato: { from: ['CONTRATO'], as: 'text' }, cpf: { from: ['CPF'], as: 'cpf' } },
        rules: [
          { id: 'contrato-no-crm', kind: 'reference', column: 'CONTRATO', list: 'crm-contratos', in: 'numero' },
          { id: 'cpf-no-crm', kind: 'reference', column: 'CPF', list: 'crm-contratos', in: 'cpf' },
        ],
      },
      'teste',
    );
    await home().know(portfolio);
    const content = 'CONTRATO;CPF\nA-1;52998224725\nA-9;529.982.247-25\nA-2;\nA-3;39053344705\nB-1;\n';
    const loaded = await home().load({ content }, portfolio);
    expect(loaded).toMatchObject({ rows_read: 5, loaded: 2, quarantined: 3, duplicate: 0 });
    const refused = () =>
      home().rows('SELECT line, reason FROM silver.quarantine WHERE batch_id = $batch ORDER BY line, reason', {
        batch: loaded.batch_id,
      });
    expect(await refused()).toEqual([
      { line: 3, reason: 'rule:contrato-no-crm' },
      { line: 5, reason: 'rule:cpf-no-crm' },
      { line: 6, reason: 'rule:contrato-no-crm' },
    ]);
    await home().build();

    await sql(
      `INSERT INTO contratos (numero, cpf) VALUES ('A-9', '39053344705'); DELETE FROM contratos WHERE numero = 'A-2'`,
    );
    expect(states(await pull())).toEqual([['contratos', 'extracted', 3]]);
    expect((await list()).map(({ numero }) => numero)).toEqual(['A-1', 'A-3', 'A-9']);
    expect((await refused()).length).toBe(3);
    expect(await decideReplay(home(), loaded.batch_id)).toBe(true);
    await home().build();
    // A-9 came, with the CPF of line 5; what was let in stays.
    expect(await refused()).toEqual([{ line: 6, reason: 'rule:contrato-no-crm' }]);
    const held = () => home().rows('SELECT contrato FROM silver.list_carteira ORDER BY 1');
    const contracts = ['A-1', 'A-2', 'A-3', 'A-9'].map((contrato) => ({ contrato }));
    expect(await held()).toEqual(contracts);
    await home().build({ full: true });
    expect(await held()).toEqual(contracts);
  });

  test('the same content makes no batch, whatever order it is kept in; an older content again does', async () => {
    await connect();
    await pull();
    await sql(`UPDATE contratos SET obs = obs; DELETE FROM contratos WHERE numero = 'A-1';
      INSERT INTO contratos VALUES ('A-1', '529.982.247-25', 1234.56, '2026-04-10', 12, '2026-04-10 03:30+00', true, 'linha 1' || chr(10) || '"linha"; 2')`);
    expect(await pull()).toMatchObject({ changed: false, tables: [{ state: 'extracted', rows: 3 }] });
    expect((await batches()).length).toBe(1);
    await sql(`DELETE FROM contratos WHERE numero = 'A-2'`);
    await pull();
    await sql(`INSERT INTO contratos VALUES ('A-2', '11222333000181', 0.10, '2026-12-31', NULL, NULL, false, NULL)`);
    await pull();
    expect((await list()).length).toBe(3);
    expect((await batches()).map(({ state }) => state)).toEqual(['superseded', 'superseded', 'loaded']);
  });

  test('an empty table that had rows is not believed, unless a person asks for it', async () => {
    await connect();
    await pull();
    await sql('DELETE FROM contratos');
    const doubted = await pull();
    expect(doubted.tables).toMatchObject([{ state: 'failed', message: expect.stringContaining('havia 3 registros') }]);
    expect((await list()).length).toBe(3);
    expect((await pulling().tables.entries('crm')).get('contratos')).toMatchObject({ state: 'failed', rows: 3 });
    expect(states(await pull({ tables: ['contratos'] }))).toEqual([['contratos', 'empty', 0]]);
    expect(await list()).toEqual([]);
    expect(states(await pull())).toEqual([['contratos', 'empty', 0]]);
  });

  test('a column renamed in the CRM waits for a decision, and the list stays', async () => {
    await connect();
    await pull();
    await sql('ALTER TABLE contratos RENAME COLUMN numero TO contrato');
    try {
      const held = await pull();
      expect(held.tables).toMatchObject([
        { state: 'failed', message: expect.stringContaining('espera uma decisão em Recepção') },
      ]);
      const waiting = (await batches()).at(-1);
      expect(waiting).toMatchObject({ state: 'waiting' });
      expect((await list()).length).toBe(3);
      // It is not asked for again while it waits.
      await pull();
      expect((await batches()).length).toBe(2);
    } finally {
      await sql('ALTER TABLE contratos RENAME COLUMN contrato TO numero');
    }
    // Put right at the CRM and asked for by name, the schedule goes on.
    expect(states(await pull({ tables: ['contratos'] }))).toEqual([['contratos', 'extracted', 3]]);
  });

  test('only the columns and views that are declared are read, their names quoted', async () => {
    await sql(`INSERT INTO vendas."Clientes" VALUES (7, 'Ana'), (8, NULL);
      CREATE OR REPLACE VIEW so_numeros AS SELECT numero FROM contratos UNION ALL SELECT NULL;
      GRANT SELECT ON so_numeros TO ${CRM_USER}`);
    await connect([table('vendas.Clientes'), table('so_numeros'), table('contratos', ['cpf', 'numero'])]);
    expect(states(await pull())).toEqual([
      ['vendas.Clientes', 'extracted', 2],
      ['so_numeros', 'extracted', 4],
      ['contratos', 'extracted', 3],
    ]);
    await home().build();
    expect(await home().rows('SELECT codigo, nome_do_cliente FROM silver.list_crm_vendas_clientes ORDER BY 1')).toEqual(
      [
        { codigo: 7, nome_do_cliente: 'Ana' },
        { codigo: 8, nome_do_cliente: null },
      ],
    );
    expect((await home().rows('SELECT * EXCLUDE (row_id, batch_id) FROM silver.list_crm_contratos'))[0]).toEqual({
      numero: 'A-1',
      cpf: '52998224725',
    });
  });

  test('a table supplies a reference table whole', async () => {
    await sql(`CREATE TABLE IF NOT EXISTS nao_perturbe (telefone text, motivo text); TRUNCATE nao_perturbe;
      GRANT SELECT ON nao_perturbe TO ${CRM_USER};
      INSERT INTO nao_perturbe VALUES ('11 91234-5678', 'pediu'), ('1133334444', 'pediu')`);
    await connect([table('nao_perturbe', [], 'excluded-numbers')]);
    expect(await pull()).toMatchObject({ changed: true, tables: [{ state: 'extracted', rows: 2 }] });
    const said = async () =>
      (await pulling().references.entries(referenceKind('excluded-numbers')))
        .filter(({ to }) => to === null)
        .map(({ key }) => key.number);
    expect(await said()).toEqual(['1133334444', '11912345678']);
    expect(await pull()).toMatchObject({ changed: false });
    await sql(`DELETE FROM nao_perturbe WHERE telefone = '1133334444'`);
    expect(await pull()).toMatchObject({ changed: true });
    expect(await said()).toEqual(['11912345678']);
    await sql(`INSERT INTO nao_perturbe VALUES ('xx', 'pediu')`);
    expect((await pull()).tables[0]?.message).toMatch(/traz 1 linhas que .* não aceita/);
    expect(await said()).toEqual(['11912345678']);

    await sql('TRUNCATE nao_perturbe');
    expect((await pull()).tables).toMatchObject([
      {
        state: 'failed',
        message:
          'A tabela nao_perturbe de crm está vazia, e terminaria as 1 linhas da tabela de apoio Números expurgados, que ficam. Se for verdade, termine-as em Tabelas de apoio.',
      },
    ]);
    // Asked for by name too: an empty table would end every row that the figures rest on.
    expect((await pull({ tables: ['nao_perturbe'] })).tables).toMatchObject([{ state: 'failed' }]);
    expect(await said()).toEqual(['11912345678']);
    await sql(`INSERT INTO nao_perturbe VALUES ('1133334444', 'pediu')`);
    expect(await pull()).toMatchObject({ changed: true });
    expect(await said()).toEqual(['1133334444']);
  });
});
