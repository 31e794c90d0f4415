import type { Static } from 'typebox';
import type * as schema from '../../src/api/schema-users.ts';
import { session } from './session.svelte.ts';

export type UserView = schema.UserView;
export type ReadToken = schema.ReadToken;
export type MadeToken = schema.MadeToken;
export type AccountView = schema.AccountView;
export type DataTables = schema.DataTables;
export type DataTable = DataTables['tables'][number];
export type LoginLink = Static<typeof schema.LoginLink>;
export type Role = UserView['role'];

/** From the one who may do most. */
export const ROLES: readonly Role[] = ['administrator', 'manager', 'supervisor', 'intake', 'operator'];

/** How long a token may last. */
export const TOKEN_DAYS = [30, 90, 365, 730] as const;

export const isAdministrator = (): boolean => session.now?.user?.role === 'administrator';

/** Whether whoever is here receives files and keeps what is loaded from them. */
export const handlesFiles = (): boolean => session.now?.user?.role !== 'supervisor';

/** Whether whoever is here writes down what happened and what was decided. */
export const writesNotes = (): boolean =>
  ['administrator', 'manager', 'supervisor'].includes(session.now?.user?.role ?? '');

/** Whether whoever is here calls back, and so sees the phone and the name of those who wait for it. */
export const callsBack = (): boolean => session.now?.user?.role === 'supervisor';

const FILE_PAGES = ['/recepcao', '/conexoes', '/tabelas', '/enderecos'];
const CUSTOMER_PAGES = ['/clientes', '/personas', '/segmentos', '/recomendacoes'];
const isUnder = (path: string, place: string): boolean => path === place || path.startsWith(`${place}/`);

/** Whether a page is for whoever is here: the menu names no other. */
export const mayVisit = (path: string): boolean => {
  if (isUnder(path, '/usuarios')) return isAdministrator();
  if (CUSTOMER_PAGES.some((place) => isUnder(path, place)))
    return ['administrator', 'manager'].includes(session.now?.user?.role ?? '');
  return handlesFiles() || !FILE_PAGES.some((place) => isUnder(path, place));
};

/** Who a page is for. */
export function visitorsOf(path: string): 'administrators' | 'managers' | 'files' {
  if (isUnder(path, '/usuarios')) return 'administrators';
  return CUSTOMER_PAGES.some((place) => isUnder(path, place)) ? 'managers' : 'files';
}

/** The pages that have room on a phone; the rest is under Mais. */
export const phoneBar = (): readonly string[] =>
  handlesFiles() ? ['/', '/indicadores', '/rechamadas', '/recepcao'] : ['/', '/hoje', '/indicadores', '/rechamadas'];

export const userPath = (name: string): string => `/usuarios/${encodeURIComponent(name)}`;
export const userUrl = (name: string): string => `/api/users/${encodeURIComponent(name)}`;
