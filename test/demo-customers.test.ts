import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DemoManifest, writeDemo } from '../src/demo/demo.ts';
import { type Lake, literal } from '../src/storage/lake.ts';
import { TestApi } from './app.ts';

const CUSTOMERS = 2400;
const folder = mkdtempSync(join(tmpdir(), 'ramal-demo-customers-'));
let api: TestApi;
let lake: Lake;
let manifest: DemoManifest;

beforeAll(async () => {
  api = await TestApi.open();
  lake = api.app.lake;
  manifest = await writeDemo({ contacts: 100, seed: 1, out: folder });
});
afterAll(async () => {
  await api?.close();
  rmSync(folder, { recursive: true, force: true });
});

const at = (name: string) => literal(join(folder, name));
/** A file as texts, as DuckDB reads it. */
const file = (name: string, more = '') => `read_csv(${at(name)}, header = true, all_varchar = true ${more})`;
const contracts = () => file('customers/dados_clientes.csv', ", delim = ';', encoding = 'latin-1'");
const semicolons = (name: string) => file(`customers/${name}.csv`, ", delim = ';'");
const personas = () => file('customers-truth.csv', ", delim = ';'");
const key = (column: string) => `upper(trim("${column}"))`;
const comma = (column: string) => `CAST(replace("${column}", ',', '.') AS DECIMAL(18, 2))`;

/** A figure of each persona, in their order; 0 of those that have none. */
async function byPersona(sql: string): Promise<number[]> {
  const rows = await lake.rows<{ persona: string; n: number }>(
    `SELECT persona, CAST(sum(n) AS DOUBLE) AS n FROM (${sql}) JOIN ${personas()} USING (id) GROUP BY persona`,
  );
  const found = new Map(rows.map(({ persona, n }) => [persona, n]));
  return manifest.truth.customers.personas.map(({ name }) => found.get(name) ?? 0);
}

