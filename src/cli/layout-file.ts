import { readFileSync } from 'node:fs';
import { RamalError } from '../kernel/errors.ts';
import type { Client } from './client.ts';

/** Registers the layout of a file, of intake or of sending: the latter says what it takes. */
export async function addLayout(client: Client, path: string): Promise<{ registered: object; text: string }> {
  const layout = jsonFile(path);
  if (Object.hasOwn(Object(layout), 'takes')) {
    const sent = await client.json<{ name: string; version: number }>('POST', '/api/send/layouts', { layout });
    return { registered: sent, text: `Layout de envio ${sent.name} v${sent.version} registrado.` };
  }
  const added = await client.json<{ source: string; version: number }>('POST', '/api/layouts', { layout });
  return { registered: added, text: `Layout ${added.source} v${added.version} registrado.` };
}

/** @throws RamalError `usage` when the file holds no JSON. */
export function jsonFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new RamalError('usage', { what: `${path} não é JSON`, todo: 'Corrija o arquivo' }, cause);
  }
}
