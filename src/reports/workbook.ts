import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { type CellKind, cellWords, dayFormat, decimal, type TableFile } from './table-file.ts';
import { FILE_WORDS, type FileLang, MISSING } from './words.ts';

/** Of one sheet, its heading among them (ECMA-376; Excel's own limit). */
const MOST_ROWS = 2 ** 20;
const SHEET_NAME = 31;
const LONGEST_TEXT = 32_767;
const BLOCK = 64 * 1024;
/** A third of the work of the usual 6, for a file a seventh larger (271 MB of a sheet: 0.7 s against 2.2). */
const LEVEL = 3;
/** Rows that tell how wide a column of texts is. */
const LOOKED_AT = 50;
/** Texts remembered at a time. */
const MOST_KEPT = 5000;
/** Days between 30 December 1899, from which sheets count, and 1 January 1970. */
const EPOCH_DAYS = 25_569;
const WIDTHS: Partial<Record<CellKind, number>> = { moment: 21 };
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** A table of a workbook, by the name of its sheet. */
export interface Sheet extends Pick<TableFile, 'columns' | 'rows'> {
  readonly name: string;
}

interface Workbook {
  readonly lang: FileLang;
  readonly missingLabel: string;
  /** Lines of the first sheet. */
  readonly about: TableFile['about'];
  readonly sheets: readonly Sheet[];
  /** Rows of a sheet, after which another one goes on. */
  readonly most?: number;
}

/** The kinds that have a format of their own, in the order of their styles; style 0 is none, 1 wraps, 2 leads. */
const FORMATTED = ['integer', 'code', 'number', 'ratio', 'seconds', 'day', 'hour', 'moment'] as const;
const FIRST_STYLE = 3;
const styleOf = (kind: CellKind): number => {
  const at = (FORMATTED as readonly CellKind[]).indexOf(kind);
  return at < 0 ? 0 : FIRST_STYLE + at;
};

/**
 * The tables as XLSX (ECMA-376): a sheet about them, then one a table, with native numbers and dates, header frozen,
 * filter on. Rows are taken as the stream is read: memory does not grow with them.
 */
export function workbookStream(workbook: Workbook): Readable {
  const zip = new ZipFile();
  const out = zip.outputStream as unknown as Readable;
  // Rows may come from a lent connection: a reader who leaves gives it back.
  const opened: Cursor[] = [];
  out.once('close', () => {
    for (const { source } of opened) source.return?.().catch(() => {});
  });
  const open = async (rows: Sheet['rows']) => {
    const cursor: Cursor = { source: rows[Symbol.asyncIterator](), block: [], at: 0, done: false };
    opened.push(cursor);
    await fill(cursor);
    return cursor;
  };
  writeParts(zip, workbook, async (rows) => (out.destroyed ? null : open(rows))).catch((error: Error) =>
    out.destroy(error),
  );
  return out;
}

