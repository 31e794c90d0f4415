import { AUDIENCE, type Audience } from '../access/roles.ts';
import { type Column, contact, DIMENSION_NAMES, dimension } from '../contracts/index.ts';
import { addDays } from '../kernel/brazil/dates.ts';
import { RamalError } from '../kernel/errors.ts';
import { currentSources, lakeFacts } from '../metrics/facts.ts';
import { MARKED_COLUMNS, markedRows } from '../metrics/marked-rows.ts';
import { metricAnswer } from '../metrics/metric.ts';
import { dimensionsOf, INDICATORS, indicatorNamed } from '../metrics/registry.ts';
import { repeatAnswer, ruleNamed } from '../metrics/repeats.ts';
import { chosenSources, conditions, type Scope } from '../metrics/scope.ts';
import type { Lake, Parameters } from '../storage/lake.ts';
import type { Reporting } from './reporting.ts';

/** Parts of time that a program may ask of indicators. */
export const DATA_PERIODS = ['day', 'week', 'month'] as const;
export type DataPeriod = (typeof DATA_PERIODS)[number];

/** What may be asked of a table besides its days. */
export type DataOption = 'where' | 'rule' | 'by' | 'period' | 'metric';

export interface DataQuestion {
  readonly scope: Scope;
  readonly rule: string;
  readonly by: readonly string[];
  readonly period: DataPeriod;
  /** The indicators wanted; none: all. */
  readonly metrics: readonly string[];
}

/** Rows of a statement, days and moments as ISO text; or blocks of cells, in the order of the table's columns. */
export type DataRows =
  | { readonly sql: string; readonly parameters: Parameters }
  | { readonly blocks: AsyncIterable<readonly (readonly unknown[])[]> };

/** A table that programs refresh from: its columns keep their names, and new ones only come after the last. */
export interface DataTable {
  readonly name: string;
  readonly label: { readonly pt: string; readonly en: string };
  readonly audience: Audience;
  readonly takes: readonly DataOption[];
  readonly columns: Readonly<Record<string, Column>>;
  readonly rows: (from: Pick<Reporting, 'lake' | 'layouts'>, question: DataQuestion) => Promise<DataRows>;
}

const text = (meaning: string): Column => ({ type: 'VARCHAR', meaning, personal: 'none' });
const whole = (meaning: string): Column => ({ type: 'BIGINT', meaning, personal: 'none' });
const number = (meaning: string): Column => ({ type: 'DOUBLE', meaning, personal: 'none' });
const date = (meaning: string): Column => ({ type: 'DATE', meaning, personal: 'none' });
const yes = (meaning: string): Column => ({ type: 'BOOLEAN', meaning, personal: 'none' });

/** A value of a dimension beside its name: codes where the source has codes. */
const MEMBER = {
  dimension: text('A dimensão que divide; vazia no total'),
  member: text('O valor da dimensão: o código do agente, o nome da fila, …'),
  label: text('Como o valor se chama: o nome do agente; dos outros, o próprio valor'),
};
const INTERVAL = {
  low: number('Limite inferior do intervalo de 95%'),
  high: number('Limite superior do intervalo de 95%'),
};
const provisional = yes('Nem tudo em que se apoia é conhecido ainda');

const { columns } = contact;
const CONTACT = {
  ...{ row_id: columns.row_id, source: columns.source, protocol: columns.protocol, leg_no: columns.leg_no },
  ...{ day: columns.day, started_at: columns.started_at, ended_at: columns.ended_at },
  ...{ channel: columns.channel, direction: columns.direction, account: columns.account, queue: columns.queue },
  ...{ agent_id: columns.agent_id, agent_name: columns.agent_name, supervisor: MARKED_COLUMNS.supervisor! },
  ...{ reason: columns.reason, reason_category: columns.reason_category, status: columns.status },
  ...{ contact_name: columns.contact_name, phone: columns.phone, customer_ref: columns.customer_ref },
  ...{ ddd: columns.ddd, uf: columns.uf, wait_s: columns.wait_s, talk_s: columns.talk_s, hold_s: columns.hold_s },
  ...{ wrapup_s: columns.wrapup_s, satisfaction: columns.satisfaction, batch_id: columns.batch_id },
} satisfies Record<string, Column>;

