import type {
  ConnectionDays,
  ConnectionTable,
  ConnectionTest,
  ConnectionView,
  Connector,
  PullAnswer,
} from '../api/schema-connections.ts';
import type { JobView } from '../jobs/jobs.ts';
import { BUSINESS_TIME_ZONE } from '../kernel/brazil/dates.ts';
import type { Options } from './arguments.ts';
import { type Client, follow } from './client.ts';
import { date, whole } from './shown.ts';
import { ProgressLine, textTable } from './terminal.ts';
import { usage } from './work.ts';

/** What a command of connections is given. */
export interface ConnectionCommand {
  readonly client: Client;
  readonly rest: readonly string[];
  readonly options: Options;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdin: AsyncIterable<Buffer | string>;
}

const SECRET_VARIABLE = 'RAMAL_SECRET_';
export const DAY_STATES: Readonly<Record<string, string>> = {
  extracted: 'extraído',
  empty: 'vazio',
  failed: 'falhou',
  partial: 'parcial',
  missing: 'falta',
};
const TABLE_STATES: Readonly<Record<string, string>> = {
  extracted: 'extraída',
  empty: 'vazia',
  failed: 'falhou',
  missing: 'falta',
};

/** `ramal pull`: a day that could not be had makes the exit code 1. */
export async function pullCommand({ client, rest, options }: ConnectionCommand): Promise<string> {
  const [name] = rest;
  if (!name) throw usage('Falta a fonte', 'Use ramal pull FONTE; as que existem: ramal connector list');
  const body = {
    ...(options.from ? { from: isoDay(options.from) } : {}),
    ...(options.to ? { to: isoDay(options.to) } : {}),
    ...(options.limit ? { limit: count('--limit', options.limit) } : {}),
    ...(options.today ? { today: true } : {}),
    ...(options.table ? { tables: options.table } : {}),
  };
  const line = new ProgressLine();
  let answer: PullAnswer;
  try {
    const job = await client.json<JobView>('POST', `${urlOf(name)}/pull`, body);
    answer = await follow<PullAnswer>(client, job, (view) => line.show(view));
  } finally {
    line.end();
  }
  const lacking = [...answer.days, ...answer.tables].find(({ message }) => message !== null);
  if (lacking) {
    process.exitCode = 1;
    process.stderr.write(`${lacking.message}\n`);
  }
  if (options.json) {
    const days = answer.days.map(({ day, state, rows }) => ({ day, state, rows }));
    const tables = answer.tables.map(({ table, state, rows }) => ({ table, state, rows }));
    return JSON.stringify({ days, ...(tables.length > 0 ? { tables } : {}) }, null, 2);
  }
  if (answer.tables.length > 0)
    return textTable(
      answer.tables.map(({ table, state, rows }) => ({
        tabela: table,
        situação: TABLE_STATES[state],
        registros: state === 'failed' ? null : rows,
      })),
    );
  if (answer.days.length === 0) return 'Nenhum dia a extrair: não falta nada até ontem.';
  return textTable(
    answer.days.map(({ day, state, rows }) => ({ dia: date(day), situação: DAY_STATES[state], registros: rows })),
  );
}

/** `ramal connector`. */
export async function connectorCommand(command: ConnectionCommand): Promise<string> {
  const { client, rest, options } = command;
  const [action = 'list', name] = rest;
  if (action === 'list') {
    const { connections } = await client.json<{ connections: ConnectionView[] }>('GET', '/api/connections');
    if (options.json) return JSON.stringify(connections, null, 2);
    return connections.length === 0
      ? 'Nenhuma conexão. Crie uma com ramal connector add.'
      : textTable(connections.map((one) => rowOf(one, command)));
  }
  if (action === 'kinds') {
    const { connectors } = await client.json<{ connectors: Connector[] }>('GET', '/api/connectors');
    if (options.json) return JSON.stringify(connectors, null, 2);
    return textTable(
      connectors.map((one) => ({ conector: one.name, nome: one.label.pt, segredos: one.secrets.join(', ') })),
    );
  }
  if (!name) throw usage('Falta o nome da fonte', 'Veja ramal connector --help');
  const work = ACTIONS[action];
  if (!work) throw usage(`Ação desconhecida: ${action}`, `Use list, kinds, ${Object.keys(ACTIONS).join(', ')}`);
  return work(command, name);
}

type Action = (command: ConnectionCommand, name: string) => Promise<string>;

const change =
  (body: object): Action =>
  async (command, name) =>
    shown(await command.client.json<ConnectionView>('POST', urlOf(name), body), command);

