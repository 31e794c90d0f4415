import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { RamalError } from '../../kernel/errors.ts';

/** Where a persona's customers stand in the base: shares of it, from 0 (nobody has less) to 1. */
const Place = Type.Number({ minimum: 0, maximum: 1 });

export const PlaySchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 60 }),
    /** What its customers are like; a role left out may be anything. */
    like: Type.Object(
      {
        value: Type.Optional(Place),
        tenure: Type.Optional(Place),
        usage: Type.Optional(Place),
        size: Type.Optional(Place),
      },
      { additionalProperties: false },
    ),
    /** Segments that most of its customers are of, as the base writes them without accents or case. */
    segments: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 60 }), { maxItems: 50 })),
    pain: Type.String({ maxLength: 300 }),
    action: Type.String({ maxLength: 300 }),
  },
  { additionalProperties: false },
);

/** A kind of customer that a team knows what to do with. */
export type Play = Type.Static<typeof PlaySchema>;

/** A playbook: kinds of customers, each by a name of its own. */
export const PlaysSchema = Type.Array(PlaySchema, { minItems: 1, maxItems: 100 });

/** The eight kinds of a software company's customers, and what its team does with each. */
export const USUAL_PLAYBOOK: readonly Play[] = [
  {
    name: 'Clientes Adormecidos',
    like: { value: 0.1, tenure: 0.4, usage: 0.05, size: 0.25 },
    segments: ['servicos', 'varejo'],
    pain: 'Precisa de um motivo para voltar',
    action: 'Reativação, com contato humano',
  },
  {
    name: 'VIPs da Indústria',
    like: { value: 0.88, tenure: 0.7, usage: 0.6, size: 0.85 },
    segments: ['manufatura'],
    pain: 'Espera suporte de primeira e parceria',
    action: 'Gestão de contas-chave',
  },
  {
    name: 'Veteranos em Manutenção',
    like: { value: 0.45, tenure: 0.85, usage: 0.05, size: 0.5 },
    pain: 'Não vê o valor das soluções novas',
    action: 'Reconexão estratégica, com oficinas',
  },
  {
    name: 'Parceiros Estratégicos',
    like: { value: 0.97, tenure: 0.75, usage: 0.3, size: 0.9 },
    pain: 'Quer confiança, segurança e visão de longo prazo',
    action: 'Atendimento dedicado e contato executivo',
  },
  {
    name: 'Clientes Padrão',
    like: { value: 0.45, tenure: 0.55, usage: 0.5, size: 0.3 },
    pain: 'Quer estabilidade e crescer aos poucos',
    action: 'Relacionamento contínuo e upsell',
  },
  {
    name: 'Super-Usuários de Elite',
    like: { value: 0.88, tenure: 0.85, usage: 0.96, size: 0.85 },
    segments: ['educacional', 'educacao'],
    pain: 'Quer reconhecimento e influência no produto',
    action: 'Embaixadores e cocriação',
  },
  {
    name: 'Usuários Intensivos',
    like: { value: 0.75, tenure: 0.7, usage: 0.85, size: 0.85 },
    segments: ['manufatura'],
    pain: 'Precisa de suporte rápido e especializado (SLA)',
    action: 'Sucesso proativo, com canal premium',
  },
  {
    name: 'Novos Exploradores',
    like: { value: 0.25, tenure: 0.05, usage: 0.8, size: 0.25 },
    segments: ['servicos', 'varejo'],
    pain: 'Precisa de orientação e de valor rápido',
    action: 'Onboarding, educação e cross-sell',
  },
];

const wrong = (what: string) =>
  new RamalError('usage', { what, todo: 'Escreva uma lista de {name, like, segments?, pain, action}, em JSON' });

/** A playbook that somebody wrote. @throws RamalError `usage` for what is none. */
export function readPlaybook(text: string): readonly Play[] {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    throw wrong('O roteiro não é JSON');
  }
  if (!Value.Check(PlaysSchema, read)) {
    const [first] = Value.Errors(PlaysSchema, read);
    throw wrong(`O roteiro não se entende em ${first?.instancePath || 'seu começo'}`);
  }
  return namedOnce(read);
}

/** @throws RamalError `usage` for a playbook of which two plays go by one name. */
export function namedOnce(plays: readonly Play[]): readonly Play[] {
  const names = plays.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined) throw wrong(`O roteiro repete ${twice}`);
  return plays;
}
