const s = (count: number, one: string, many: string) => (count === 1 ? one : many);

/** Causes: statements ranked by the hours of people's work that they explain. */
export const insights = {
  /** `Em 18/05–15/11, 21 causas; a maior: 61 h a mais (deploy).` */
  headline: (period: string, count: number, text: string, kind: string, amount: string) =>
    `Em ${period}, ${s(count, 'uma causa', `${text} causas; a maior`)}: ${amount} (${kind}).`,
  none: (period: string) => `Em ${period}, nada do que se procurou saiu do que o acaso faz.`,
  untested: (period: string) =>
    `Em ${period}, nada se testou: faltam tempo de atendimento, agentes ou semanas com casos bastantes.`,
  homeTitle: 'Causas, em horas de gente',
  homeMore: (count: number) =>
    count > 3 ? `As ${count} causas, com intervalos e linhas` : 'Intervalos e linhas em Causas',
  tests: (count: number, text: string, chance: string) =>
    `${s(count, '1 teste feito', `${text} testes feitos`)}; a chance de que alguma frase seja alarme falso é ${chance}`,
  hours: (hours: string) => `${hours} h`,
  interval: (low: string, high: string) => `${low} a ${high}`,
  counted: 'por contagem',
  findings: (count: string) => `${count} achados; os que dizem o mesmo estão juntos`,
  summed: 'na soma',
  largest: 'o maior',
  many: (count: string, kind: string) => `${count} achados: ${kind}.`,
  /** Of more than three findings of a kind, all costing or all saving. */
  alike: {
    'deploy-days': (n, less) =>
      `${n} vezes, no dia de um deploy ou nos dois seguintes, houve ${less ? 'menos' : 'mais'} atendimentos do que o usual.`,
    'agent-repeats': (n, less) =>
      `${n} agentes têm ${less ? 'menos' : 'mais'} rechamadas do que os colegas com os mesmos motivos.`,
    'novice-topics': (n) =>
      `${n} motivos levam mais tempo com agentes que chegaram há pouco, além do que eles já demoram.`,
    'seniority-mix': (n) => `Em ${n} meias-horas as ligações ficam com agentes novos mais do que no dia inteiro.`,
    'own-history': (n, less) =>
      `${n} agentes, motivos ou contas saíram da sua própria história na última semana, ${less ? 'para melhor' : 'para pior'}.`,
    'ddd-changes': (n, less) =>
      `De ${n} DDDs vieram ${less ? 'menos' : 'mais'} atendimentos na última semana do que nas anteriores.`,
  } as Record<string, (n: string, less: boolean) => string>,
  saves: 'poupadas',
  costs: 'a mais',
  /** People held against demand are short or left over. */
  gaps: { lack: 'faltaram', surplus: 'sobraram' } as Record<string, string>,
  todo: 'O que fazer',
  evidence: 'Ver os números',
  rows: 'Ver os atendimentos',
  staffing: 'Ver em Dimensionamento',
  noHours: 'sem horas',
  units: {
    count: 'atendimentos',
    s: 'tempo de atendimento',
    ratio: 'parte',
    score: 'nota',
    agents: 'pessoas escaladas',
    hours: 'horas de cada um',
  } as Record<string, string>,
  charted: (unit: string, top: string) => `${unit}, até ${top}`,
  marked: 'do que se fala',
  usual: 'usual',
  /** What the number beside the link counts, by what was looked for; of an agent’s, reason’s or account’s history, by its unit. */
  cases: {
    'deploy-days': 'atendimentos',
    'deploy-satisfaction': 'notas',
    'agent-repeats': 'âncoras de janela fechada',
    'novice-topics': 'pernas de agentes novos',
    'several-names': 'atendimentos',
    'split-customers': 'rechamadas com outro agente',
    'half-hours': 'meias-horas',
    'seniority-mix': 'pernas',
    'ddd-changes': 'atendimentos',
    s: 'pernas',
    ratio: 'âncoras de janela fechada',
  } as Record<string, string>,
  n: (n: string, cases: string) => `${n} ${cases}`,
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
  missing: (count: number, tables: string) =>
    `${s(count, 'Tabela de apoio vazia', 'Tabelas de apoio vazias')}: ${tables}; as causas que dependem ${s(count, 'dela', 'delas')} não são procuradas.`,
  tables: 'Tabelas de apoio',
};
