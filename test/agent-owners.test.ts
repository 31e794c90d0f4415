import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { intakeFiles } from '../src/api/resources/intake.ts';
import type { ContactEvents } from '../src/api/schema-callers.ts';
import type { LayoutColumns } from '../src/api/schema-intake.ts';
import type { Reconciliation } from '../src/api/schema-reconciliation.ts';
import type { IntakeToday } from '../src/api/schema-today.ts';
import type { Layout } from '../src/intake/layout.ts';
import { parseLayout } from '../src/intake/parse-layout.ts';
import { silent } from '../src/kernel/progress.ts';
import type { MetricAnswer } from '../src/metrics/answers.ts';
import { stretchFile, stretchLayout } from './agent-files.ts';
import { TestApi } from './app.ts';
import { callFile, dayOfCalls, KEYED, KEYLESS } from './call-files.ts';
import { eventLayout } from './event-files.ts';
import { age, useHome } from './home.ts';
import { formOf } from './newcomer.ts';
import { deadline, full } from './services.ts';

/** Calls of a client company, whose agents have codes and names of its own. */
const callsOf = (source: string, more: Partial<Layout> = {}): Layout =>
  parseLayout(
    {
      source,
      version: 1,
      label: { pt: source, en: source },
      holds: 'all',
      format: { kind: 'delimited', header: true },
      key: ['id'],
      columns: {
        protocol: { from: ['id'], as: 'text' },
        started_at: { from: ['start'], as: 'date-time', format: 'iso' },
        phone: { from: ['phone'], as: 'phone' },
        agent_id: { from: ['code'], as: 'text' },
        agent_name: { from: ['name'], as: 'text' },
        talk_s: { from: ['talk'], as: 'duration' },
        status: { from: ['status'], as: 'text' },
      },
      ...more,
    },
    source,
  );

const FILE = 'id;start;phone;code;name;talk;status\n';
const NORTE = `${FILE}n1000001;2026-03-02 08:05:00;11987650001;1001;Ana Prado;300;answered
n1000002;2026-03-02 08:35:00;11987650002;1001;ANA P.;100;answered
n1000003;2026-03-02 09:05:00;11987650003;1002.0;Caio Lins;60;answered
n1000004;2026-03-02 09:10:00;11987650004;1003;;60;answered
n1000005;2026-03-02 09:15:00;11987650005;;;0;abandoned
`;
const SUL = `${FILE}s1000001;2026-03-02 08:05:00;21987650001;1001;Bruno Lima;30;answered
s1000002;2026-03-02 08:10:00;21987650002;1002;CAIO LINS;30;answered
s1000003;2026-03-02 08:15:00;21987650003;1003;Rita Sá;30;answered
s1000004;2026-03-02 08:20:00;21987650004;desconhecido;;30;answered
s1000005;2035-03-02 08:20:00;21987650005;1003;Rita Sá;30;answered
`;
const EVENTS = 'id;ticket;when;what;who;more\n1;n1000001;2026-03-02 08:06:00;equipe;1001;\n';
/** 1001 of Norte: 30 min handling, 10 available. */
const STRETCHES = stretchFile([
  '1001;2026-03-02 08:00:00;2026-03-02 08:30:00;Falando',
  '1001;2026-03-02 08:30:00;2026-03-02 08:40:00;Livre',
]);

