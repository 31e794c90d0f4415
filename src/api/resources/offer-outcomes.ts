import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { offerRows } from '../../customers/offers/offer-rows.ts';
import { notKeptStream } from '../../customers/offers/outcome-rows.ts';
import { type NotKept, type OfferOutcome, OUTCOMES } from '../../customers/offers/outcomes.ts';
import { RamalError } from '../../kernel/errors.ts';
import { notKeptTable } from '../../reports/outcome-table.ts';
import { viewsOf } from '../customer-offers.ts';
import { refuseRelative } from '../machine-path.ts';
import { oneOf } from '../one-of.ts';
import { keepOutcomes, listView, notKeptPage, outcomeViews, undoneView } from '../outcome-lists.ts';
import { notKeptMask } from '../outcome-texts.ts';
import { type Call, route } from '../route.ts';
import { Format } from '../schema.ts';
import { OfferView, OutcomeHistory, OutcomeList, OutcomeLists, OutcomesRead, OutcomeUndone } from '../schema-offers.ts';
import { numberOf } from '../scope-query.ts';
import { FILE_QUERY, fileFormat, fileLang, sendTable } from '../send-table.ts';
import { keepUpload } from '../upload.ts';

const HISTORY = 50;
const PAGE = Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 }));
const pageOf = ({ query }: Call) => (query.page as number | undefined) ?? 1;

const offersIn = ({ app, params }: Call) => app.offers.get(numberOf('ofertas', params.id));
const listIn = ({ app, params }: Call) => app.outcomes.list(numberOf('envio de resultados', params.list));

async function* masked(blocks: AsyncIterable<readonly NotKept[]>, mask: (row: NotKept) => NotKept) {
  for await (const rows of blocks) yield rows.map(mask);
}

/** What became of offers: told one by one or by a list, undone, and kept with its history. */
export const offerOutcomeRoutes = [
  route({
    method: 'POST',
    url: '/api/offers/:id/outcomes',
    audience: AUDIENCE.manager,
    summary: 'Diz o que foi feito de uma oferta: aceita, recusada ou sem resposta',
    body: Type.Object({ row: Type.Integer({ minimum: 1 }), product: Type.String(), outcome: oneOf(OUTCOMES) }),
    response: OfferView,
    handler: async (call) => {
      const { app, body, user } = call;
      const { row, product, outcome } = body as { row: number } & Pick<OfferOutcome, 'product' | 'outcome'>;
      const kept = await offersIn(call);
      const { rows } = await offerRows(app.lake, app.offers.pathOf(kept.id), { row, product }, { size: 1 });
      const [offer] = rows;
      if (!offer)
        throw new RamalError('notFound', { what: 'oferta', received: row, todo: 'Veja as ofertas dessa base' });
      await app.outcomes.told(kept.id, { customer: offer.customer, product, outcome }, user);
      return (await viewsOf(app, kept, rows, fileLang(call)))[0]!;
    },
  }),
  route({
    method: 'GET',
    url: '/api/offers/outcomes',
    audience: AUDIENCE.manager,
    summary: 'Tudo o que se disse de ofertas, do mais novo, com quem e quando, e o que se desfez; 50 por página',
    query: Type.Object({ page: PAGE }),
    response: OutcomeHistory,
    handler: async (call) => {
      const place = { from: (pageOf(call) - 1) * HISTORY, size: HISTORY };
      const { total, rows } = await call.app.outcomes.history(place);
      return { total, rows: await outcomeViews(call.app, rows) };
    },
  }),
  route({
    method: 'DELETE',
    url: '/api/offers/outcomes/:outcome',
    audience: AUDIENCE.manager,
    summary: 'Desfaz um resultado: fica guardado, com quem o desfez, e volta a valer o de antes dele, se há',
    response: OutcomeUndone,
    handler: async ({ app, params, user }) =>
      undoneView(app, await app.outcomes.undo(numberOf('resultado', params.outcome), user)),
  }),
  route({
    method: 'POST',
    url: '/api/offers/:id/outcomes/upload',
    audience: AUDIENCE.manager,
    summary:
      'Recebe uma lista com cliente, produto e resultado, e diz de cada linha que não se guarda qual é e por quê',
    query: Type.Object({ lang: FILE_QUERY.lang }),
    response: OutcomesRead,
    handler: async (call) => {
      const { app, request, user } = call;
      const offers = await offersIn(call);
      const folder = join(app.config.home, 'tmp', `outcomes-${randomUUID()}`);
      try {
        return await keepOutcomes(app, offers, await keepUpload(folder, request), user, fileLang(call));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  }),
  route({
    method: 'POST',
    url: '/api/offers/:id/outcomes/file',
    audience: AUDIENCE.administrator,
    summary: 'O mesmo, de um arquivo desta máquina',
    body: Type.Object({ path: Type.String() }),
    response: OutcomesRead,
    handler: async (call) => {
      const { path } = call.body as { readonly path: string };
      refuseRelative(path);
      return keepOutcomes(call.app, await offersIn(call), path, call.user, 'pt');
    },
  }),
  route({
    method: 'GET',
    url: '/api/offers/lists',
    audience: AUDIENCE.manager,
    summary: 'As listas de resultados que vieram, da mais nova, com o que foi de suas linhas',
    response: OutcomeLists,
    handler: async ({ app }) => ({ lists: (await app.outcomes.lists()).map(listView) }),
  }),
  route({
    method: 'GET',
    url: '/api/offers/lists/:list',
    audience: AUDIENCE.manager,
    summary: 'Uma lista de resultados e as linhas que não se guardaram, 20 por página; todas, em XLSX ou CSV',
    query: Type.Object({ page: PAGE, format: Type.Optional(Format), ...FILE_QUERY }),
    response: OutcomesRead,
    handler: async (call) => {
      const { app } = call;
      const list = await listIn(call);
      const [format, lang] = [fileFormat(call), fileLang(call)];
      if (!format) return { ...listView(list), notKept: await notKeptPage(app, list, pageOf(call), lang) };
      const mask = await notKeptMask(app, await app.offers.get(list.offers));
      const blocks = masked(notKeptStream(app.lake, app.outcomes.pathOf(list.id)), mask);
      return sendTable(call, format, notKeptTable(list, lang, blocks));
    },
  }),
  route({
    method: 'DELETE',
    url: '/api/offers/lists/:list',
    audience: AUDIENCE.manager,
    summary: 'Desfaz uma lista inteira: os resultados dela já não contam, e ficam guardados com quem os desfez',
    response: OutcomeList,
    handler: async (call) => {
      const { id } = await listIn(call);
      return listView(await call.app.outcomes.undoList(id, call.user));
    },
  }),
];
