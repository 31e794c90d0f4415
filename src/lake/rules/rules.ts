import type { MARKED_RULES } from '../../contracts/index.ts';
import { RamalError } from '../../kernel/errors.ts';

/**
 * By what a rule takes two contacts for one caller's: the number as the source wrote it, digit by digit; the main
 * identity, which is canonical; or all identities that contacts link to it.
 */
export const CALLERS = ['received', 'identity', 'linked'] as const;
export type Caller = (typeof CALLERS)[number];

/** A rule of repeat contacts: named, versioned data. Every repeat figure names one. */
export type RepeatRule = HouseRule | PreviousRule;

interface Rule {
  readonly name: RepeatRuleName;
  readonly version: number;
  readonly caller: Caller;
  /** What it is called, its window included. */
  readonly label: Texts;
  /** The rule in one sentence. */
  readonly statement: Texts;
}

interface Texts {
  readonly pt: string;
  readonly en: string;
}

export interface HouseRule extends Rule {
  readonly kind: 'house';
  readonly parameters: HouseParameters;
}

export interface PreviousRule extends Rule {
  readonly kind: 'previous';
  readonly parameters: PreviousParameters;
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
  /** Counts only what a person handled; otherwise every contact, whatever became of it. */
  readonly handledOnly?: true;
  /** Counts contacts that identify nobody too, each as the only one of its caller. */
  readonly anonymousToo?: true;
  /** The previous contact is the latest one of the same calendar day and reason category. */
  readonly sameDayAndType?: true;
  /** A contact that starts less than this after the previous one's start was forwarded: counted, but no repeat. */
  readonly forwardedSeconds?: number;
}

const house = (name: RepeatRuleName, caller: Caller, label: Texts, statement: Texts): HouseRule => ({
  name,
  version: 1,
  kind: 'house',
  caller,
  parameters: { windowDays: 7, transferSeconds: 900 },
  label,
  statement,
});

const previous = (name: RepeatRuleName, hours: number, window: Texts): PreviousRule => ({
  name,
  version: 1,
  kind: 'previous',
  caller: 'identity',
  parameters: { withinSeconds: hours * 3600 },
  label: { pt: `clássica, ${window.pt}`, en: `classic, ${window.en}` },
  statement: {
    pt:
      `Um contato até ${hours} h depois do início do contato anterior da mesma pessoa é rechamada, debitada ao atendente ` +
      'do anterior. Conta todo contato identificado, qualquer que seja o desfecho, menos os anulados.',
    en:
      `A contact up to ${hours} h after the start of the same person’s previous contact is a repeat, charged to the agent ` +
      'of the previous one. Every identified contact counts, whatever its outcome, except void ones.',
  },
});

