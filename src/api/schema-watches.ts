import { type Static, Type } from 'typebox';
import { nullable } from './nullable.ts';

/** The shapes of watches, as they cross HTTP: places that are looked at for new files. */

export const WatchPattern = Type.Object({
  pattern: Type.String({ description: 'Como beta_*.csv, ou pasta/*.csv; maiúsculas não contam' }),
  source: nullable(Type.String({ description: 'A fonte dos arquivos que cabem; nulo os deixa em paz' })),
});

const settings = {
  place: Type.String({
    description: '/pasta, sftp://usuario@servidor/pasta, ftps://…, ftp://…, s3://CHAVE@servidor/balde/prefixo',
  }),
  patterns: Type.Array(WatchPattern, { maxItems: 100 }),
  every: Type.Integer({ description: 'Segundos de uma olhada à outra' }),
  settle: Type.Integer({ description: 'Segundos sem mudar até o arquivo contar como completo' }),
  marker: nullable(Type.String({ description: 'Fim do nome do arquivo que diz que outro está completo, como .ok' })),
  after: Type.Union([Type.Literal('leave'), Type.Literal('move')]),
  region: Type.String({ description: 'Região que assina os pedidos de S3' }),
  fingerprint: nullable(Type.String({ description: 'A chave do servidor SFTP, SHA256:…' })),
  trustFirst: Type.Boolean({ description: 'Aceitar, uma vez, a primeira chave que o servidor SFTP mostrar' }),
  enabled: Type.Boolean(),
};

const count = () => Type.Integer({ minimum: 0 });
const FileCounts = Type.Object({
  unmatched: count(),
  growing: count(),
  ready: count(),
  taken: count(),
  waiting: count(),
  loaded: count(),
  refused: count(),
});

export const Watch = Type.Object({
  name: Type.String(),
  kind: Type.Union([Type.Literal('folder'), Type.Literal('sftp'), Type.Literal('ftp'), Type.Literal('s3')]),
  ...settings,
  hasSecret: Type.Boolean({ description: 'Há senha ou chave guardada; ela mesma não sai daqui' }),
  changedAt: Type.String(),
  changedBy: Type.String(),
  lookedAt: nullable(Type.String()),
  message: nullable(Type.String({ description: 'Por que a última olhada falhou' })),
  files: FileCounts,
});
export type Watch = Static<typeof Watch>;
export const WatchList = Type.Object({ watches: Type.Array(Watch) });
export type WatchList = Static<typeof WatchList>;

/** What a watch is made of, or what changes of one; a secret goes in and never comes out. */
export const WatchChange = Type.Object({
  name: Type.String(),
  ...Type.Partial(Type.Object(settings)).properties,
  secret: Type.Optional(
    Type.Object(
      {
        password: Type.Optional(Type.String({ description: 'Senha; de S3, a chave secreta' })),
        privateKey: Type.Optional(Type.String({ description: 'Chave privada de SFTP, em PEM ou OpenSSH' })),
        passphrase: Type.Optional(Type.String({ description: 'Senha da chave privada' })),
      },
      { additionalProperties: false },
    ),
  ),
});
export type WatchChange = Static<typeof WatchChange>;

/** What a look would take now; nothing of it is loaded or remembered. */
export const WatchTest = Type.Object({
  files: Type.Array(
    Type.Object({
      path: Type.String(),
      bytes: Type.Integer(),
      changedAt: Type.String(),
      source: nullable(Type.String()),
      message: nullable(Type.String({ description: 'Por que não seria carregado' })),
    }),
  ),
  listed: Type.Integer({ description: 'Arquivos que há no lugar; files traz no máximo 200' }),
  matched: Type.Integer({ description: 'Os que são de uma fonte' }),
});
export type WatchTest = Static<typeof WatchTest>;

export const WatchedFile = Type.Object({
  path: Type.String(),
  bytes: Type.Integer(),
  changedAt: Type.String({ description: 'Pelo relógio do lugar' }),
  state: Type.Union([
    Type.Literal('unmatched'),
    Type.Literal('growing'),
    Type.Literal('ready'),
    Type.Literal('taken'),
    Type.Literal('waiting'),
    Type.Literal('loaded'),
    Type.Literal('refused'),
  ]),
  source: nullable(Type.String()),
  batch: nullable(Type.Integer()),
  message: nullable(Type.String()),
  seenAt: Type.String(),
  at: Type.String({ description: 'Quando a situação mudou, ou foi vista de novo' }),
});
export const WatchedFileList = Type.Object({
  files: Type.Array(WatchedFile),
  total: Type.Integer(),
  page: Type.Integer(),
  size: Type.Integer(),
});
export type WatchedFileList = Static<typeof WatchedFileList>;

/** What one look did, as the job's `result`. */
export const LookAnswer = Type.Object({
  watch: Type.String(),
  listed: Type.Integer(),
  loaded: Type.Integer(),
  already: Type.Integer(),
  refused: Type.Integer(),
  waiting: Type.Integer({ description: 'Em lotes que esperam uma decisão' }),
  files: FileCounts,
});
export type LookAnswer = Static<typeof LookAnswer>;
