import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Type } from 'typebox';
import { AUDIENCE, type User } from '../../access/roles.ts';
import { contact } from '../../contracts/index.ts';
import { bronzePath, readBronze } from '../../intake/bronze.ts';
import type { Layout } from '../../intake/layout.ts';
import { parseLayout } from '../../intake/parse-layout.ts';
import { contactRows } from '../../intake/send/send-rows.ts';
import { bronzeRows } from '../../intake/steps/frozen.ts';
import { parseSteps, type Relation, type Step } from '../../intake/steps/index.ts';
import { listRows } from '../../intake/steps/lists.ts';
import { type FailedStep, previewSteps, type Seen, seenInFile, stepOrFailure } from '../../intake/steps/preview.ts';
import { fileColumns, withSample } from '../../intake/steps/sample.ts';
import { listContract } from '../../intake/targets/index.ts';
import { RamalError } from '../../kernel/errors.ts';
import type { LakeSession } from '../../storage/lake.ts';
import type { App } from '../app.ts';
import { refuseRelative } from '../machine-path.ts';
import { newestOffers } from '../offers-to-send.ts';
import { route } from '../route.ts';
import { StepPreview } from '../schema-steps.ts';
import { numberOf } from '../scope-query.ts';

interface Asked {
  readonly path?: string;
  readonly source?: string;
  readonly layout?: unknown;
  readonly batch?: number;
  readonly list?: string;
  readonly contacts?: string;
  readonly offers?: boolean;
  readonly steps?: unknown[];
  readonly partial?: boolean;
}

/** The steps of a request, and whom to tell of one that is wrong. */
interface Given {
  readonly steps: readonly Step[] | undefined;
  readonly failed: ((failed: FailedStep) => void) | undefined;
}

async function preview(app: App, asked: Asked, user: User) {
  const places = [asked.path, asked.batch, asked.list, asked.contacts, asked.offers || undefined];
  if (places.filter((one) => one !== undefined).length !== 1)
    throw new RamalError('usage', {
      what: 'Diga path, batch, list, contacts ou offers, um deles',
      todo: 'Veja a documentação dos passos',
    });
  if ((asked.path !== undefined || asked.layout !== undefined) && user.role !== 'administrator')
    throw new RamalError('notAllowed', { what: 'ver arquivos desta máquina nem layouts que não estão salvos' });
  const told: { failed: FailedStep | null } = { failed: null };
  const failed = (one: FailedStep) => {
    told.failed ??= one;
  };
  const given = { steps: readSteps(asked, failed), failed: asked.partial ? failed : undefined };
  const offers = asked.offers ? await newestOffers(app) : null;
  if (asked.offers && !offers)
    throw new RamalError('notFound', { what: 'ofertas', received: 'offers', todo: 'Faça-as antes em Recomendações' });
  const previewed = await app.lake.use((session) => {
    if (offers) return previewRows(app, session, offers, given);
    if (asked.list !== undefined) return previewList(app, session, asked.list, given);
    if (asked.contacts !== undefined)
      return previewRows(
        app,
        session,
        { rows: contactRows(asked.contacts || undefined), seen: contact.columns },
        given,
      );
    if (asked.batch !== undefined) return previewBatch(app, session, asked.batch, given);
    return previewFile(app, session, asked, given);
  });
  return { ...previewed, failed: told.failed };
}

/** The steps of a request; of those that one is told of when wrong, the ones before it. */
function readSteps({ steps, partial }: Asked, failed: (failed: FailedStep) => void): Step[] | undefined {
  if (!steps || !partial) return steps && parseSteps(steps, 'passos');
  const good: Step[] = [];
  for (const [index, step] of steps.entries()) {
    const read = stepOrFailure(() => parseSteps([step], 'passos'), index + 1, failed);
    if (!read) break;
    good.push(...read);
  }
  return good;
}

async function previewList(app: App, session: LakeSession, source: string, { steps = [], failed }: Given) {
  app.layouts.get(source);
  const rows = await listRows(session, source);
  if (!rows)
    throw new RamalError('notFound', { what: 'lista', received: source, todo: 'Carregue antes um arquivo dela' });
  const listSeen = seenInLists(app);
  return { cut: false, ...(await previewSteps(session, rows, steps, listSeen(source), listSeen, failed)) };
}

/** Of rows that are no list's. */
async function previewRows(
  app: App,
  session: LakeSession,
  { rows, seen }: { readonly rows: Relation; readonly seen: Seen },
  { steps = [], failed }: Given,
) {
  return { cut: false, ...(await previewSteps(session, rows, steps, seen, seenInLists(app), failed)) };
}

async function previewBatch(app: App, session: LakeSession, number: number, { steps, failed }: Given) {
  const { batch_id, source, layout: version, written_at } = await app.batches.get(numberOf('lote', String(number)));
  const layout = app.layouts.get(source, version);
  const used = steps ?? layout.steps ?? [];
  const place = { batch: batch_id, path: bronzePath(app.config.home, source, batch_id), writtenAt: written_at };
  const [bronze] = await readBronze(session, [place]);
  const rows = bronzeRows(layout, place, fileColumns(layout, bronze!.columns));
  return { cut: false, ...(await previewSteps(session, rows, used, seenInFile(layout), seenInLists(app), failed)) };
}

async function previewFile(app: App, session: LakeSession, { path = '', source, layout: given }: Asked, asked: Given) {
  refuseRelative(path);
  const layout: Layout = given === undefined ? app.layouts.get(source ?? '') : parseLayout(given, 'layout');
  const used = asked.steps ?? layout.steps ?? [];
  const folder = join(app.config.home, 'tmp', `preview-${randomUUID()}`);
  const engine = { lake: app.lake, session };
  return withSample(engine, path, { ...layout, steps: [...used] }, folder, async (rows, cut) => ({
    cut,
    ...(await previewSteps(session, rows, used, seenInFile(layout), seenInLists(app), asked.failed)),
  }));
}

/** How the columns of a list may be seen, as its newest layout says. */
export function seenInLists(app: App): (source: string) => Seen {
  return (source) => {
    const layout = app.layouts.newest().find((one) => one.source === source && one.into === 'list');
    return layout ? listContract(layout).columns : {};
  };
}

export const stepRoutes = [
  route({
    method: 'POST',
    url: '/api/steps/preview',
    audience: AUDIENCE.intake,
    summary:
      'O que cada passo faz com o começo de um arquivo, de um lote ou de uma lista, com dados pessoais mascarados',
    body: Type.Object({
      path: Type.Optional(Type.String({ description: 'Arquivo desta máquina; só o administrador' })),
      source: Type.Optional(Type.String({ description: 'A fonte de cujo layout o arquivo é' })),
      layout: Type.Optional(Type.Unknown({ description: 'Um layout que ainda não foi salvo; só o administrador' })),
      batch: Type.Optional(Type.Integer({ minimum: 1 })),
      list: Type.Optional(Type.String()),
      contacts: Type.Optional(Type.String({ description: 'Atendimentos de uma fonte; vazio, de todas' })),
      offers: Type.Optional(Type.Boolean({ description: 'As ofertas que se podem fazer agora' })),
      steps: Type.Optional(Type.Array(Type.Unknown(), { description: 'Em lugar dos do layout' })),
      partial: Type.Optional(
        Type.Boolean({ description: 'Um passo errado é dito em failed, e se vê o que os de antes dele fazem' }),
      ),
    }),
    response: StepPreview,
    handler: async ({ app, body, user }) => preview(app, body as Asked, user),
  }),
];
