/** Causes: statements ranked by the hours of people's work that they explain. */
export const insights = {
  headline: (hours: string, period: string) =>
    `Em ${period}, as causas abaixo explicam ${hours} de trabalho a mais ou a menos.`,
  none: (period: string) => `Em ${period}, nada do que se procurou saiu do que o acaso faz.`,
  homeTitle: 'Causas, em horas de gente',
  homeMore: (count: number) =>
    count > 3 ? `As ${count} causas, com intervalos e linhas` : 'Intervalos e linhas em Causas',
  tests: (tests: string, chance: string) =>
    `${tests} testes feitos; a chance de que alguma frase seja alarme falso é ${chance}`,
  hours: (hours: string) => `${hours} h`,
  interval: (low: string, high: string) => `${low} a ${high}`,
  counted: 'contado',
  saves: 'poupadas',
  costs: 'a mais',
  todo: 'O que fazer',
  evidence: 'Ver os números',
  rows: 'Ver os atendimentos',
  noHours: 'sem horas',
  n: (n: string) => `n ${n}`,
  columns: { label: 'O quê', value: 'Valor', usual: 'Usual' },
  labels: {
    novice: 'agentes novos',
    others: 'os demais',
    other: 'outro agente',
    same: 'o mesmo agente',
    hidden: 'não aparecem por nome',
    repeats: 'rechamadas',
  } as Record<string, string>,
  kinds: {
    'deploy-days': 'Deploy',
    'deploy-satisfaction': 'Satisfação em dias de deploy',
    'agent-repeats': 'Agente',
    'novice-topics': 'Assunto sem treinamento',
    'several-names': 'Cadastros repetidos',
    'split-customers': 'Cliente entre agentes',
    'half-hours': 'Escala',
    'seniority-mix': 'Quem chegou há pouco',
    'own-history': 'Mudança',
    'ddd-changes': 'DDD',
  } as Record<string, string>,
  missing: 'Sem deploys, senioridade e escalas nas tabelas de apoio, essas causas não são procuradas.',
  tables: 'Tabelas de apoio',
};
