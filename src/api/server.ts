import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import statics from '@fastify/static';
import swagger from '@fastify/swagger';
import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type onRequestAsyncHookHandler,
} from 'fastify';
import { SESSION_COOKIE } from '../access/accounts.ts';
import { admits, CONSOLE, type User } from '../access/roles.ts';
import { RamalError } from '../kernel/errors.ts';
import { asRamalError } from '../kernel/thrown.ts';
import type { App } from './app.ts';
import { CHALLENGE, MOST_READS, readerOf } from './read-token.ts';
import type { Route } from './route.ts';
import { ROUTES } from './routes.ts';
import { strictBody } from './strict-body.ts';

const LARGEST_UPLOAD = 8 * 2 ** 30;
/** How long answers under way may go on once the server closes. */
const LAST_ANSWERS_MS = 2000;
const LOCAL_HEADER = 'x-ramal-local';

/** The HTTP server of a home, and the way the command line reaches it without a login. */
export interface ApiServer {
  readonly fastify: FastifyInstance;
  /** Sent by this process's own commands: whoever owns the home's files administers it. */
  readonly localHeaders: Readonly<Record<string, string>>;
  /** A server for the local socket; each of its requests is local. */
  localServer(): Server;
}

/** @param screens folder of the built screens, or null where nobody looks. */
export async function createServerOf(app: App, screens: string | null): Promise<ApiServer> {
  const fastify = Fastify({
    logger: false,
    bodyLimit: 1 << 20,
    // Where people open the screens at another address, something on this machine passes them on.
    trustProxy: app.config.url === '' ? false : 'loopback',
    ajv: { customOptions: { coerceTypes: 'array', removeAdditional: false } },
    genReqId: () => randomBytes(8).toString('hex'),
    frameworkErrors: (thrown, _request, reply) => sendError(thrown, reply as unknown as FastifyReply),
  });
  const local = randomBytes(24).toString('hex');
  await fastify.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        scriptSrc: ["'self'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        upgradeInsecureRequests: null,
      },
    },
    strictTransportSecurity: false,
  });
  // A browser's connection that never asked anything is not idle to Node: it would be waited for, for a minute.
  fastify.addHook('preClose', async () => {
    setTimeout(() => fastify.server.closeAllConnections(), LAST_ANSWERS_MS).unref();
  });
  await fastify.register(cookie);
  await fastify.register(multipart, { limits: { fileSize: LARGEST_UPLOAD, files: 1 } });
  await fastify.register(rateLimit, {
    global: false,
    keyGenerator: (request) => request.ip || 'local',
    errorResponseBuilder: (_request, { ttl }) => new RamalError('tooOften', { seconds: Math.ceil(ttl / 1000) }),
  });
  await fastify.register(swagger, { openapi: { info: { title: 'Ramal', version: app.version } } });
  fastify.setErrorHandler((thrown, _request, reply) => sendError(thrown, reply));
  // Puts off an address that asks too often with tokens, right or wrong, before they are looked at.
  const limitReads = fastify.rateLimit({
    max: MOST_READS,
    timeWindow: 60_000,
    allowList: ({ headers }) => headers.authorization === undefined,
  });
  for (const route of ROUTES) addRoute(fastify, app, route, { local, limitReads });
  fastify.get('/api/openapi.json', { schema: { hide: true } }, async (request) => {
    if (!(await userOf(app, request, local))) throw new RamalError('notSignedIn');
    return fastify.swagger();
  });
  await addScreens(fastify, screens);
  await fastify.ready();
  return {
    fastify,
    localHeaders: { [LOCAL_HEADER]: local },
    localServer: () =>
      createServer((request, response) => {
        request.headers[LOCAL_HEADER] = local;
        fastify.routing(request, response);
      }),
  };
}

/** Who asked, once the request was admitted: before its body and query are looked at. */
const callers = new WeakMap<FastifyRequest, User | null>();

interface Guards {
  readonly local: string;
  readonly limitReads: onRequestAsyncHookHandler;
}

