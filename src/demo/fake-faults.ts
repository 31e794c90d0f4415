import { RamalError } from '../kernel/errors.ts';
import { Random } from '../kernel/random.ts';

/** What a source's API does wrong now and then. */
export const FAULT_KINDS = [
  /** Answers late. */
  'slow',
  /** Too many requests: try again in so many seconds. */
  '429',
  /** The same, with the moment as an HTTP date. */
  '429-date',
  '500',
  /** A page whose JSON ends in the middle. */
  'torn',
  /** A connection cut in the middle of a page. */
  'reset',
  /** The page before in the place of the one that was asked for. */
  'duplicate',
  /** The access code holds no more. */
  'expired',
  /** A failure that is told in an answer of status 200. */
  'error',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** Decides for each request in turn what goes wrong with it, or null. */
export type FaultPlan = (request: { readonly path: string; readonly page: number }) => FaultKind | null;

export const faultless: FaultPlan = () => null;

/** Faults drawn from a seed: a share of the requests, any of the kinds. */
export function randomFaults(seed: number, share: number, kinds: readonly FaultKind[] = FAULT_KINDS): FaultPlan {
  const random = new Random(seed, 'faults');
  return () => (random.chance(share) ? kinds[random.int(0, kinds.length)]! : null);
}

/**
 * The plan of a text such as `0.2` or `0.2:500,torn`.
 * @throws RamalError `usage`.
 */
export function parseFaults(text: string, seed: number): FaultPlan {
  const [share = '', names] = text.split(':');
  const kinds = (names?.split(',') ?? FAULT_KINDS) as FaultKind[];
  const right = /^(0|1|0?\.\d+)$/.test(share) && kinds.every((kind) => FAULT_KINDS.includes(kind));
  if (right) return randomFaults(seed, Number(share), kinds);
  throw new RamalError('usage', {
    what: `Falhas não entendidas: ${text}`,
    todo: `Use uma parte dos pedidos e, se quiser, os tipos: 0.2 ou 0.2:500,torn. Tipos: ${FAULT_KINDS.join(', ')}`,
  });
}
