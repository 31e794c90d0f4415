import { type CauseKind, minutes, share, written } from '../cause.ts';
import { welch } from '../statistics.ts';

/** Repeat contacts taken by another agent than the first one's: do they take longer than those that stay? */
export const handovers: CauseKind = {
  find({ handovers: groups, from, to }) {
    const [stayed, other] = [groups.find((one) => !one.other), groups.find((one) => one.other)];
    const sample = (one: typeof stayed) =>
      one ? { n: one.n, mean: one.log_mean, squares: one.log_squares } : { n: 0, mean: 0, squares: 0 };
    const test = welch(sample(other), sample(stayed));
    if (!stayed || !other || !test) return [];
    const hours = (log: number) => (other.n * stayed.mean_s * (Math.exp(log) - 1)) / 3600;
    const [n, part] = [written(other.n), share(other.n / (other.n + stayed.n))];
    return [
      {
        kind: 'split-customers',
        subject: 'customers',
        statement: {
          pt: `${n.pt} rechamadas (${part.pt}) foram atendidas por outro agente e levam ${minutes(other.mean_s)}, contra ${minutes(stayed.mean_s)} quando o cliente volta ao mesmo.`,
          en: `${n.en} repeat contacts (${part.en}) were taken by another agent and take ${minutes(other.mean_s)}, against ${minutes(stayed.mean_s)} when the customer returns to the same one.`,
        },
        todo: {
          pt: 'Encaminhe quem volta ao agente que o atendeu, ou mostre a quem atende o que já foi dito.',
          en: 'Route who returns to the agent who took them, or show whoever answers what was said before.',
        },
        metric: 'avgHandleTime',
        effectHours: hours(test.difference),
        interval: [hours(test.low), hours(test.high)],
        pValue: test.difference > 0 ? test.pValue : 1,
        evidence: {
          unit: 's',
          n: other.n,
          points: [
            { label: 'other', value: other.mean_s, usual: stayed.mean_s, marked: true },
            { label: 'same', value: stayed.mean_s, usual: null },
          ],
          rows: { from, to },
        },
      },
    ];
  },
};