describe('the customers of the demonstration, against a stranger’s reading of their files', () => {
  test('are small, and every file has the rows that it says', async () => {
    const { truth, files } = manifest;
    const told = truth.customers.files;
    expect(files.filter(({ source }) => source === 'customers').map(({ path, rows }) => ({ path, rows }))).toEqual(
      told.map(({ path, rows }) => ({ path, rows })),
    );
    expect(told.reduce((sum, { path }) => sum + statSync(join(folder, path)).size, 0)).toBeLessThan(15e6);
    for (const { path, rows } of told) {
      if (path.endsWith('.xlsx')) {
        const [sheet] = (await readXlsx(readFileSync(join(folder, path)))).sheets;
        expect(sheet!.rows).toHaveLength(rows + 1);
        continue;
      }
      const own = path.includes('dados') ? contracts() : file(path);
      expect([path, (await lake.rows<{ n: number }>(`SELECT count(*) AS n FROM ${own}`))[0]!.n]).toEqual([path, rows]);
    }
  });

  test('each is once in the table that names all, with a persona', async () => {
    const [found] = await lake.rows(
      `SELECT count(*) AS n, count(DISTINCT "CLIENTE") AS codes,
         count(*) FILTER ("CLIENTE" IN (SELECT id FROM ${personas()})) AS known FROM ${semicolons('clientes_desde')}`,
    );
    expect(found).toEqual({ n: CUSTOMERS, codes: CUSTOMERS, known: CUSTOMERS });
    expect(manifest.truth.customers.customers).toBe(CUSTOMERS);
    const shares = manifest.truth.customers.personas.map(({ customers }) => customers / CUSTOMERS);
    [0.22, 0.08, 0.14, 0.04, 0.24, 0.05, 0.09, 0.14].forEach((share, persona) => {
      expect(Math.abs(shares[persona]! - share)).toBeLessThan(0.03);
    });
  });

  test('figures of each persona are those that the rows come to', async () => {
    const { personas: told } = manifest.truth.customers;
    const telemetry = `SELECT clienteid AS id, 1 AS n FROM ${file('customers/telemetria_*.csv')}`;
    const tickets = `SELECT ${key('CODIGO_ORGANIZACAO')} AS id, "SLA_CUMPRIDO" AS sla FROM ${file('customers/tickets.csv')}`;
    const tenure = `SELECT "CLIENTE" AS id, DATE '2026-11-15' - CAST("CLIENTE_DESDE" AS DATE) AS n FROM ${semicolons('clientes_desde')}`;
    const answers = `SELECT ${key('metadata_codcliente')} AS id, CAST("resposta_NPS" AS DOUBLE) AS n FROM ${semicolons('nps_relacional')}`;
    const mrr = `SELECT "CLIENTE" AS id, ${comma('MRR_12M')} AS n FROM ${semicolons('mrr')}`;
    const figures = {
      customers: await byPersona(`SELECT id, 1 AS n FROM ${personas()}`),
      contracts: await byPersona(`SELECT "CD_CLIENTE" AS id, 1 AS n FROM ${contracts()}`),
      mrr: await byPersona(mrr),
      mrrCustomers: await byPersona(`SELECT id, 1 AS n FROM (${mrr})`),
      telemetryRows: await byPersona(telemetry),
      tickets: await byPersona(`SELECT id, 1 AS n FROM (${tickets})`),
      lateTickets: await byPersona(`SELECT id, CAST(sla = 'Não' AS INTEGER) AS n FROM (${tickets})`),
      answers: await byPersona(`SELECT id, 1 AS n FROM (${answers})`),
    };
    for (const [figure, found] of Object.entries(figures))
      expect([figure, found]).toEqual([figure, told.map((one) => one[figure as keyof typeof figures])]);
    const [days, scores] = [await byPersona(tenure), await byPersona(answers)];
    told.forEach(({ meanMrr, meanTenureDays, meanNps, ...one }, persona) => {
      expect(meanMrr).toBeCloseTo(figures.mrr[persona]! / one.mrrCustomers, 6);
      expect(meanTenureDays).toBeCloseTo(days[persona]! / one.customers, 6);
      expect(meanNps).toBeCloseTo(scores[persona]! / one.answers, 6);
    });
    expect(figures.telemetryRows.reduce((sum, rows) => sum + rows, 0) / CUSTOMERS).toBeGreaterThan(27);
  });

  test('rows of strangers and of nobody are those counted', async () => {
    const told = (path: string) => manifest.truth.customers.files.find((one) => one.path === path)!;
    for (const [path, column, more] of [
      ['customers/tickets.csv', 'CODIGO_ORGANIZACAO', ''],
      ['customers/nps_relacional.csv', 'metadata_codcliente', ", delim = ';'"],
    ] as const) {
      const [found] = await lake.rows(
        `SELECT count(*) FILTER (id LIKE 'X%') AS strangers, count(*) FILTER (id IS NULL) AS nobodys,
           count(*) FILTER (id NOT LIKE 'X%' AND id NOT IN (SELECT id FROM ${personas()})) AS others
         FROM (SELECT ${key(column)} AS id FROM ${file(path, more)})`,
      );
      const { strangers, nobodys } = told(path);
      expect(found).toEqual({ strangers, nobodys, others: 0 });
      expect(Math.min(strangers, nobodys)).toBeGreaterThan(5);
    }
    const [typed] = await lake.rows<Record<string, number>>(
      `SELECT count(*) FILTER (id <> upper(id)) AS lower, count(*) FILTER (id <> trim(id)) AS spaced
       FROM (SELECT "CODIGO_ORGANIZACAO" AS id FROM ${file('customers/tickets.csv')})`,
    );
    expect(Math.min(typed!.lower!, typed!.spaced!)).toBeGreaterThan(100);
  });

  test('what was contracted in the last 12 months is what contracts of them say', async () => {
    const differences = await lake.rows(
      `SELECT id FROM (
         SELECT "CD_CLIENTE" AS id, count(*) AS n, sum(CAST(replace(replace("VL_TOTAL_CONTRATO", '.', ''), ',', '.') AS DECIMAL(18, 2))) AS total
         FROM ${contracts()} WHERE strptime("DT_ASSINATURA_CONTRATO", '%d/%m/%Y') > DATE '2025-11-15' GROUP BY 1) AS own
       FULL JOIN (SELECT "CD_CLIENTE" AS id, CAST("QTD_CONTRATACOES_12M" AS BIGINT) AS n, ${comma('VLR_CONTRATACOES_12M')} AS total
         FROM ${semicolons('contratacoes_ultimos_12_meses')}) AS told USING (id)
       WHERE own.n IS DISTINCT FROM told.n OR own.total IS DISTINCT FROM told.total`,
    );
    expect(differences).toEqual([]);
  });

  test('who has the ERP and the time clock has the payroll, too, in three personas and not in the others', async () => {
    const { rule, personas: told } = manifest.truth.customers;
    const has = (product: string) => `bool_or("DS_PROD" = '${product}')`;
    const rows = await lake.rows<{ persona: string; customers: number; also: number }>(
      `SELECT persona, count(*) AS customers, count(*) FILTER (payroll) AS also FROM (
         SELECT "CD_CLIENTE" AS id, ${has('Folha de Pagamento')} AS payroll FROM ${contracts()} GROUP BY 1
         HAVING ${has('ERP Núcleo')} AND ${has('Ponto Eletrônico')}) JOIN ${personas()} USING (id) GROUP BY persona`,
    );
    expect(rule.has).toEqual(['ERP Núcleo', 'Ponto Eletrônico']);
    expect(rule.personas).toEqual([told[1]!.name, told[5]!.name, told[6]!.name]);
    const sum = (within: boolean) => {
      const some = rows.filter(({ persona }) => rule.personas.includes(persona) === within);
      const customers = some.reduce((all, one) => all + one.customers, 0);
      const also = some.reduce((all, one) => all + one.also, 0);
      return { customers, also, share: also / customers };
    };
    expect([rule.within, rule.elsewhere]).toEqual([sum(true), sum(false)]);
    const first = (product: string) =>
      `min(strptime("DT_ASSINATURA_CONTRATO", '%d/%m/%Y')) FILTER ("DS_PROD" = '${product}')`;
    const early = await lake.rows(
      `SELECT "CD_CLIENTE" FROM ${contracts()} GROUP BY 1
       HAVING ${first('Folha de Pagamento')} < greatest(${first('ERP Núcleo')}, ${first('Ponto Eletrônico')})
         AND ${has('ERP Núcleo')} AND ${has('Ponto Eletrônico')}`,
    );
    expect(early).toEqual([]);
    expect(Math.abs(rule.within.share! - 0.78)).toBeLessThan(0.06);
    expect(Math.abs(rule.elsewhere.share! - 0.15)).toBeLessThan(0.06);
  });
});
