const s = (count: number, one: string, many: string) => (count === 1 ? one : many);

/** Of slices of one whole, in order of size. */
export const measures = {
  shrunken: (rate: string) => `${rate} ajustada`,
  shrunkenNote: 'Em ordem da taxa ajustada: a bruta de quem tem poucos casos é quase só acaso.',
  basis: {
    same: {
      contacts: 'As linhas e o total contam cada atendimento uma vez.',
      legs: 'As linhas e o total contam pernas: o que cada um atendeu, também quando o atendimento foi transferido.',
    },
    legs: (total: string, n: string) =>
      `As linhas contam pernas, o que cada um atendeu; o total, ${total} em ${n} atendimentos, conta cada atendimento uma vez com todas as suas pernas. São duas contas.`,
  },
  running: 'Acumulado',
  runningHelp:
    'Do maior para o menor: a parte que este e todos os maiores fazem, o que não tem nome no lugar do seu tamanho',
  /** `7 de 42 motivos fazem 81,3% dos atendimentos.` */
  pareto: (slices: number, of: string, by: string, share: string, what: string) =>
    `${slices} de ${of} ${by} ${s(slices, 'faz', 'fazem')} ${share} ${what}.`,
  paretoUnnamed: (name: string, count: number) => `Um ${s(count, 'dele', 'deles')} é ${name}, que a fonte não diz.`,
  /** What adds up, by indicator. */
  adding: { contacts: 'dos atendimentos', backlog: 'do que está em aberto' } as Record<string, string>,
  addingLegs: 'das pernas',
  addingRepeated: 'das âncoras com rechamada',
  addingRepeats: 'das rechamadas',
  other: (label: string) => `de ${label}`,
  /** The values of each dimension, several of them. */
  many: {
    day: 'dias',
    week: 'semanas',
    month: 'meses',
    weekday: 'dias da semana',
    hour: 'horas',
    half_hour: 'meias horas',
    queue: 'filas',
    agent: 'agentes',
    supervisor: 'supervisores',
    reason: 'motivos',
    reason_category: 'categorias de motivo',
    account: 'contas',
    channel: 'canais',
    status: 'situações',
    uf: 'UFs',
    ddd: 'DDDs',
    source: 'fontes',
  } as Record<string, string>,
  /** Whole calendar months, on average. */
  months: {
    finding: (value: string, name: string) => `${value} por mês, em média; mais em ${name}`,
    alone: (value: string) => `${value} por mês, em média`,
    subtitle: (label: string, by: string, months: string) => `${label} por mês inteiro, ${by}, ${months}`,
    list: (count: number, names: string) => `${count} ${s(count, 'mês inteiro', 'meses inteiros')}: ${names}`,
    to: 'a',
    ofYear: 'Sem mês inteiro no período; mostra os do ano.',
    partial: (names: string, count: number) => `De fora, ${s(count, 'incompleto', 'incompletos')}: ${names}.`,
    none: (partial: string) =>
      `Sem média por mês: ainda não há um mês inteiro com dados${partial && ` (incompletos: ${partial})`}.`,
    perMonth: 'Média por mês',
    perDay: 'Por dia com algum',
    days: 'Dias',
    months: 'Meses com algum',
    total: 'Todos',
  },
  /** A provisional period beside earlier ones when they were as old. */
  age: {
    soFar: (rate: string, anchors: string) => `Até aqui, ${rate} de ${anchors} âncoras, fechadas ou não`,
    week: (rate: string) => `; na mesma idade, a semana anterior tinha ${rate}.`,
    range: (range: string, rate: string) => `; na mesma idade, ${range} tinha ${rate}.`,
    end: '.',
    column: (days: number) => `Como estava no ${days}º dia, de todas as âncoras`,
  },
  /** Teams as if each had the mix of all. */
  mix: {
    value: 'Na mesma mistura',
    help: 'Como se cada um recebesse os mesmos motivos nas mesmas horas que o todo, com IC 95%',
    partly: (share: string) => `cobre só ${share}`,
    coverage: 'Cobre',
    coverageHelp: 'Parte da mistura de motivos e horas do todo em que há casos desta linha',
    note: 'Na mesma mistura: como se todos recebessem os mesmos motivos nas mesmas horas. Com menos da metade da mistura, fora da ordem.',
  },
  /** Of each row of a split. */
  aim: 'Meta',
};
