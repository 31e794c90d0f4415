import type { Judgement as Judged } from '../../src/api/schema-steps.ts';

export type Judgement = Judged;

/** The source that the second exercise is done on. */
export const PRACTISED = 'pratica-ler';

/** Where each exercise is done. */
export const PRACTICE_PLACES = [
  '/recepcao',
  `/recepcao/layouts/${PRACTISED}/passos`,
  '/recepcao/envio/novo?pratica=3',
] as const;

/** Where an answer to the second one stands. */
export const PRACTICE_ANSWER = '/recepcao/layouts/pratica-devedores/passos';