/** A value of a contact that JavaScript and every file take: ISO text, doubles. */
function plain([name, { type }]: [string, Column]): string {
  if (type === 'TIMESTAMP') return `strftime(${name}, '%Y-%m-%dT%H:%M:%S') AS ${name}`;
  if (type === 'DATE') return `CAST(${name} AS VARCHAR) AS ${name}`;
  return type.startsWith('DECIMAL') ? `CAST(${name} AS DOUBLE) AS ${name}` : name;
}

/** What a row is of: the dimension, its value and what that is called. */
function memberOf(split: string | null, row: { readonly label?: string; readonly [dimension: string]: unknown }) {
  return split === null ? [null, null, null] : [split, row[split], row.label ?? row[split]];
}

async function* metricBlocks(lake: Lake, { scope, rule, by, period, metrics }: DataQuestion) {
  // One indicator at a time: a year of agents fits in memory once, not once for each.
  for (const indicator of metrics.length > 0 ? metrics.map(indicatorNamed) : INDICATORS) {
    const known = dimensionsOf(indicator);
    for (const split of by.length > 0 ? by : [null]) {
      if (split !== null && !known.includes(split)) continue;
      if (indicator.kind === 'stock' && split !== null && dimension(split)?.kind !== 'text') continue;
      const splits = split === null ? [period] : [period, split];
      const { rows } = await metricAnswer(lake, indicator, { scope, by: splits, rule });
      yield rows
        .filter(({ value }) => value !== null)
        .map((row) => [
          ...[indicator.name, indicator.unit, indicator.kind === 'repeat' ? rule : null, period, row[period]],
          ...[...memberOf(split, row), row.value, row.n, row.low, row.high, row.provisional ?? false],
        ]);
    }
  }
}

async function* repeatBlocks(lake: Lake, { scope, rule, by }: DataQuestion) {
  for (const split of by.length > 0 ? by : ['agent']) {
    const answer = await repeatAnswer(lake, { scope, rule, by: split });
    const last = answer.to && addDays(answer.to, -1);
    yield answer.rows.map((row) => [
      ...[answer.rule.name, answer.rule.version, answer.from, last, ...memberOf(split, row)],
      ...[row.contacts, row.anchors, row.maturedAnchors, row.repeatedAnchors, row.repeats, row.sameReason],
      ...[row.rate, row.low, row.high, row.shrunken, row.sameReasonRate, row.avgHandleTime, row.provisional],
    ]);
  }
}

