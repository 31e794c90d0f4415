import { type CauseKind, share, written } from '../cause.ts';
import { poissonAtLeast, poissonAtMost } from '../statistics.ts';

/** Closed anchors below which an agent is not held against the others. */
const FEW = 30;

/**
 * Repeat contacts of each agent against what the others have on the same mix of reasons: standardised indirectly, with
 * Poisson tails, which are wider than binomial ones.
 */
export const agentsAgainstPeers: CauseKind = {
  find({ agentReasons, agents, handle, from, to }) {
    const reasons = Map.groupBy(agentReasons, ({ reason }) => reason);
    const rate = new Map(
      [...reasons].map(([reason, ones]) => [reason, sum(ones, 'repeated') / Math.max(1, sum(ones, 'matured'))]),
    );
    const all = [...Map.groupBy(agentReasons, ({ agent }) => agent)].map(([agent, ones]) => ({
      agent,
      matured: sum(ones, 'matured'),
      repeated: sum(ones, 'repeated'),
      expected: ones.reduce((total, { reason, matured }) => total + matured * rate.get(reason)!, 0),
    }));
    const shown = all.filter(({ matured }) => matured >= FEW);
    return shown.map(({ agent, matured, repeated, expected }) => {
      const name = agents.get(agent) ?? agent;
      const excess = repeated - expected;
      const reach = 1.96 * Math.sqrt(Math.max(1, repeated));
      const hours = (contacts: number) => (contacts * handle) / 3600;
      const pValue = Math.min(1, 2 * Math.min(poissonAtLeast(repeated, expected), poissonAtMost(repeated, expected)));
      const [own, peers] = [share(repeated / matured), share(expected / matured)];
      const more = excess > 0;
      return {
        kind: 'agent-repeats',
        subject: agent,
        statement: {
          pt: `Dos atendimentos de ${name}, ${own.pt} voltaram; com os mesmos motivos, os colegas têm ${peers.pt} (${written(matured).pt} âncoras).`,
          en: `Of the contacts of ${name}, ${own.en} came back; with the same reasons, colleagues have ${peers.en} (${written(matured).en} anchors).`,
        },
        todo: more
          ? {
              pt: 'Ouça juntos alguns atendimentos que voltaram; veja que motivos pesam e combine um reforço.',
              en: 'Listen together to some contacts that came back; see which reasons weigh most and agree on coaching.',
            }
          : {
              pt: 'Veja o que esta pessoa faz diferente e passe aos colegas.',
              en: 'See what this person does differently and pass it on.',
            },
        metric: 'repeatRate',
        effectHours: hours(excess),
        interval: [hours(excess - reach), hours(excess + reach)],
        pValue,
        evidence: {
          unit: 'ratio',
          n: matured,
          points: shown
            .toSorted((a, b) => b.repeated / b.expected - a.repeated / a.expected)
            .map((one) => ({
              label: agents.get(one.agent) ?? one.agent,
              value: one.repeated / one.matured,
              usual: one.expected / one.matured,
              ...(one.agent === agent ? { marked: true as const } : {}),
            })),
          rows: { from, to, where: [`agent=${agent}`], repeat: 'matured' },
        },
      };
    });
  },
};

function sum<T>(ones: readonly T[], name: keyof T): number {
  return ones.reduce((total, one) => total + (one[name] as number), 0);
}
