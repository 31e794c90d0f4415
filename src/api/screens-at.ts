import type { FastifyInstance } from 'fastify';
import type { Call } from './route.ts';

/** Where the screens are served from, as this machine reaches them; null where they are not. */
export type ScreensAt = () => string | null;

/** The screens' address as the one who asks reaches them: a command asks over no network, so by its own it cannot. */
export function originOf({ app, request }: Pick<Call, 'app' | 'request'>): string {
  const asked = request.socket.remoteAddress === undefined ? null : `${request.protocol}://${request.host}`;
  return asked ?? (app.config.url || screensAt(request.server) || `${request.protocol}://${request.host}`);
}

/** The address at which this process serves screens, or null when nothing listens. */
export function screensAt({ server }: FastifyInstance): string | null {
  const address = server.address();
  if (address === null || typeof address === 'string') return null;
  const { address: host, port, family } = address;
  const here = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${family === 'IPv6' && here.includes(':') ? `[${here}]` : here}:${port}`;
}
