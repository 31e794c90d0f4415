import { agentTime } from '../indicator.ts';

export default agentTime({
  name: 'occupancy',
  version: 1,
  order: 10,
  label: { pt: 'Ocupação', en: 'Occupancy' },
  help: {
    pt: 'Do tempo em que os agentes atendem ou esperam um atendimento, a parte em que atendem; pausas e outras atividades ficam fora.',
    en: 'Of the time in which agents handle contacts or wait for one, the part in which they handle; pauses and other work are left out.',
  },
  formula: {
    pt: 'tempo atendendo / (tempo atendendo + tempo disponível)',
    en: 'time handling / (time handling + time available)',
  },
  better: 'neither',
  share: 'handling',
  of: ['handling', 'available'],
});
