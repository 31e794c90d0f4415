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
export const ROLES: readonly Role[] = ['administrator', 'manager', 'intake', 'operator'];

/** How long a token may last. */
export const TOKEN_DAYS = [30, 90, 365, 730] as const;

export const isAdministrator = (): boolean => session.now?.user?.role === 'administrator';

/** Whether the menu names a page to whoever is here. */
export const mayVisit = (path: string): boolean => path !== '/usuarios' || isAdministrator();

export const userPath = (name: string): string => `/usuarios/${encodeURIComponent(name)}`;
export const userUrl = (name: string): string => `/api/users/${encodeURIComponent(name)}`;
