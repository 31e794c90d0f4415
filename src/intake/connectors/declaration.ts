import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { RamalError } from '../../kernel/errors.ts';
import { asRamalError } from '../../kernel/thrown.ts';

const Strict = { additionalProperties: false } as const;
const Texts = Type.Object({ pt: Type.String(), en: Type.String() });
/** A place in an answer, its nested names joined by dots. */
const Place = Type.String({ pattern: '^[\\w$]+(\\.[\\w$]+)*$' });

/**
 * One call to a source. Texts of the form `{name}` are filled: day, from, to, since, page, perPage, cursor and the
 * connection's secrets (those only in the session's body). In `query`, what is no text is sent as JSON.
 */
const Request = Type.Object(
  {
    method: Type.Union([Type.Literal('GET'), Type.Literal('POST')]),
    path: Type.String({ pattern: '^/' }),
    query: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    body: Type.Optional(Type.Unknown()),
  },
  Strict,
);
export type Request = Static<typeof Request>;

const Auth = Type.Object(
  {
    secrets: Type.Array(Type.String({ pattern: '^[a-z][a-z_]*$' }), {
      minItems: 1,
      description: 'Segredos que a conexão guarda',
    }),
    header: Type.Optional(Type.String({ description: 'Cabeçalho que leva o código; Authorization sem ele' })),
    prefix: Type.Optional(Type.String({ description: 'O que vem antes do código; "Bearer " sem ele' })),
    session: Type.Optional(
      Type.Object(
        {
          request: Request,
          token: Place,
          expiresIn: Type.Optional(Place),
        },
        { ...Strict, description: 'Como se troca o segredo por um código que vence; sem ela, token vai como está' },
      ),
    ),
  },
  Strict,
);

const Paging = Type.Union([
  Type.Object(
    {
      kind: Type.Literal('page'),
      perPage: Type.Integer({ minimum: 1 }),
      page: Type.Optional(Place),
      pages: Type.Optional(Place),
      total: Type.Optional(Place),
    },
    Strict,
  ),
  Type.Object(
    {
      kind: Type.Literal('cursor'),
      perPage: Type.Integer({ minimum: 1 }),
      next: Place,
      total: Type.Optional(Place),
    },
    Strict,
  ),
]);
export type Paging = Static<typeof Paging>;

const Answer = Type.Object(
  {
    records: Place,
    error: Type.Optional(Type.String({ description: 'Onde uma resposta 200 diz que falhou' })),
    empty: Type.Optional(
      Type.Object(
        { place: Place, equals: Type.Union([Type.String(), Type.Number(), Type.Boolean()]) },
        { ...Strict, description: 'Como a fonte diz que o dia não teve registros' },
      ),
    ),
  },
  Strict,
);

const Column = Type.Object(
  {
    from: Type.String(),
    part: Type.Optional(Type.Union([Type.Literal('day'), Type.Literal('time')])),
  },
  Strict,
);

const DeclarationSchema = Type.Object(
  {
    name: Type.String({ pattern: '^[a-z0-9-]+$' }),
    label: Texts,
    layout: Type.String({ pattern: '^[a-z0-9-]+$' }),
    auth: Auth,
    /** `instants`: a day is asked by its first instant and the one after the last; `days`: by its date at the source. */
    window: Type.Union([Type.Literal('instants'), Type.Literal('days')]),
    dayFormat: Type.Optional(Type.Union([Type.Literal('yyyy-mm-dd'), Type.Literal('dd/mm/yyyy')])),
    request: Request,
    answer: Answer,
    paging: Paging,
    /** Columns that hold moments; the first is the one whose day a record belongs to. */
    times: Type.Array(Type.String(), { minItems: 1 }),
    /** Column of a record's last change, by which corrected days are found. */
    updated: Type.Optional(Type.String()),
    /** Columns made of others, besides a record's own nested names joined by `_`. */
    columns: Type.Optional(Type.Record(Type.String(), Column)),
    corrections: Type.Optional(
      Type.Union([
        Type.Object({ kind: Type.Literal('changed'), request: Request }, Strict),
        Type.Object({ kind: Type.Literal('recheck'), days: Type.Integer({ minimum: 1, maximum: 60 }) }, Strict),
      ]),
    ),
    rate: Type.Object(
      { requests: Type.Integer({ minimum: 1 }), seconds: Type.Number({ exclusiveMinimum: 0 }) },
      Strict,
    ),
    retry: Type.Object(
      {
        attempts: Type.Integer({ minimum: 1, maximum: 20 }),
        firstMs: Type.Integer({ minimum: 1 }),
        mostMs: Type.Integer({ minimum: 1 }),
        longestWaitMs: Type.Integer({ minimum: 1, description: 'Espera pedida pela fonte que ainda é respeitada' }),
      },
      Strict,
    ),
    timeoutMs: Type.Integer({ minimum: 1 }),
  },
  Strict,
);
export type Declaration = Static<typeof DeclarationSchema>;

/**
 * A connector's declaration out of parsed JSON, checked whole.
 * @throws RamalError `connectorInvalid` with the place and what was received.
 */
export function parseDeclaration(received: unknown, origin: string): Declaration {
  const refuse = (what: string, todo: string) => new RamalError('connectorInvalid', { connector: origin, what, todo });
  for (const { instancePath, message } of Value.Errors(DeclarationSchema, received))
    throw refuse(`${instancePath || '/'} ${message}`, 'Corrija o arquivo');
  const declaration = received as Declaration;
  const { auth, paging, request, window } = declaration;
  if (!auth.session && !auth.secrets.includes('token'))
    throw refuse('sem auth.session, o segredo se chama token', 'Acrescente token a auth.secrets');
  const asked = JSON.stringify([request.query, request.body, request.path]);
  const needed = [
    ...(window === 'days' ? ['day'] : ['from', 'to']),
    ...(paging.kind === 'page' ? (paging.pages || paging.total ? ['page'] : ['page', 'perPage']) : ['cursor']),
  ];
  const missing = needed.find((name) => !asked.includes(`{${name}}`));
  if (missing) throw refuse(`o pedido não diz {${missing}}`, 'Acrescente-o a request.query ou request.body');
  const inRequest = auth.secrets.find((name) => asked.includes(`{${name}}`));
  if (inRequest) throw refuse(`o segredo {${inRequest}} está fora de auth.session`, 'Segredos só vão na sessão');
  return declaration;
}

const SHIPPED = join(import.meta.dirname, 'shipped');

/**
 * The declarations that ship and those in a home's folder `connectors`, by name; the home's replace the shipped.
 * @throws RamalError `connectorInvalid` names the file.
 */
export function declarations(home: string): Map<string, Declaration> {
  const found = [SHIPPED, join(home, 'connectors')].filter(existsSync).flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => readDeclaration(join(folder, name), name)),
  );
  return new Map(found.map((declaration) => [declaration.name, declaration]));
}

function readDeclaration(path: string, name: string): Declaration {
  let received: unknown;
  try {
    received = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw asRamalError(cause);
    throw new RamalError('connectorInvalid', { connector: name, what: 'não é JSON', todo: 'Corrija o arquivo' }, cause);
  }
  return parseDeclaration(received, name);
}
