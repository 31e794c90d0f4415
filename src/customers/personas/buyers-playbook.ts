import { PURCHASE_NAMES } from '../base/purchases.ts';
import { type Play, USUAL_PLAYBOOK } from './playbook.ts';

/** What a shop does with its buyers, by the customary groups of recency and frequency (see ../base/purchases.ts). */
export const BUYERS_PLAYBOOK: readonly Play[] = [
  {
    name: 'Campeões',
    like: { value: 0.92, tenure: 0.7 },
    segments: ['campeoes'],
    pain: 'Espera ser reconhecido por comprar muito e sempre',
    action: 'Recompensas, e as novidades antes de todos',
  },
  {
    name: 'Fiéis',
    like: { value: 0.78, tenure: 0.65 },
    segments: ['fieis'],
    pain: 'Quer repor sem esforço',
    action: 'Programa de fidelidade e complementos do que já compra',
  },
  {
    name: 'Fiéis em potencial',
    like: { value: 0.5, tenure: 0.35 },
    segments: ['fieis em potencial'],
    pain: 'Ainda não fez daqui o seu lugar de comprar',
    action: 'Recomendações e um benefício na próxima compra',
  },
  {
    name: 'Novos',
    like: { value: 0.2, tenure: 0.05 },
    segments: ['novos'],
    pain: 'Está conhecendo a casa',
    action: 'Boas-vindas e ajuda na segunda compra',
  },
  {
    name: 'Promissores',
    like: { value: 0.2, tenure: 0.12 },
    segments: ['promissores'],
    pain: 'Comprou uma vez, e pouco se sabe dele',
    action: 'Convite para a segunda compra',
  },
  {
    name: 'Pedem atenção',
    like: { value: 0.52, tenure: 0.5 },
    segments: ['pedem atencao'],
    pain: 'Compra menos do que já comprou',
    action: 'Oferta com prazo do que costuma levar',
  },
  {
    name: 'Quase dormindo',
    like: { value: 0.28, tenure: 0.25 },
    segments: ['quase dormindo'],
    pain: 'Perdeu o hábito',
    action: 'Lembrete com o que há de novo',
  },
  {
    name: 'Não perder',
    like: { value: 0.85, tenure: 0.8 },
    segments: ['nao perder'],
    pain: 'Comprava muito e parou: algo aconteceu',
    action: 'Contato pessoal de quem o atende',
  },
  {
    name: 'Em risco',
    like: { value: 0.6, tenure: 0.65 },
    segments: ['em risco'],
    pain: 'Comprava bem, e faz tempo que não volta',
    action: 'Perguntar o que houve, e dar um motivo concreto para voltar',
  },
  {
    name: 'Hibernando',
    like: { value: 0.2, tenure: 0.5 },
    segments: ['hibernando'],
    pain: 'Comprou pouco, e há muito tempo',
    action: 'Reativação de baixo custo, e nada mais',
  },
];

/** The customary plays: a shop's where the segments of its customers are of how they buy, else a software company's. */
export const usualPlays = (segments: string | undefined): readonly Play[] =>
  segments === PURCHASE_NAMES.rfm ? BUYERS_PLAYBOOK : USUAL_PLAYBOOK;