/** Every table that a program can refresh from. */
export const DATA_TABLES: readonly DataTable[] = [
  {
    name: 'metrics',
    label: { pt: 'Indicadores', en: 'Indicators' },
    audience: AUDIENCE.intake,
    takes: ['where', 'metric', 'by', 'period', 'rule'],
    columns: {
      metric: text('Indicador'),
      unit: text('Unidade: count, s (segundos), d (dias), ratio (0 a 1), score ou points'),
      rule: text('Regra de rechamada, dos indicadores delas'),
      period: text('day, week ou month'),
      day: date('O dia, ou o primeiro da semana ou do mês'),
      ...MEMBER,
      value: number('Valor'),
      n: whole('Observações que formam o valor: o peso para somar taxas e médias'),
      ...INTERVAL,
      provisional,
    },
    rows: async ({ lake }, question) => {
      refuseTimes(question.by);
      for (const name of question.metrics) indicatorNamed(name);
      return { blocks: metricBlocks(lake, question) };
    },
  },
  {
    name: 'repeat-rates',
    label: { pt: 'Rechamadas', en: 'Repeat contacts' },
    audience: AUDIENCE.intake,
    takes: ['where', 'by', 'rule'],
    columns: {
      rule: text('Regra'),
      rule_version: whole('Versão da regra'),
      first_day: date('Primeiro dia do período'),
      last_day: date('Último dia do período'),
      ...MEMBER,
      contacts: whole('Elegíveis'),
      anchors: whole('Âncoras, de uma regra que as tem'),
      matured_anchors: whole('Âncoras cuja janela já fechou'),
      repeated_anchors: whole('Dessas, as que tiveram rechamada'),
      repeats: whole('Rechamadas, debitadas a quem atendeu antes'),
      same_reason: whole('Das rechamadas, as pelo mesmo motivo'),
      rate: number('Taxa, de 0 a 1'),
      ...INTERVAL,
      shrunken: number('Taxa ajustada ao tamanho da amostra: por ela se compara'),
      same_reason_rate: number('Taxa pelo mesmo motivo'),
      avg_handle_time_s: number('TMA do agente, em segundos'),
      provisional,
    },
    rows: async ({ lake }, question) => {
      for (const name of question.by) knownDimension(name);
      ruleNamed(question.rule);
      return { blocks: repeatBlocks(lake, question) };
    },
  },
  {
    name: 'repeats',
    label: { pt: 'Atendimentos marcados', en: 'Marked contacts' },
    audience: AUDIENCE.manager,
    takes: ['where', 'rule'],
    columns: MARKED_COLUMNS,
    rows: async ({ lake }, { scope, rule }) => markedRows(ruleNamed(rule), scope, (await lakeFacts(lake)).sources),
  },
  {
    name: 'contacts',
    label: { pt: 'Atendimentos', en: 'Contacts' },
    audience: AUDIENCE.intake,
    takes: ['where'],
    columns: CONTACT,
    rows: async ({ lake }, { scope }) => {
      const { sql: condition, parameters } = conditions(
        scope,
        chosenSources((await lakeFacts(lake)).sources, scope),
        'contact',
      );
      const sql = `
        SELECT ${Object.entries(CONTACT).map(plain).join(', ')} FROM gold.contact
        WHERE ${condition} AND row_id NOT IN (SELECT row_id FROM gold.excluded) ORDER BY contact.started_at, row_id`;
      return { sql, parameters };
    },
  },
  {
    name: 'sources',
    label: { pt: 'Fontes', en: 'Sources' },
    audience: AUDIENCE.intake,
    takes: [],
    columns: {
      source: columns.source,
      label: text('Nome da fonte'),
      contacts: whole('Atendimentos'),
      first_day: date('Primeiro dia com dados'),
      last_day: date('Último dia com dados'),
      current: yes('Parte da operação de hoje; as outras são história'),
      lake_version: whole('Sobe quando os números mudam'),
    },
    rows: async ({ lake, layouts }, { scope }) => {
      const { sources, version } = await lakeFacts(lake);
      const current = currentSources(sources);
      const labels = new Map(layouts.newest().map(({ source, label }) => [source, label.pt]));
      const rows = chosenSources(sources, scope).map((fact) => [
        ...[fact.source, labels.get(fact.source), fact.contacts, fact.first_day, fact.last_day],
        ...[current.includes(fact), version],
      ]);
      return { blocks: oneOf(rows) };
    },
  },
];

async function* oneOf(rows: readonly (readonly unknown[])[]) {
  yield rows;
}

/** @throws RamalError `usage` for a dimension that does not exist. */
function knownDimension(name: string): void {
  if (dimension(name)) return;
  throw new RamalError('usage', { what: `Não se divide por ${name}`, todo: `Use ${DIMENSION_NAMES.join(', ')}` });
}

/** The part of time has its own place. */
function refuseTimes(by: readonly string[]): void {
  for (const name of by) {
    knownDimension(name);
    if ((DATA_PERIODS as readonly string[]).includes(name))
      throw new RamalError('usage', { what: `by=${name} é o período`, todo: `Use period=${name}` });
  }
}
