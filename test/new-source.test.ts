import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { IntakeAnswer } from '../src/api/schema.ts';
import type { DraftColumn, LayoutColumns, LayoutTried, Received } from '../src/api/schema-intake.ts';
import { literal } from '../src/storage/lake.ts';
import { type Choices, confirmedLayout, proposedChannel, proposedOf } from '../web/state/new-source.ts';
import { TestApi } from './app.ts';
import { formOf, NEWCOMER, newcomerFile } from './newcomer.ts';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.open();
});
afterAll(() => api.close());

const receive = (name: string, content: Buffer) =>
  api.json<Received>('/api/received', { method: 'POST', ...formOf(name, content) });
const choices = (received: Received, more: Partial<Choices> = {}): Choices => ({
  name: 'Cliente Novo',
  into: received.draft.into,
  noun: { one: '', many: '' },
  whole: true,
  key: received.draft.layout.key,
  chosen: proposedOf(received, received.draft.into),
  days: {},
  situations: {},
  channel: proposedChannel(received),
  agents: '',
  ...more,
});
const tried = (received: Received, layout: unknown) =>
  api.json<LayoutTried>(`/api/received/${received.id}/try`, { method: 'POST', body: { layout } });
const loadAs = (received: Received, source: string) =>
  api.job<IntakeAnswer>(`/api/received/${received.id}/load`, { source });

