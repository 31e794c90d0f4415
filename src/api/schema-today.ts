import { type Static, Type } from 'typebox';
import { nullable } from './nullable.ts';
import { Batch } from './schema.ts';

const Time = Type.String({ description: 'Hora de parede, 07:10' });

/** A source today: what is expected of it, and what it sent. */
export const ArrivalToday = Type.Object({
  source: Type.String(),
  state: Type.Unsafe<'came' | 'late' | 'due' | 'expected' | 'holiday'>({
    type: 'string',
    enum: ['came', 'late', 'due', 'expected', 'holiday'],
    description: 'Veio; passou da hora; é a hora; ainda não é; é feriado e nada veio',
  }),
  opens: nullable(Time),
  closes: nullable(Time),
  dueAt: nullable(Time),
  deadline: nullable(Type.String({ description: 'O que o arquivo alimenta até essa hora' })),
  batch: nullable(Batch),
  files: Type.Integer({ description: 'Arquivos que a fonte enviou hoje' }),
  read: Type.Integer({ description: 'Linhas dos que carregaram: carregadas, em quarentena e repetidas as somam' }),
  loaded: Type.Integer(),
  quarantined: Type.Integer(),
  duplicate: Type.Integer(),
});
export type ArrivalToday = Static<typeof ArrivalToday>;

/** A batch that waits for a person or for the client. */
export const WaitingBatch = Type.Object({
  ...Batch.properties,
  dueAt: nullable(Time),
  deadline: nullable(Type.String()),
  together: Type.Boolean({ description: 'O layout não muda: pode ser aprovado junto com outros' }),
  days: Type.Integer({ description: 'Dias desde que chegou' }),
});
export type WaitingBatch = Static<typeof WaitingBatch>;

export const IntakeToday = Type.Object({
  at: Type.String({ description: 'Agora, hora de parede' }),
  holiday: nullable(Type.String({ description: 'O feriado de hoje' })),
  known: Type.Boolean({ description: 'A tabela de chegadas esperadas diz algo, de qualquer dia' }),
  arrivals: Type.Array(ArrivalToday),
  waiting: Type.Array(WaitingBatch),
  returned: Type.Array(WaitingBatch, { description: 'Devolvidos, aguardando o cliente' }),
  sharedCodes: Type.Object(
    {
      codes: Type.Integer(),
      examples: Type.Array(Type.Object({ code: Type.String(), sources: Type.Array(Type.String()) })),
    },
    { description: 'Códigos de agente com nomes sem nada em comum em fontes que os dividem' },
  ),
});
export type IntakeToday = Static<typeof IntakeToday>;

/** What became of batches that were approved together. */
export const ApprovedTogether = Type.Object({
  approved: Type.Array(Batch),
  failed: Type.Array(
    Type.Object({ batch: Type.Integer(), file: nullable(Type.String()), code: Type.String(), message: Type.String() }),
  ),
});
export type ApprovedTogether = Static<typeof ApprovedTogether>;
