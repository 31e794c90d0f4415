import type { AgainstTarget, ShiftHalf } from '../metrics/shift/shift-answers.ts';
import type { FileLang } from './words.ts';

/** The words of the files of a shift; where the screen shows the same thing, the same word. */
interface ShiftWords {
  readonly queues: string;
  readonly halves: string;
  readonly columns: Readonly<
    Record<
      | 'queue'
      | 'against'
      | 'level'
      | 'low'
      | 'high'
      | 'cases'
      | 'target'
      | 'offered'
      | 'answered'
      | 'abandoned'
      | 'shortAbandons'
      | 'short'
      | 'worst'
      | 'worstShort'
      | 'half'
      | 'state'
      | 'expected'
      | 'from'
      | 'upTo'
      | 'naive'
      | 'needed'
      | 'rostered'
      | 'lack'
      | 'present'
      | 'atWork',
      string
    >
  >;
  readonly against: Readonly<Record<AgainstTarget, string>>;
  readonly states: Readonly<Record<ShiftHalf['state'], string>>;
  readonly until: (moment: string) => string;
  readonly level: (seconds: number, short: number) => string;
  readonly people: (level: string, seconds: number, model: string) => string;
}

export const SHIFT_WORDS: Readonly<Record<FileLang, ShiftWords>> = {
  pt: {
    queues: 'Filas',
    halves: 'Meias horas',
    columns: {
      queue: 'Fila',
      against: 'Situação',
      level: 'Nível',
      low: 'IC 95%, de',
      high: 'IC 95%, até',
      cases: 'Casos',
      target: 'Meta',
      offered: 'Oferecidos',
      answered: 'Atendidos',
      abandoned: 'Abandonados',
      shortAbandons: 'Abandonos curtos',
      short: 'Faltou atender no tempo',
      worst: 'Pior meia hora',
      worstShort: 'Nela, faltou atender no tempo',
      half: 'Meia hora',
      state: 'Situação',
      expected: 'Previstos',
      from: 'De',
      upTo: 'Até',
      naive: 'Ingênua',
      needed: 'Necessárias',
      rostered: 'Escaladas',
      lack: 'Falta',
      present: 'Atenderam',
      atWork: 'Em atividade',
    },
    against: { below: 'abaixo', near: 'no limite', few: 'poucos casos', met: 'na meta' },
    states: { over: 'terminou', filling: 'em curso', ahead: 'à frente' },
    until: (moment) => `quem começou antes de ${moment}`,
    level: (seconds, short) =>
      `Nível de serviço: atendidos em até ${seconds} s, só os de espera conhecida; abandonados sem os de até ${short} s`,
    people: (level, seconds, model) => `Pessoas necessárias para atender ${level} em ${seconds} s, ${model}`,
  },
  en: {
    queues: 'Queues',
    halves: 'Half-hours',
    columns: {
      queue: 'Queue',
      against: 'Status',
      level: 'Level',
      low: '95% CI, from',
      high: '95% CI, up to',
      cases: 'Cases',
      target: 'Target',
      offered: 'Offered',
      answered: 'Answered',
      abandoned: 'Abandoned',
      shortAbandons: 'Short abandons',
      short: 'Short of the target',
      worst: 'Worst half-hour',
      worstShort: 'In it, short of the target',
      half: 'Half-hour',
      state: 'Status',
      expected: 'Expected',
      from: 'From',
      upTo: 'Up to',
      naive: 'Naive',
      needed: 'Needed',
      rostered: 'Rostered',
      lack: 'Short',
      present: 'Answered by',
      atWork: 'At work',
    },
    against: { below: 'below', near: 'borderline', few: 'few cases', met: 'on target' },
    states: { over: 'over', filling: 'filling', ahead: 'ahead' },
    until: (moment) => `whoever began before ${moment}`,
    level: (seconds, short) =>
      `Service level: answered within ${seconds} s, only those whose wait is known; abandoned without those within ${short} s`,
    people: (level, seconds, model) => `People needed to answer ${level} within ${seconds} s, ${model}`,
  },
};
