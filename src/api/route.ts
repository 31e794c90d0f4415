import type { FastifyReply, FastifyRequest } from 'fastify';
import type { TSchema } from 'typebox';
import type { Audience, User } from '../access/roles.ts';
import type { App } from './app.ts';

/** What a handler is given: the request's checked parts and who asks. */
export interface Call {
  readonly app: App;
  readonly user: User;
  readonly params: Record<string, string>;
  readonly query: Record<string, unknown>;
  readonly body: unknown;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** One address of the API: for whom, what it takes, what it gives. A route without an audience does not compile. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  readonly audience: Audience;
  /** What it is for, in one sentence. */
  readonly summary: string;
  readonly query?: TSchema;
  readonly body?: TSchema;
  readonly response?: TSchema;
  readonly status?: number;
  readonly handler: (call: Call) => Promise<unknown>;
}

export function route(definition: Route): Route {
  return definition;
}
