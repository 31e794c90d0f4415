import type { Static } from 'typebox';
import { identifies, maskValue } from '../access/masking.ts';
import { AUDIENCE, admits, type User } from '../access/roles.ts';
import type { Effective } from '../intake/reference/dated.ts';
import { columnsOf, type ReferenceKind } from '../intake/reference/kind.ts';
import { digestOf, type Entry, type Plan } from '../intake/reference/plan.ts';
import type { BadRow, ReadReference } from '../intake/reference/read.ts';
import type { ReferenceChange, TableState } from '../intake/reference/references.ts';
import { formatDay } from '../kernel/brazil/dates.ts';
import { formatPercent } from '../kernel/brazil/numbers.ts';
import type { ReferenceAlert } from '../lake/reference/alerts.ts';
import type { ReferenceAlerts } from './schema-reference.ts';

/** Rows that a preview or a change shows; the counts tell of all. */
export const MOST_SHOWN = 200;

export function changeView({ kind: _kind, at, ...change }: ReferenceChange) {
  return { ...change, at: at.toISOString() };
}

export function mayEdit({ editor }: ReferenceKind, user: User): boolean {
  return admits(AUDIENCE[editor], user);
}

export function tableView(kind: ReferenceKind, { rows, last }: TableState, user: User) {
  return {
    name: kind.name,
    label: kind.label,
    purpose: kind.purpose,
    dated: kind.dated,
    monthly: kind.monthly === true,
    figures: kind.figures === true,
    editable: mayEdit(kind, user),
    columns: columnsOf(kind).map((column) => ({
      name: column.name,
      label: column.label,
      type: column.type,
      key: kind.key.includes(column),
      optional: column.usual !== undefined,
      personal: column.personal !== undefined,
      choices: (column.choices ?? []).map(({ value, label }) => ({ value, label })),
    })),
    rows,
    last: last && changeView(last),
  };
}

/** A row's values by column, the personal ones masked. */
export function cellsOf(kind: ReferenceKind, { key, values }: Pick<Entry, 'key' | 'values'>): Record<string, string> {
  const all = { ...key, ...values };
  return Object.fromEntries(columnsOf(kind).map(({ name, personal }) => [name, masked(all[name] ?? '', personal)]));
}

function masked(value: string, mask: ReferenceKind['key'][number]['personal']): string {
  return mask && value !== '' ? maskValue(value, mask) : value;
}

function saidView(kind: ReferenceKind, key: Entry['key'], { values, from, to, knownTo }: Effective) {
  return { cells: cellsOf(kind, { key, values }), from, to, knownTo };
}

function badView(kind: ReferenceKind, bad: BadRow): BadRow {
  const personal = columnsOf(kind).find(({ name }) => name === bad.column)?.personal;
  // Where columns have shifted, any may hold a person's number.
  return { ...bad, value: masked(bad.value, personal ?? (identifies(bad.value) ? 'text' : undefined)) };
}

export function countsOf({ keys, unchanged }: Plan) {
  const of = (change: string) => keys.filter((one) => one.change === change).length;
  return { new: of('new'), changed: of('changed'), ended: of('ended'), unchanged };
}

export function previewView(kind: ReferenceKind, read: ReadReference, plan: Plan, same: ReferenceChange | null) {
  return {
    file: read.file,
    rows: read.rows,
    bad: read.bad.slice(0, MOST_SHOWN).map((one) => badView(kind, one)),
    badTotal: read.bad.length,
    ...countsOf(plan),
    keys: plan.keys.slice(0, MOST_SHOWN).map(({ key, change, before, after }) => ({
      key: cellsOf(kind, { key, values: {} }),
      change,
      before: before.map((said) => saidView(kind, key, said)),
      after: after.map((said) => saidView(kind, key, said)),
    })),
    same: same && changeView(same),
    digest: digestOf(plan),
  };
}

/** An alert with its sentence. */
export function alertView(alert: ReferenceAlert): Static<typeof ReferenceAlerts>['alerts'][number] {
  const text =
    alert.kind === 'map-old'
      ? `Os dados vão até ${formatDay(alert.lastDay)}, ${alert.days} dias além do mapa de supervisores. Carregue a escala do mês.`
      : `${formatPercent(alert.share)} dos atendimentos com agente dos últimos 7 dias são de agentes sem supervisor no mapa.`;
  return { ...alert, text };
}
