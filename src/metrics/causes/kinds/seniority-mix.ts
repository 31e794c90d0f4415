import { type CauseKind, minutes, share } from '../cause.ts';
import { NOVICE_DAYS } from '../inputs.ts';
import { sampleOf, welch, without } from '../statistics.ts';

/** Legs of a half-hour of a day below which its mix says little. */
const FEW = 5;
const FEW_DAYS = 10;

/** Half-hours of the day in which new agents take a larger share of the calls than at other times; days are the cases. */
export const seniorityMix: CauseKind = {
  find({ mix, agentReasons, from, to }) {
    const group = (novice: boolean) => {
      const some = agentReasons.filter((one) => one.novice === novice);
      return (
        some.reduce((sum, { handle_s }) => sum + handle_s, 0) /
        Math.max(
          1,
          some.reduce((sum, { legs }) => sum + legs, 0),
        )
      );
    };
    const slower = group(true) - group(false);
    const used = mix.filter(({ legs }) => legs >= FEW);
    const shareOf = ({ novices, legs }: (typeof used)[number]) => novices / legs;
    // A day's own share is taken off: on which days new agents work is another matter.
    const daily = new Map(
      [...Map.groupBy(used, ({ day }) => day)].map(([day, ones]) => [
        day,
        total(ones, 'novices') / total(ones, 'legs'),
      ]),
    );
    const beyond = (one: (typeof used)[number]) => shareOf(one) - daily.get(one.day)!;
    const whole = sampleOf(used.map(beyond));
    const mean = total(used, 'novices') / Math.max(1, total(used, 'legs'));
    return [...Map.groupBy(used, ({ halfHour }) => halfHour)].flatMap(([halfHour, ones]) => {
      const own = sampleOf(ones.map(beyond));
      const test = ones.length >= FEW_DAYS ? welch(own, without(whole, own)) : null;
      if (!test) return [];
      const legs = total(ones, 'legs');
      const hours = (difference: number) => (difference * legs * slower) / 3600;
      const clock = `${String(Math.floor(halfHour / 2)).padStart(2, '0')}:${halfHour % 2 === 0 ? '00' : '30'}`;
      const [then, usual] = [share(mean + test.difference), share(mean)];
      return [
        {
          kind: 'seniority-mix',
          subject: clock,
          statement: {
            pt: `Às ${clock}, ${then.pt} das ligações ficam com agentes nos primeiros ${NOVICE_DAYS} dias, contra ${usual.pt} no dia inteiro; eles levam ${minutes(slower)} a mais por ligação.`,
            en: `At ${clock}, ${then.en} of calls go to agents in their first ${NOVICE_DAYS} days, against ${usual.en} over the day; they take ${minutes(slower)} longer per call.`,
          },
          todo: {
            pt: 'Troque um começo de turno ou uma pausa, para que haja sempre quem ajude os que chegaram há pouco.',
            en: 'Swap a shift start or a break, so that somebody is always there to help the newcomers.',
          },
          metric: 'avgHandleTime',
          effectHours: hours(test.difference),
          interval: [hours(test.low), hours(test.high)] as const,
          pValue: test.difference > 0 && slower > 0 ? test.pValue : 1,
          evidence: {
            unit: 'ratio' as const,
            n: legs,
            points: [...Map.groupBy(used, (one) => one.halfHour)]
              .toSorted(([a], [b]) => a - b)
              .map(([each, some]) => ({
                label: `${String(Math.floor(each / 2)).padStart(2, '0')}:${each % 2 === 0 ? '00' : '30'}`,
                value: total(some, 'novices') / total(some, 'legs'),
                usual: mean,
                ...(each === halfHour ? { marked: true as const } : {}),
              })),
            rows: { from, to },
          },
        },
      ];
    });
  },
};

function total<T>(ones: readonly T[], name: keyof T): number {
  return ones.reduce((sum, one) => sum + (one[name] as number), 0);
}
