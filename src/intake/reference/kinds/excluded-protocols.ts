import type { ReferenceKind } from '../kind.ts';
import { WHY } from './why.ts';

export const excludedProtocols: ReferenceKind = {
  name: 'excluded-protocols',
  label: { pt: 'Atendimentos expurgados', en: 'Excluded contacts' },
  purpose: {
    pt: 'Protocolos que ficam fora dos números líquidos: a planilha de expurgos.',
    en: 'Protocols that are left out of net figures: the spreadsheet of exclusions.',
  },
  key: [
    {
      name: 'protocol',
      label: { pt: 'Protocolo', en: 'Protocol' },
      type: 'text',
      called: ['numero do protocolo', 'id', 'id da chamada'],
      personal: 'text',
    },
  ],
  values: [WHY],
  dated: true,
  figures: true,
  editor: 'manager',
};
