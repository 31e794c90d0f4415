import { zipOf } from './zip.ts';

const RELS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const xml = (text: string) => Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${text}`);

interface Parts {
  /** The XML of the sheet's rows, whole or in pieces that are joined. */
  readonly rows?: string | Buffer;
  /** The XML of the shared strings, and what stands before its root. */
  readonly strings?: string | Buffer;
  readonly prologue?: string;
  /** What the ZIP says that a part takes. */
  readonly says?: Readonly<Record<string, number>>;
  readonly more?: Parameters<typeof zipOf>[0];
}

/** A workbook of one sheet put together by hand, to hold what no writer writes. */
export function workbookOf({ rows = '', strings = '', prologue = '', says = {}, more = [] }: Parts): Buffer {
  const sheet = (text: string) =>
    `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${text}</sheetData></worksheet>`;
  const parts = [
    [
      '[Content_Types].xml',
      xml(`<Types xmlns="${PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`),
    ],
    [
      '_rels/.rels',
      xml(
        `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      ),
    ],
    [
      'xl/workbook.xml',
      xml(`<workbook xmlns:r="${RELS}"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>`),
    ],
    [
      'xl/_rels/workbook.xml.rels',
      xml(
        `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${RELS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
      ),
    ],
    ['xl/sharedStrings.xml', Buffer.concat([xml(`${prologue}<sst>`), Buffer.from(strings), Buffer.from('</sst>')])],
    [
      'xl/worksheets/sheet1.xml',
      typeof rows === 'string'
        ? xml(sheet(rows))
        : Buffer.concat([xml(sheet('').split('</sheetData>')[0]!), rows, Buffer.from('</sheetData></worksheet>')]),
    ],
  ] as const;
  return zipOf([
    ...parts.map(([name, content]) => ({ name, content, ...(says[name] === undefined ? {} : { says: says[name] }) })),
    ...more,
  ]);
}
