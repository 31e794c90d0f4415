import { posix } from 'node:path';
import { RamalError } from '../../kernel/errors.ts';

/** Files whose path fits go to a source; null leaves them alone. The first that fits decides. */
export interface WatchPattern {
  readonly pattern: string;
  readonly source: string | null;
}

/** What becomes of a file by its path: the source it is of, `left` alone, or `unmatched`: a person must say. */
export type PathMatch = { readonly source: string } | 'left' | 'unmatched';

/** Where files go that were loaded, when a watch moves them. */
export const DONE_FOLDER = 'carregados';

const UNFINISHED = /\.(?:part|partial|tmp|temp|filepart|crdownload|download|opdownload|swp)$|^~\$|~$/i;
const DEEPEST = 6;

/** @throws RamalError `usage`. */
export function checkPatterns(patterns: readonly WatchPattern[]): void {
  for (const { pattern } of patterns) {
    const wrong =
      pattern === '' ||
      pattern.length > 200 ||
      /[\\\p{Cc}]/u.test(pattern) ||
      pattern.split('/').some((part) => part === '' || part === '.' || part === '..') ||
      pattern.split('/').length > DEEPEST;
    if (wrong)
      throw new RamalError('usage', {
        what: `Padrão inválido: ${JSON.stringify(pattern)}`,
        todo: 'Use um como beta_*.csv, ou pasta/*.csv para uma pasta de dentro',
      });
  }
}

/** How many folders below the watched one hold files that a pattern may fit. */
export function depthOf(patterns: readonly WatchPattern[]): number {
  return Math.max(
    0,
    ...patterns.map(({ pattern }) => (pattern.includes('**') ? DEEPEST : pattern.split('/').length - 1)),
  );
}

/** Whether a folder or file is passed over: hidden, still being written by its name, or where loaded files go. */
export function isLeft(path: string): boolean {
  const parts = path.split('/');
  const name = parts.at(-1) ?? '';
  return parts[0] === DONE_FOLDER || parts.some((part) => /^\.(?!\.?$)/.test(part)) || UNFINISHED.test(name);
}

/** Capitals do not count: the same client sends `BETA_1.CSV` and `beta_2.csv`. */
export function matchPath(path: string, patterns: readonly WatchPattern[]): PathMatch {
  const lower = path.toLowerCase();
  const fitting = patterns.find(({ pattern }) => posix.matchesGlob(lower, pattern.toLowerCase()));
  if (!fitting) return 'unmatched';
  return fitting.source === null ? 'left' : { source: fitting.source };
}
