import { addDays } from '../../../kernel/brazil/dates.ts';
import { type CauseKind, shortDay, written } from '../cause.ts';
import { against, sampleOf } from '../statistics.ts';

const WEEKS = 12;
/** Contacts of a usual week below which a DDD is not looked at. */
const FEW = 20;

/** DDDs whose last whole week left their own twelve before it; square roots, for the spread of counts grows with them. */
export const dddChanges: CauseKind = {
  find({ ddds, watermark, from, handle }) {
    return [...Map.groupBy(ddds, ({ ddd }) => ddd)].flatMap(([ddd, weeks]) => {
      const whole = weeks
        .filter(({ week }) => addDays(week, 6) <= watermark && week >= from)
        .toSorted((a, b) => a.week.localeCompare(b.week));
      const last = whole.at(-1);
      const before = whole.slice(-WEEKS - 1, -1);
      const usual = before.reduce((sum, { contacts }) => sum + contacts, 0) / Math.max(1, before.length);
      const test =
        last &&
        usual >= FEW &&
        against(Math.sqrt(last.contacts), sampleOf(before.map(({ contacts }) => Math.sqrt(contacts))));
      if (!test) return [];
      const hours = (root: number) => ((Math.max(0, test.usual + root) ** 2 - test.usual ** 2) * handle) / 3600;
      const [now, then, when] = [written(last.contacts), written(usual), shortDay(last.week)];
      const more = last.contacts > usual;
      return [
        {
          kind: 'ddd-changes',
          subject: ddd,
          statement: {
            pt: `Do DDD ${ddd} vieram ${now.pt} atendimentos na semana de ${when.pt}, ${more ? 'mais' : 'menos'} que os ${then.pt} por semana de antes.`,
            en: `Area code ${ddd} gave ${now.en} contacts in the week of ${when.en}, ${more ? 'more' : 'fewer'} than the ${then.en} a week before.`,
          },
          todo: {
            pt: 'Procure o que mudou na região: uma falha, uma campanha, uma cobrança, uma rota de telefonia.',
            en: 'Look for what changed in the region: an outage, a campaign, a billing run, a phone route.',
          },
          metric: 'contacts',
          effectHours: hours(test.difference),
          interval: [hours(test.low), hours(test.high)] as const,
          pValue: test.pValue,
          evidence: {
            unit: 'count' as const,
            n: last.contacts,
            points: [...before, last].map((week) => ({
              label: week.week,
              value: week.contacts,
              usual,
              ...(week === last ? { marked: true as const } : {}),
            })),
            rows: { from: last.week, to: addDays(last.week, 7) },
          },
        },
      ];
    });
  },
};
