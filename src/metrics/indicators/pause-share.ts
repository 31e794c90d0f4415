import { AGENT_STATES } from '../../contracts/index.ts';
import { agentTime } from '../indicator.ts';

export default agentTime({
  name: 'pauseShare',
  version: 1,
  order: 20,
  label: { pt: 'Em pausa', en: 'On pause' },
  help: {
    pt: 'Do tempo em que os agentes estão logados, a parte em que estão em pausa.',
    en: 'Of the time in which agents are logged in, the part in which they are on pause.',
  },
  formula: { pt: 'tempo em pausa / tempo logado', en: 'time on pause / time logged in' },
  better: 'neither',
  share: 'pause',
  of: AGENT_STATES,
});
