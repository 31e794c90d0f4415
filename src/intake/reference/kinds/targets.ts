import type { ReferenceKind } from '../kind.ts';

const ANY = { usual: '', optional: true } as const;

export const targets: ReferenceKind = {
  name: 'targets',
  label: { pt: 'Metas', en: 'Targets' },
  purpose: {
    pt: 'A meta de cada indicador, por fila, conta e equipe. O que fica vazio vale para quem não tem a sua.',
    en: 'The target of each indicator, by queue, account and team. What is empty is for those without their own.',
  },
  key: [
    { name: 'indicator', label: { pt: 'Indicador', en: 'Indicator' }, type: 'text', called: ['metrica', 'nome'] },
    { name: 'queue', label: { pt: 'Fila', en: 'Queue' }, type: 'text', called: ['departamento'], ...ANY },
    { name: 'account', label: { pt: 'Conta', en: 'Account' }, type: 'text', called: ['operadora', 'convenio'], ...ANY },
    {
      ...{ name: 'supervisor', label: { pt: 'Supervisor', en: 'Supervisor' }, type: 'text', ...ANY },
      called: ['equipe', 'supervisora', 'time'],
    },
  ],
  values: [{ name: 'target', label: { pt: 'Meta', en: 'Target' }, type: 'decimal', called: ['valor', 'objetivo'] }],
  dated: true,
  editor: 'manager',
};
