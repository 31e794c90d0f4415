import type { ReferenceKind } from '../kind.ts';

export const arrivals: ReferenceKind = {
  name: 'arrivals',
  label: { pt: 'Chegadas esperadas', en: 'Expected arrivals' },
  purpose: {
    pt: 'Em que dia da semana e entre que horas cada fonte envia seu arquivo, e a que horas e para quê ele faz falta.',
    en: 'On which weekday and between which hours each source sends its file, and at what time and what for it is needed.',
  },
  key: [
    { name: 'source', label: { pt: 'Fonte', en: 'Source' }, type: 'text', called: ['cliente', 'arquivo'] },
    { name: 'weekday', label: { pt: 'Dia da semana', en: 'Weekday' }, type: 'weekday', called: ['dia', 'semana'] },
  ],
  values: [
    { name: 'opens', label: { pt: 'Das', en: 'From' }, type: 'time', called: ['de as', 'inicio', 'a partir de'] },
    { name: 'closes', label: { pt: 'Às', en: 'Until' }, type: 'time', called: ['ate as', 'fim', 'limite'] },
    {
      name: 'due_at',
      label: { pt: 'Prazo às', en: 'Due at' },
      type: 'time',
      called: ['hora do prazo', 'prazo hora', 'vence as'],
      usual: '',
      optional: true,
    },
    {
      name: 'deadline',
      label: { pt: 'Prazo que alimenta', en: 'Deadline it feeds' },
      type: 'text',
      called: ['prazo', 'alimenta'],
      usual: '',
      optional: true,
    },
  ],
  dated: true,
  editor: 'intake',
};
