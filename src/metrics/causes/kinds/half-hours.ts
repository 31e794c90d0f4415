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
  const hours = found.reduce((sum, one) => sum + of(one) * HOURS, 0);
  const worst = found[0]!;
  const [total, count, people] = [written(hours), written(found.length), written(of(worst))];
  const when = shortDay(worst.day);
  return {
    kind: 'half-hours',
    subject: side,
    statement:
      side === 'lack'
        ? {
            pt: `Em ${count.pt} meias-horas faltaram duas ou mais pessoas para a demanda: ${total.pt} horas de agente, sem contar onde faltou menos. A pior, ${when.pt} às ${clock(worst)}: faltaram ${people.pt}.`,
            en: `In ${count.en} half-hours two or more people were missing for the demand: ${total.en} agent-hours, not counting where fewer were. The worst, ${when.en} at ${clock(worst)}: ${people.en} short.`,
          }
        : {
            pt: `Em ${count.pt} meias-horas havia duas ou mais pessoas além da demanda: ${total.pt} horas de agente, sem contar onde sobrou menos. A maior sobra, ${when.pt} às ${clock(worst)}: ${people.pt} a mais.`,
            en: `In ${count.en} half-hours there were two or more people beyond the demand: ${total.en} agent-hours, not counting where fewer were. The largest surplus, ${when.en} at ${clock(worst)}: ${people.en} too many.`,
          },
    todo: {
      pt: 'Mova pausas e começos de turno entre essas meias-horas; a página Dimensionamento sugere a escala.',
      en: 'Move breaks and shift starts between those half-hours; the Staffing page suggests the roster.',
    },
    effectHours: hours,
    interval: [hours, hours],
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
