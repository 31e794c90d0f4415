import type { Component } from 'svelte';
import { ApiError } from '../state/api.ts';
import { ui } from '../state/ui.svelte.ts';
import Missing from './missing.svelte';

// biome-ignore lint/suspicious/noExplicitAny: pages are given what their own address says.
type Loaded = Promise<{ default: Component<any> }>;
type Props = Readonly<Record<string, unknown>>;

/** A page that stands at an address: its code is fetched when it is first visited. */
interface Place {
  /** What of the address is its name, where many pages look alike, is the first group. */
  readonly path: string | RegExp;
  readonly load: () => Loaded;
  /** What the page is called; its place in the rail, where it says nothing. */
  readonly title?: (name: string) => string;
  /** What the page is told of its address; its name, where it says nothing. */
  readonly given?: (name: string) => Props;
}

export interface Found {
  readonly title: string | undefined;
  /** The page with what it is told, which changes only together with it. */
  readonly page: Promise<{ readonly Page: Awaited<Loaded>['default']; readonly props: Props }>;
}

const itself = (name: string) => name;
const NAME = '([a-z0-9-]+)';
const at = (path: string) => new RegExp(`^${path}$`);

const PLACES: readonly Place[] = [
  { path: '/', load: () => import('./home.svelte') },
  { path: '/hoje', load: () => import('./shift.svelte') },
  { path: '/indicadores', load: () => import('./indicators.svelte') },
  { path: '/rechamadas', load: () => import('./repeats.svelte') },
  { path: '/rechamadas/regras', load: () => import('./rule-switch.svelte'), title: () => ui.t.ruleSwitch.title },
  {
    path: '/rechamadas/conferencia',
    load: () => import('./reconciliation.svelte'),
    title: () => ui.t.reconciliation.title,
  },
  { path: '/linhas', load: () => import('./rows.svelte'), title: () => ui.t.rowsPage },
  { path: '/causas', load: () => import('./insights.svelte') },
  { path: '/dimensionamento', load: () => import('./staffing.svelte') },
  { path: '/visoes', load: () => import('./views.svelte') },
  { path: '/recepcao', load: () => import('./intake.svelte') },
  {
    path: /^\/recepcao\/(\d+)$/,
    load: () => import('./batch.svelte'),
    title: (number) => ui.t.intake.batch(ui.f.count(Number(number))),
    given: (number) => ({ number: Number(number) }),
  },
  { path: '/recepcao/pratica', load: () => import('./practice.svelte'), title: () => ui.t.practice.title },
  { path: '/recepcao/layouts', load: () => import('./layouts.svelte'), title: () => ui.t.layouts.title },
  { path: at(`/recepcao/layouts/${NAME}`), load: () => import('./layout.svelte'), title: itself },
  {
    path: at(`/recepcao/layouts/${NAME}/regras`),
    load: () => import('./layout-rules.svelte'),
    title: () => ui.t.layoutRules.title,
  },
  {
    path: at(`/recepcao/layouts/${NAME}/colunas`),
    load: () => import('./layout-columns.svelte'),
    title: (name) => `${name}: ${ui.t.layouts.edit.title}`,
  },
  {
    path: at(`/recepcao/layouts/${NAME}/passos`),
    load: () => import('./layout-steps.svelte'),
    title: (name) => `${name}: ${ui.t.steps.title}`,
  },
  { path: '/recepcao/envio', load: () => import('./send.svelte'), title: () => ui.t.send.title },
  {
    path: '/recepcao/envio/novo',
    load: () => import('./send-compose.svelte'),
    title: () => ui.t.send.form.newTitle,
    given: () => ({}),
  },
  { path: at(`/recepcao/envio/${NAME}`), load: () => import('./send-layout.svelte'), title: itself },
  { path: at(`/recepcao/envio/${NAME}/mudar`), load: () => import('./send-compose.svelte'), title: itself },
  { path: '/clientes', load: () => import('./customers.svelte') },
  { path: '/recomendacoes', load: () => import('./offers.svelte') },
  { path: '/personas', load: () => import('./personas.svelte') },
  { path: '/personas/roteiro', load: () => import('./playbook.svelte'), title: () => ui.t.playbook.title },
  { path: '/segmentos', load: () => import('./segments.svelte') },
  {
    path: /^\/segmentos\/(\d+)$/,
    load: () => import('./segment.svelte'),
    title: (id) => ui.t.segments.title(ui.f.count(Number(id))),
    given: (id) => ({ id: Number(id) }),
  },
  {
    path: /^\/clientes\/(\d+\/\d+)$/,
    load: () => import('./customer.svelte'),
    title: (place) => ui.t.customer.title(ui.f.count(Number(place.split('/')[1]))),
    given: (place) => {
      const [base, row] = place.split('/').map(Number);
      return { base, row };
    },
  },
  {
    path: /^\/clientes\/(\d+)\/campos$/,
    load: () => import('./explore.svelte'),
    title: () => ui.t.explore.title,
    given: (base) => ({ base: Number(base) }),
  },
  { path: '/tabelas', load: () => import('./reference.svelte') },
  {
    path: /^\/tabelas\/([a-z-]+)$/,
    load: () => import('./reference-table.svelte'),
    title: () => ui.t.places['/tabelas']!,
  },
  { path: '/conexoes', load: () => import('./connections.svelte') },
  { path: at(`/conexoes/${NAME}`), load: () => import('./connection.svelte'), title: itself },
  { path: at(`/conexoes/vigias/${NAME}`), load: () => import('./connection-watch.svelte'), title: itself },
  { path: '/enderecos', load: () => import('./addresses.svelte') },
  { path: '/usuarios', load: () => import('./users.svelte') },
  { path: /^\/usuarios\/([^/]+)$/, load: () => import('./user.svelte'), title: itself },
  { path: '/conta', load: () => import('./account.svelte') },
];
const NOWHERE: Place = { path: '', load: async () => ({ default: Missing }) };

const loaded = new Map<Place, Loaded>();

function pageOf(place: Place): Loaded {
  const known = loaded.get(place);
  if (known) return known;
  const page = place.load().catch((cause: unknown) => {
    loaded.delete(place);
    throw new ApiError('offline', String(cause), 0);
  });
  loaded.set(place, page);
  return page;
}

/** The page at an address. */
export function pageAt(path: string): Found {
  const exact = PLACES.find((place) => place.path === path);
  const place = exact ?? PLACES.find((one) => one.path instanceof RegExp && one.path.test(path)) ?? NOWHERE;
  const part = place.path instanceof RegExp ? place.path.exec(path)?.[1] : undefined;
  const name = part === undefined ? '' : decoded(part);
  const props = place.given?.(name) ?? (part === undefined ? {} : { name });
  return {
    page: pageOf(place).then(({ default: Page }) => ({ Page, props })),
    get title() {
      return place.title?.(name) ?? ui.t.places[path];
    },
  };
}

/** Fetches every page, one after another, so that none has to be waited for nor is missing when the server goes away. */
export async function fetchPages(): Promise<void> {
  for (const place of PLACES) await pageOf(place).catch(() => undefined);
}

/** A name in the address, as people write it. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
