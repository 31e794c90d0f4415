import type { ReferenceKind } from '../kind.ts';

export const rosters: ReferenceKind = {
  name: 'rosters',
  label: { pt: 'Escalas', en: 'Rosters' },
  purpose: {
    pt: 'Quem está escalado, em que dia e de que hora a que hora.',
    en: 'Who is rostered, on which day and from which hour to which.',
  },
  key: [
    {
      name: 'agent',
      label: { pt: 'Agente', en: 'Agent' },
      type: 'agent',
      called: ['cod_atendente', 'cod_agente', 'codigo', 'matricula', 'atendente', 'operador'],
    },
    { name: 'day', label: { pt: 'Dia', en: 'Day' }, type: 'day', called: ['data', 'date'] },
    {
      name: 'start',
      label: { pt: 'Das', en: 'From' },
      type: 'time',
      called: ['inicio', 'entrada', 'start', 'hora inicio'],
    },
  ],
  values: [
    {
      name: 'end',
      label: { pt: 'Às', en: 'To' },
      type: 'time',
      called: ['fim', 'saida', 'end', 'termino', 'hora fim'],
    },
    {
      name: 'channel',
      label: { pt: 'Canal ou fila', en: 'Channel or queue' },
      type: 'text',
      called: ['canal', 'fila', 'skill'],
      usual: '',
      optional: true,
    },
  ],
  dated: false,
  editor: 'intake',
};
