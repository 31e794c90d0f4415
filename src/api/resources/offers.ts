import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { BAR_KINDS, type Bar } from '../../customers/offers/bar-kinds.ts';
import type { KeptOffersOf } from '../../customers/offers/kept-offers.ts';
import { type OfferFilter, offerRows } from '../../customers/offers/offer-rows.ts';
import { RamalError } from '../../kernel/errors.ts';
import { OFFER_WORDS } from '../../reports/offer-words.ts';
import { offerTable, offerWorkbook } from '../../reports/offer-workbook.ts';
import { csvStream } from '../../reports/table-file.ts';
import { dayText, missingWord } from '../../reports/words.ts';
import type { App } from '../app.ts';
import {
  acceptance,
  barList,
  maskOf,
  offersOfRow,
  viewOfBase,
  viewOfOffers,
  viewsByCustomer,
  viewsOf,
} from '../customer-offers.ts';
import { makeOffers, OFFERING } from '../make-offers.ts';
import { nullable } from '../nullable.ts';
import { oneOf } from '../one-of.ts';
import { type Call, route } from '../route.ts';
import { Job } from '../schema.ts';
import { BarList, CustomerOffers, OfferRows, OffersByCustomer, OffersNow } from '../schema-offers.ts';
import { numberOf } from '../scope-query.ts';
import { FILE_QUERY, fileLang, nameFile, sendWorkbook } from '../send-table.ts';

const Asked = Type.Object({
  base: Type.Optional(Type.Integer({ minimum: 1, description: 'A base guardada; sem ela, a mais nova' })),
  segments: Type.Optional(
    Type.Array(Type.String(), {
      minItems: 1,
      maxItems: 200,
      description: 'Sem eles, logística, varejo, indústria e serviços',
    }),
  ),
  cap: Type.Optional(
    Type.Number({ exclusiveMinimum: 0, maximum: 1, description: 'Das ofertas, a parte de um produto (0,3)' }),
  ),
  most: Type.Optional(Type.Integer({ minimum: 1, maximum: 10, description: 'Ofertas de um cliente (3)' })),
});
interface Asked {
  readonly base?: number;
  readonly segments?: readonly string[];
  readonly cap?: number;
  readonly most?: number;
}
const SIZE = 20;

const offersIn = ({ app, params }: Call): Promise<KeptOffersOf> => app.offers.get(numberOf('ofertas', params.id));

async function askedBase(app: App, base: number | undefined) {
  if (base !== undefined) return app.bases.get(base);
  const latest = await app.bases.latest();
  if (latest) return latest;
  throw new RamalError('notFound', { what: 'base de clientes', received: '–', todo: 'Monte uma em Clientes' });
}

const FILTER = {
  product: Type.Optional(Type.String()),
  segment: Type.Optional(Type.String()),
  seller: Type.Optional(Type.Integer({ minimum: 0, description: 'O lugar do vendedor na lista deles' })),
};
const PAGED = {
  ...FILTER,
  held: Type.Optional(Type.Boolean({ description: 'As de clientes a quem não se deve vender agora' })),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
  lang: FILE_QUERY.lang,
};

function filterOf({ sellers }: KeptOffersOf, query: unknown): OfferFilter {
  const { product, segment, seller } = query as { product?: string; segment?: string; seller?: number };
  return { product, segment, seller: seller === undefined ? undefined : (sellers[seller] ?? '') };
}

function askedOf(kept: KeptOffersOf, query: unknown) {
  const { held = false, page = 1 } = query as { held?: boolean; page?: number };
  return { filter: { ...filterOf(kept, query), held }, place: { from: (page - 1) * SIZE, size: SIZE } };
}

