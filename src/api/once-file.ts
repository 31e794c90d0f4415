import { createReadStream, existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyReply } from 'fastify';
import { RamalError } from '../kernel/errors.ts';
import type { App } from './app.ts';

/** Where a job leaves a file that is fetched once: `kind` says of what, `id` of which job. */
export const oncePath = ({ config }: App, kind: string, id: string): string =>
  join(config.home, 'tmp', `${kind}-${id.replaceAll(/[^\w-]/g, '')}`);

/** Such a file, which is forgotten once it is read. @throws RamalError `notFound`. */
export function onceFile(
  app: App,
  reply: FastifyReply,
  file: { kind: string; id: string; type: string; what: string },
) {
  const path = oncePath(app, file.kind, file.id);
  if (!existsSync(path))
    throw new RamalError('notFound', { what: file.what, received: file.id, todo: 'Peça de novo.' });
  const taken = `${path}.lido`;
  renameSync(path, taken);
  const stream = createReadStream(taken);
  stream.once('close', () => rmSync(taken, { force: true }));
  reply.type(file.type);
  return stream;
}
