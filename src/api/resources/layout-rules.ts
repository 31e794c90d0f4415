import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import type { BatchRecord } from '../../intake/batches.ts';
import { bronzePath, countUnread, readBronze } from '../../intake/bronze.ts';
import { USUAL_POLICIES } from '../../intake/drift/drift.ts';
import { fits } from '../../intake/drift/judge.ts';
import { type Layout, sourceColumns } from '../../intake/layout.ts';
import { parseLayout } from '../../intake/parse-layout.ts';
import { type Rule, ruleLabel } from '../../intake/rules/index.ts';
import { tryRules } from '../../intake/rules/try.ts';
import { fileColumns } from '../../intake/steps/sample.ts';
import type { App } from '../app.ts';
import { route } from '../route.ts';
import { RulesFrame, RulesTried } from '../schema-rules.ts';
import { rulesView } from './quarantine-view.ts';

/** The file that rules are tried on: the last one that was loaded. */
async function lastLoaded({ batches }: App, source: string): Promise<BatchRecord | null> {
  const batch = await batches.current(source);
  return batch === null ? null : batches.get(batch);
}

async function bronzeOf({ config, lake }: App, { batch_id: batch, source, written_at: writtenAt }: BatchRecord) {
  const place = { batch, path: bronzePath(config.home, source, batch), writtenAt };
  const [bronze] = await lake.use((session) => readBronze(session, [place]));
  return bronze!;
}

async function frameOf(app: App, source: string): Promise<RulesFrame> {
  const { layouts } = app;
  const layout = layouts.get(source);
  const last = await lastLoaded(app, source);
  const held = last ? fileColumns(layout, (await bronzeOf(app, last)).columns) : [];
  const known = layouts.all().filter((one) => one.source === source);
  return {
    layout,
    next: Math.max(...known.map(({ version }) => version)) + 1,
    columns: [...new Set([...held, ...sourceColumns(layout)])],
    lists: layouts
      .newest()
      .filter(({ into }) => into === 'list')
      .map((list) => ({ source: list.source, label: list.label, columns: Object.keys(list.columns) })),
    usual: USUAL_POLICIES,
  };
}

async function tried(app: App, source: string, rules: readonly Rule[]): Promise<RulesTried> {
  const layout: Layout = parseLayout({ ...app.layouts.get(source), rules }, source);
  const named = rules.map((rule) => {
    const { pt, en } = ruleLabel(rule);
    return { id: rule.id, label: pt, labelEn: en };
  });
  const last = await lastLoaded(app, source);
  if (!last) return { file: null, rules: named.map((one) => ({ ...one, result: null })) };
  const bronze = await bronzeOf(app, last);
  const file = { batch: last.batch_id, name: last.file_name, rows: last.rows_read, fits: fits(layout, bronze) };
  if (!file.fits) return { file, rules: named.map((one) => ({ ...one, result: null })) };
  const results = await app.lake.use(async (session) => {
    const bad = await countUnread(session, bronze.path);
    const batch = { layout, bronze, timeZone: app.config.timeZone, suffix: '' };
    return tryRules(session, batch, { good: last.rows_read - bad, bad, delimiter: last.delimiter });
  });
  const views = new Map(rulesView(layout, results).map((view) => [view.id, view]));
  return { file, rules: named.map((one) => ({ ...one, result: views.get(one.id) ?? null })) };
}

export const layoutRuleRoutes = [
  route({
    method: 'GET',
    url: '/api/layouts/:source/rules',
    audience: AUDIENCE.intake,
    summary: 'O layout em uso de uma fonte e o que é preciso para mudar suas regras e políticas',
    response: RulesFrame,
    handler: async ({ app, params }) => frameOf(app, params.source ?? ''),
  }),
  route({
    method: 'POST',
    url: '/api/layouts/:source/rules/try',
    audience: AUDIENCE.intake,
    summary: 'O que regras diriam do último arquivo carregado da fonte; nada muda',
    body: Type.Object({ rules: Type.Array(Type.Unknown()) }),
    response: RulesTried,
    handler: async ({ app, params, body }) =>
      tried(app, params.source ?? '', (body as { rules: readonly Rule[] }).rules),
  }),
];
