import type { Verdict } from '../customers/offers/told-evaluation.ts';

/** What a test said of the method that was chosen. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  beats: 'Nos dados de teste, acha mais que oferecer os mais contratados.',
  orders:
    'Nos dados de teste, põe o produto certo mais perto do começo que os mais contratados; entre as dez primeiras, acham o mesmo.',
  nothing: 'Nos dados de teste, nada supera oferecer os mais contratados além do acaso.',
};
