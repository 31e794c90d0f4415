import type { PersonasView } from '../../src/api/schema-segments.ts';
import { ui } from './ui.svelte.ts';

export type Persona = PersonasView['personas'][number];
export type PersonaText = PersonasView['texts'][number];
export type Since = NonNullable<PersonasView['since']>;
export type Movement = Since['total'];
type Texts = readonly PersonaText[];
type Field = Persona['traits'][number];

/** What was written last of a group. */
export const textOf = (texts: Texts, group: number): PersonaText | undefined =>
  texts.find(({ number }) => number === group);

/** What a persona goes by: what somebody called it, or what its numbers say. */
export const nameOf = (persona: Persona, texts: Texts): string =>
  textOf(texts, persona.group)?.name ?? persona.said[ui.lang].name;

/** Names by group; of one that has no persona any more, that of before or its number. */
export function groupNames(
  personas: readonly Persona[],
  texts: Texts,
  former: Since['former'] = [],
): (group: number | null) => string {
  const names = new Map([
    ...former.map(({ group, name }) => [group, name[ui.lang]] as const),
    ...personas.map((one) => [one.group, nameOf(one, texts)] as const),
  ]);
  return (group) => {
    const words = ui.t.personas;
    if (group === null) return words.outside;
    return names.get(group) ?? words.group(ui.f.count(group));
  };
}

/** A number of any size, with as many digits as tell it. */
export function amount(value: number | null): string {
  if (value === null) return ui.f.count(null);
  const size = Math.abs(value);
  if (size >= 100 || Number.isInteger(value)) return ui.f.count(Math.round(value));
  return ui.f.decimal(value, size >= 1 ? 1 : 2);
}

/** Whole reais, so that a column is rounded alike: `R$ 8.484`. */
export const reais = (value: number | null): string =>
  value === null ? ui.f.count(null) : `${value <= -0.5 ? '−' : ''}R$\u00a0${ui.f.count(Math.round(Math.abs(value)))}`;

/** The same with its sign: `+R$ 8.484`. */
export const signedReais = (value: number): string => `${value >= 0.5 ? '+' : ''}${reais(value)}`;

/** For a headline: `R$ 4,1 mi`. */
export const roundReais = (value: number): string => `R$ ${ui.f.tick(value, 'count')}`.replaceAll(' ', '\u00a0');

/** A number of a field of the base, in its unit. */
export const fieldAmount = ({ unit, is }: Pick<Field, 'unit'> & { is?: string }, value: number): string => {
  if (is !== undefined) return ui.f.percent(value);
  return unit === 'money' ? reais(value) : unit === 'days' ? ui.f.count(Math.round(value)) : amount(value);
};

/** What changed of all that a group is worth. */
export const balanceOf = ({ before, now }: Pick<Movement, 'before' | 'now'>): number => now - before;

/** Of groups of both times, the one that gained most and the one that lost most; none where groups were drawn anew. */
export function extremesOf({ groups, former }: Since): { gained: number | null; lost: number | null } {
  const gone = new Set(former.map(({ group }) => group));
  const stayed = groups.filter(({ group }) => !gone.has(group));
  if (!stayed.some(({ stayed: own }) => own.customers > 0)) return { gained: null, lost: null };
  const ordered = stayed.toSorted((a, b) => balanceOf(b) - balanceOf(a));
  const [first, last] = [ordered.at(0), ordered.at(-1)];
  return {
    gained: first && balanceOf(first) >= 0.5 ? first.group : null,
    lost: last && balanceOf(last) <= -0.5 ? last.group : null,
  };
}

export const LISTS = { clientes: 'customers', vieram: 'came', sairam: 'went' } as const;
export type ListName = keyof typeof LISTS;

/** The address of a list of a persona's customers. */
export const listPath = (group: number, list: ListName): string => `/personas?persona=${group}&ver=${list}`;
