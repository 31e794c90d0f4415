import { type Static, Type } from 'typebox';
import { OUTCOMES, type OutboxMessage, type Outcome, reasonText } from '../reports/outbox.ts';

/** What became of a message to one user. */
export const Told = Type.Object({
  id: Type.Integer(),
  recipient: Type.String(),
  at: Type.String(),
  outcome: Type.Unsafe<Outcome>({
    type: 'string',
    enum: [...OUTCOMES],
    description: 'sending desde uma queda: pode não ter saído, e não se repete',
  }),
  files: Type.Array(Type.String()),
  reasons: Type.Array(Type.Object({ code: Type.String(), message: Type.String() }), {
    description: 'Por que não foi, ou o que lhe falta: código de erro e frase',
  }),
});
export type Told = Static<typeof Told>;

export function toldOf({ id, recipient, at, outcome, files, reasons }: OutboxMessage): Told {
  const told = reasons.map((reason) => ({ code: reason.code, message: reasonText(reason) }));
  return { id, recipient, at: at.toISOString(), outcome, files: [...files], reasons: told };
}