export const offerRoutes = [
  route({
    method: 'POST',
    url: '/api/offers',
    audience: AUDIENCE.manager,
    summary: 'Faz e guarda as ofertas dos clientes de uma base: o método é o que a validação no tempo escolhe',
    body: Asked,
    response: Job,
    status: 202,
    handler: async ({ app, body, user }) => {
      const { base: id, ...asked } = body as Asked;
      const base = await askedBase(app, id);
      return app.jobs.startBeside(OFFERING, async (progress, signal) =>
        viewOfOffers(app, await makeOffers(app, base, asked, user, { progress, signal })),
      );
    },
  }),
  route({
    method: 'GET',
    url: '/api/offers',
    audience: AUDIENCE.manager,
    summary: 'As ofertas mais novas: o que se diz delas, os métodos lado a lado e quantas foram aceitas',
    response: OffersNow,
    handler: async ({ app }) => {
      const [base, offers, division, counted] = await Promise.all([
        app.bases.latest(),
        app.offers.newest(),
        app.divisions.current(),
        app.outcomes.counted(),
      ]);
      const divided = offers && division?.approvedAt && division.approvedAt > offers.createdAt;
      return {
        base: base && (await viewOfBase(app, base)),
        offers: offers && (await viewOfOffers(app, offers)),
        divided: divided ? division.approvedAt.toISOString() : null,
        outcomes: acceptance(counted),
      };
    },
  }),
  route({
    method: 'GET',
    url: '/api/offers/:id/rows',
    audience: AUDIENCE.manager,
    summary: 'As ofertas, uma por linha, com evidência, avisos e resultado',
    query: Type.Object(PAGED),
    response: OfferRows,
    handler: async (call) => {
      const { app, query } = call;
      const kept = await offersIn(call);
      const { filter, place } = askedOf(kept, query);
      const found = await offerRows(app.lake, app.offers.pathOf(kept.id), filter, place);
      return { total: found.total, rows: await viewsOf(app, kept, found.rows, fileLang(call)) };
    },
  }),
  route({
    method: 'GET',
    url: '/api/offers/:id/customers',
    audience: AUDIENCE.manager,
    summary: 'As ofertas por cliente, com evidência, avisos e resultado: primeiro os que trariam mais',
    query: Type.Object(PAGED),
    response: OffersByCustomer,
    handler: async (call) => {
      const kept = await offersIn(call);
      const { filter, place } = askedOf(kept, call.query);
      return viewsByCustomer(call.app, kept, filter, fileLang(call), place);
    },
  }),
  route({
    method: 'GET',
    url: '/api/offers/:id/file',
    audience: AUDIENCE.manager,
    summary: 'As ofertas em XLSX, uma planilha por vendedor ou por produto, ou em CSV, para um mailing',
    query: Type.Object({ format: oneOf(['csv', 'xlsx'] as const), ...FILTER, ...FILE_QUERY }),
    handler: async (call) => {
      const { app, user, query, reply } = call;
      const offers = await offersIn(call);
      const lang = fileLang(call);
      const missingLabel = missingWord(app.config.missingLabel, lang);
      const name = `${lang === 'pt' ? 'ramal-ofertas' : 'ramal-offers'}-${offers.day}`;
      await app.audit.record(user, 'export', name, { format: String(query.format) });
      const mask = await maskOf(app, offers);
      const from = {
        lake: app.lake,
        offers: app.offers,
        outcomes: app.outcomes,
        lang,
        mask,
        sellers: (await viewOfOffers(app, offers)).sellers,
        filter: filterOf(offers, query),
      };
      const { product, segment, seller } = query as { product?: string; segment?: string; seller?: number };
      const filters = [product, segment, seller === undefined ? undefined : from.sellers[seller]];
      const about = [
        ['Ramal', lang === 'pt' ? 'Ofertas' : 'Offers'],
        ['Base', `${offers.base}, ${dayText(offers.day, lang)}`],
        [lang === 'pt' ? 'Método' : 'Method', OFFER_WORDS[lang].methods[offers.method]],
        [lang === 'pt' ? 'Segmentos' : 'Segments', offers.audience.segments?.join(', ') ?? '–'],
        [lang === 'pt' ? 'Filtros' : 'Filters', filters.filter((one) => one !== undefined).join(', ') || '–'],
      ] as const;
      if (query.format === 'xlsx') return sendWorkbook(call, name, offerWorkbook(from, offers, about, missingLabel));
      nameFile(reply, `${name}.csv`);
      const table = {
        ...offerTable(from, offers, { ...from.filter, held: false }),
        name,
        lang,
        missingLabel,
        about: [],
      };
      return reply.type('text/csv; charset=utf-8').send(csvStream(table));
    },
  }),
  route({
    method: 'GET',
    url: '/api/offers/customer/:base/:row',
    audience: AUDIENCE.manager,
    summary: 'As ofertas de um cliente, pela linha que tem na base, com avisos e resultados',
    query: Type.Object({ lang: FILE_QUERY.lang }),
    response: CustomerOffers,
    handler: async (call) => {
      const { app, params } = call;
      const { id } = await app.bases.get(numberOf('base de clientes', params.base));
      return offersOfRow(app, id, numberOf('linha', params.row), fileLang(call));
    },
  }),
  route({
    method: 'GET',
    url: '/api/offers/bars',
    audience: AUDIENCE.manager,
    summary: 'A quem cada produto não se oferece, com as regras que já não valem e quem as tirou',
    response: BarList,
    handler: ({ app }) => barList(app),
  }),
  route({
    method: 'POST',
    url: '/api/offers/bars',
    audience: AUDIENCE.manager,
    summary: 'Diz que um produto não se oferece, a um segmento, a um porte, ou sem outro produto antes',
    body: Type.Object({
      product: Type.String({ minLength: 1 }),
      kind: oneOf(BAR_KINDS),
      value: Type.Optional(nullable(Type.String({ description: 'O segmento, o porte ou o produto pedido' }))),
    }),
    response: BarList,
    handler: async ({ app, body, user }) => {
      const { value = null, ...bar } = body as Omit<Bar, 'value'> & { readonly value?: string | null };
      await app.offers.bar({ ...bar, value }, user);
      return barList(app);
    },
  }),
  route({
    method: 'DELETE',
    url: '/api/offers/bars/:id',
    audience: AUDIENCE.manager,
    summary: 'Tira uma regra: fica guardada, com quem a tirou',
    response: BarList,
    handler: async ({ app, params, user }) => {
      await app.offers.lift(numberOf('regra', params.id), user);
      return barList(app);
    },
  }),
];
