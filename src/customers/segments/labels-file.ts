import { readFileSync, statSync } from 'node:fs';
import { RamalError } from '../../kernel/errors.ts';
import type { Members } from './carry-names.ts';

/** Characters beyond which a file is no file of labels that one reads at once. */
const MOST_BYTES = 256 * 2 ** 20;
const LINE = /^(?:"((?:[^"]|"")*)"|([^,"]*)),(\d{1,4}),[\d.]+$/;

/** The lines of a file of labels: `id,group,membership`, from group 1 on. */
export function* labelLines(
  ids: readonly string[],
  groupOf: (row: number) => number,
  membership: ArrayLike<number>,
): Generator<string> {
  yield 'id,group,membership\n';
  for (const [row, id] of ids.entries()) {
    const named = /[",\n\r]/.test(id) ? `"${id.replaceAll('"', '""')}"` : id;
    yield `${named},${groupOf(row)},${membership[row]!.toFixed(6)}\n`;
  }
}

/** The groups that a file of {@link labelLines} tells. @throws RamalError `usage` for what is none. */
export function readLabels(path: string): Members {
  const wrong = (what: string) =>
    new RamalError('usage', { what, todo: 'Use um arquivo que ramal segments fit gravou com --labels' });
  const found = new Map<string, number>();
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > MOST_BYTES)
    throw wrong('O arquivo de grupos é grande demais');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw wrong(`Não se lê o arquivo de grupos ${path}`);
  }
  const [head, ...lines] = text.split('\n').map((line) => line.replace(/\r$/, ''));
  if (head?.replace('\ufeff', '') !== 'id,group,membership')
    throw wrong('O arquivo de grupos não começa com id,group,membership');
  for (const [at, line] of lines.entries()) {
    if (line === '') continue;
    const [, quoted, plain, group] = LINE.exec(line) ?? [];
    if (group === undefined) throw wrong(`A linha ${at + 2} do arquivo de grupos não se entende`);
    found.set(quoted?.replaceAll('""', '"') ?? plain ?? '', Number(group));
  }
  return found;
}
