import { plainWords } from './canonical.ts';

/** The situations that figures understand. */
export const STATUSES = ['answered', 'abandoned', 'open', 'closed', 'void'] as const;
export type Status = (typeof STATUSES)[number];

/** How the words of sources begin. */
const BEGINNINGS: readonly (readonly [status: Status, beginnings: readonly string[]])[] = [
  ['abandoned', ['abandon', 'desist', 'perdid', 'missed', 'lost', 'unanswered']],
  ['void', ['cancel', 'ocupad', 'falh', 'invalid', 'busy', 'fail', 'void', 'congest']],
  ['answered', ['atendid', 'atendeu', 'answered', 'transfer']],
  ['open', ['abert', 'pendent', 'andamento', 'aguardando', 'open', 'pending', 'progress']],
  ['closed', ['fechad', 'encerrad', 'resolvid', 'finalizad', 'concluid', 'closed', 'solved', 'resolved']],
];
const DENYING = new Set(['nao', 'not', 'no', 'sem']);

/** What a source's word for a contact's situation obviously is; null for what a person must say. */
export function statusOf(text: string): Status | null {
  const words = plainWords(text);
  const begins = words.flatMap((word) =>
    BEGINNINGS.flatMap(([status, beginnings]) => (beginnings.some((one) => word.startsWith(one)) ? [status] : [])),
  );
  if (words.some((word) => DENYING.has(word)))
    return words.includes('atendimento') ? 'void' : begins.includes('answered') ? 'abandoned' : null;
  return new Set(begins).size === 1 ? begins[0]! : null;
}
