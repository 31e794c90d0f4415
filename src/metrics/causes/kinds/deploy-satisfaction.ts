import { addDays } from '../../../kernel/brazil/dates.ts';
import { type CauseKind, written } from '../cause.ts';
import { pooled, sampleOf } from '../statistics.ts';

/** Least scores of a day that say something of it. */
const FEW = 10;

/** Scores on deploy days against those of ordinary days. */
export const deploySatisfaction: CauseKind = {
  find({ days, deploys, from, to }) {
    const events = new Set(deploys.map(({ day }) => day));
    const scored = days.filter(({ scores }) => scores >= FEW);
    const mean = ({ score, scores }: (typeof scored)[number]) => score / scores;
    const [on, off] = [scored.filter(({ day }) => events.has(day)), scored.filter(({ day }) => !events.has(day))];
    const test = pooled(sampleOf(on.map(mean)), sampleOf(off.map(mean)));
    if (!test) return [];
    const total = (some: typeof scored) =>
      some.reduce((sum, { score }) => sum + score, 0) / some.reduce((sum, { scores }) => sum + scores, 0);
    const n = on.reduce((sum, { scores }) => sum + scores, 0);
    const [now, usual] = [written(total(on), 2), written(total(off), 2)];
    return [
      {
        kind: 'deploy-satisfaction',
        subject: 'deploys',
        statement: {
          pt: `Em dias de deploy a nota média é ${now.pt}, contra ${usual.pt} nos demais (${on.length} dias, ${written(n).pt} notas).`,
          en: `On deploy days the mean score is ${now.en}, against ${usual.en} on the others (${on.length} days, ${written(n).en} scores).`,
        },
        todo: {
          pt: 'Leia os motivos das notas baixas desses dias e combine com quem faz o deploy o que dizer ao cliente.',
          en: 'Read the reasons of the low scores of those days and agree with whoever deploys on what to tell customers.',
        },
        metric: 'avgSatisfaction',
        effectHours: 0,
        interval: null,
        pValue: test.difference < 0 ? test.pValue : 1,
        evidence: {
          unit: 'score',
          n,
          points: scored
            .filter(({ day }) => events.has(day) || events.has(addDays(day, 7)) || events.has(addDays(day, -7)))
            .map((one) => ({
              label: one.day,
              value: mean(one),
              usual: total(off),
              ...(events.has(one.day) ? { marked: true as const } : {}),
            })),
          rows: { from, to },
        },
      },
    ];
  },
};