describe('a new client by what the screen proposes', () => {
  test('all that is proposed of the file is what a person would say; the file is tried, kept and loaded', async () => {
    const received = await receive('chamadas.csv', newcomerFile());
    expect(received.draft).toMatchObject({ into: 'contact', layout: { key: ['Código'] } });
    const layout = confirmedLayout(received, choices(received));
    expect(layout.columns).toMatchObject({
      channel: { as: 'constant', value: 'voz' },
      started_at: { from: ['Data da Chamada', 'Hora Início'], format: ['dd/mm/yyyy hh:mi:ss', 'dd/mm/yyyy hh:mi'] },
      status: { as: 'codes', codes: { Atendida: 'answered', Abandonada: 'abandoned' }, otherwise: '=' },
      queue: { from: ['Setor'] },
      reason: { from: ['Assunto'] },
      agent_name: { from: ['Atendente'] },
    });
    const answer = await tried(received, layout);
    expect(answer).toMatchObject({ rows: NEWCOMER.rows, loads: 190, repeated: NEWCOMER.repeated, unknownStatus: 0 });
    expect(answer.refused).toMatchObject([
      { column: 'Data da Chamada + Hora Início', reason: 'invalid-date', rows: NEWCOMER.broken, line: 102 },
    ]);
    expect(JSON.stringify(await api.json('/api/layouts'))).not.toContain('cliente-novo');
    const keyless = { ...layout, key: ['Código', 'Contrato'] };
    await expect(tried(received, keyless)).rejects.toThrow('chamadas.csv não tem Contrato, que o layout lê');

    await api.json('/api/layouts', { method: 'POST', body: { layout, new: true } });
    const { read, loaded, quarantined, duplicate } = await loadAs(received, 'cliente-novo');
    expect({ read, loaded, quarantined, duplicate }).toEqual({ read: 200, loaded: 190, quarantined: 5, duplicate: 5 });
    const found = await api.json<{ figures: { name: string; value: number; n: number }[] }>(
      '/api/figures?names=contacts,grossAbandonRate&source=cliente-novo&from=2026-11-01&to=2026-11-30',
    );
    expect(found.figures.map(({ name, value }) => [name, value])).toEqual([
      ['contacts', 190],
      ['grossAbandonRate', NEWCOMER.abandoned / 190],
    ]);
  }, 30_000);

  test('what names no person is shown as it is, and what may name one is not', async () => {
    const { draft } = await receive('chamadas.csv', newcomerFile());
    const examples = (name: string) => draft.columns.find((column) => column.name === name)!.examples;
    expect(examples('Assunto')).toEqual(['Segunda via de boleto', 'Internet lenta', 'Mudança de plano']);
    expect(examples('Setor')).toContain('Suporte técnico');
    expect(examples('Nome do Cliente')).toEqual(['Rita A.', 'João C.', 'Lia M.']);
    expect(JSON.stringify(draft.columns)).not.toMatch(/Rita Alves|98000-1000/);
  });

  test('a start that was not recognised and is chosen by hand is read in the form that its column has', async () => {
    const lines = Array.from({ length: 40 }, (_, row) => {
      const day = `${String(13 + (row % 15)).padStart(2, '0')}/11/2026`;
      return `${day} 10:${String(row).padStart(2, '0')};Ana Prado;Vendas;1198765${1000 + row}`;
    });
    const content = Buffer.from(['Registro;Atendente;Fila;Telefone', ...lines, ''].join('\n'));
    const received = await receive('registro.csv', content);
    const register = received.draft.columns[0]!;
    expect([register.canonical, register.type]).toEqual([null, 'moment']);
    const proposed = proposedOf(received, 'contact');
    const chosen = { ...proposed, Registro: { is: 'started_at', must: false } };
    const layout = confirmedLayout(received, choices(received, { into: 'contact', name: 'Registro', chosen, key: [] }));
    expect(await tried(received, layout)).toMatchObject({ rows: 40, loads: 40, quarantined: 0 });
    await api.json('/api/layouts', { method: 'POST', body: { layout, new: true } });
    expect(await loadAs(received, 'registro')).toMatchObject({ read: 40, loaded: 40, quarantined: 0 });
  });

  test('a code that begins anew in each line of calls names a row only together with the line', async () => {
    const lines = ['A', 'B'].flatMap((line) =>
      Array.from({ length: 400 }, (_, row) => `${line};${1000 + row};13/11/2026 10:00:${10 + (row % 50)};Ana;Vendas`),
    );
    const content = Buffer.from(['Tronco;Call ID;Início;Atendente;Fila', ...lines, lines[0], ''].join('\n'));
    const received = await receive('linhas.csv', content);
    expect(received.draft).toMatchObject({ into: 'contact', layout: { key: ['Call ID'] } });
    const columns = { ...proposedOf(received, 'contact'), Tronco: { is: 'priority', must: false } };
    const made = (key: string[]) =>
      tried(received, confirmedLayout(received, choices(received, { key, chosen: columns })));
    expect(await made(['Call ID'])).toMatchObject({ rows: 801, loads: 400, repeated: 401, differing: 400 });
    expect(await made(['Call ID', 'Tronco'])).toMatchObject({ rows: 801, loads: 800, repeated: 1, differing: 0 });
  });

  test('a Parquet file, and columns called as the engine calls its own words, are tried and loaded', async () => {
    const path = join(api.app.config.home, 'novo.parquet');
    await api.app.lake.use((session) =>
      session.run(
        `COPY (SELECT 'C' || i AS "Código", 10 + i AS "Desc", 'x' AS "Order", '2026-11-13' AS "Default" FROM range(40) AS t(i))
         TO ${literal(path)} (FORMAT parquet)`,
      ),
    );
    const received = await receive('novo.parquet', readFileSync(path));
    const chosen = { ...proposedOf(received, 'list'), Default: { is: 'date', must: true } };
    const layout = confirmedLayout(received, choices(received, { name: 'Palavras', into: 'list', chosen }));
    expect(Object.keys(layout.columns)).toEqual(['codigo', 'desc', 'order', 'default']);
    expect(await tried(received, layout)).toMatchObject({ rows: 40, loads: 40, quarantined: 0 });
    await api.json('/api/layouts', { method: 'POST', body: { layout, new: true } });
    expect(await loadAs(received, 'palavras')).toMatchObject({ read: 40, loaded: 40, quarantined: 0 });
    const [held] = await api.app.lake.rows(
      'SELECT count(DISTINCT "desc") AS n, max("default")::VARCHAR AS d FROM silver.list_palavras',
    );
    expect(held).toEqual({ n: 40, d: '2026-11-13' });
  });

  test('a bad choice is told before anything is kept', async () => {
    const received = await receive('chamadas.csv', newcomerFile());
    const proposed = proposedOf(received, 'contact');
    const chosen = {
      ...proposed,
      'Data da Chamada': { is: '', must: false },
      'Hora Início': { is: '', must: false },
      Assunto: { is: 'started_at', must: false },
    };
    const answer = await tried(received, confirmedLayout(received, choices(received, { chosen })));
    expect(answer).toMatchObject({ rows: 200, loads: 0, quarantined: 200 });
    expect(answer.refused).toMatchObject([{ column: 'Assunto', reason: 'invalid-date', rows: 200, line: 2 }]);
    expect(JSON.stringify(answer)).not.toContain('boleto');
  });

  test('a version that only a rolled back file used is told and retired; the name is free again', async () => {
    const { draft, ...received } = await receive('chamadas.csv', newcomerFile());
    const layout = confirmedLayout({ draft }, choices({ draft, ...received }, { name: 'Engano' }));
    const make = () => api.json('/api/layouts', { method: 'POST', body: { layout, new: true } });
    await make();
    const { batches } = await loadAs({ draft, ...received }, 'engano');
    const batch = `/api/batches/${batches[0]!.batch}`;
    const retire = () => api.ask('/api/layouts/engano/retire', { as: 'intake', method: 'POST', body: { version: 1 } });
    expect(await api.json(batch)).toMatchObject({ retirable: false });
    expect((await retire()).text).toContain('não pode ser aposentada');
    await api.job(`${batch}/rollback`, undefined);
    expect(await api.json(batch)).toMatchObject({ state: 'rolled-back', retirable: true });
    expect(JSON.parse((await retire()).text)).toEqual({ source: 'engano', version: 1, inUse: null });
    expect(await api.json(batch)).toMatchObject({ layout: 1, retirable: false });
    for (const url of ['/api/sources', '/api/intake/today', '/api/batches', '/api/layouts'])
      expect((await api.ask(url, { as: 'intake' })).status).toBe(200);
    await api.job('/api/build', {});
    expect(await make()).toMatchObject({ version: 2 });
  }, 30_000);

  test('a file that a bad version read is read again by the next; what one before it brought is not lost', async () => {
    const received = await receive('chamadas.csv', newcomerFile());
    const { version: _, ...layout } = {
      version: 1,
      ...confirmedLayout(received, choices(received, { name: 'Delta' })),
    };
    const bad = {
      ...layout,
      columns: { ...layout.columns, started_at: { ...layout.columns.started_at!, format: 'iso' } },
    };
    await api.json('/api/layouts', { method: 'POST', body: { layout: bad, new: true } });
    const first = await loadAs(received, 'delta');
    expect(first).toMatchObject({ read: 200, loaded: 0, quarantined: 200 });
    const batch = first.batches[0]!.batch;
    const seen = await api.json<LayoutColumns>('/api/layouts/delta/columns');
    expect(seen).toMatchObject({ batch, file: 'chamadas.csv', again: [], layout: { version: 1 } });
    const told = (columns: readonly DraftColumn[]) =>
      columns.map(({ name, type, canonical, formats }) => ({ name, type, canonical, formats }));
    expect(told(seen.columns)).toEqual(told(received.draft.columns));

    const asked = { method: 'POST', body: { layout } } as const;
    expect(await api.json(`/api/batches/${batch}/try`, asked)).toMatchObject({ rows: 200, loads: 190, quarantined: 5 });
    await api.json('/api/layouts', { method: 'POST', body: { layout: { ...layout, version: 2 }, from: '2026-11-01' } });
    const { again } = await api.json<LayoutColumns>('/api/layouts/delta/columns');
    expect(again).toEqual([{ batch, file: 'chamadas.csv', layout: 1, quarantined: 200 }]);
    const counts = { read: 200, loaded: 190, quarantined: 5, duplicate: 5 };
    const made = await api.job<{ batch: number }>(`/api/batches/${batch}/reread`, undefined);
    expect(made).toMatchObject({ layout: 2, state: 'loaded', ...counts });
    expect(await api.json(`/api/batches/${batch}`)).toMatchObject({ state: 'rolled-back', retirable: false });
    const calls = () => api.json<{ total: number }>('/api/metrics/contacts?source=delta&from=2026-11-01&to=2026-11-30');
    expect(await calls()).toMatchObject({ total: 190 });

    // Rows that the former holds are the new one's once it is there, whatever else the version reads of them.
    const more = { ...layout.columns, priority: { from: ['Obrigatória'], as: 'text' } };
    await api.json('/api/layouts', {
      method: 'POST',
      body: { layout: { ...layout, columns: more }, from: '2026-11-02' },
    });
    const third = await api.job<{ batch: number }>(`/api/batches/${made.batch}/reread`, undefined);
    expect(third).toMatchObject({ layout: 3, ...counts });
    expect(await calls()).toMatchObject({ total: 190 });
    const [filled] = await api.app.lake.rows<{ rows: number }>(
      `SELECT count(*) AS rows FROM silver.contact WHERE source = 'delta' AND priority = 'S'`,
    );
    expect(filled?.rows).toBe(190);
    const refused = await api.ask(`/api/batches/${made.batch}/reread`, { as: 'intake', method: 'POST' });
    expect(refused.status).toBe(202);
    await api.app.jobs.idle();
    expect(api.app.jobs.get(JSON.parse(refused.text).id)).toMatchObject({ state: 'failed' });
  }, 60_000);
});
