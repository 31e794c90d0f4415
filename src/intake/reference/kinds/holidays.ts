import type { ReferenceKind } from '../kind.ts';

export const holidays: ReferenceKind = {
  name: 'holidays',
  label: { pt: 'Feriados', en: 'Holidays' },
  purpose: {
    pt: 'Feriados locais a somar aos nacionais e estaduais, que já vêm prontos, ou dias deles em que a central trabalha.',
    en: 'Local holidays beside the national and state ones, which are known, or days of those on which the center works.',
  },
  key: [
    { name: 'day', label: { pt: 'Dia', en: 'Day' }, type: 'day', called: ['data', 'date'] },
    {
      name: 'place',
      label: { pt: 'UF ou município', en: 'State or city' },
      type: 'text',
      called: ['uf', 'municipio', 'cidade', 'local'],
      usual: '',
      optional: true,
    },
  ],
  values: [
    { name: 'name', label: { pt: 'Nome', en: 'Name' }, type: 'text', called: ['descricao', 'feriado', 'description'] },
    {
      name: 'effect',
      label: { pt: 'Efeito', en: 'Effect' },
      type: 'choice',
      called: ['tipo'],
      usual: 'closed',
      choices: [
        { value: 'closed', label: { pt: 'feriado', en: 'holiday' } },
        {
          value: 'open',
          label: { pt: 'dia de trabalho', en: 'working day' },
          written: ['trabalha', 'util', 'dia util'],
        },
      ],
    },
  ],
  dated: false,
  editor: 'intake',
};
