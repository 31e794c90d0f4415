import { resolve } from 'node:path';
import type * as schema from '../api/schema-reference.ts';
import { RamalError } from '../kernel/errors.ts';
import { date, whole } from './shown.ts';
import { textTable } from './terminal.ts';
import { type Context, isoDay, job, json, type Work } from './work.ts';

type Said = schema.ReferencePreview['keys'][number]['after'][number];

/** `ramal reference`: each action is calls of the API. */
export const reference: Work = async (context) => {
  const action = context.rest[0] ?? 'list';
  const work = ACTIONS[action];
  if (work) return work(context);
  throw new RamalError('usage', {
    what: `Ação desconhecida: ${action}`,
    todo: `Use ${Object.keys(ACTIONS).join(', ')}`,
  });
};

const list: Work = async ({ client, options }) => {
  const { tables } = await client.json<schema.ReferenceList>('GET', '/api/reference');
  if (options.json) return json(tables);
  return textTable(
    tables.map(({ name, label, rows, last }) => ({
      tabela: name,
      nome: label.pt,
      linhas: rows,
      'última mudança': last ? date(last.at.slice(0, 10)) : '–',
      por: last?.by ?? '–',
    })),
  );
};

const show: Work = async (context) => {
  const { client, options } = context;
  const query = new URLSearchParams({ size: '500' });
  if (options.all) query.set('past', 'true');
  const day = isoDay(options.day);
  if (day) query.set('day', day);
  const url = `${urlOf(context)}?${query}`;
  const found = await client.json<schema.ReferencePage>('GET', url);
  if (options.json) return json(found);
  const { table, rows, total } = found;
  const head = `${table.label.pt}${found.day ? ` em ${date(found.day)}` : ''}: ${whole(total)}`;
  const shown = rows.map(({ row, cells, from, to, knownTo, by, at }) => ({
    linha: row,
    ...named(table, cells),
    ...(table.dated ? { vale: spanText({ from, to, knownTo }) } : {}),
    por: by,
    em: date(at.slice(0, 10)),
  }));
  const rest = total > rows.length ? `e mais ${whole(total - rows.length)}` : '';
  return [head, textTable(shown), rest].filter(Boolean).join('\n\n');
};

const load: Work = async (context) => {
  const { client, rest, options } = context;
  if (!rest[2])
    throw new RamalError('usage', { what: 'Falta o arquivo', todo: 'Use ramal reference load TABELA CAMINHO' });
  const body = {
    path: resolve(rest[2]),
    from: isoDay(options.from),
    month: options.month,
    whole: options.whole,
  };
  const url = urlOf(context);
  const found = await client.json<schema.ReferencePreview>('POST', `${url}/preview`, body);
  if (!options.yes) {
    if (options.json) return json(found);
    const todo = found.new + found.changed + found.ended > 0 ? 'Para aprovar, repita com --yes.' : '';
    return [await previewText(context, found), todo].filter(Boolean).join('\n\n');
  }
  const loading = { ...body, digest: found.digest, note: options.reason };
  const applied = await job<schema.ReferenceApplied>(client, `${url}/load`, loading);
  return options.json ? json(applied) : appliedText(applied, found.badTotal);
};

const set: Work = async (context) => {
  const { client, options } = context;
  const cells: Record<string, string> = {};
  for (const text of options.where ?? []) {
    const at = text.indexOf('=');
    if (at < 1) throw new RamalError('usage', { what: `Não é coluna=valor: ${text}`, todo: 'Use --where agent=2073' });
    cells[text.slice(0, at)] = text.slice(at + 1);
  }
  const body = { cells, from: isoDay(options.from), to: isoDay(options.to), note: options.reason, row: rowOf(options) };
  const applied = await job<schema.ReferenceApplied>(client, `${urlOf(context)}/rows`, body);
  return options.json ? json(applied) : appliedText(applied);
};

const end: Work = async (context) => {
  const { client, options } = context;
  const row = rowOf(options);
  if (row === undefined)
    throw new RamalError('usage', { what: 'Falta --row', todo: 'O número está em ramal reference show TABELA' });
  const body = { row, to: isoDay(options.to), note: options.reason };
  const applied = await job<schema.ReferenceApplied>(client, `${urlOf(context)}/end`, body);
  return options.json ? json(applied) : appliedText(applied);
};

const history: Work = async (context) => {
  const { client, options } = context;
  const found = await client.json<schema.ReferenceHistory>('GET', `${urlOf(context)}/history?size=500`);
  if (options.json) return json(found.changes);
  return textTable(
    found.changes.map(({ change, action, by, at, note, file, added, ended, undoneBy }) => ({
      mudança: change,
      quando: `${date(at.slice(0, 10))} ${at.slice(11, 16)} UTC`,
      quem: by,
      ação: ACTS[action] ?? action,
      arquivo: file ?? '–',
      acrescentou: added,
      tirou: ended,
      nota: note || '–',
      desfeita: undoneBy ? 'sim' : '',
    })),
  );
};

const undo: Work = async (context) => {
  const { client, options } = context;
  if (!options.yes)
    throw new RamalError('usage', { what: 'Falta --yes', todo: 'Repita com --yes para desfazer a última mudança' });
  const done = await job<{ change: number }>(client, `${urlOf(context)}/undo`, undefined);
  return options.json ? json(done) : `Mudança ${done.change} desfeita.`;
};

