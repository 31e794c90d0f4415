import connect from 'postgres';
import { describe, expect, it } from 'vitest';
import { postgres } from '../services.ts';
import { usePostgres } from './postgres.ts';

describe.skipIf(!postgres())('the throw-away PostgreSQL server', () => {
  const server = usePostgres();

  it('gives each caller an empty database', async () => {
    const [first, second] = [await server().database(), await server().database()];
    expect(first).not.toBe(second);
    const sql = connect(first, { max: 1 });
    await sql`CREATE TABLE contact (contact_id integer)`;
    await sql.end();
    const other = connect(second, { max: 1 });
    const [row] = await other`SELECT to_regclass('contact') AS "table"`;
    await other.end();
    expect(row).toEqual({ table: null });
  });

  it('comes back after a kill with what was committed', async () => {
    const url = await server().database();
    const before = connect(url, { max: 1 });
    await before`CREATE TABLE contact AS SELECT 7 AS contact_id`;
    await before.end();
    await server().kill();
    await server().restart();
    const after = connect(url, { max: 1 });
    expect(await after`SELECT contact_id FROM contact`).toMatchObject([{ contact_id: 7 }]);
    await after.end();
  });
});
