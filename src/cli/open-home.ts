import type { Readable } from 'node:stream';
import { openApp } from '../api/app.ts';
import { createServerOf } from '../api/server.ts';
import { systemClock } from '../kernel/clock.ts';
import type { Config } from '../kernel/config.ts';
import { answer, type Client } from './client.ts';

/** Opens the home for one command, which asks the API inside this process. */
export async function openHome(config: Config, version: string): Promise<Client> {
  const app = await openApp(config, systemClock, version);
  const { fastify, localHeaders } = await createServerOf(app, null);
  return {
    async json<T>(method: 'GET' | 'POST' | 'DELETE', url: string, body?: unknown): Promise<T> {
      const response = await fastify.inject({
        method,
        url,
        headers: localHeaders,
        ...(body === undefined ? {} : { payload: body as object }),
      });
      return answer<T>(response.statusCode, response.payload);
    },
    async stream(url: string, body?: unknown): Promise<Readable> {
      const asked =
        body === undefined ? { method: 'GET' as const } : { method: 'POST' as const, payload: body as object };
      const response = await fastify.inject({ ...asked, url, headers: localHeaders, payloadAsStream: true });
      if (response.statusCode >= 400) {
        const parts: Buffer[] = [];
        for await (const part of response.stream()) parts.push(part as Buffer);
        answer(response.statusCode, Buffer.concat(parts).toString('utf8'));
      }
      return response.stream();
    },
    async close() {
      await fastify.close();
      await app.close();
    },
  };
}
