import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { RamalError } from '../../kernel/errors.ts';
import type { Progress } from '../../kernel/progress.ts';
import { diskName, nameTrick, shownName } from './names.ts';
import { depthOf, isLeft, matchPath } from './patterns.ts';
import type { Door, PlaceFile } from './place.ts';
import type { Watch } from './watches.ts';

/** Files that are fetched together. */
const MOST_FILES = 500;

export interface FetchFilesOptions {
  readonly watch: Watch;
  /** Where they are copied to; the caller removes it. */
  readonly folder: string;
  /** Is told of files that no pattern fits. */
  readonly onPassed: (name: string) => void;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/**
 * Copies the files of a watch's place that its patterns fit, whatever source they say, without loading them.
 * @returns their paths on this machine, in the order of their names there.
 * @throws RamalError as the place; `usage` for none, too many, and a name that the watch would refuse;
 * `fileUnreadable` for one that changed meanwhile.
 */
export async function fetchFiles(
  door: Door,
  { watch, folder, onPassed, progress, signal }: FetchFilesOptions,
): Promise<string[]> {
  const { name, patterns } = watch;
  const found: PlaceFile[] = [];
  await door.use(async (place) => {
    for await (const file of place.list(depthOf(patterns), isLeft)) {
      signal.throwIfAborted();
      if (matchPath(file.path, patterns) === 'unmatched') {
        onPassed(shownName(file.path));
        continue;
      }
      const trick = file.trick ?? nameTrick(file.path);
      if (trick)
        throw new RamalError('usage', {
          what: `Nome perigoso em ${name}: ${shownName(file.path)} (${trick})`,
          todo: 'Peça que o renomeiem',
        });
      found.push(file);
      if (found.length > MOST_FILES)
        throw new RamalError('usage', {
          what: `${name} tem mais de ${MOST_FILES} arquivos`,
          todo: 'Dê à vigia padrões de menos arquivos (ramal watch add NOME --pattern)',
        });
    }
  });
  if (found.length === 0)
    throw new RamalError('usage', {
      what: `${name} não tem arquivos que os seus padrões aceitem`,
      todo: 'Veja o lugar e os padrões com ramal watch test',
    });
  const bytes = found.reduce((sum, file) => sum + file.bytes, 0);
  let fetched = 0;
  const paths: string[] = [];
  for (const [index, file] of found.toSorted((a, b) => (a.path < b.path ? -1 : 1)).entries()) {
    const own = join(folder, String(index));
    mkdirSync(own, { recursive: true, mode: 0o700 });
    const path = join(own, diskName(file.path));
    const onBytes = (more: number) => {
      fetched += more;
      progress({ step: `buscando ${shownName(file.path)}`, done: Math.min(fetched, bytes), total: bytes });
    };
    const now = await door.use((place) => place.fetch(file, path, { signal, onBytes }));
    if (now?.bytes !== file.bytes || statSync(path).size !== file.bytes)
      throw new RamalError('fileUnreadable', {
        file: shownName(file.path),
        cause: now ? 'mudou enquanto era buscado' : 'já não está lá',
      });
    paths.push(path);
  }
  return paths;
}
