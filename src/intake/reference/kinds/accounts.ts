import type { ReferenceKind } from '../kind.ts';

export const accounts: ReferenceKind = {
  name: 'accounts',
  label: { pt: 'Contas: nomes e prefixos', en: 'Accounts: names and prefixes' },
  purpose: {
    pt: 'A que conta pertence o grupo que a fonte envia: pelo nome exato, por um prefixo ou pelo motivo.',
    en: 'Which account the group that a source sends belongs to: by its exact name, by a prefix or by the reason.',
  },
  key: [
    {
      name: 'how',
      label: { pt: 'Como', en: 'How' },
      type: 'choice',
      called: ['tipo', 'regra'],
      usual: 'name',
      choices: [
        { value: 'name', label: { pt: 'nome exato', en: 'exact name' }, written: ['nome', 'exato', 'grupo'] },
        { value: 'prefix', label: { pt: 'prefixo', en: 'prefix' } },
        { value: 'reason', label: { pt: 'motivo', en: 'reason' } },
      ],
    },
    {
      name: 'text',
      label: { pt: 'Texto', en: 'Text' },
      type: 'text',
      called: ['grupo', 'nome', 'prefixo', 'texto recebido'],
    },
    {
      name: 'source',
      label: { pt: 'Fonte', en: 'Source' },
      type: 'text',
      usual: '',
      optional: true,
    },
  ],
  values: [
    {
      name: 'account',
      label: { pt: 'Conta', en: 'Account' },
      type: 'text',
      called: ['operadora', 'convenio', 'mvno', 'cliente'],
    },
  ],
  dated: true,
  figures: true,
  editor: 'intake',
};
