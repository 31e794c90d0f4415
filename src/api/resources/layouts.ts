import { Type } from 'typebox';
import { AUDIENCE, type User } from '../../access/roles.ts';
import { type Layout, sourceColumns } from '../../intake/layout.ts';
import { layoutChanges, stable } from '../../intake/layout-changes.ts';
import { rememberHeadings } from '../../intake/recognise/headings.ts';
import { suggestLayout } from '../../intake/recognise/suggest.ts';
import { madeBy, parseSteps, type Step } from '../../intake/steps/index.ts';
import { RamalError } from '../../kernel/errors.ts';
import type { App } from '../app.ts';
import { retireLayout } from '../layout-retiring.ts';
import { refuseRelative } from '../machine-path.ts';
import { route } from '../route.ts';
import { LayoutBody, LayoutChanged, LayoutHistory, LayoutSummary, Suggestion } from '../schema-intake.ts';

function summaryOf({ layouts }: App, { source, label, into = 'contact', format, columns }: Layout): LayoutSummary {
  const versions = layouts
    .all()
    .filter((layout) => layout.source === source)
    .reverse()
    .map((layout) => {
      const { version, valid_from, created_at, created_by, only_batch } = layouts.saved(layout);
      const createdAt = created_at.toISOString();
      return { version, validFrom: valid_from, createdAt, createdBy: created_by, onlyBatch: only_batch };
    });
  const version = versions[0]!.version;
  return { source, version, label, into, format: format.kind, columns: Object.keys(columns).length, versions };
}

async function historyOf({ layouts, batches }: App, source: string): Promise<LayoutHistory> {
  const { label } = layouts.get(source);
  const all = layouts.all().filter((layout) => layout.source === source);
  const read = await batches.readBy(source);
  const versions = all.map((layout) => {
    const { version, valid_from, created_at, created_by, only_batch } = layouts.saved(layout);
    const before = all.findLast((one) => one.version < version && layouts.saved(one).only_batch === null);
    return {
      ...{ version, validFrom: valid_from, createdAt: created_at.toISOString(), createdBy: created_by },
      ...{ onlyBatch: only_batch, files: read.get(version) ?? 0 },
      changes: before ? layoutChanges(before, layout) : [],
    };
  });
  return { source, label, versions: versions.reverse() };
}

interface NewSteps {
  readonly steps: Step[];
  readonly columns?: Layout['columns'];
  readonly from: string;
  readonly version: number;
}

/** Keeps a source's layout with other steps, and with what is to be made of the columns that they add. */
async function saveSteps(app: App, source: string, { steps, columns = {}, from, version }: NewSteps, user: User) {
  const { steps: former = [], ...layout } = app.layouts.get(source);
  if (layout.version !== version)
    throw new RamalError('usage', {
      what: `O layout ${source} já está na versão ${layout.version}, e estes passos são da ${version}`,
      todo: 'Abra a página de novo e refaça a mudança',
    });
  const taken = Object.keys(columns).find((name) => name in layout.columns);
  if (taken !== undefined)
    throw new RamalError('usage', { what: `O layout já tem a coluna ${taken}`, todo: 'Dê outro nome' });
  if (stable(steps) === stable(former) && Object.keys(columns).length === 0)
    throw new RamalError('usage', { what: 'Nada muda nos passos', todo: 'Mude algum antes de salvar' });
  const next: Layout = {
    ...layout,
    ...(steps.length > 0 ? { steps: parseSteps(steps, source) } : {}),
    columns: { ...layout.columns, ...columns },
  };
  const before = sourceColumns({ ...layout, steps: former });
  const made = new Set(former.flatMap((step) => madeBy(step).map(({ name }) => name)));
  const orphan = sourceColumns(next).find((name) => made.has(name) && !before.includes(name));
  if (orphan !== undefined)
    throw new RamalError('layoutInvalid', {
      layout: source,
      what: `nenhum passo faz mais a coluna ${orphan}, que o layout lê`,
      todo: 'Devolva o passo que a fazia',
    });
  const saved = await app.layouts.save(next, { by: user.name, from });
  await app.audit.record(user, 'layout', `layout ${saved.source}@${saved.version}`);
  return summaryOf(app, saved);
}

