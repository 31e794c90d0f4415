import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readXlsx } from 'hucre';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PersonaFile } from '../src/customers/personas/persona-file.ts';
import { TestApi } from './app.ts';

let api: TestApi;
let base: string;
let groups: string;

beforeAll(async () => {
  api = await TestApi.open();
  const file = (name: string, ...lines: string[]) => {
    const path = join(api.app.config.home, name);
    writeFileSync(path, `${lines.join('\n')}\n`);
    return path;
  };
  const rows = Array.from({ length: 60 }, (_, row) => {
    const asleep = row % 3 === 0;
    return [`C${row}`, asleep ? 10 + row : 900 + row, asleep ? '' : row, asleep ? 'VAREJO' : 'MANUFATURA', 5000 - row];
  });
  base = file('base.csv', 'cliente,mrr,uso,segmento,cliente_desde_dias', ...rows.map((row) => row.join(',')));
  groups = file(
    'grupos.csv',
    'id,group,membership',
    ...rows.slice(0, 57).map(([id], row) => `${id},${row % 3 === 0 ? 4 : 2},1`),
  );
});
afterAll(() => api?.close());

type Answer = PersonaFile & { readonly file: string | null };
const told = (more: object = {}) =>
  api.job<Answer>('/api/personas/file', { path: base, id: 'cliente', groups, ...more });

test('groups of a file keep their numbers, the one worth most comes first, and who has no group is counted', async () => {
  const found = await told();
  expect(found).toMatchObject({
    customers: 57,
    file: null,
    warnings: ['3 clientes do arquivo não têm grupo e ficaram de fora'],
  });
  expect(found.roles.map(({ role, column, coverage }) => [role, column, coverage])).toEqual([
    ['value', 'mrr', 1],
    ['tenure', 'cliente_desde_dias', 1],
    ['usage', 'uso', 38 / 57],
    ['segment', 'segmento', 1],
  ]);
  expect(found.personas.map(({ group, customers, segment }) => [group, customers, segment?.is])).toEqual([
    [2, 38, 'MANUFATURA'],
    [4, 19, 'VAREJO'],
  ]);
  // 10 + 0, 3, … 54, nineteen of them.
  expect(found.personas[1]!.worth).toBe(19 * 10 + (19 * 54) / 2);
});

test('as a workbook: who they are, means, segments and what to do, with numbers as numbers', async () => {
  const { file } = await told({ workbook: true });
  const { status, bytes } = await api.ask(`/api/personas/file/${file}`, { as: 'administrator' });
  expect(status).toBe(200);
  const { sheets } = await readXlsx(bytes);
  expect(sheets.map(({ name }) => name)).toEqual([
    'Sobre',
    'clusters',
    'metricas_medias',
    'segmento_contagem',
    'recomendações',
  ]);
  const other = await told({ workbook: true, lang: 'en' });
  const english = await api.ask(`/api/personas/file/${other.file}`, { as: 'administrator' });
  expect((await readXlsx(english.bytes)).sheets.map(({ name }) => name)).toContain('recommendations');
  const who = sheets[1]!.rows;
  expect(who[0]!.slice(0, 4)).toEqual(['Persona', 'Grupo', 'Clientes', 'Parte da base']);
  expect(who.slice(1).map((row) => row.slice(1, 3))).toEqual([
    [2, 38],
    [4, 19],
  ]);
  const shares = sheets[3]!.rows.slice(1);
  expect(shares.map((row) => row.slice(1))).toEqual([
    ['MANUFATURA', 38, 1],
    ['VAREJO', 19, 1],
  ]);
});

test('a team’s own playbook names them; its mistakes are told', async () => {
  const playbook = [
    { name: 'Dorme', like: { value: 0.1, usage: 0 }, segments: ['Varejo'], pain: 'p', action: 'Ligar' },
  ];
  const { personas } = await told({ playbook: JSON.stringify(playbook) });
  expect(personas.map(({ group, play, action }) => [group, play, action])).toEqual([
    [2, null, null],
    [4, 'Dorme', 'Ligar'],
  ]);
  await expect(told({ playbook: '[]' })).rejects.toThrow('O roteiro não se entende');
  await expect(told({ roles: { value: 'receita' } })).rejects.toThrow('O arquivo não tem a coluna receita');
  await expect(told({ id: 'segmento' })).rejects.toThrow('Nenhum cliente do arquivo tem grupo');
});
