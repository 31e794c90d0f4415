import type { FileLang } from './words.ts';

/** The words of the files of staffing; where the screen shows the same thing, the same word. */
interface StaffingWords {
  readonly titles: Readonly<Record<'week' | 'halfHours' | 'coming' | 'shifts' | 'plan', string>>;
  readonly by: string;
  readonly columns: Readonly<
    Record<
      | 'weekday'
      | 'day'
      | 'half'
      | 'offered'
      | 'abandoned'
      | 'inTime'
      | 'aht'
      | 'needed'
      | 'rostered'
      | 'lack'
      | 'surplus'
      | 'usualCalls'
      | 'usualNeeded'
      | 'usualLack'
      | 'usualSurplus'
      | 'usualLevel'
      | 'calls'
      | 'low'
      | 'high'
      | 'naive'
      | 'neededHigh'
      | 'start'
      | 'end'
      | 'rest'
      | 'people'
      | 'covered',
      string
    >
  >;
  readonly aims: string;
  readonly aim: (level: string, seconds: string, away: string) => string;
  readonly leaving: string;
  readonly leave: (seconds: string | null) => string;
  readonly formula: string;
  readonly formulas: Readonly<Record<'erlang-a' | 'erlang-c', string>>;
}

export const STAFFING_WORDS: Readonly<Record<FileLang, StaffingWords>> = {
  pt: {
    titles: {
      week: 'Semana comum',
      halfHours: 'Dimensionamento',
      coming: 'Dimensionamento, previsão',
      shifts: 'Turnos',
      plan: 'Turnos, meias horas',
    },
    by: 'meia hora',
    columns: {
      weekday: 'Dia da semana',
      day: 'Dia',
      half: 'Meia hora',
      offered: 'Ligações',
      abandoned: 'Abandonadas',
      inTime: 'Atendidas no tempo',
      aht: 'TMA',
      needed: 'Necessárias',
      rostered: 'Na escala',
      lack: 'Faltam',
      surplus: 'Sobram',
      usualCalls: 'Ligações de costume',
      usualNeeded: 'Necessárias de costume',
      usualLack: 'Faltam de costume',
      usualSurplus: 'Sobram de costume',
      usualLevel: 'Atendidas no tempo, de costume',
      calls: 'Previsão',
      low: 'De',
      high: 'Até',
      naive: 'Ingênua',
      neededHigh: 'Necessárias se vier o máximo',
      start: 'Entrada',
      end: 'Saída',
      rest: 'Intervalo',
      people: 'Pessoas',
      covered: 'Nos turnos',
    },
    aims: 'Meta',
    aim: (level, seconds, away) => `${level} atendidas em ${seconds} s; ausências ${away}`,
    leaving: 'Quem espera desiste',
    leave: (seconds) => (seconds === null ? 'nunca' : `em ${seconds} s, em média`),
    formula: 'Fórmula',
    formulas: {
      'erlang-a': 'Erlang A: menor número de pessoas que atende a meta, se quem espera desiste',
      'erlang-c': 'Erlang C: menor número de pessoas que atende a meta, se ninguém desiste',
    },
  },
  en: {
    titles: {
      week: 'Usual week',
      halfHours: 'Staffing',
      coming: 'Staffing, forecast',
      shifts: 'Shifts',
      plan: 'Shifts, half-hours',
    },
    by: 'half-hour',
    columns: {
      weekday: 'Weekday',
      day: 'Day',
      half: 'Half-hour',
      offered: 'Calls',
      abandoned: 'Abandoned',
      inTime: 'Answered in time',
      aht: 'AHT',
      needed: 'Needed',
      rostered: 'Rostered',
      lack: 'Short',
      surplus: 'Idle',
      usualCalls: 'Usual calls',
      usualNeeded: 'Usually needed',
      usualLack: 'Usually short',
      usualSurplus: 'Usually idle',
      usualLevel: 'Usually answered in time',
      calls: 'Forecast',
      low: 'From',
      high: 'Up to',
      naive: 'Naive',
      neededHigh: 'Needed for the upper limit',
      start: 'Start',
      end: 'End',
      rest: 'Break',
      people: 'People',
      covered: 'In shifts',
    },
    aims: 'Aim',
    aim: (level, seconds, away) => `${level} answered within ${seconds} s; ${away} away`,
    leaving: 'Callers give up',
    leave: (seconds) => (seconds === null ? 'never' : `after ${seconds} s on average`),
    formula: 'Formula',
    formulas: {
      'erlang-a': 'Erlang A: fewest people that meet the aim when those who wait give up',
      'erlang-c': 'Erlang C: fewest people that meet the aim when nobody gives up',
    },
  },
};
