import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Static, TSchema } from 'typebox';
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

type Answered<T> = T extends readonly (infer Item)[]
  ? readonly Answered<Item>[]
  : T extends object
    ? { readonly [Name in keyof T]: Answered<T[Name]> }
    : T;

/** One address of the API: for whom, what it takes, what it gives. A route without an audience does not compile. */
export interface Route<Response extends TSchema = TSchema> {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  readonly audience: Audience;
  /** A GET that programs may ask with a read token; no screen asks it. */
  readonly readToken?: true;
  /** What it is for, in one sentence. */
  readonly summary: string;
  readonly query?: TSchema;
  readonly body?: TSchema;
  readonly response?: Response;
  readonly status?: number;
  /** Gives what `response` says, or has sent a file itself. */
  readonly handler: (call: Call) => Promise<Answered<Static<Response>> | FastifyReply>;
}

/** A route whose handler is held to its response's schema. */
export function route<const Response extends TSchema = TSchema>(definition: Route<Response>): Route {
  return definition as unknown as Route;
}
