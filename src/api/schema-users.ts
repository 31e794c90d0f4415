import { type Static, Type } from 'typebox';
import { ROLES, type Role as RoleName } from '../access/roles.ts';
import { nullable } from './nullable.ts';

/** The shapes of users and of the tokens that programs read by. Moments are ISO instants, days ISO dates. */

export const Role = Type.Unsafe<RoleName>(Type.Union(ROLES.map((role) => Type.Literal(role))));

/** Never the secret: that is told once, when the token is made. */
export const ReadToken = Type.Object({
  id: Type.Integer(),
  name: Type.String({ description: 'Onde é usado' }),
  createdAt: Type.String(),
  createdBy: Type.String(),
  expiresAt: Type.String(),
  expired: Type.Boolean(),
  usedOn: nullable(Type.String({ description: 'Último dia em que alguém leu com ele' })),
});
export type ReadToken = Static<typeof ReadToken>;

export const UserView = Type.Object({
  name: Type.String(),
  role: Role,
  email: nullable(Type.String({ description: 'Para relatórios; mascarado' })),
  enabled: Type.Boolean(),
  createdAt: Type.String(),
  createdBy: nullable(Type.String()),
  disabledAt: nullable(Type.String()),
  disabledBy: nullable(Type.String()),
  seenOn: nullable(Type.String({ description: 'Último dia em que esteve aqui' })),
  version: Type.Integer({ description: 'Sobe a cada mudança' }),
  tokens: Type.Array(ReadToken),
});
export type UserView = Static<typeof UserView>;

export const NewUser = Type.Object({
  name: Type.String({ maxLength: 200 }),
  role: Role,
  email: Type.Optional(nullable(Type.String({ maxLength: 254 }))),
});

export const UserChange = Type.Object({
  role: Type.Optional(Role),
  email: Type.Optional(nullable(Type.String({ maxLength: 254 }))),
  enabled: Type.Optional(Type.Boolean()),
  version: Type.Optional(Type.Integer({ description: 'A que você viu; se outra pessoa mudou depois, nada muda' })),
});

/** What opens one session, within a day. */
export const LoginLink = Type.Object({
  url: Type.String(),
  path: Type.String({ description: 'O mesmo sem servidor e porta, para quem chega a ele por outro nome' }),
});

export const NewToken = Type.Object({
  name: Type.String({ maxLength: 200 }),
  days: Type.Optional(Type.Integer({ description: 'Por quantos dias vale: 365 sem isto, no máximo 730' })),
});

export const MadeToken = Type.Object({
  token: ReadToken,
  secret: Type.String({ description: 'Só dito agora' }),
});
export type MadeToken = Static<typeof MadeToken>;

/** The tables that programs refresh from. */
export const DataTables = Type.Object({
  tables: Type.Array(
    Type.Object({
      name: Type.String(),
      label: Type.Object({ pt: Type.String(), en: Type.String() }),
      takes: Type.Array(Type.String({ description: 'where, rule, by ou period, além das fontes e dos dias' })),
      columns: Type.Array(
        Type.Object({
          name: Type.String(),
          type: Type.String(),
          meaning: Type.String(),
          personal: Type.Boolean({ description: 'Mascarada em CSV, ausente em Parquet' }),
        }),
      ),
    }),
  ),
});
export type DataTables = Static<typeof DataTables>;

/** Who is asking, and their own tokens. */
export const AccountView = Type.Object({
  name: Type.String(),
  role: Role,
  email: nullable(Type.String()),
  tokens: Type.Array(ReadToken),
});
export type AccountView = Static<typeof AccountView>;