export const layoutRoutes = [
  route({
    method: 'POST',
    url: '/api/layouts/suggest',
    audience: AUDIENCE.administrator,
    summary: 'O que o começo de um arquivo desta máquina diz de sua forma, e o que é preciso perguntar',
    body: Type.Object({ path: Type.String() }),
    response: Suggestion,
    handler: async ({ app, body }) => {
      const { path } = body as { path: string };
      refuseRelative(path);
      return suggestLayout(path, app.lake);
    },
  }),
  route({
    method: 'GET',
    url: '/api/layouts',
    audience: AUDIENCE.intake,
    summary: 'O layout em uso de cada fonte, e suas versões',
    response: Type.Object({ layouts: Type.Array(LayoutSummary) }),
    handler: async ({ app }) => ({ layouts: app.layouts.newest().map((layout) => summaryOf(app, layout)) }),
  }),
  route({
    method: 'POST',
    url: '/api/layouts',
    audience: AUDIENCE.intake,
    summary: 'Guarda o layout de uma fonte: a primeira versão, ou a seguinte, que vale a partir de um dia',
    body: Type.Object({
      layout: LayoutBody,
      from: Type.Optional(Type.String({ format: 'date' })),
      new: Type.Optional(Type.Boolean({ description: 'A fonte tem de ser nova' })),
    }),
    response: LayoutSummary,
    handler: async ({ app, body, user }) => {
      const { layout, from, new: isNew = false } = body as { layout: Layout; from?: string; new?: boolean };
      if (isNew && app.layouts.versions(layout.source).length > 0)
        throw new RamalError('usage', {
          what: `Já existe uma fonte ${layout.source}`,
          todo: 'Escolha-a na lista, ou dê outro nome',
        });
      const known = app.layouts.all().filter(({ source }) => source === layout.source);
      const next = Math.max(0, ...known.map(({ version }) => version)) + 1;
      if (layout.version !== undefined && layout.version !== next)
        throw new RamalError('usage', {
          what: `O layout ${layout.source}@${layout.version} não é o próximo, e uma versão não muda`,
          todo: `Use a versão ${next}`,
        });
      const saved = await app.layouts.save(layout, { by: user.name, from: from ?? null });
      await rememberHeadings(app.ledger, saved, user.name, app.clock.now());
      await app.audit.record(user, 'layout', `layout ${saved.source}@${saved.version}`);
      return summaryOf(app, saved);
    },
  }),
  route({
    method: 'POST',
    url: '/api/layouts/:source/steps',
    audience: AUDIENCE.intake,
    summary: 'Guarda outros passos de um layout, em uma versão que vale a partir de um dia',
    body: Type.Object({
      steps: Type.Array(Type.Unsafe<Step>(Type.Object({}, { additionalProperties: true }))),
      columns: Type.Optional(
        Type.Record(Type.String(), Type.Object({}, { additionalProperties: true }), {
          description: 'Colunas novas do layout, feitas do que os passos acrescentam',
        }),
      ),
      from: Type.String({ format: 'date' }),
      version: Type.Integer({ description: 'A versão em que os passos foram mudados' }),
    }),
    response: LayoutSummary,
    handler: async ({ app, params, body, user }) => saveSteps(app, params.source ?? '', body as NewSteps, user),
  }),
  route({
    method: 'POST',
    url: '/api/layouts/:source/retire',
    audience: AUDIENCE.intake,
    summary: 'Tira de uso a versão de um layout que só um lote desfeito usava',
    body: Type.Object({ version: Type.Integer() }),
    handler: async ({ app, params: { source = '' }, body, user }) => {
      const { version } = body as { version: number };
      await retireLayout(app, source, version);
      await app.audit.record(user, 'layout', `retire ${source}@${version}`);
      return { source, version, inUse: app.layouts.versions(source)[0]?.version ?? null };
    },
  }),
  route({
    method: 'GET',
    url: '/api/layouts/:source/history',
    audience: AUDIENCE.intake,
    summary: 'As versões de um layout, o que cada uma mudou da anterior e quantos lotes leu',
    response: LayoutHistory,
    handler: async ({ app, params }) => historyOf(app, params.source ?? ''),
  }),
  route({
    method: 'GET',
    url: '/api/layouts/:source/changes',
    audience: AUDIENCE.intake,
    summary: 'O que muda de uma versão de um layout para outra',
    query: Type.Object({ from: Type.Integer(), to: Type.Integer() }),
    response: Type.Object({ changes: Type.Array(LayoutChanged) }),
    handler: async ({ app: { layouts }, params: { source = '' }, query: { from, to } }) => ({
      changes: layoutChanges(layouts.get(source, from as number), layouts.get(source, to as number)),
    }),
  }),
  route({
    method: 'GET',
    url: '/api/layouts/:source',
    audience: AUDIENCE.intake,
    summary: 'O layout em uso de uma fonte, ou uma versão dele',
    query: Type.Object({ version: Type.Optional(Type.Integer()) }),
    handler: async ({ app, params, query }) =>
      app.layouts.get(params.source ?? '', query.version as number | undefined),
  }),
];
