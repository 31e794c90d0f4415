import { RamalError } from '../kernel/errors.ts';
import { scopeQuery } from './scope-query.ts';
import { copy, isoDay, type Work } from './work.ts';

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

/** `report PAGE --out PATH`: a whole screen as a workbook, or as PDF where PATH ends in `.pdf`, by the days that it opens with unless some are given. */
export const report: Work = async ({ client, rest, options, stdout }) => {
  const path = SCREENS[rest[0] ?? ''];
  const names = Object.keys(SCREENS).join(', ');
  if (path === undefined)
    throw new RamalError('usage', {
      what: rest[0] ? `De ${rest[0]} não se faz relatório` : 'Falta a tela',
      todo: `Use uma destas: ${names}`,
    });
  if (!options.out)
    throw new RamalError('usage', { what: 'Falta --out', todo: 'Diga onde gravar: --out CAMINHO.xlsx, ou .pdf' });
  const gross = options.gross ? '1' : undefined;
  const screen = `${path}${scopeQuery({ ...options, refresh: false }, { rule: options.rule, by: options.by, day: isoDay(options.day), at: options.at, gross })}`;
  const format = options.out.toLowerCase().endsWith('.pdf') ? 'pdf' : 'xlsx';
  await copy(client, `/api/report?screen=${encodeURIComponent(screen)}&format=${format}`, options, stdout);
  return null;
};
