import type { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import type { Reporting } from '../reports/reporting.ts';
import { csvStream, type ReportTable } from '../reports/table-file.ts';
import type { Ordered } from '../reports/table-rows.ts';
import { FILE_WORDS, type FileLang, missingWord } from '../reports/words.ts';
import { workbookStream } from '../reports/workbook.ts';
import type { Call } from './route.ts';
import { originOf } from './screens-at.ts';

/** What the address of any file may say besides its format. */
export const FILE_QUERY = {
  lang: Type.Optional(Type.Union([Type.Literal('pt'), Type.Literal('en')], { description: 'Língua do arquivo' })),
  screen: Type.Optional(
    Type.String({ pattern: '^/(?![/\\\\])\\S*$', description: 'Caminho da tela de onde se baixa, citado no arquivo' }),
  ),
};

/** The format, when a file is asked for. */
export function fileFormat({ query }: Call): 'csv' | 'xlsx' | null {
  return query.format === 'csv' || query.format === 'xlsx' ? query.format : null;
}

export function fileLang({ query }: Call): FileLang {
  return query.lang === 'en' ? 'en' : 'pt';
}

/** What a file is made from, for the call that asks for it. */
export function reporting(call: Call): Reporting {
  return { ...call.app, lang: fileLang(call), screen: screenOf(call) };
}

/** How the rows of a file are found and sorted, as its address says. */
export function ordered({ sort, search }: Call['query']): Ordered {
  return { sort: sort as string | undefined, search: search as string | undefined };
}

/** The address of the screen that the file was asked from, when it is known. */
function screenOf(call: Call): string | null {
  return call.query.screen === undefined ? null : `${originOf(call)}${call.query.screen}`;
}

/** Answers with a table as a file; the download is recorded. */
export async function sendTable(
  call: Call,
  format: 'csv' | 'xlsx',
  { about, ...sent }: Omit<ReportTable, 'title'>,
): Promise<FastifyReply> {
  const { app, user, reply } = call;
  const lang = fileLang(call);
  const missingLabel = missingWord(app.config.missingLabel, lang);
  await app.audit.record(user, 'export', sent.name, { format });
  if (format === 'csv') {
    nameFile(reply, `${sent.name}.csv`);
    return reply.type('text/csv; charset=utf-8').send(csvStream({ ...sent, lang, missingLabel, about: [] }));
  }
  const sheet = { ...sent, name: FILE_WORDS[lang].sheets.data };
  return sendWorkbook(call, sent.name, workbookStream({ lang, missingLabel, about: await about(), sheets: [sheet] }));
}

/** Answers with a workbook. */
export function sendWorkbook({ reply }: Call, name: string, workbook: Readable): FastifyReply {
  nameFile(reply, `${name}.xlsx`);
  return reply.type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet').send(workbook);
}

export function nameFile(reply: FastifyReply, name: string): void {
  reply.header('content-disposition', `attachment; filename="${name}"`);
}