/** The rules that a new home marks, in the order they are shown: the house's, the former system's, published ones. */
export const REPEAT_RULES: readonly RepeatRule[] = [
  house(
    'house',
    'identity',
    { pt: 'casa, 7 dias', en: 'house, 7 days' },
    {
      pt:
        'O primeiro atendimento humano e identificado de um episódio é a âncora; os seguintes da mesma pessoa até 7 dias ' +
        'corridos depois do seu fim são rechamadas, debitadas ao primeiro atendente. Pernas com outro atendente em até ' +
        '15 min são transferência e formam um só atendimento.',
      en:
        'The first identified contact handled by a person in an episode is the anchor; the same person’s later ones, up ' +
        'to 7 calendar days after it ends, are repeats, charged to the first agent. Legs with another agent within 15 ' +
        'min are a transfer and make one contact.',
    },
  ),
  house(
    'house-received',
    'received',
    { pt: 'casa, números como vieram', en: 'house, numbers as written' },
    {
      pt:
        'A regra da casa, com os telefones como a fonte os escreveu: o mesmo número com e sem o nono dígito são dois ' +
        'clientes.',
      en: 'The house rule, with phones as the source wrote them: one number with and without the ninth digit is two customers.',
    },
  ),
  house(
    'house-linked',
    'linked',
    { pt: 'casa, contatos unidos', en: 'house, linked contacts' },
    {
      pt:
        'A regra da casa, com telefones, e-mails, CPFs e códigos vistos no mesmo atendimento unidos em um só cliente. ' +
        'O que aparece com mais de 8 outros não une ninguém.',
      en:
        'The house rule, with phones, e-mails, CPFs and codes seen on one contact taken for one customer. What is seen ' +
        'with more than 8 others links nobody.',
    },
  ),
  previous('previous-24h', 24, { pt: '24 h', en: '24 h' }),
  previous('previous-72h', 72, { pt: '72 h', en: '72 h' }),
  previous('previous-7d', 168, { pt: '7 dias', en: '7 days' }),
  {
    name: 'same-day-type',
    version: 1,
    kind: 'previous',
    caller: 'received',
    parameters: { withinSeconds: 86_400, sameDayAndType: true, anonymousToo: true },
    label: { pt: 'mesmo dia e tipo', en: 'same day and type' },
    statement: {
      pt:
        'Um contato no mesmo dia e da mesma categoria de motivo que outro do mesmo número, como a fonte o escreveu, é ' +
        'rechamada, qualquer que seja o desfecho. Quem não se identifica conta como contato único.',
      en:
        'A contact on the same day and of the same reason category as another of the same number, as the source wrote ' +
        'it, is a repeat, whatever its outcome. Who identifies nobody counts as a contact of its own.',
    },
  },
  {
    name: 'digits-168h',
    version: 1,
    kind: 'previous',
    caller: 'received',
    parameters: { withinSeconds: 604_800, handledOnly: true, anonymousToo: true },
    label: { pt: 'dígitos, 168 h', en: 'digits, 168 h' },
    statement: {
      pt:
        'Um atendimento humano até 168 h depois do início do anterior do mesmo número, dígito por dígito, é rechamada. ' +
        'Quem não se identifica conta como contato único.',
      en:
        'A contact handled by a person up to 168 h after the start of the previous one of the same number, digit by ' +
        'digit, is a repeat. Who identifies nobody counts as a contact of its own.',
    },
  },
  {
    name: 'forwarded-7d',
    version: 1,
    kind: 'previous',
    caller: 'received',
    parameters: { withinSeconds: 604_800, handledOnly: true, anonymousToo: true, forwardedSeconds: 900 },
    label: { pt: 'dígitos, 7 dias, sem encaminhados', en: 'digits, 7 days, forwarded left out' },
    statement: {
      pt:
        'Como a de dígitos em 168 h, mas um segundo atendimento que começa menos de 15 min depois do anterior foi ' +
        'encaminhado: conta como atendimento e não é rechamada.',
      en:
        'As digits within 168 h, but a second contact that starts less than 15 min after the previous one was forwarded: ' +
        'it counts as a contact and is no repeat.',
    },
  },
];

export type RepeatRuleName = (typeof MARKED_RULES)[number];

/** Calendar days after which an anchor's fate is known. */
export function maturityDays({ windowDays }: HouseParameters): number {
  return windowDays ?? 7;
}

/** Days after which a rule's answer is final: of 72 h, three. */
export function windowDaysOf({ kind, parameters }: RepeatRule): number {
  return kind === 'house' ? maturityDays(parameters) : Math.ceil(parameters.withinSeconds / 86_400);
}

/**
 * The rule with another window: `7d`, `72h`, or a bare number of days.
 * @throws RamalError `usage` for what is no window, or not one of whole days where the rule counts days.
 */
export function withWindow(rule: RepeatRule, window: string): RepeatRule {
  const [, count = '', unit = 'd'] = /^(\d{1,5})([hd])?$/.exec(window) ?? [];
  const hours = Number(count) * (unit === 'h' ? 1 : 24);
  const whole = rule.kind === 'previous' || hours % 24 === 0;
  if (count === '' || !whole)
    throw new RamalError('usage', {
      what: `Janela não entendida: ${window}`,
      todo: whole ? 'Use 72h, 7d, ou um número de dias' : 'A regra conta dias inteiros: use 7d',
    });
  if (rule.kind === 'house') return { ...rule, parameters: { ...rule.parameters, windowDays: hours / 24 } };
  return { ...rule, parameters: { ...rule.parameters, withinSeconds: hours * 3600 } };
}

export function repeatRule(name: string): RepeatRule | undefined {
  return REPEAT_RULES.find((rule) => rule.name === name);
}
