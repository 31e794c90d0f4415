import type { Options } from './arguments.ts';
import { scopeQuery } from './scope-query.ts';
import { copy, isoDay, usage, type Work } from './work.ts';

/** The screens that reports are made of, as people call them. */
const SCREENS: Readonly<Record<string, string>> = {
  inicio: '/',
  indicadores: '/indicadores',
  rechamadas: '/rechamadas',
  hoje: '/hoje',
  causas: '/causas',
  dimensionamento: '/dimensionamento',
  linhas: '/linhas',
};

/** What people call a screen, by its path. */
export const screenName = (path: string): string =>
  Object.entries(SCREENS).find(([, known]) => known === path)?.[0] ?? path;

/** The address of a screen by its name, with what the options choose on it. @throws RamalError `usage`. */
export function screenAddress(name: string | undefined, options: Options): string {
  const path = SCREENS[name ?? ''];
  if (path === undefined)
    throw usage(
      name ? `Não existe a tela ${name}` : 'Falta a tela',
      `Use uma destas: ${Object.keys(SCREENS).join(', ')}`,
    );
  const { rule, by, day, at, metric } = options;
  const gross = options.gross ? '1' : undefined;
  return `${path}${scopeQuery({ ...options, refresh: false }, { rule, by, day: isoDay(day), at, gross, metric })}`;
}

/** `report PAGE --out PATH`: a whole screen as a workbook, or as PDF where PATH ends in `.pdf`, by the days that it opens with unless some are given. */
export const report: Work = async ({ client, rest, options, stdout }) => {
  const screen = screenAddress(rest[0], options);
  if (!options.out) throw usage('Falta --out', 'Diga onde gravar: --out CAMINHO.xlsx, ou .pdf');
  const format = options.out.toLowerCase().endsWith('.pdf') ? 'pdf' : 'xlsx';
  await copy(client, `/api/report?screen=${encodeURIComponent(screen)}&format=${format}`, options, stdout);
  return null;
};