describe('two client companies that both have an agent 1001', () => {
  let api: TestApi;
  let file = 0;
  const load = (source: string, content: string) => {
    const folder = join(api.app.config.home, 'received', String(++file));
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `${source}.csv`);
    writeFileSync(path, content);
    age(path);
    const user = { name: 'teste', role: 'administrator' } as const;
    return intakeFiles(api.app, { paths: [path], source, build: true }, user, silent);
  };
  const save = (layout: Layout) => api.json('/api/layouts', { method: 'POST', body: { layout } });
  const shared = async () => (await api.json<IntakeToday>('/api/intake/today')).sharedCodes;
  const doctor = async () => {
    const { checks } = await api.json<{ checks: { check: string; ok: boolean; detail: string }[] }>('/api/system');
    return checks.find(({ check }) => check === 'agentes');
  };
  const figure = async (name: string, query = '') => {
    const { rows } = await api.json<MetricAnswer>(
      `/api/metrics/${name}?by=agent&from=2026-03-02&to=2026-03-03${query}`,
    );
    return Object.fromEntries(rows.map(({ agent, label, value }) => [String(agent), [label ?? null, value]]));
  };
  const supervisors = (agent: string, supervisor: string) =>
    api.job('/api/reference/supervisors/rows', { cells: { agent, supervisor } });
  const teams = async () => {
    const { rows } = await api.json<MetricAnswer>('/api/metrics/contacts?by=supervisor&from=2026-03-02&to=2026-03-03');
    return Object.fromEntries(rows.map(({ supervisor, value }) => [String(supervisor), value]));
  };

  beforeAll(async () => {
    api = await TestApi.open();
    await save(callsOf('norte-ligacoes'));
    await save(callsOf('sul-ligacoes'));
    await save(stretchLayout('norte-estados'));
    await save(eventLayout({ source: 'norte-eventos', of: 'norte-ligacoes' }));
    await load('norte-ligacoes', NORTE);
    await load('norte-estados', STRETCHES);
    await load('norte-eventos', EVENTS);
  }, 60_000);
  afterAll(() => api?.close());

  test('are told of as soon as both are here, where the names of a code have nothing in common', async () => {
    expect(await shared()).toEqual({ codes: 0, examples: [] });
    expect(await doctor()).toBeUndefined();
    await load('sul-ligacoes', SUL);
    // 1002 is Caio Lins in both; of 1003 Norte says no name.
    const examples = [{ code: '1001', sources: ['norte-ligacoes', 'sul-ligacoes'] }];
    expect(await shared()).toEqual({ codes: 1, examples });
    expect(await doctor()).toMatchObject({
      ok: false,
      detail: expect.stringContaining('1001 (norte-ligacoes, sul-ligacoes); se são pessoas diferentes, diga no layout'),
    });
    expect(await figure('contacts')).toMatchObject({ 1001: [expect.anything(), 3], 1002: ['Caio Lins', 2] });
  });

  test('are two agents once a layout says whose codes they are, and its batches are read again', async () => {
    for (const layout of [callsOf('norte-ligacoes'), stretchLayout('norte-estados')])
      await save({ ...layout, version: 2, agents: 'norte' });
    // A version holds for what it reads: what was read before stays as it was, and is told.
    expect(await shared()).toMatchObject({ codes: 1 });
    for (const source of ['norte-ligacoes', 'norte-estados']) {
      const { again } = await api.json<LayoutColumns>(`/api/layouts/${source}/columns`);
      expect(again).toMatchObject([{ layout: 1, quarantined: 0 }]);
      await api.job(`/api/batches/${again[0]!.batch}/reread`, {});
      expect((await api.json<LayoutColumns>(`/api/layouts/${source}/columns`)).again).toEqual([]);
    }
    expect(await shared()).toEqual({ codes: 0, examples: [] });
    expect(await doctor()).toBeUndefined();
    expect(await figure('contacts')).toEqual({
      'norte/1001': ['ANA P.', 2],
      'norte/1002': ['Caio Lins', 1],
      'norte/1003': ['norte/1003', 1],
      1001: ['Bruno Lima', 1],
      1002: ['CAIO LINS', 1],
      1003: ['Rita Sá', 1],
      desconhecido: ['desconhecido', 2],
    });
    expect(await figure('contacts', `&where=${encodeURIComponent('agent=norte/1001')}`)).toEqual({
      'norte/1001': ['ANA P.', 2],
    });
    const before = await api.app.lake.rows('SELECT source, agent_id, agent_name FROM silver.contact ORDER BY row_id');
    await api.job('/api/build', { full: true });
    expect(await api.app.lake.rows('SELECT source, agent_id, agent_name FROM silver.contact ORDER BY row_id')).toEqual(
      before,
    );
  });

  test('each with its own time, supervisor and name in what happened', async () => {
    expect(await figure('occupancy')).toEqual({ 'norte/1001': ['ANA P.', 0.75] });
    expect(await figure('occupancy', '&source=norte-ligacoes')).toEqual({ 'norte/1001': ['ANA P.', 0.75] });
    expect(await figure('occupancy', '&source=sul-ligacoes')).toEqual({});
    await supervisors('norte/1001', 'Eva');
    await supervisors('1001', 'Rui');
    expect(await teams()).toEqual({ Eva: 2, Rui: 1, 'Não mapeado': 4, desconhecido: 2 });
    const { rows } = await api.json<{ rows: { row_id: number; started_at: string }[] }>(
      '/api/contacts?source=norte-ligacoes',
    );
    const { row_id } = rows.find(({ started_at }) => started_at.includes('08:05'))!;
    const { rows: told } = await api.json<ContactEvents>(`/api/contacts/${row_id}/events`);
    expect(told).toMatchObject([{ kind: 'reply', agent_name: 'ANA P.', actor: null }]);
  });

  test('the client, who knows its agents by its own codes, is agreed with', async () => {
    const list = [
      'PROTOCOLO;INICIO;OPERADOR',
      'n1000001;02/03/2026 08:05:00;1001',
      'n1000003;02/03/2026 09:05:00;1009',
    ];
    const { text } = await api.ask('/api/repeats/reconciliation?from=2026-03-02&to=2026-03-03&source=norte-ligacoes', {
      ...{ as: 'intake', method: 'POST' },
      ...formOf('lista.csv', Buffer.from(`${list.join('\n')}\n`)),
    });
    expect((JSON.parse(text) as Reconciliation).sums).toMatchObject({ matched: 2, agreeing: 1, differing: 1 });
  });

  test('whose codes they are is said of agents alone, by a name of letters, digits and signs', async () => {
    expect(() => callsOf('x', { agents: 'Norte Ltda' })).toThrow('agents');
    expect(() => eventLayout({ agents: 'norte' })).toThrow('agents em um layout que não traz agentes');
    expect(() => callsOf('x', { into: 'list', agents: 'norte' })).toThrow('agents em um layout que não traz agentes');
  });
});

