import { type Static, Type } from 'typebox';
import { TAKES } from '../customers/base/takes.ts';
import { nullable } from './nullable.ts';
import { oneOf } from './one-of.ts';

const Share = Type.Number({ minimum: 0, maximum: 1 });

const BaseTableView = Type.Object({
  name: Type.String(),
  files: Type.Integer(),
  key: Type.String({ description: 'A coluna do cliente' }),
  rows: Type.Integer(),
  unread: Type.Integer(),
  used: Type.Integer(),
  noCustomer: Type.Integer(),
  otherRows: Type.Integer({ description: 'Linhas de clientes que a base não tem' }),
  others: Type.Integer({ description: 'Quantos são' }),
  coverage: Share,
  once: Type.Boolean({ description: 'Tem no máximo uma linha de cada cliente' }),
});

const BaseFieldView = Type.Object({
  name: Type.String(),
  table: Type.String(),
  column: nullable(Type.String()),
  take: oneOf([...TAKES, 'rows'] as const),
  kind: oneOf(['number', 'day', 'code', 'text'] as const),
  coverage: Share,
});

export const BaseView = Type.Object({
  id: Type.Integer(),
  day: Type.String(),
  customers: Type.Integer(),
  key: Type.String({ description: 'O campo que os nomeia' }),
  tables: Type.Array(BaseTableView),
  fields: Type.Array(BaseFieldView),
  leftOut: Type.Array(Type.String({ description: 'Lista que não nomeia clientes da base' })),
  warnings: Type.Array(Type.String()),
  createdAt: Type.String(),
  createdBy: Type.String(),
});
export type BaseView = Static<typeof BaseView>;

export const BaseList = Type.Object({ bases: Type.Array(BaseView) });
export type BaseList = Static<typeof BaseList>;
