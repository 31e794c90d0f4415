import { createHash } from 'node:crypto';
import type { Request } from './declaration.ts';
import { PassingFault } from './retry.ts';
import type { Source } from './source.ts';
import { type Values, valueAt } from './template.ts';

/** One page of a source's records, as received. */
export interface Page {
  readonly number: number;
  readonly records: readonly unknown[];
  /** Pages in all, where the source says. */
  readonly pages: number | null;
  /** Whether the source said that there is nothing. */
  readonly empty: boolean;
}

/** What was asked changed while it was being paged through: the pages do not belong together. */
export class Shifted extends Error {
  override readonly name = 'Shifted';
}

interface ReadPage extends Page {
  readonly total: number | null;
  readonly next: string | null;
  readonly print: string;
}

/**
 * The pages of one question, each checked: a list is there, it is the page that was asked for, no page comes twice, and
 * in the end there are as many records as the source declared.
 * @throws Shifted; RamalError as {@link Source.ask}.
 */
export async function* pagesOf(
  source: Source,
  request: Request,
  values: Values,
  signal?: AbortSignal,
): AsyncGenerator<Page> {
  const { paging } = source.declaration;
  const seen = new Set<string>();
  let received = 0;
  let cursor: string | null = null;
  let declared: { pages: number | null; total: number | null } | null = null;
  for (let number = 1; ; number++) {
    const asked = { ...values, page: number, perPage: paging.perPage, cursor };
    const page: ReadPage = await source.ask(request, asked, (answer) => readPage(source, answer, number, seen), signal);
    const { pages, total } = page;
    if (declared && (declared.pages !== pages || declared.total !== total))
      throw new Shifted('a quantidade de registros mudou durante a extração');
    declared = { pages, total };
    seen.add(page.print);
    received += page.records.length;
    const last = isLast(source, page);
    if (last && total !== null && received !== total)
      throw new Shifted(`a fonte disse ter ${total} registros e deu ${received}`);
    yield page;
    if (last) return;
    cursor = page.next;
  }
}

function readPage(source: Source, answer: unknown, number: number, seen: ReadonlySet<string>): ReadPage {
  const { answer: shape, paging } = source.declaration;
  if (shape.error !== undefined && valueAt(answer, shape.error))
    throw new PassingFault(`a fonte respondeu com erro na página ${number}`);
  const saysEmpty = shape.empty !== undefined && valueAt(answer, shape.empty.place) === shape.empty.equals;
  if (saysEmpty && number > 1) throw new PassingFault(`a página ${number} veio como dia vazio`);
  const list = valueAt(answer, shape.records);
  if (saysEmpty && !(Array.isArray(list) && list.length > 0))
    return { number, records: [], pages: 0, total: null, next: null, empty: true, print: '' };
  if (!Array.isArray(list) || saysEmpty) throw new PassingFault(`a página ${number} não traz ${shape.records}`);
  const count = (place: string | undefined) => (place === undefined ? null : wholeAt(answer, place, number));
  const total = count(paging.total);
  const pages = paging.kind === 'page' ? count(paging.pages) : null;
  if (paging.kind === 'page' && paging.page !== undefined && wholeAt(answer, paging.page, number) !== number)
    throw new PassingFault(`veio outra página no lugar da ${number}`);
  const print = createHash('sha256').update(JSON.stringify(list)).digest('base64');
  if (list.length > 0 && seen.has(print)) throw new PassingFault(`a página ${number} repete outra`);
  const more = (pages !== null && number < pages) || (total !== null && total > 0 && number === 1);
  if (list.length === 0 && more) throw new PassingFault(`a página ${number} veio sem registros`);
  const next = paging.kind === 'cursor' ? valueAt(answer, paging.next) : null;
  return { number, records: list, pages, total, next: next ? String(next) : null, empty: false, print };
}

function wholeAt(answer: unknown, place: string, number: number): number {
  const value = valueAt(answer, place);
  const whole = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof whole !== 'number' || !Number.isInteger(whole) || whole < 0)
    throw new PassingFault(`a página ${number} não diz ${place}`);
  return whole;
}

function isLast({ declaration: { paging } }: Source, { number, records, pages, next }: ReadPage): boolean {
  if (paging.kind === 'cursor') return next === null;
  return pages === null ? records.length < paging.perPage : number >= pages;
}
