import type { ReferenceKind } from '../kind.ts';
import { WHY } from './why.ts';

export const excludedQueues: ReferenceKind = {
  name: 'excluded-queues',
  label: { pt: 'Filas expurgadas', en: 'Excluded queues' },
  purpose: {
    pt: 'Filas cujos atendimentos ficam fora dos números líquidos, como as de transbordo.',
    en: 'Queues whose contacts are left out of net figures, such as those of overflow.',
  },
  key: [{ name: 'queue', label: { pt: 'Fila', en: 'Queue' }, type: 'text', called: ['departamento', 'nome da fila'] }],
  values: [WHY],
  dated: true,
  figures: true,
  editor: 'manager',
};