function addRoute(fastify: FastifyInstance, app: App, route: Route, { local, limitReads }: Guards): void {
  fastify.route({
    method: route.method,
    url: route.url,
    schema: {
      summary: route.summary,
      ...(route.query ? { querystring: route.query } : {}),
      ...(route.body ? { body: strictBody(route.body) } : {}),
      ...(route.response ? { response: { '2xx': route.response } } : {}),
    },
    ...(route.url === '/api/session' && route.method === 'POST'
      ? { config: { rateLimit: { max: 20, timeWindow: 60_000 } } }
      : {}),
    onRequest: [
      ...(route.readToken ? [limitReads] : []),
      async (request, reply) => {
        reply.header('cache-control', 'no-store');
        refuseForeign(request);
        const byToken = route.readToken === true && request.headers.authorization !== undefined;
        const user = byToken ? await readerOf(app, request) : await userOf(app, request, local);
        if (!admits(route.audience, user)) {
          if (user) throw new RamalError('notAllowed', { what: `usar “${route.summary}”` });
          if (!route.readToken) throw new RamalError('notSignedIn');
          reply.header('www-authenticate', CHALLENGE);
          throw new RamalError('tokenRefused');
        }
        if (user?.prints && route.method !== 'GET')
          throw new RamalError('notAllowed', { what: 'mudar nada ao imprimir' });
        callers.set(request, user);
      },
    ],
    handler: async (request, reply) => {
      if (!route.body) refuseFields(request.body);
      const answer = await route.handler({
        app,
        user: callers.get(request) as User,
        params: request.params as Record<string, string>,
        query: request.query as Record<string, unknown>,
        body: request.body,
        request,
        reply,
      });
      if (reply.sent) return reply;
      return reply.code(route.status ?? 200).send(answer);
    },
  });
}

async function userOf(app: App, request: FastifyRequest, local: string): Promise<User | null> {
  if (request.headers[LOCAL_HEADER] === local) return CONSOLE;
  const secret = request.cookies[SESSION_COOKIE];
  return secret ? app.accounts.userOf(secret) : null;
}

/** A change may only be asked for by this server's own pages. */
function refuseForeign(request: FastifyRequest): void {
  const { origin, host } = request.headers;
  if (request.method === 'GET' || !origin) return;
  if (URL.parse(origin)?.host !== host) throw new RamalError('notAllowed', { what: 'agir a partir de outro endereço' });
}

async function addScreens(fastify: FastifyInstance, screens: string | null): Promise<void> {
  const built = screens !== null && existsSync(screens);
  const page = (reply: FastifyReply) => reply.header('cache-control', 'no-cache').sendFile('index.html');
  if (built) {
    await fastify.register(statics, { root: screens, index: false, maxAge: '1h', preCompressed: true });
    fastify.get('/', { schema: { hide: true } }, (_request, reply) => page(reply));
  }
  fastify.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?')[0] ?? '/';
    if (built && request.method === 'GET' && !/^\/(api|assets)\//.test(path)) return page(reply);
    throw new RamalError('notFound', { what: 'endereço', received: `${request.method} ${path}`, todo: '' });
  });
}

/** A request that takes no body is not told anything by one. */
function refuseFields(body: unknown): void {
  const [field] = body !== null && typeof body === 'object' ? Object.keys(body) : [];
  if (field !== undefined) throw unknownField(field);
}

function unknownField(name: string): RamalError {
  return new RamalError('usage', {
    what: `Campo desconhecido: ${name.slice(0, 60)}`,
    todo: 'Tire-o; veja em /api/openapi.json o que o pedido aceita',
  });
}

/** One thing that a request's schema refuses. */
interface Invalid {
  readonly instancePath?: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

/** What a schema refused, as a person reads it: the field and what it takes, never the value. */
function invalidRequest(invalid: readonly Invalid[]): RamalError {
  const { instancePath = '', params = {} } = invalid[0] ?? {};
  const field = instancePath.split('/').filter(Boolean).join('.') || 'o pedido';
  if (params.missingProperty !== undefined)
    return new RamalError('usage', { what: `Falta ${params.missingProperty}`, todo: 'Informe-o' });
  if (params.additionalProperty !== undefined)
    return unknownField([...instancePath.split('/').slice(1), params.additionalProperty].join('.'));
  const values = invalid.flatMap(({ params: one = {} }) => [one.allowedValue, one.allowedValues].flat());
  const known = values.filter((value) => value !== undefined);
  const day = String(params.pattern ?? '').startsWith('^\\d{4}-');
  const limit = params.limit === undefined ? '' : ` ${params.comparison ?? ''} ${params.limit}`;
  const todo = day
    ? 'Use uma data como 2026-11-15'
    : known.length > 0
      ? `Use ${known.join(', ')}`
      : `Veja em /api/openapi.json o que ele aceita${limit}`;
  return new RamalError('usage', { what: `Valor inválido em ${field}`, todo });
}

interface HttpFailure {
  readonly validation?: readonly Invalid[];
  readonly statusCode?: number;
  readonly code?: string;
  readonly message?: string;
}

function sendError(thrown: unknown, reply: FastifyReply): FastifyReply {
  const failure = thrown as HttpFailure;
  const error = failure.validation
    ? invalidRequest(failure.validation)
    : failure.statusCode !== undefined && failure.statusCode < 500 && !(thrown instanceof RamalError)
      ? new RamalError('usage', { what: `Pedido não entendido: ${failure.message}`, todo: 'Corrija e envie de novo' })
      : asRamalError(thrown);
  return reply
    .code(error.status)
    .type('application/json')
    .send({ error: { code: error.code, message: error.message } });
}
