import { quotient } from '../indicator.ts';

export default quotient({
  name: 'reopenedShare',
  version: 1,
  group: 'quality',
  order: 50,
  unit: 'ratio',
  label: { pt: 'Reabertos', en: 'Reopened' },
  help: {
    pt: 'Atendimentos reabertos alguma vez, sobre os que têm evento de fechamento.',
    en: 'Contacts that were ever reopened, over those with a closing event.',
  },
  formula: { pt: 'fechados e reabertos / fechados', en: 'closed and reopened / closed' },
  better: 'lower',
  interval: 'wilson',
  numerator: 'reopened',
  denominator: 'closed_by_event',
  needsReopenings: true,
});
