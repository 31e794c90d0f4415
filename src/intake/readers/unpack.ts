import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, Readable, Transform } from 'node:stream';
import { createGunzip, createInflateRaw } from 'node:zlib';
import bunzip2 from 'unbzip2-stream';
import { RamalError } from '../../kernel/errors.ts';
import type { SourceFile } from '../source-file.ts';
import { FREE_BYTES, MOST_RATIO, zipDirectory } from './zip-directory.ts';

const CHUNK = 1 << 20;
const LOCAL = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;

/**
 * The bytes of a file as a stream, `.gz`, `.bz2` and the one file of a `.zip` unpacked; each packed byte read is told.
 * The stream ends with `fileTooLarge` when it grows as no text does.
 */
export async function unpacked(file: SourceFile, onRead: (bytes: number) => void): Promise<Readable> {
  const told = (packed: Readable) => packed.on('data', (chunk: Buffer) => onRead(chunk.length));
  // The reader of the stream meets its errors; the callbacks keep a stream that is left early from throwing into the void.
  if (/\.zip$/i.test(file.name)) {
    const { start, end, deflated } = await onlyEntry(file);
    const packed = told(createReadStream(file.path, { start, end, highWaterMark: chunkOf(file) }));
    return deflated ? pipeline(packed, createInflateRaw(), grownAtMost(file), () => {}) : packed;
  }
  const packed = told(createReadStream(file.path, { highWaterMark: chunkOf(file) }));
  if (/\.gz$/i.test(file.name)) return pipeline(packed, createGunzip(), grownAtMost(file), () => {});
  if (!/\.bz2$/i.test(file.name)) return packed;
  const whole = new Readable().wrap(packed.pipe(bunzip2()));
  packed.on('error', (error) => whole.destroy(error));
  whole.on('close', () => packed.destroy());
  return pipeline(whole, grownAtMost(file), () => {});
}

/** Bytes read at a time: no more than a small file has, as what is set aside and not used costs as much. */
export function chunkOf({ bytes }: Pick<SourceFile, 'bytes'>): number {
  return Math.min(CHUNK, bytes + 1);
}

function grownAtMost(file: SourceFile): Transform {
  const most = Math.max(FREE_BYTES, file.bytes * MOST_RATIO);
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      const what = `cresce mais de ${MOST_RATIO} vezes ao ser descompactado`;
      done(bytes > most ? new RamalError('fileTooLarge', { file: file.name, what }) : null, chunk);
    },
  });
}

/** Where the packed bytes of the only file of a ZIP stand. */
async function onlyEntry(file: SourceFile): Promise<{ start: number; end: number; deflated: boolean }> {
  const entries = (await zipDirectory(file)).filter(({ name }) => !/\/$|^__MACOSX\//.test(name));
  const [entry] = entries;
  const other = (what: string) =>
    new RamalError('fileForeign', { file: file.name, what, todo: 'Extraia e envie um por um' });
  if (!entry || entries.length > 1) throw other(`um pacote ZIP de ${entries.length} arquivos`);
  if (entry.encrypted) throw new RamalError('filePassword', { file: file.name });
  if (/\.(zip|gz|bz2|7z|rar|xlsx?|parquet)$/i.test(entry.name)) throw other('um pacote ZIP sem texto dentro');
  if (entry.packed === 0) throw new RamalError('fileEmpty', { file: file.name });
  const header = Buffer.alloc(30);
  const handle = await open(file.path, 'r');
  try {
    await handle.read(header, 0, header.length, entry.offset);
  } finally {
    await handle.close();
  }
  const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const readable = header.readUInt32LE(0) === LOCAL && [STORED, DEFLATED].includes(entry.method);
  if (!readable || start + entry.packed > file.bytes)
    throw new RamalError('fileDamaged', { file: file.name, what: 'não foi possível descompactar' });
  return { start, end: start + entry.packed - 1, deflated: entry.method === DEFLATED };
}
