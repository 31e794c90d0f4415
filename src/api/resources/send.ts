import { randomUUID } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Type } from 'typebox';
import { AUDIENCE, type Audience, type User } from '../../access/roles.ts';
import { contact } from '../../contracts/index.ts';
import { sendFile } from '../../intake/send/send-file.ts';
import { parseSendLayout, type SendLayout, takenBy } from '../../intake/send/send-layout.ts';
import { previewSend } from '../../intake/send/send-preview.ts';
import { businessDay } from '../../kernel/clock.ts';
import { RamalError } from '../../kernel/errors.ts';
import type { Progress } from '../../kernel/progress.ts';
import type { App } from '../app.ts';
import { newestOffers } from '../offers-to-send.ts';
import { route } from '../route.ts';
import { Job } from '../schema.ts';
import { SendLayoutList, SendPreview } from '../schema-steps.ts';
import { nameFile } from '../send-table.ts';
import { seenInLists } from './steps.ts';

/** Who may have a file of personal data in clear: whoever sends it to the next system. */
const SENDERS: Audience = ['administrator', 'intake'];

/** How long a file that nobody fetched is kept. */
const KEPT_MS = 3_600_000;

interface Named {
  readonly layout: string;
  readonly version?: number;
  /** What the caller means to send; it must be what the layout takes. */
  readonly what?: string;
}

async function layoutOf(app: App, { layout: name, version, what }: Named): Promise<SendLayout> {
  const layout = await app.sendLayouts.get(name, version);
  if (what === undefined || what === takenBy(layout)) return layout;
  throw new RamalError('usage', {
    what: `O layout ${name} não é de ${what}`,
    todo: `Ele é de ${takenBy(layout)}`,
  });
}

/** Writes the file where only {@link sentFile} finds it; without one when rows were refused. */
async function write(app: App, layout: SendLayout, user: User, progress: Progress, signal: AbortSignal) {
  const folder = join(app.config.home, 'tmp', 'send');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  removeOld(app, folder);
  const file = randomUUID();
  const path = join(folder, file);
  let kept = false;
  try {
    const day = businessDay(app.clock.now(), app.config.timeZone);
    const offers = 'offers' in layout.takes ? await newestOffers(app) : null;
    const sent = await sendFile(app.lake, layout, path, { day, offers: offers?.rows ?? null, progress, signal });
    kept = sent.refused === 0;
    if (kept)
      writeFileSync(
        `${path}.json`,
        JSON.stringify({
          layout: layout.name,
          version: layout.version,
          rows: sent.rows,
          format: layout.format.kind,
          day,
        }),
      );
    await app.audit.record(user, 'send', layout.name, {
      version: layout.version,
      rows: sent.rows,
      refused: sent.refused,
    });
    return { file: kept ? file : null, layout: layout.name, version: layout.version, ...sent };
  } finally {
    if (!kept) rmSync(path, { force: true });
  }
}

function removeOld(app: App, folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (app.clock.now().getTime() - statSync(path).mtimeMs > KEPT_MS) rmSync(path, { force: true });
  }
}

/** A written file, by the name that its job gave. @throws RamalError `notFound`. */
function sentFile(app: App, file: string) {
  const path = join(app.config.home, 'tmp', 'send', file);
  if (!/^[0-9a-f-]{36}$/.test(file) || !existsSync(`${path}.json`))
    throw new RamalError('notFound', { what: 'arquivo', received: file, todo: 'Ele sai uma vez só; grave-o de novo' });
  const about = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as {
    layout: string;
    version: number;
    rows: number;
    format: SendLayout['format']['kind'];
    day: string;
  };
  return { path, about };
}

