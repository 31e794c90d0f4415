import { addDays } from '../../../kernel/brazil/dates.ts';
import { type Candidate, type CauseKind, shortDay, written } from '../cause.ts';
import type { HalfHour } from '../inputs.ts';

const HOURS = 0.5;
/** Half-hours shown, the largest first. */
const SHOWN = 12;

/** Half-hours with more or fewer people than demand needs: counted, in agent-hours; what demand needs is an estimate. */
export const halfHours: CauseKind = {
  find({ staffing }) {
    return [gap(staffing, 'lack'), gap(staffing, 'surplus')].filter((found) => found !== null);
  },
};

function gap(staffing: readonly HalfHour[], side: 'lack' | 'surplus'): Candidate | null {
  const of = ({ needed, rostered }: HalfHour) => Math.max(0, side === 'lack' ? needed - rostered : rostered - needed);
  const found = staffing.filter((one) => of(one) >= 2).toSorted((a, b) => of(b) - of(a));
  if (found.length === 0) return null;
  const sum = (half: readonly HalfHour[]) => half.reduce((hours, one) => hours + of(one) * HOURS, 0);
  const hours = sum(found);
  const worst = found[0]!;
  const count = written(found.length);
  const halves =
    found.length === 1
      ? { pt: 'uma meia-hora', en: 'one half-hour' }
      : { pt: `${count.pt} meias-horas`, en: `${count.en} half-hours` };
  const [part, total, people] = [written(hours), written(sum(staffing)), written(of(worst))];
  const when = shortDay(worst.day);
  const days = staffing.map(({ day }) => day).toSorted();
  const [first, last] = [shortDay(days[0]!), shortDay(days.at(-1)!)];
  return {
    kind: 'half-hours',
    subject: side,
    statement:
      side === 'lack'
        ? {
            pt: `De ${first.pt} a ${last.pt}, em ${halves.pt} faltaram duas ou mais pessoas para as ligações de costume: ${part.pt} das ${total.pt} horas de agente que faltaram. A pior, ${when.pt} às ${clock(worst)}: faltaram ${people.pt}.`,
            en: `From ${first.en} to ${last.en}, in ${halves.en} two or more people were missing for the usual calls: ${part.en} of the ${total.en} agent-hours that were short. The worst, ${when.en} at ${clock(worst)}: ${people.en} short.`,
          }
        : {
            pt: `De ${first.pt} a ${last.pt}, em ${halves.pt} havia duas ou mais pessoas além das que as ligações de costume pedem: ${part.pt} das ${total.pt} horas de agente que sobraram. A maior sobra, ${when.pt} às ${clock(worst)}: ${people.pt} a mais.`,
            en: `From ${first.en} to ${last.en}, in ${halves.en} there were two or more people beyond those that the usual calls ask for: ${part.en} of the ${total.en} agent-hours to spare. The largest surplus, ${when.en} at ${clock(worst)}: ${people.en} too many.`,
          },
    todo: {
      pt: 'Mova pausas e começos de turno entre essas meias-horas; a página Dimensionamento sugere a escala.',
      en: 'Move breaks and shift starts between those half-hours; the Staffing page suggests the roster.',
    },
    metric: 'serviceLevel',
    effectHours: hours,
    interval: null,
    pValue: null,
    evidence: {
      unit: 'agents',
      n: staffing.length,
      points: found.slice(0, SHOWN).map((one) => ({
        label: `${one.day} ${clock(one)}`,
        value: one.rostered,
        usual: one.needed,
        ...(one === worst ? { marked: true as const } : {}),
      })),
      rows: { from: worst.day, to: addDays(worst.day, 1) },
    },
  };
}

function clock({ halfHour }: HalfHour): string {
  return `${String(Math.floor(halfHour / 2)).padStart(2, '0')}:${halfHour % 2 === 0 ? '00' : '30'}`;
}
