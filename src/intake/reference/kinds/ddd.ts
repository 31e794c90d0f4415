import { DDD_BY_UF } from '../../../kernel/brazil/ddd.ts';
import type { ReferenceKind } from '../kind.ts';

export const ddd: ReferenceKind = {
  name: 'ddd',
  label: { pt: 'DDD', en: 'Area codes' },
  purpose: {
    pt: 'Estado e praça de cada DDD. Os estados dos 67 já são conhecidos; aqui entram as praças da casa.',
    en: 'State and region of each area code. The states of all 67 are known; here go the regions of the house.',
  },
  key: [{ name: 'ddd', label: { pt: 'DDD', en: 'Area code' }, type: 'ddd', called: ['codigo', 'codigo de area'] }],
  values: [
    {
      name: 'uf',
      label: { pt: 'UF', en: 'State' },
      type: 'choice',
      called: ['estado'],
      choices: Object.keys(DDD_BY_UF).map((uf) => ({ value: uf, label: { pt: uf, en: uf } })),
    },
    {
      name: 'region',
      label: { pt: 'Praça', en: 'Region' },
      type: 'text',
      called: ['regiao', 'cidade', 'municipio', 'nome'],
      usual: '',
      optional: true,
    },
  ],
  dated: true,
  editor: 'intake',
};
