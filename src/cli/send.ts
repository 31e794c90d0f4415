import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { RamalError } from '../kernel/errors.ts';
import type { Client } from './client.ts';
import { whole } from './shown.ts';
import { textTable } from './terminal.ts';

/** What the API tells of a file written by a layout of sending. */
export interface SentFile {
  readonly file: string | null;
  readonly layout: string;
  readonly version: number;
  readonly rows: number;
  readonly lines: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly leftOut: number;
  readonly duplicate: number;
  readonly refused: number;
  readonly refusals: readonly { batch: number; line: number; field: string; why: string }[];
  readonly truncated: readonly { field: string; rows: number }[];
}

/** What `export WHAT --layout NAME[@VERSION]` asks for. */
export function sendRequest(what: string | undefined, text = '') {
  const [, layout = text, version] = /^([a-z0-9-]+)(?:@(\d+))?$/.exec(text) ?? [];
  return { layout, ...(what ? { what } : {}), ...(version ? { version: Number(version) } : {}) };
}

/** @throws RamalError `usage` when there is no path, or a file at it and no leave to replace it. */
export function placeToWrite(out: string | undefined, yes: boolean | undefined): string {
  if (!out) throw new RamalError('usage', { what: 'Falta --out', todo: 'Diga onde gravar: --out CAMINHO' });
  const path = resolve(out);
  if (existsSync(path) && !yes)
    throw new RamalError('usage', { what: `${path} já existe`, todo: 'Repita com --yes para substituí-lo' });
  if (!existsSync(dirname(path)))
    throw new RamalError('usage', { what: `A pasta ${dirname(path)} não existe`, todo: 'Crie-a ou escolha outra' });
  return path;
}

/**
 * Brings a written file to its place, whole or not at all: into a file beside it, on disk, then under its name.
 * @throws RamalError `unexpected` when other bytes came than were written.
 */
export async function bring(client: Client, sent: SentFile, path: string): Promise<void> {
  const part = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
  const hash = createHash('sha256');
  try {
    const file = await open(part, 'wx', 0o600);
    try {
      for await (const bytes of await client.stream(`/api/send/files/${sent.file}`)) {
        hash.update(bytes as Buffer);
        await file.write(bytes as Buffer);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    if (hash.digest('hex') !== sent.sha256)
      throw new RamalError('unexpected', { what: 'o arquivo não chegou inteiro' });
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** A file that was written, or the rows that kept it from being. */
export function sentText(sent: SentFile, path: string): string {
  if (sent.file === null) {
    const rows = sent.refusals.map(({ batch, line, field, why }) => ({
      lote: batch,
      linha: line,
      campo: field,
      motivo: why,
    }));
    return `Nada foi gravado: ${whole(sent.refused)} linhas não cabem no layout ${sent.layout}.\n\n${textTable(rows)}`;
  }
  const cut = sent.truncated.map(({ field, rows }) => `cortado: ${field}, em ${whole(rows)} linhas`);
  return [
    `Gravado em ${path}: ${whole(sent.rows)} registros, ${whole(sent.bytes)} bytes, SHA-256 ${sent.sha256}`,
    `deixadas de fora ${whole(sent.leftOut)}, repetidas ${whole(sent.duplicate)}`,
    ...cut,
  ].join('\n');
}
