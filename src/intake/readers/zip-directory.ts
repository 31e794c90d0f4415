import { open } from 'node:fs/promises';
import { RamalError } from '../../kernel/errors.ts';
import type { SourceFile } from '../source-file.ts';

/** A file inside a ZIP, as its directory tells. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly encrypted: boolean;
  readonly packed: number;
  readonly bytes: number;
  /** Where its local header starts. */
  readonly offset: number;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const END_SIZE = 22;
const ENTRY_SIZE = 46;
const MOST_COMMENT = 65_535;
/** What a directory of files that people send may take. */
const MOST_DIRECTORY = 4_000_000;
const MOST_ENTRIES = 10_000;
const BEYOND_32_BITS = 0xffffffff;
/** A part that is unpacked at once, and all of them together. */
const MOST_PART = 256_000_000;
const MOST_SHEET = 4_000_000_000;
/** Text packs 5 to 30 times, sheets up to some 50; what packs more is made to burst. */
export const MOST_RATIO = 200;
/** What may be unpacked before the ratio counts. */
export const FREE_BYTES = 32_000_000;

/**
 * The directory of a ZIP file, read from its end in bounded memory.
 * @throws RamalError `fileDamaged` when it is none or is not whole.
 */
export async function zipDirectory(file: SourceFile): Promise<ZipEntry[]> {
  const handle = await open(file.path, 'r');
  try {
    const tail = Buffer.alloc(Math.min(file.bytes, END_SIZE + MOST_COMMENT));
    await handle.read(tail, 0, tail.length, file.bytes - tail.length);
    let end = tail.length - END_SIZE;
    while (end >= 0 && tail.readUInt32LE(end) !== END) end--;
    if (end < 0) throw damaged(file, 'o pacote ZIP não tem fim');
    const entries = tail.readUInt16LE(end + 10);
    const size = tail.readUInt32LE(end + 12);
    const start = tail.readUInt32LE(end + 16);
    if (start === BEYOND_32_BITS || size > MOST_DIRECTORY || entries > MOST_ENTRIES)
      throw new RamalError('fileTooLarge', { file: file.name, what: 'o pacote ZIP traz arquivos demais' });
    if (start + size > file.bytes) throw damaged(file, 'o pacote ZIP não está inteiro');
    const directory = Buffer.alloc(size);
    await handle.read(directory, 0, size, start);
    return entriesOf(directory, entries, file);
  } finally {
    await handle.close();
  }
}

function entriesOf(directory: Buffer, count: number, file: SourceFile): ZipEntry[] {
  const entries: ZipEntry[] = [];
  for (let at = 0; entries.length < count; ) {
    if (at + ENTRY_SIZE > directory.length || directory.readUInt32LE(at) !== ENTRY)
      throw damaged(file, 'o diretório do pacote ZIP não está inteiro');
    const nameSize = directory.readUInt16LE(at + 28);
    entries.push({
      name: directory.toString('utf8', at + ENTRY_SIZE, at + ENTRY_SIZE + nameSize),
      method: directory.readUInt16LE(at + 10),
      encrypted: (directory.readUInt16LE(at + 8) & 1) === 1,
      packed: directory.readUInt32LE(at + 20),
      bytes: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
    });
    at += ENTRY_SIZE + nameSize + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

/**
 * Refuses a workbook whose parts would burst: what the directory tells is what the reader unpacks at most.
 * @throws RamalError `fileTooLarge`.
 */
export function refuseBursting(entries: readonly ZipEntry[], file: SourceFile): void {
  const refuse = (what: string) => new RamalError('fileTooLarge', { file: file.name, what });
  let total = 0;
  for (const { name, packed, bytes } of entries) {
    const sheet = /^xl\/worksheets\/[^/]+$/.test(name);
    if (packed > 2 && bytes === 0) throw refuse(`a parte ${shown(name)} não diz o seu tamanho`);
    if (bytes > FREE_BYTES && bytes > packed * MOST_RATIO)
      throw refuse(
        `a parte ${shown(name)} cresce ${Math.round(bytes / Math.max(1, packed))} vezes ao ser descompactada`,
      );
    if (bytes > (sheet ? MOST_SHEET : MOST_PART))
      throw refuse(`a parte ${shown(name)} teria ${Math.round(bytes / 1e6)} MB descompactada`);
    total += bytes;
  }
  if (total > MOST_SHEET) throw refuse(`teria ${Math.round(total / 1e6)} MB descompactado`);
}

/** A name from a package is somebody else's text: only its plain characters are said again. */
function shown(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}._/ -]/gu, '_').slice(-60);
}

function damaged(file: SourceFile, what: string): RamalError {
  return new RamalError('fileDamaged', { file: file.name, what });
}
