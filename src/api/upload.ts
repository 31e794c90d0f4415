import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FastifyRequest } from 'fastify';
import { receivedName } from '../intake/received-name.ts';
import { RamalError } from '../kernel/errors.ts';

/** Keeps an uploaded file in a folder of its own, under a name that is only a name. */
export async function keepUpload(folder: string, request: FastifyRequest): Promise<string> {
  const upload = await request.file();
  if (!upload) throw new RamalError('usage', { what: 'Nenhum arquivo no envio', todo: 'Envie o campo file' });
  mkdirSync(folder, { recursive: true });
  const path = join(folder, receivedName(upload.filename));
  try {
    await pipeline(upload.file, createWriteStream(path, { mode: 0o600 }));
    if (upload.file.truncated)
      throw new RamalError('usage', { what: 'O arquivo passa do tamanho permitido', todo: 'Use ramal intake' });
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return path;
}
