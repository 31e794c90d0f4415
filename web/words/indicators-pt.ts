const s = (count: number, one: string, many: string) => (count === 1 ? one : many);

/** What Indicadores says. */
export const indicators = {
  yearToDate: (value: string, first: string) => `no ano, desde ${first}: ${value}`,
  /** What was open at the end of an earlier day. */
  was: (value: string, one: boolean, day: string) => ` (${one ? 'era' : 'eram'} ${value} em ${day})`,
  group: 'Mostrar',
  groups: {
    volume: 'Volume',
    time: 'Tempo',
    access: 'Acesso',
    quality: 'Qualidade',
    repeat: 'Rechamadas',
    agents: 'Agentes',
  },
  shares: (name: string, share: string) => `${name}: ${share}`,
  range: 'Faixa',
  headline: (label: string, value: string, range: string, _one: boolean) => `${label}: ${value} em ${range}`,
  noValue: 'sem valor',
  change: (change: string, verdict: string) => `; ${change} sobre o período anterior${verdict && `, ${verdict}`}.`,
  steady: '; estável sobre o período anterior.',
  changeWeek: (change: string, verdict: string, one: boolean) =>
    `; ${change} sobre ${one ? 'o mesmo dia' : 'os mesmos dias'} da semana anterior${verdict && `, ${verdict}`}.`,
  steadyWeek: (one: boolean) => `; estável sobre ${one ? 'o mesmo dia' : 'os mesmos dias'} da semana anterior.`,
  by: 'Por',
  over: (label: string, by: string) => `${label}, ${by}`,
  formula: 'Fórmula',
  value: 'Valor',
  contacts: 'Casos',
  time: 'Tempo',
  leastCases: (count: string) => `${count} casos`,
  leastTime: (hours: string) => `${hours} de agentes`,
};

/** The line of figures of Início and Indicadores. */
export const figures = {
  aim: (target: string) => `meta ${target}`,
  aimOfHouse: (target: string) => `meta de ${target}, da regra da casa: não se compara`,
  aims: {
    met: (target: string) => `na meta de ${target}`,
    near: (target: string) => `perto da meta de ${target}`,
    missed: (target: string) => `fora da meta de ${target}`,
  },
  name: 'Indicadores do período',
  stable: 'estável',
  better: 'melhor',
  worse: 'pior',
  nothingBefore: 'sem valor anterior',
  notWholeBefore: 'sem período anterior completo',
  notCompared: 'sem comparação',
  closedWeek: (range: string) => `semana ${range}, janela fechada`,
  repeats: (window: string) => `Rechamada ${window}`,
  against: 'variação sobre o período anterior',
  againstWeek: 'variação sobre os mesmos dias da semana anterior',
  againstNothing: (held: string) => `${held}: sem comparação`,
  againstWithout: (names: string) => `variação sobre o período anterior, sem ${names}, que não tem os dois inteiros`,
  seeWithout: (count: number) => s(count, 'Ver sem ela', 'Ver sem elas'),
  line: 'linha: semanas até aqui',
  lineNet: 'linha: semanas até aqui, no líquido',
};
