import type { ReferenceKind } from '../kind.ts';
import { WHY } from './why.ts';

export const excludedNumbers: ReferenceKind = {
  name: 'excluded-numbers',
  label: { pt: 'Números expurgados', en: 'Excluded numbers' },
  purpose: {
    pt: 'Telefones cujos atendimentos ficam fora dos números líquidos, como linhas de teste.',
    en: 'Phones whose contacts are left out of net figures, such as test lines.',
  },
  key: [
    {
      name: 'number',
      label: { pt: 'Telefone', en: 'Phone' },
      type: 'phone',
      called: ['msisdn', 'numero', 'fone', 'celular', 'linha'],
      personal: 'phone',
    },
  ],
  values: [WHY],
  dated: true,
  figures: true,
  editor: 'manager',
};
