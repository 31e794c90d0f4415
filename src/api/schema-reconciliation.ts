import { type Static, Type } from 'typebox';
import { nullable } from './nullable.ts';

const counts = {
  contacts: Type.Integer(),
  withProtocol: Type.Integer(),
  withoutProtocol: Type.Integer(),
  share: nullable(Type.Number({ description: 'Dos atendimentos, os que têm protocolo' })),
  repeats: Type.Integer({ description: 'Rechamadas, como em /api/repeats' }),
};

const slices = Type.Array(
  Type.Object({
    value: Type.String(),
    label: Type.Optional(Type.String({ description: 'Nome do agente' })),
    ...counts,
  }),
);

export const ProtocolCounts = Type.Object({
  rule: Type.String(),
  whole: Type.Object(counts),
  by: Type.Object({ account: slices, status: slices, agent: slices, queue: slices }),
  lakeVersion: Type.Integer(),
});
export type ProtocolCounts = Static<typeof ProtocolCounts>;

export const Reconciliation = Type.Object({
  file: Type.String(),
  kind: Type.String(),
  rule: Type.String(),
  tolerance: Type.Number({ description: 'Minutos' }),
  offered: Type.Array(
    Type.Object({ place: Type.Integer(), name: Type.String(), examples: Type.Array(Type.String()) }),
    { description: 'As colunas da lista; exemplos mascarados' },
  ),
  taken: Type.Array(Type.Object({ column: Type.String(), places: Type.Array(Type.Integer()) }), {
    description: 'Que colunas da lista foram lidas como o quê',
  }),
  sums: nullable(
    Type.Object({
      list: Type.Integer({ description: 'Linhas da lista = matched + onlyInList' }),
      ours: Type.Integer({ description: 'Atendimentos ou rechamadas do recorte = matched + onlyInOurs' }),
      matched: Type.Integer({ description: '= agreeing + differing = byProtocol + byPhone' }),
      byProtocol: Type.Integer(),
      byPhone: Type.Integer({ description: 'Por telefone e início' }),
      agreeing: Type.Integer(),
      differing: Type.Integer(),
      onlyInList: Type.Integer(),
      onlyInOurs: Type.Integer(),
      statusUnread: Type.Integer({ description: 'Pares cuja situação na lista é palavra desconhecida: não comparada' }),
      first: nullable(Type.String({ description: 'Primeiro dia da lista' })),
      last: nullable(Type.String({ description: 'Último dia da lista' })),
    }),
  ),
  reasons: Type.Array(
    Type.Object({
      side: Type.Union([Type.Literal('list'), Type.Literal('ours'), Type.Literal('both')]),
      reason: Type.String(),
      detail: nullable(Type.String()),
      rows: Type.Integer(),
    }),
  ),
  rows: Type.Array(Type.Record(Type.String(), Type.Unknown()), {
    description: 'As primeiras de cada motivo, com dados pessoais mascarados',
  }),
});
export type Reconciliation = Static<typeof Reconciliation>;