async function writeParts(
  zip: ZipFile,
  { lang, missingLabel, about, sheets, most = MOST_ROWS }: Workbook,
  open: (rows: Sheet['rows']) => Promise<Cursor | null>,
) {
  const names: string[] = [];
  const add = (path: string, text: string) => zip.addBuffer(Buffer.from(HEAD + text), path);
  const addSheet = (name: string, xml: AsyncIterable<string> | Iterable<string>) => {
    names.push(name);
    return whole(zip, `xl/worksheets/sheet${names.length}.xml`, xml);
  };
  // How many sheets there will be is known last; what says so of each would have to come first, so it is the default.
  add(
    '[Content_Types].xml',
    `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="${TYPES}.worksheet+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/></Types>`,
  );
  add('_rels/.rels', relations([['officeDocument', 'xl/workbook.xml']]));
  const links = linksOf(about);
  if (links.length > 0)
    add(
      'xl/worksheets/_rels/sheet1.xml.rels',
      relations(
        links.map(({ target }) => ['hyperlink', target] as const),
        'External',
      ),
    );
  await addSheet(FILE_WORDS[lang].sheets.about, aboutXml(about, links));
  for (const { name, columns, rows } of sheets) {
    const cursor = await open(rows);
    if (cursor === null) return;
    do {
      const title = sheetName(name, names);
      await addSheet(title, sheetXml(columns, cursor, { lang, missingLabel, most }));
    } while (!cursor.done);
  }
  add('xl/styles.xml', stylesXml(lang));
  add(
    'xl/workbook.xml',
    `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><bookViews><workbookView activeTab="${names.length > 1 ? 1 : 0}"/></bookViews><sheets>${names
      .map((name, index) => `<sheet name="${escaped(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`)
      .join('')}</sheets></workbook>`,
  );
  add(
    'xl/_rels/workbook.xml.rels',
    relations([
      ...names.map((_, index) => ['worksheet', `worksheets/sheet${index + 1}.xml`] as const),
      ['styles', 'styles.xml'],
    ]),
  );
  zip.end();
}

/** Adds a part and waits until it is written. */
function whole(zip: ZipFile, path: string, xml: AsyncIterable<string> | Iterable<string>): Promise<void> {
  const stream = Readable.from(encoded(xml), { objectMode: false });
  return new Promise((resolve, reject) => {
    stream.once('end', resolve).once('error', reject);
    zip.addReadStreamLazy(path, { compressionLevel: LEVEL }, (done) => done(null, stream));
  });
}

/** Pieces of text as blocks that are worth compressing. */
async function* encoded(xml: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Buffer> {
  let text = HEAD;
  for await (const piece of xml) {
    text += piece;
    if (text.length < BLOCK) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(text);
}

/** Where the rows of a table stand: read so far, and whether there are more. */
interface Cursor {
  readonly source: AsyncIterator<readonly (readonly unknown[])[]>;
  block: readonly (readonly unknown[])[];
  at: number;
  done: boolean;
}

/** Has a row at hand, or knows that there is none. */
async function fill(cursor: Cursor): Promise<void> {
  while (cursor.at >= cursor.block.length && !cursor.done) {
    const next = await cursor.source.next();
    cursor.block = next.done ? [] : next.value;
    cursor.at = 0;
    cursor.done = next.done === true;
  }
}

interface Written {
  readonly lang: FileLang;
  readonly missingLabel: string;
  readonly most: number;
}

async function* sheetXml(columns: TableFile['columns'], cursor: Cursor, { lang, missingLabel, most }: Written) {
  const letters = columns.map((_, index) => columnName(index));
  const styles = columns.map(({ kind }) => styleOf(kind));
  const kinds = columns.map(({ kind }) => kind);
  const some = cursor.block.slice(cursor.at, cursor.at + LOOKED_AT);
  const widths = columns.map(({ name, kind }, index) => {
    const longest = kind === 'text' ? Math.max(0, ...some.map((row) => String(row[index] ?? '').length + 2)) : 0;
    // A heading leaves room for the button of its filter.
    return Math.min(40, Math.max(WIDTHS[kind] ?? 12, name.length + 4, longest));
  });
  yield `<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths
    .map((width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`)
    .join('')}</cols><sheetData><row r="1">${columns
    .map(({ name }, index) => textCell(`${letters[index]}1`, 2, name))
    .join('')}</row>`;
  let last = 1;
  while (last < most) {
    await fill(cursor);
    if (cursor.done) break;
    let text = '';
    // A block's rows as one text would be megabytes, which the engine keeps until it cleans all of its memory.
    for (; cursor.at < cursor.block.length && last < most && text.length < BLOCK; cursor.at++) {
      const row = cursor.block[cursor.at]!;
      last++;
      text += `<row r="${last}">`;
      for (let index = 0; index < letters.length; index++)
        text += cellXml(row[index], kinds[index]!, `${letters[index]}${last}`, styles[index]!, lang, missingLabel);
      text += '</row>';
    }
    yield text;
  }
  await fill(cursor);
  yield `</sheetData><autoFilter ref="A1:${letters.at(-1) ?? 'A'}${last}"/></worksheet>`;
}

function cellXml(value: unknown, kind: CellKind, at: string, style: number, lang: FileLang, missing: string): string {
  if (value === null || value === undefined) return '';
  const number = (size: number) => (Number.isFinite(size) ? `<c r="${at}" s="${style}"><v>${size}</v></c>` : '');
  switch (kind) {
    case 'day':
      return number(daysOf(String(value).slice(0, 10)));
    case 'moment':
      return number(daysOf(String(value).slice(0, 10)) + secondsOf(String(value)) / 86_400);
    case 'seconds':
      return number(Math.round(Number(value)) / 86_400);
    case 'hour':
      return number(Number(value) / 24);
    case 'number':
    case 'ratio':
      return number(Number(decimal(Number(value), kind)));
    case 'integer':
    case 'code':
      return number(Number(value));
    case 'boolean':
      return textCell(at, style, cellWords(value, lang));
    default:
      return textCell(at, style, value === MISSING ? missing : String(value));
  }
}

function textCell(at: string, style: number, text: string): string {
  return `<c r="${at}"${style > 0 ? ` s="${style}"` : ''} t="inlineStr">${inlineText(text)}</c>`;
}

const inlineText = remembered((whole) => {
  const text = whole.length > LONGEST_TEXT ? `${whole.slice(0, LONGEST_TEXT - 1)}…` : whole;
  return `<is><t xml:space="preserve">${escaped(text)}</t></is>`;
});

/** What was worked out of a text, kept for the next rows: most texts of a table are few. */
function remembered<T>(of: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const kept = known.get(text);
    if (kept !== undefined) return kept;
    if (known.size >= MOST_KEPT) known.clear();
    const made = of(text);
    known.set(text, made);
    return made;
  };
}

/** Days since 30 December 1899 of `2026-11-05`. */
const daysOf = remembered((day) => Date.parse(`${day}T00:00:00Z`) / 86_400_000 + EPOCH_DAYS);

/** Seconds of the day of `2026-11-05T08:07:06`. */
function secondsOf(text: string): number {
  const two = (at: number) => Number(text.slice(at, at + 2));
  return two(11) * 3600 + two(14) * 60 + two(17);
}

interface Link {
  readonly at: string;
  readonly target: string;
}

/** An address among the lines can be followed. */
function linksOf(about: TableFile['about']): Link[] {
  return about.flatMap(([, value], row) =>
    /^https?:\/\/\S+$/.test(value) ? [{ at: `B${row + 1}`, target: value }] : [],
  );
}

function* aboutXml(about: TableFile['about'], links: readonly Link[]) {
  yield `<worksheet xmlns="${MAIN}" xmlns:r="${RELATIONS}"><cols><col min="1" max="1" width="24" customWidth="1"/><col min="2" max="2" width="90" customWidth="1"/></cols><sheetData>`;
  for (const [index, [label, value]] of about.entries())
    yield `<row r="${index + 1}">${textCell(`A${index + 1}`, 1, label)}${textCell(`B${index + 1}`, 1, value)}</row>`;
  yield '</sheetData>';
  if (links.length > 0)
    yield `<hyperlinks>${links.map(({ at }, index) => `<hyperlink ref="${at}" r:id="rId${index + 1}"/>`).join('')}</hyperlinks>`;
  yield '</worksheet>';
}

function stylesXml(lang: FileLang): string {
  const formats: Readonly<Record<(typeof FORMATTED)[number], string>> = {
    integer: '#,##0',
    code: '0',
    number: '#,##0.00',
    ratio: '0.0%',
    seconds: '[h]:mm:ss',
    day: dayFormat(lang),
    hour: 'hh:mm',
    moment: `${dayFormat(lang)} hh:mm:ss`,
  };
  const custom = 164;
  const numbers = FORMATTED.map(
    (kind, index) => `<numFmt numFmtId="${custom + index}" formatCode="${escaped(formats[kind])}"/>`,
  );
  const cells = [
    '<xf/>',
    '<xf applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>',
    '<xf fontId="1" applyFont="1"/>',
    ...FORMATTED.map((_, index) => `<xf numFmtId="${custom + index}" applyNumberFormat="1"/>`),
  ];
  return `<styleSheet xmlns="${MAIN}"><numFmts count="${numbers.length}">${numbers.join('')}</numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="${cells.length}">${cells.join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
}

function relations(all: readonly (readonly [kind: string, target: string])[], mode?: 'External'): string {
  const parts = all.map(
    ([kind, target], index) =>
      `<Relationship Id="rId${index + 1}" Type="${RELATIONS}/${kind}" Target="${escaped(target)}"${mode ? ` TargetMode="${mode}"` : ''}/>`,
  );
  return `<Relationships xmlns="${PACKAGE}/relationships">${parts.join('')}</Relationships>`;
}

/** The name as a sheet may have it: short, of its own, without the signs that Excel refuses. */
function sheetName(name: string, taken: readonly string[]): string {
  const plain =
    name
      .replace(/[[\]:*?/\\]/g, ' ')
      .replace(/^'|'$/g, ' ')
      .trim() || '–';
  for (let number = 1; ; number++) {
    const tail = number === 1 ? '' : ` (${number})`;
    const one = `${plain.slice(0, SHEET_NAME - tail.length).trim()}${tail}`;
    if (!taken.some((other) => other.toLowerCase() === one.toLowerCase())) return one;
  }
}

function columnName(index: number): string {
  return index < 26
    ? String.fromCharCode(65 + index)
    : columnName(Math.floor(index / 26) - 1) + String.fromCharCode(65 + (index % 26));
}

const MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const UNSAFE = /[&<>"\ufffe\uffff]|(?![\t\n\r])\p{Cc}/gu;

/** Text as XML has it; signs that XML cannot hold are left out, and `_x0041_` stays what it is. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/_(?=x[\dA-Fa-f]{4}_)/g, '_x005F_')
    .replace(UNSAFE, (sign) => MARKS[sign] ?? '');
}