describe('any files of two sources of the same codes', () => {
  const home = useHome();
  const OWNED = [
    { ...KEYED, version: 2, agents: 'norte' },
    { ...KEYLESS, version: 2, agents: 'sul' },
  ];
  const RUNS = full ? 100 : 2;
  const rows = `SELECT * EXCLUDE (agent_id, agent_name), replace(agent_id, CASE source WHEN 'keyed' THEN 'norte/' ELSE 'sul/' END, '') AS code
    FROM silver.contact ORDER BY row_id`;
  const played = async (layouts: readonly Layout[], files: readonly (readonly number[])[]) => {
    await home().reset();
    for (const [index, numbers] of files.entries()) {
      await home().load({ content: callFile(numbers) }, layouts[index % 2]!);
      await home().build();
    }
    return home().rows(rows);
  };

  it(
    'are as without owners but for the codes, which no two share, and differences make what a full build does',
    async () => {
      for (const layout of [KEYED, KEYLESS, ...OWNED]) await home().know(layout);
      const late = deadline(full ? 60 : 6);
      await fc.assert(
        fc.asyncProperty(fc.array(dayOfCalls(), { minLength: 2, maxLength: 4 }), async (files) => {
          if (late()) return;
          const plain = await played([KEYED, KEYLESS], files);
          expect(await played(OWNED, files)).toEqual(plain);
          const codes = await home().rows<{ code: string; owner: string }>(
            `SELECT DISTINCT agent_id AS code, source AS owner FROM silver.contact WHERE agent_id <> 'desconhecido'`,
          );
          for (const { code, owner } of codes)
            expect(code).toMatch(owner === 'keyed' ? /^norte\/ag\d$/ : /^sul\/ag\d$/);
          const snapshot = await home().snapshot();
          await home().build({ full: true });
          expect(await home().snapshot()).toEqual(snapshot);
        }),
        { numRuns: RUNS },
      );
    },
    full ? 200_000 : 60_000,
  );
});
