import { type CauseKind, minutes, share } from '../cause.ts';
import { NOVICE_DAYS } from '../inputs.ts';
import { sampleOf, welch } from '../statistics.ts';

/** Legs of an agent on a topic below which its mean says little. */
const FEW = 5;

/**
 * Topics on which agents in their first days take longer than the others, beyond what they do on every topic: the means
 * of agents are compared, for the legs of one agent are alike.
 */
export const noviceTopics: CauseKind = {
  find({ agentReasons, from, to }) {
    const usual = new Map<string, number>();
    for (const [key, ones] of Map.groupBy(agentReasons, ({ agent, novice }) => `${agent}/${novice}`)) {
      const legs = ones.reduce((sum, one) => sum + one.legs, 0);
      usual.set(key, ones.reduce((sum, { log_s }) => sum + log_s, 0) / Math.max(1, legs));
    }
    return [...Map.groupBy(agentReasons, ({ reason }) => reason)].flatMap(([reason, ones]) => {
      if (reason === 'desconhecido' || reason === '-') return [];
      const own = ones.filter(({ legs }) => legs >= FEW);
      const beyond = (novice: boolean) =>
        own
          .filter((one) => one.novice === novice)
          .map(({ agent, legs, log_s }) => log_s / legs - usual.get(`${agent}/${novice}`)!);
      const test = welch(sampleOf(beyond(true)), sampleOf(beyond(false)));
      if (!test) return [];
      const group = (novice: boolean) => {
        const some = ones.filter((one) => one.novice === novice);
        const legs = some.reduce((sum, one) => sum + one.legs, 0);
        return { legs, mean: some.reduce((sum, { handle_s }) => sum + handle_s, 0) / Math.max(1, legs) };
      };
      const [novices, others] = [group(true), group(false)];
      const hours = (log: number) => (novices.legs * others.mean * (Math.exp(log) - 1)) / 3600;
      const all = (novice: boolean) =>
        agentReasons.filter((one) => one.novice === novice).reduce((sum, { legs }) => sum + legs, 0);
      const [ofNovices, ofOthers] = [share(novices.legs / all(true)), share(others.legs / all(false))];
      return [
        {
          kind: 'novice-topics',
          subject: reason,
          statement: {
            pt: `“${reason}” leva ${minutes(novices.mean)} com agentes nos primeiros ${NOVICE_DAYS} dias e ${minutes(others.mean)} com os demais, mais do que os outros assuntos explicam; é ${ofNovices.pt} do que eles atendem, contra ${ofOthers.pt}.`,
            en: `“${reason}” takes ${minutes(novices.mean)} with agents in their first ${NOVICE_DAYS} days and ${minutes(others.mean)} with the others, more than other topics explain; it is ${ofNovices.en} of what they take, against ${ofOthers.en}.`,
          },
          todo: {
            pt: `Ponha “${reason}” no treinamento de quem entra, com um roteiro; até lá, encaminhe a quem já sabe.`,
            en: `Teach “${reason}” to newcomers, with a script; until then, route it to those who know it.`,
          },
          metric: 'avgHandleTime',
          effectHours: hours(test.difference),
          interval: [hours(test.low), hours(test.high)] as const,
          pValue: test.difference > 0 ? test.pValue : 1,
          evidence: {
            unit: 's' as const,
            n: novices.legs,
            points: [
              { label: 'novice', value: novices.mean, usual: others.mean, marked: true as const },
              { label: 'others', value: others.mean, usual: null },
            ],
            rows: { from, to, where: [`reason=${reason}`] },
          },
        },
      ];
    });
  },
};
