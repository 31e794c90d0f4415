import type { ReferenceKind } from '../kind.ts';

export const deploys: ReferenceKind = {
  name: 'deploys',
  label: { pt: 'Dias de implantação', en: 'Deploy days' },
  purpose: {
    pt: 'Dias em que um sistema mudou: explicam picos de atendimentos.',
    en: 'Days on which a system changed: they explain peaks of contacts.',
  },
  key: [
    { name: 'day', label: { pt: 'Dia', en: 'Day' }, type: 'day', called: ['data', 'date'] },
    {
      name: 'system',
      label: { pt: 'Sistema', en: 'System' },
      type: 'text',
      called: ['produto', 'aplicativo'],
      usual: '',
      optional: true,
    },
  ],
  values: [
    {
      name: 'description',
      label: { pt: 'Descrição', en: 'Description' },
      type: 'text',
      called: ['versao', 'release', 'o que'],
    },
  ],
  dated: false,
  editor: 'intake',
};
