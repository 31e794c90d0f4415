import type { FileLang } from './words.ts';

/** The names, pains and actions of the customary playbook, in English. */
const ENGLISH: Readonly<Record<string, string>> = {
  'Clientes Adormecidos': 'Dormant Customers',
  'Precisa de um motivo para voltar': 'Needs a reason to come back',
  'Reativação, com contato humano': 'Win back, by a person',
  'VIPs da Indústria': 'Industry VIPs',
  'Espera suporte de primeira e parceria': 'Expects first-rate support and partnership',
  'Gestão de contas-chave': 'Key account management',
  'Veteranos em Manutenção': 'Veterans on Maintenance',
  'Não vê o valor das soluções novas': 'Does not see the value of the new solutions',
  'Reconexão estratégica, com oficinas': 'Strategic reconnection, with workshops',
  'Parceiros Estratégicos': 'Strategic Partners',
  'Quer confiança, segurança e visão de longo prazo': 'Wants trust, safety and a long view',
  'Atendimento dedicado e contato executivo': 'Dedicated service and executive contact',
  'Clientes Padrão': 'Standard Customers',
  'Quer estabilidade e crescer aos poucos': 'Wants stability and to grow step by step',
  'Relacionamento contínuo e upsell': 'Continuous relationship and upsell',
  'Super-Usuários de Elite': 'Elite Super-Users',
  'Quer reconhecimento e influência no produto': 'Wants recognition and a say in the product',
  'Embaixadores e cocriação': 'Ambassadors and co-creation',
  'Usuários Intensivos': 'Intensive Users',
  'Precisa de suporte rápido e especializado (SLA)': 'Needs fast, expert support (SLA)',
  'Sucesso proativo, com canal premium': 'Proactive success, with a premium channel',
  'Novos Exploradores': 'New Explorers',
  'Precisa de orientação e de valor rápido': 'Needs guidance and quick value',
  'Onboarding, educação e cross-sell': 'Onboarding, education and cross-sell',
};

/** What a play says, in a language; what somebody wrote stays as it was written. */
export const sayPlay = (text: string, lang: FileLang): string => (lang === 'en' ? (ENGLISH[text] ?? text) : text);