const learn: Work = async (context) => {
  const { client, options } = context;
  const found = await client.json<schema.ReferencePreview>('GET', '/api/reference/learned');
  if (!options.yes) {
    if (options.json) return json(found);
    if (found.keys.length === 0) return 'Nada a propor: a história não mostra um costume que a tabela já não diga.';
    const text = await previewText({ ...context, rest: ['learn', 'arrivals'] }, found);
    return `${text}\n\nPara aprovar, repita com --yes.`;
  }
  const applied = await job<schema.ReferenceApplied>(client, '/api/reference/learned', { digest: found.digest });
  return options.json ? json(applied) : appliedText(applied);
};

const alerts: Work = async ({ client, options }) => {
  const found = await client.json<schema.ReferenceAlerts>('GET', '/api/reference/alerts');
  if (options.json) return json(found.alerts);
  return found.alerts.map(({ text }) => text).join('\n') || 'Nada pede uma pessoa.';
};

const ACTIONS: Readonly<Record<string, Work>> = { list, show, load, set, end, history, undo, learn, alerts };
const ACTS: Readonly<Record<string, string>> = {
  load: 'carga',
  set: 'à mão',
  end: 'fim',
  undo: 'desfez',
  learn: 'aprendida',
};

const WHY_BAD: Readonly<Record<string, string>> = {
  missing: 'falta o valor',
  'not-understood': 'valor não entendido',
  'ends-before-start': 'termina antes de começar',
  overlap: 'diz outra coisa dos mesmos dias que a linha',
  columns: 'outro número de colunas',
};
const CHANGES: Readonly<Record<string, string>> = { new: 'nova', changed: 'muda', ended: 'termina' };

async function previewText({ client, rest }: Context, found: schema.ReferencePreview): Promise<string> {
  const { table } = await client.json<schema.ReferencePage>('GET', `/api/reference/${rest[1]}?size=1`);
  const sum = `${whole(found.rows)} linhas: ${whole(found.new)} novas, ${whole(found.changed)} mudam, ${whole(found.ended)} terminam, ${whole(found.unchanged)} sem mudança`;
  const keys = found.keys.map(({ key, change, before, after }) => ({
    ...named(table, key, true),
    mudança: CHANGES[change] ?? change,
    antes: before.map((said) => saidText(table, said)).join('; ') || '–',
    depois: after.map((said) => saidText(table, said)).join('; ') || '–',
  }));
  const bad = found.bad.map(({ line, column, reason, value }) => ({
    linha: line,
    coluna: table.columns.find(({ name }) => name === column)?.label.pt ?? column,
    motivo: WHY_BAD[reason] ?? reason,
    recebido: value,
  }));
  const refused = found.badTotal > 0 ? `Não entram ${whole(found.badTotal)} linhas:\n\n${textTable(bad)}` : '';
  return [sum, textTable(keys), refused].filter(Boolean).join('\n\n');
}

function appliedText({ change, ...counts }: schema.ReferenceApplied, bad = 0): string {
  if (change === null) return 'Nada mudou: a tabela já dizia isso.';
  const sum = `Mudança ${change}: ${whole(counts.new)} novas, ${whole(counts.changed)} mudaram, ${whole(counts.ended)} terminaram.`;
  const version = counts.lakeVersion === null ? '' : `Números na versão ${counts.lakeVersion}.`;
  return [sum, bad > 0 ? `${whole(bad)} linhas não entraram.` : '', version].filter(Boolean).join(' ');
}

function saidText(table: schema.ReferenceTable, { cells, from, to, knownTo }: Said): string {
  const values = table.columns.flatMap(({ name, key }) => (key ? [] : [shownValue(table, name, cells[name] ?? '')]));
  const words = values.filter((value) => value !== '').join(', ') || 'sim';
  return table.dated ? `${words} ${spanText({ from, to, knownTo })}` : words;
}

/** A row's cells under their Portuguese names; `keys`: only those that name it. */
function named(table: schema.ReferenceTable, cells: Readonly<Record<string, string>>, keys = false) {
  const columns = table.columns.filter(({ key }) => key || !keys);
  return Object.fromEntries(
    columns.map(({ name, label }) => [label.pt.toLowerCase(), shownValue(table, name, cells[name] ?? '') || '–']),
  );
}

const WEEKDAYS = ['seg', 'ter', 'qua', 'qui', 'sex', 'sáb', 'dom'];

function shownValue({ columns }: schema.ReferenceTable, name: string, value: string): string {
  const column = columns.find((one) => one.name === name);
  if (column?.type === 'weekday') return WEEKDAYS[Number(value) - 1] ?? value;
  if (column?.type === 'day') return date(value);
  if (column?.type === 'decimal') return value.replace('.', ',');
  return column?.choices.find((choice) => choice.value === value)?.label.pt ?? value;
}

function spanText({ from, to, knownTo }: Pick<Said, 'from' | 'to' | 'knownTo'>): string {
  const until = to === null ? 'sem fim' : `até antes de ${date(to)}`;
  const text =
    from === null && to === null ? 'sempre' : `${from === null ? 'desde sempre' : `desde ${date(from)}`}, ${until}`;
  return knownTo === null ? text : `${text} (estendido além de ${date(knownTo)})`;
}

function rowOf({ row }: Context['options']): number | undefined {
  if (row === undefined) return undefined;
  if (/^\d{1,12}$/.test(row)) return Number(row);
  throw new RamalError('usage', { what: `--row não é um número: ${row}`, todo: 'Veja ramal reference show TABELA' });
}

function urlOf({ rest }: Context): string {
  if (!rest[1]) throw new RamalError('usage', { what: 'Falta a tabela', todo: 'Veja ramal reference list' });
  return `/api/reference/${encodeURIComponent(rest[1])}`;
}
