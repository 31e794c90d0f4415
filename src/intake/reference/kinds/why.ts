import type { ReferenceColumn } from '../kind.ts';

/** Why something is left out of net figures. */
export const WHY: ReferenceColumn = {
  name: 'why',
  label: { pt: 'Justificativa', en: 'Why' },
  type: 'text',
  called: ['motivo', 'motivo do expurgo', 'observacao', 'obs'],
  usual: '',
  optional: true,
};
