import { RamalError } from '../kernel/errors.ts';
import type { BuildResult } from '../lake/build.ts';
import { alertCommand } from './alerts.ts';
import type { Arguments } from './arguments.ts';
import { batchCommand, intakeCommand } from './batches.ts';
import type { Client } from './client.ts';
import { type ConnectionCommand, connectorCommand, pullCommand } from './connections.ts';
import { customers } from './customers.ts';
import { insights } from './insights.ts';
import { layoutCommand } from './layouts.ts';
import { mailCommand } from './mails.ts';
import { metric } from './metric.ts';
import { noteCommand } from './notes.ts';
import { offers } from './offers.ts';
import { personas } from './personas.ts';
import { quarantine } from './quarantine.ts';
import { reference } from './reference.ts';
import { repeats } from './repeats.ts';
import { report } from './report.ts';
import { scopeQuery } from './scope-query.ts';
import { segments } from './segments.ts';
import { bring, placeToWrite, type SentFile, sendRequest, sentText } from './send.ts';
import { shift } from './shift.ts';
import { staffing } from './staffing.ts';
import { textTable } from './terminal.ts';
import { userCommand } from './users.ts';
import { viewCommand } from './views.ts';
import { watchCommand } from './watch.ts';
import { copy, isoDay, job, json, type Work } from './work.ts';

type Json = Record<string, unknown>;

/** Runs a command that is an API call; resolves to what stdout shows, or null when it was streamed. */
export async function runCommand(
  client: Client,
  { command, rest, options }: Arguments,
  stdout: NodeJS.WritableStream,
): Promise<string | null> {
  return RUN[command]!({ client, rest, options, stdout });
}

const build: Work = async ({ client, options }) => {
  const result = await job<BuildResult>(client, '/api/build', { full: options.full === true });
  if (options.json) return json(result);
  const steps = result.steps.map(({ step, seconds, rows }) => ({ etapa: step, segundos: seconds, linhas: rows }));
  return [`Números na versão ${result.lakeVersion}`, textTable(steps)].filter(Boolean).join('\n\n');
};

/** `export NAME --layout LAYOUT --out PATH`: a file by a layout of sending, or word of why there is none. */
const sending: Work = async ({ client, rest, options }) => {
  const path = placeToWrite(options.out, options.yes);
  const sent = await job<SentFile>(client, '/api/send/files', sendRequest(rest[0], options.layout));
  if (sent.file === null) process.exitCode = 1;
  else await bring(client, sent, path);
  const { file, ...told } = sent;
  return options.json ? json({ ...told, path: file === null ? null : path }) : sentText(sent, path);
};

const exporting: Work = async ({ client, rest, options, stdout }) => {
  if (rest[0] === 'list') {
    const { layouts } = await client.json<{ layouts: Json[] }>('GET', '/api/send/layouts');
    if (options.json) return json(layouts);
    return textTable(
      layouts.map(({ name, version, takes, kind }) => ({ layout: name, versão: version, de: takes, forma: kind })),
    );
  }
  if (options.layout) return sending({ client, rest, options, stdout });
  if (rest[0] !== 'contacts')
    throw new RamalError('usage', {
      what: `Não se exporta ${rest[0] ?? '(nada)'}`,
      todo: 'Use ramal export contacts, ou um layout de envio com --layout',
    });
  await copy(client, `/api/contacts${scopeQuery(options, { format: options.format ?? 'csv' })}`, options, stdout);
  return null;
};

const exclude: Work = async ({ client, rest, options }) => {
  if (!rest[0]) throw new RamalError('usage', { what: 'Falta o nome do expurgo', todo: 'Veja ramal exclude --help' });
  const body = options.off
    ? { name: rest[0], active: false }
    : {
        name: rest[0],
        column: options.column,
        value: options.value,
        source: options.source,
        from: isoDay(options.from),
        to: isoDay(options.to),
        reason: options.reason,
      };
  const result = await job<BuildResult>(client, '/api/exclusions', body);
  if (options.json) return json(result);
  return `Expurgo ${rest[0]} ${options.off ? 'desligado' : 'em vigor'}: números na versão ${result.lakeVersion}`;
};

const doctor: Work = async ({ client, options }) => {
  const { healthy, checks } = await client.json<{
    healthy: boolean;
    checks: { check: string; ok: boolean; detail: string }[];
  }>('GET', '/api/system');
  if (!healthy) process.exitCode = 1;
  if (options.json) return json({ healthy, checks });
  return checks.map(({ check, ok, detail }) => `${ok ? 'ok  ' : 'ruim'}  ${check}: ${detail}`).join('\n');
};

const login: Work = async ({ client, options }) => {
  const answer = await client.json<{ url: string }>('POST', '/api/tokens');
  return options.json ? json(answer) : answer.url;
};

const connections =
  (work: (command: ConnectionCommand) => Promise<string>): Work =>
  (context) =>
    work({ ...context, environment: process.env, stdin: process.stdin });

const RUN: Readonly<Record<string, Work>> = {
  login,
  doctor,
  intake: (context) => intakeCommand(context, job),
  metric,
  repeats,
  insights,
  staffing,
  shift,
  build,
  layout: layoutCommand,
  batch: (context) => batchCommand(context, job),
  quarantine,
  exclude,
  export: exporting,
  report,
  watch: (context) => watchCommand(context, job),
  pull: connections(pullCommand),
  connector: connections(connectorCommand),
  reference,
  user: userCommand,
  alert: alertCommand,
  view: viewCommand,
  mail: mailCommand,
  note: noteCommand,
  segments,
  customers,
  offers,
  personas,
};
