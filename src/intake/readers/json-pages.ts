import { RamalError } from '../../kernel/errors.ts';
import type { SourceFile } from '../source-file.ts';
import { textLines } from './text-lines.ts';

/** Bytes of a page. */
const LONGEST_PAGE = 32_000_000;

/** A record of a page, its nested names joined by `_`, lists of objects joined by comma. */
export interface PageRecord {
  /** Ordinal of the record in the file, from 1. */
  readonly line: number;
  readonly fields: ReadonlyMap<string, string>;
  readonly text: string;
}

/**
 * The records of an API's pages, one page of JSON per line.
 * @throws RamalError `fileDamaged` with the line of a page that is no JSON or holds no list, `fileTooLarge`.
 */
export async function* readPages(
  file: SourceFile,
  records: string,
  onRead?: (bytes: number) => void,
): AsyncGenerator<PageRecord> {
  let ordinal = 0;
  for await (const { line, text, cut } of textLines(file, { encoding: 'utf-8', longest: LONGEST_PAGE }, onRead)) {
    if (cut) {
      const what = `a página da linha ${line} passa de ${LONGEST_PAGE / 1e6} MB`;
      throw new RamalError('fileTooLarge', { file: file.name, what });
    }
    if (text.trim() === '') continue;
    const list = pageRecords(line === 1 ? text.replace(/^\ufeff/, '') : text, records);
    if (!list)
      throw new RamalError('fileDamaged', {
        file: file.name,
        what: `a página da linha ${line} não traz a lista ${records}`,
      });
    for (const record of list) {
      ordinal++;
      yield { line: ordinal, fields: flatten(record), text: JSON.stringify(record) };
    }
  }
}

function pageRecords(text: string, records: string): unknown[] | null {
  try {
    const list = (JSON.parse(text) as Record<string, unknown>)[records];
    return Array.isArray(list) ? list : null;
  } catch {
    return null;
  }
}

/** `{contact: {name}, tags: [{label}]}` as `contact_name`, `tags_label`. */
export function flatten(record: unknown): Map<string, string> {
  const fields = new Map<string, string>();
  const walk = (value: unknown, path: string): void => {
    if (value === null || value === undefined) return;
    if (Array.isArray(value)) for (const item of value) walk(item, path);
    else if (typeof value === 'object')
      for (const [name, inner] of Object.entries(value)) walk(inner, path === '' ? name : `${path}_${name}`);
    else {
      const before = fields.get(path);
      fields.set(path, before === undefined ? String(value) : `${before}, ${value}`);
    }
  };
  walk(record, '');
  return fields;
}