export const sendRoutes = [
  route({
    method: 'GET',
    url: '/api/send/layouts',
    audience: AUDIENCE.intake,
    summary: 'Os layouts de envio, o mais novo de cada nome',
    response: SendLayoutList,
    handler: async ({ app }) => ({
      layouts: (await app.sendLayouts.newest()).map((layout) => ({
        name: layout.name,
        version: layout.version,
        label: layout.label,
        takes: takenBy(layout),
        kind: layout.format.kind,
        fields: layout.fields.map(({ name }) => name),
      })),
    }),
  }),
  route({
    method: 'GET',
    url: '/api/send/layouts/:name',
    audience: AUDIENCE.intake,
    summary: 'Um layout de envio, o mais novo ou uma versão dele',
    query: Type.Object({ version: Type.Optional(Type.Integer()) }),
    handler: async ({ app, params, query }) =>
      app.sendLayouts.get(params.name ?? '', query.version as number | undefined),
  }),
  route({
    method: 'POST',
    url: '/api/send/layouts',
    audience: AUDIENCE.administrator,
    summary: 'Registra uma versão de um layout de envio, que não muda mais',
    body: Type.Object({ layout: Type.Unknown() }),
    response: Type.Object({ name: Type.String(), version: Type.Integer() }),
    handler: async ({ app, body, user }) => {
      const layout = parseSendLayout((body as { layout: unknown }).layout, 'layout');
      await app.sendLayouts.add(layout, user.name, app.clock);
      await app.audit.record(user, 'layout', `${layout.name}@${layout.version}`);
      return { name: layout.name, version: layout.version };
    },
  }),
  route({
    method: 'POST',
    url: '/api/send/preview',
    audience: AUDIENCE.intake,
    summary: 'As primeiras linhas de um arquivo de envio, com dados pessoais cobertos',
    body: Type.Object({
      layout: Type.Unknown({ description: 'O nome de um layout, ou, só o administrador, um que não está salvo' }),
      version: Type.Optional(Type.Integer()),
    }),
    response: SendPreview,
    handler: async ({ app, body, user }) => {
      const { layout: given, version } = body as { layout: unknown; version?: number };
      if (typeof given !== 'string' && user.role !== 'administrator')
        throw new RamalError('notAllowed', { what: 'ver layouts que não estão salvos' });
      const layout =
        typeof given === 'string' ? await app.sendLayouts.get(given, version) : parseSendLayout(given, 'layout');
      const listSeen = seenInLists(app);
      const offers = 'offers' in layout.takes ? await newestOffers(app) : null;
      const seen = 'list' in layout.takes ? listSeen(layout.takes.list) : (offers?.seen ?? contact.columns);
      const day = businessDay(app.clock.now(), app.config.timeZone);
      return app.lake.use((session) => previewSend(session, layout, day, seen, listSeen, offers?.rows));
    },
  }),
  route({
    method: 'POST',
    url: '/api/send/files',
    audience: SENDERS,
    summary: 'Grava um arquivo por um layout de envio, com os dados pessoais às claras; fica registrado',
    body: Type.Object({
      layout: Type.String(),
      version: Type.Optional(Type.Integer()),
      what: Type.Optional(Type.String({ description: 'O que se envia; deve ser o que o layout toma' })),
    }),
    response: Job,
    status: 202,
    handler: async ({ app, body, user }) => {
      const layout = await layoutOf(app, body as Named);
      return app.jobs.start('send', (progress, signal) => write(app, layout, user, progress, signal));
    },
  }),
  route({
    method: 'GET',
    url: '/api/send/files/:file',
    audience: SENDERS,
    summary: 'Baixa, uma vez, um arquivo gravado; fica registrado',
    handler: async ({ app, params, user, reply }) => {
      const { path, about } = sentFile(app, params.file ?? '');
      await app.audit.record(user, 'export', `send ${about.layout}`, { version: about.version, rows: about.rows });
      nameFile(reply, `${about.layout}-${about.day}.${about.format === 'fixed' ? 'txt' : 'csv'}`);
      const stream = createReadStream(path);
      stream.once('end', () => {
        for (const one of [path, `${path}.json`]) rmSync(one, { force: true });
      });
      return reply.type('application/octet-stream').send(stream);
    },
  }),
];
