import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import { RamalError } from '../../kernel/errors.ts';
import type { SourceFile } from '../source-file.ts';
import { type FileKind, fileKind } from './file-kind.ts';
import type { SheetMessage, SheetWork } from './sheet-thread.ts';
import { refuseBursting, zipDirectory } from './zip-directory.ts';

export interface SheetRow {
  /** Row of the sheet, from 1. */
  readonly line: number;
  readonly cells: readonly (string | null)[];
}

/** Megabytes that reading a sheet may take: a file made to take more ends its thread, not the process. */
const THREAD_MB = 1536;
/** Bytes of a page and of a workbook: they are read whole. */
const LARGEST_PAGE = 64_000_000;
const LARGEST_WORKBOOK = 500_000_000;

/**
 * The rows of one sheet (from 1) of a workbook, or of the table of a page saved with a workbook's name; cells as text:
 * dates in ISO form, times of day as hh:mm:ss. What it is, is told by its content. Read in a thread of bounded memory.
 * @throws RamalError `fileDamaged` when it is no workbook, `fileTooLarge` when it would burst, and as {@link fileKind}.
 */
export async function* readSheet(file: SourceFile, sheet = 1): AsyncGenerator<SheetRow> {
  const work: SheetWork = { path: file.path, kind: await sheetKind(file), sheet: sheet - 1, tells: 'rows' };
  for await (const message of said(file, work))
    if ('rows' in message) for (const [line, ...cells] of message.rows) yield { line, cells };
}

/**
 * What the sheets of a workbook besides one (from 1) are called, of those that hold anything; none of any other file.
 * @throws RamalError as {@link readSheet}.
 */
export async function otherSheets(file: SourceFile, sheet = 1): Promise<readonly string[]> {
  const kind = /\.(gz|bz2)$/i.test(file.name) ? 'text' : await fileKind(file);
  if (kind !== 'xlsx' && kind !== 'xls') return [];
  const work: SheetWork = { path: file.path, kind: await sheetKind(file), sheet: sheet - 1, tells: 'others' };
  for await (const message of said(file, work)) if ('others' in message) return message.others;
  return [];
}

/** What the thread says, until it has said all. */
async function* said(file: SourceFile, work: SheetWork): AsyncGenerator<SheetMessage> {
  const thread = new Worker(new URL('./sheet-thread.ts', import.meta.url), {
    workerData: work,
    resourceLimits: { maxOldGenerationSizeMb: THREAD_MB },
  });
  try {
    for await (const [message] of on(thread, 'message', { close: ['exit'] }) as AsyncIterable<[SheetMessage]>) {
      if ('failed' in message) {
        const cause = new Error(message.failed);
        if (/unsupported xls version/i.test(message.failed)) throw tooOld(file, cause);
        throw damaged(file, cause);
      }
      if ('ended' in message) {
        if (message.ended === 'whole') return;
        throw new RamalError('fileTooLarge', { file: file.name, what: 'a planilha tem células demais' });
      }
      yield message;
      thread.postMessage('next');
    }
    throw damaged(file, new Error('the thread ended early'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_WORKER_OUT_OF_MEMORY') throw error;
    const what = `abrir a planilha pede mais de ${THREAD_MB} MB`;
    throw new RamalError('fileTooLarge', { file: file.name, what }, error);
  } finally {
    await thread.terminate();
  }
}

async function sheetKind(file: SourceFile): Promise<SheetWork['kind']> {
  const kind: FileKind = await fileKind(file);
  if (file.bytes > (kind === 'html' ? LARGEST_PAGE : LARGEST_WORKBOOK))
    throw new RamalError('fileTooLarge', {
      file: file.name,
      what: `${Math.round(file.bytes / 1e6)} MB é mais do que se lê de uma planilha`,
    });
  if (kind === 'xlsx') refuseBursting(await zipDirectory(file), file);
  if (kind === 'xlsx' || kind === 'xls' || kind === 'html') return kind;
  throw damaged(file, null);
}

function tooOld(file: SourceFile, cause: Error): RamalError {
  const what = 'uma planilha de Excel anterior ao 97';
  return new RamalError('fileForeign', { file: file.name, what, todo: 'Abra no Excel e salve como XLSX' }, cause);
}

function damaged(file: SourceFile, cause: Error | null): RamalError {
  const what = 'não é uma planilha XLSX ou XLS inteira (ou a fonte não é esta)';
  return new RamalError('fileDamaged', { file: file.name, what }, cause ?? undefined);
}
