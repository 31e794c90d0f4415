import type { ReferenceKind } from '../kind.ts';

export const reasons: ReferenceKind = {
  name: 'reasons',
  label: { pt: 'Motivos e categorias', en: 'Reasons and categories' },
  purpose: {
    pt: 'A categoria de cada motivo recebido. As rechamadas pelo mesmo motivo da regra clássica comparam categorias.',
    en: 'The category of each reason received. The classic rule compares categories to tell repeats for the same reason.',
  },
  key: [{ name: 'reason', label: { pt: 'Motivo', en: 'Reason' }, type: 'text', called: ['assunto', 'tabulacao'] }],
  values: [{ name: 'category', label: { pt: 'Categoria', en: 'Category' }, type: 'text', called: ['grupo', 'classe'] }],
  dated: true,
  figures: true,
  editor: 'intake',
};
