import { createHash } from 'node:crypto';
import { createReadStream, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { RamalError } from '../kernel/errors.ts';
import { chunkOf, unpacked } from './readers/unpack.ts';

/** A file as it was when intake looked at it first. */
export interface SourceFile {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  readonly changedMs: number;
}

const PARTIAL = /\.(part|partial|tmp|filepart|crdownload)$/i;

/**
 * Looks at a file before it is read.
 * @throws RamalError `fileMissing`, `fileIsFolder`, `fileEmpty`, or `fileGrowing` when its size still changes.
 */
export async function lookAtFile(path: string, settleMs = 250): Promise<SourceFile> {
  const file = basename(path);
  const first = await look(path);
  if (first.isDirectory()) throw new RamalError('fileIsFolder', { file: path });
  if (!first.isFile()) throw new RamalError('fileMissing', { file: path });
  if (PARTIAL.test(path)) throw new RamalError('fileGrowing', { file });
  if (Date.now() - first.mtimeMs < 2000) {
    await pause(settleMs);
    const second = await look(path);
    if (second.size !== first.size || second.mtimeMs !== first.mtimeMs) throw new RamalError('fileGrowing', { file });
  }
  if (first.size === 0) throw new RamalError('fileEmpty', { file });
  return { path, name: file, bytes: first.size, changedMs: first.mtimeMs };
}

/** @throws RamalError `fileGrowing` when the file is no longer what {@link lookAtFile} saw. */
export async function checkUnchanged(file: SourceFile): Promise<void> {
  const now = await look(file.path);
  if (now.size !== file.bytes || now.mtimeMs !== file.changedMs)
    throw new RamalError('fileGrowing', { file: file.name });
}

/** The file's bytes, `.gz`, `.bz2` and the one file of a `.zip` unpacked; each packed byte read is reported. */
export async function* readBytes(file: SourceFile, onRead: (bytes: number) => void = () => {}): AsyncGenerator<Buffer> {
  const stream = await unpacked(file, onRead);
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (cause) {
    if (cause instanceof RamalError || (cause as NodeJS.ErrnoException).syscall) throw cause;
    const what = `não foi possível descompactar`;
    throw new RamalError('fileDamaged', { file: file.name, what }, cause);
  } finally {
    stream.destroy();
  }
}

/** Bytes that tell how a file is written. */
export const HEAD_BYTES = 1 << 20;

/** The first bytes of the unpacked file. */
export async function readHead(file: SourceFile, bytes = HEAD_BYTES): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of readBytes(file)) {
    parts.push(chunk);
    length += chunk.length;
    if (length >= bytes) break;
  }
  return Buffer.concat(parts).subarray(0, bytes);
}

/** SHA-256 of the file as received, in hexadecimal. */
export async function hashFile(file: SourceFile): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file.path, { highWaterMark: chunkOf(file) })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function look(path: string): Promise<Stats> {
  try {
    return await stat(path);
  } catch (cause) {
    throw new RamalError('fileMissing', { file: path }, cause);
  }
}
