import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { fromWindows1252 } from './encoding.ts';
import { withCharacters } from './html-entities.ts';
import { cellText } from './sheet-cells.ts';

/** What the thread is asked for, and what it says; after each block of rows it waits to be told to go on. */
export interface SheetWork {
  readonly path: string;
  readonly kind: 'xlsx' | 'xls' | 'html';
  /** The rows of the sheet, or what the other sheets with anything in them are called. */
  readonly tells: 'rows' | 'others';
  /** From 0. */
  readonly sheet: number;
}
export type SheetRows = readonly (readonly [line: number, ...cells: (string | null)[]])[];
export type SheetMessage =
  | { readonly rows: SheetRows }
  | { readonly others: readonly string[] }
  | { readonly ended: 'whole' | 'too-large' }
  | { readonly failed: string };

const BLOCK = 512;
/** Rows of a sheet, by Excel's own limit, and places of cells, empty ones too. */
const MOST_ROWS = 1_048_576;
const MOST_CELLS = 250_000_000;

type Row = readonly unknown[];

async function* rowsOf({ path, kind, sheet }: SheetWork): AsyncGenerator<readonly [index: number, cells: Row]> {
  const bytes = await readFile(path);
  if (kind === 'xlsx') {
    const { streamXlsxRows } = await import('hucre/xlsx');
    for await (const { index, values } of streamXlsxRows(bytes, { sheet })) yield [index, values];
    return;
  }
  const { fromHtml, readXls } = await import('hucre');
  const rows = kind === 'xls' ? (await readXls(bytes)).sheets[sheet]?.rows : htmlRows(bytes, fromHtml);
  for (const [index, cells] of (rows ?? []).entries()) if (cells) yield [index, cells];
}

async function othersOf({ path, kind, sheet }: SheetWork): Promise<string[]> {
  if (kind === 'html') return [];
  const bytes = await readFile(path);
  const isFilled = (row: Row | undefined) => row?.some((cell) => cellText(cell) !== null) === true;
  if (kind === 'xls') {
    const { readXls } = await import('hucre');
    const { sheets } = await readXls(bytes);
    return sheets.flatMap(({ name, rows }, index) => (index !== sheet && rows.some(isFilled) ? [name] : []));
  }
  const { readXlsx, streamXlsxRows } = await import('hucre/xlsx');
  const names: string[] = [];
  const keepName = ({ name, index }: { readonly name: string; readonly index: number }) => {
    if (index !== sheet) names.push(name);
    return false;
  };
  await readXlsx(bytes, { sheets: keepName });
  const filled: string[] = [];
  for (const name of names)
    for await (const { values } of streamXlsxRows(bytes, { sheet: name }))
      if (isFilled(values)) {
        filled.push(name);
        break;
      }
  return filled;
}

/** The reader ends at markup that it cannot follow: as many rows must come out as the page has. */
function htmlRows(bytes: Buffer, fromHtml: typeof import('hucre')['fromHtml']): readonly Row[] {
  const html = (isUtf8(bytes) ? bytes : fromWindows1252(bytes)).toString('utf8');
  const { rows } = fromHtml(withCharacters(html), { typeInference: false, classes: false });
  const expected = html.match(/<tr[\s>]/gi)?.length ?? 0;
  if (rows.length !== expected) throw new Error(`${rows.length} of ${expected} rows`);
  return rows;
}

async function work(port: NonNullable<typeof parentPort>): Promise<void> {
  const say = (message: SheetMessage) => port.postMessage(message);
  if ((workerData as SheetWork).tells === 'others') {
    say({ others: await othersOf(workerData as SheetWork) });
    return say({ ended: 'whole' });
  }
  let block: [number, ...(string | null)[]][] = [];
  let rows = 0;
  let cells = 0;
  const give = async (): Promise<void> => {
    const next = new Promise((resolve) => port.once('message', resolve));
    say({ rows: block });
    block = [];
    await next;
  };
  for await (const [index, values] of rowsOf(workerData as SheetWork)) {
    rows++;
    cells += values.length;
    if (rows > MOST_ROWS || cells > MOST_CELLS) {
      say({ ended: 'too-large' });
      return;
    }
    block.push([index + 1, ...Array.from(values, cellText)]);
    if (block.length === BLOCK) await give();
  }
  if (block.length > 0) await give();
  say({ ended: 'whole' });
}

if (parentPort) {
  const port = parentPort;
  work(port)
    .catch((error: unknown) => port.postMessage({ failed: error instanceof Error ? error.message : String(error) }))
    .finally(() => port.close());
}