const ACTIONS: Readonly<Record<string, Action>> = {
  async show(command, name) {
    const { client, options } = command;
    const connection = await client.json<ConnectionView>('GET', urlOf(name));
    if (connection.reads === 'tables') {
      if (options.json) return JSON.stringify(connection, null, 2);
      return [shown(connection, command), textTable(connection.tables.map(tableRow))].join('\n\n');
    }
    const { days } = await client.json<ConnectionDays>('GET', `${urlOf(name)}/days`);
    if (options.json) return JSON.stringify({ ...connection, calendar: days }, null, 2);
    const rows = days.map(({ day, state, rows: records, provisional, corrected, message }) => ({
      dia: date(day),
      situação: `${DAY_STATES[state]}${provisional ? ', provisório' : ''}${corrected ? ', corrigido na fonte' : ''}`,
      registros: records,
      motivo: message ?? '',
    }));
    return [shown(connection, command), textTable(rows)].filter(Boolean).join('\n\n');
  },
  async test({ client, options }, name) {
    const answer = await client.json<ConnectionTest>('POST', `${urlOf(name)}/test`);
    if (!answer.ok) process.exitCode = 1;
    if (options.json) return JSON.stringify(answer, null, 2);
    if (answer.tables.length > 0)
      return textTable(
        answer.tables.map(({ table, rows, message }) => ({
          tabela: table,
          'primeiras linhas': rows,
          problema: message ?? '',
        })),
      );
    return (
      answer.message ??
      `A fonte ${name} respondeu: ${whole(answer.rows ?? 0)} registros na primeira página de ${date(answer.day)}`
    );
  },
  async remove({ client, options }, name) {
    if (!options.yes) throw usage('Falta --yes', `Repita com --yes para apagar a conexão ${name}`);
    const removed = await client.json('DELETE', urlOf(name));
    return options.json
      ? JSON.stringify(removed, null, 2)
      : `Conexão ${name} apagada; o que ela trouxe fica. Os seus dias: ramal connector show ${name}`;
  },
  on: change({ enabled: true }),
  off: change({ enabled: false }),
  async add(command, name) {
    const { connector, url, from, table } = command.options;
    if (!connector || !url || !(from || table))
      throw usage(
        'Faltam --connector, --url ou --from (--table, em um CRM)',
        'Os conectores que existem: ramal connector kinds',
      );
    const body = { name, connector, ...settings(command.options), secrets: await secretsOf(command) };
    return shown(await command.client.json<ConnectionView>('POST', '/api/connections', body), command);
  },
  async edit(command, name) {
    if (command.options.connector) throw usage('O conector de uma conexão não muda', 'Crie outra conexão');
    const body = { ...settings(command.options), secrets: await secretsOf(command) };
    return change(body)(command, name);
  },
};

function settings({ url, from, at, every, limit, zone, skew, table }: Options) {
  return {
    ...(table ? { tables: table.map(tableSetting) } : {}),
    ...(url ? { baseUrl: url } : {}),
    ...(from ? { firstDay: isoDay(from) } : {}),
    ...(at ? { runAt: at } : {}),
    ...(every ? { todayMinutes: count('--every', every) || null } : {}),
    ...(limit ? { daysPerRun: count('--limit', limit) } : {}),
    ...(zone ? { timeZone: zone } : {}),
    ...(skew ? { skewSeconds: count('--skew', skew) } : {}),
  };
}

/** `[tabela-de-apoio=]tabela[:coluna,…]`. */
function tableSetting(text: string) {
  const [, reference = null, table = '', columns = ''] = /^(?:([a-z-]+)=)?([^:]*)(?::(.*))?$/.exec(text) ?? [];
  if (table === '') throw usage(`Recebido --table ${text}`, 'Use tabela, esquema.tabela ou tabela:coluna,coluna');
  return { table, columns: columns.split(',').filter(Boolean), reference };
}

/** Secrets from variables of the environment or, when asked for, lines `name=value` of stdin. */
async function secretsOf({ options, environment, stdin }: ConnectionCommand): Promise<Record<string, string>> {
  const given = Object.entries(environment).flatMap(([name, value]): [string, string][] =>
    name.startsWith(SECRET_VARIABLE) && value ? [[name.slice(SECRET_VARIABLE.length).toLowerCase(), value]] : [],
  );
  if (!options.stdin) return Object.fromEntries(given);
  const parts: Buffer[] = [];
  for await (const part of stdin) parts.push(Buffer.from(part));
  const lines = Buffer.concat(parts).toString('utf8').split(/\r?\n/).filter(Boolean);
  const read = lines.map((line): [string, string] => {
    const at = line.indexOf('=');
    if (at < 1) throw usage('Uma linha da entrada não é nome=valor', 'Envie, por exemplo, token=…');
    return [line.slice(0, at).trim(), line.slice(at + 1)];
  });
  return Object.fromEntries([...given, ...read]);
}

function shown(connection: ConnectionView, command: ConnectionCommand): string {
  return command.options.json ? JSON.stringify(connection, null, 2) : textTable([rowOf(connection, command)]);
}

function tableRow({ table, source, reference, state, rows, hadAt, message }: ConnectionTable) {
  return {
    tabela: table,
    vira: source ?? reference,
    situação: TABLE_STATES[state],
    registros: rows,
    'lida em': hadAt ? date(hadAt.slice(0, 10)) : null,
    motivo: message ?? '',
  };
}

function rowOf(
  { name, connector, enabled, days, tables, completeTo, nextRun, removed, running, message }: ConnectionView,
  { environment }: ConnectionCommand,
) {
  const timeZone = environment.RAMAL_TIME_ZONE || BUSINESS_TIME_ZONE;
  return {
    fonte: name,
    conector: connector,
    situação: removed ? `apagada por ${removed.by}` : running ? 'extraindo' : enabled ? 'ligada' : 'desligada',
    extraídos: days.extracted + tables.filter(({ state }) => state === 'extracted').length,
    vazios: days.empty + tables.filter(({ state }) => state === 'empty').length,
    faltam: days.missing + tables.filter(({ state }) => state === 'missing').length,
    'completa até': completeTo ? date(completeTo) : null,
    próxima: nextRun
      ? new Date(nextRun).toLocaleString('pt-BR', { timeZone, dateStyle: 'short', timeStyle: 'short' })
      : null,
    problema: message ?? '',
  };
}

function urlOf(name: string): string {
  return `/api/connections/${encodeURIComponent(name)}`;
}

function count(option: string, text: string): number {
  if (/^-?\d{1,9}$/.test(text)) return Number(text);
  throw usage(`Recebido ${option} ${text}`, 'Use um número inteiro');
}

/** A day as the API takes it, also when it was written as in Brazil. */
function isoDay(text: string): string {
  const [, day, month, year] = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text) ?? [];
  return day ? `${year}-${month}-${day}` : text;
}
