import { readFileSync, statSync } from 'node:fs';
import { RamalError } from '../../kernel/errors.ts';
import type { Members } from './carry-names.ts';

/** Bytes beyond which a file is no file of labels that one reads at once. */
const MOST_BYTES = 256 * 2 ** 20;
const HEAD = /^\ufeff?id,group,membership\r?\n/;
const RECORD = /(?:"((?:[^"]|"")*)"|([^,"\r\n]*)),(\d{1,4}),[\d.]+(?:\r?\n|$)/y;

/** The lines of a file of labels: `id,group,membership`, from group 1 on. */
export function* labelLines(
  ids: readonly string[],
  groupOf: (row: number) => number,
  membership: ArrayLike<number>,
): Generator<string> {
  yield 'id,group,membership\n';
  for (const [row, id] of ids.entries()) {
    yield `${fieldOf(id)},${groupOf(row)},${membership[row]!.toFixed(6)}\n`;
  }
}

/** A text as a field of such a file. */
export const fieldOf = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The groups that a file of {@link labelLines} tells. @throws RamalError `usage` for what is none. */
export function readLabels(path: string): Members {
  const wrong = (what: string, todo = 'Use um arquivo que ramal segments fit gravou com --labels') =>
    new RamalError('usage', { what, todo });
  let text: string;
  try {
    if (statSync(path).size > MOST_BYTES) throw wrong('O arquivo de grupos é grande demais');
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof RamalError) throw error;
    throw wrong(`Não se lê o arquivo de grupos ${path}`);
  }
  const head = HEAD.exec(text);
  if (!head) throw wrong('O arquivo de grupos não começa com id,group,membership');
  const found = new Map<string, number>();
  RECORD.lastIndex = head[0].length;
  while (RECORD.lastIndex < text.length) {
    const at = RECORD.lastIndex;
    const [, quoted, plain = '', group] = RECORD.exec(text) ?? [];
    const line = () => text.slice(0, at).split('\n').length;
    if (group === undefined) throw wrong(`A linha ${line()} do arquivo de grupos não se entende`);
    const id = quoted?.replaceAll('""', '"') ?? plain;
    if (found.has(id))
      throw wrong(
        `A linha ${line()} do arquivo de grupos repete um cliente`,
        'Divida por uma coluna (--id) que nomeie cada linha uma vez',
      );
    found.set(id, Number(group));
  }
  return found;
}
