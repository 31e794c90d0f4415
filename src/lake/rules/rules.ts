import type { MARKED_RULES } from '../../contracts/index.ts';

/** A rule of repeat contacts: named, versioned data. Every repeat figure names one. */
export interface RepeatRule {
  readonly name: RepeatRuleName;
  readonly version: number;
  readonly kind: 'house' | 'previous';
  readonly parameters: HouseParameters | PreviousParameters;
  /** The rule in one sentence. */
  readonly statement: string;
}

export interface HouseParameters {
  /** Calendar days from the anchor's end to the repeat's start, inclusive; null is unlimited. */
  readonly windowDays: number | null;
  /** A leg that starts up to this long after the previous one's end, with another agent, is a transfer. */
  readonly transferSeconds: number;
}

export interface PreviousParameters {
  /** Seconds from the previous contact's start, inclusive. */
  readonly withinSeconds: number;
}

const previous = (name: RepeatRuleName, hours: number): RepeatRule => ({
  name,
  version: 1,
  kind: 'previous',
  parameters: { withinSeconds: hours * 3600 },
  statement:
    `Um contato até ${hours} h depois do início do contato anterior da mesma pessoa é rechamada, debitada ao atendente ` +
    'do anterior. Conta todo contato identificado, qualquer que seja o desfecho, menos os anulados.',
});

/** The rules that a new home marks, in the order they are shown. */
export const REPEAT_RULES = [
  {
    name: 'house',
    version: 1,
    kind: 'house',
    parameters: { windowDays: 7, transferSeconds: 900 },
    statement:
      'O primeiro atendimento humano e identificado de um episódio é a âncora; os seguintes da mesma pessoa até 7 dias ' +
      'corridos depois do seu fim são rechamadas, debitadas ao primeiro atendente. Pernas com outro atendente em até ' +
      '15 min são transferência e formam um só atendimento.',
  },
  previous('previous-24h', 24),
  previous('previous-72h', 72),
  previous('previous-7d', 168),
] as const satisfies readonly RepeatRule[];

export type RepeatRuleName = (typeof MARKED_RULES)[number];

/** Calendar days after which an anchor's fate is known. */
export function maturityDays({ windowDays }: HouseParameters): number {
  return windowDays ?? 7;
}

export function repeatRule(name: string): RepeatRule | undefined {
  return REPEAT_RULES.find((rule) => rule.name === name);
}
