/** What methods are called where they are measured. */
export const METHOD_WORDS: Readonly<Record<string, string>> = {
  popularity: 'mais vendidos',
  groupPopularity: 'mais vendidos no grupo',
  rules: 'quem usa X também usa Y',
  cosine: 'cosseno entre produtos',
  ease: 'EASE^R',
};
