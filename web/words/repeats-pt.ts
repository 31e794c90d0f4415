const s = (count: number, one: string, many: string) => (count === 1 ? one : many);

/** What Rechamadas says. */
export const repeats = {
  rate: (when: string, value: string, window: string) =>
    `${when}, de cada 100 primeiros atendimentos, ${value} tiveram rechamada em até ${window}`,
  share: (when: string, value: string, window: string) =>
    `${when}, de cada 100 atendimentos, ${value} foram rechamadas em até ${window}`,
  sameDay: (share: string) => `. Das rechamadas, ${share} vieram no mesmo dia.`,
  end: '.',
  none: (when: string) => `${when}, nenhuma âncora teve a janela fechada ainda.`,
  unidentified: 'Os dados não dizem quem contatou: não há rechamadas a medir.',
  /** Two links with a word between: `52 com rechamada` de `161 âncoras de janela fechada`. */
  repeatedAnchors: (repeated: string) => `${repeated} com rechamada`,
  of: 'de',
  ofEligible: (eligible: string) => `${eligible} atendimentos elegíveis`,
  maturedAnchors: (matured: string) => `${matured} âncoras de janela fechada`,
  contacts: (repeats: string, eligible: string) => `${repeats} de ${eligible} atendimentos elegíveis`,
  interval: (low: string, high: string) => `IC 95% ${low}–${high}%`,
  identity: (name: string) => `por ${name}`,
  identities: {
    phone: 'telefone',
    customer: 'cliente da fonte',
    cpf: 'CPF',
    cnpj: 'CNPJ',
    email: 'e-mail',
  } as Record<string, string>,
  weeks: (count: number, first: string, last: string) =>
    `taxa por semana, ${count} semanas que começam de ${first} a ${last}`,
  quiet: 'Nenhuma semana fora da variação normal',
  outside: (count: number) => s(count, 'Uma semana fora dos limites', `${count} semanas fora dos limites`),
  run: 'Oito semanas ou mais do mesmo lado da média',
  noLimits: (least: number) => `Faltam semanas de janela fechada para os limites (mínimo ${least})`,
  limit: 'limite',
  mean: 'média',
  provisional: 'provisória',
  closes: (day: string) => `provisória: fecha com os dados de ${day}`,
  weekCloses: (week: string, n: number, open: string, all: string, day: string) =>
    `${week}: ${open} de ${all} âncoras ${s(n, 'espera', 'esperam')} a janela; fecha com os dados de ${day}.`,
  signal: 'Sinal',
  signals: { outside: 'fora dos limites', run: 'oito do mesmo lado' },
  controlNote: 'Limites pela variação de semana a semana.',
  controlProvisional: 'Hachurado: provisória, fora da conta.',
  when: (share: string) => `${share} das rechamadas no mesmo dia`,
  whenSubtitle: (count: string) => `quando voltam, em dias corridos; ${count} rechamadas`,
  noRepeats: 'Nenhuma rechamada neste período',
  buckets: { D0: 'no mesmo dia', D1_3: '1 a 3 dias', D4_W: 'mais de 3 dias' },
  bucket: 'Quando',
  count: 'Rechamadas',
  sameReason: (same: string, other: string) =>
    `Das rechamadas, ${same} pelo mesmo motivo, ${other} por outro ou desconhecido.`,
  by: 'Por',
  tableTitle: 'Quem e o quê',
  columns: {
    anchors: 'Âncoras',
    repeated: 'Com rechamada',
    eligible: 'Elegíveis',
    repeats: 'Rechamadas',
    avgHandleTime: 'TMA',
    rate: 'Taxa',
    shrunken: 'Ajustada',
    interval: 'IC 95%',
    sameReasonOfAnchors: 'Mesmo motivo, das âncoras',
    sameReasonOfEligible: 'Mesmo motivo, dos elegíveis',
    agentCode: 'Código',
    supervisor: 'Supervisor na maioria dos dias',
    sameReasonCases: 'Pelo mesmo motivo',
    otherReasonCases: 'Por outro motivo',
    otherReasonOfAnchors: 'Outro motivo, das âncoras',
    otherReasonOfEligible: 'Outro motivo, dos elegíveis',
  },
  more: 'Mais colunas',
  /** Under a share: its interval and, on a line of its own, how many of how many. */
  under: (bounds: string, cases: string, base: string) => `${bounds}\n${cases} de ${base}`,
  shrunkenHelp: 'Taxa aproximada da média na medida em que há poucos casos',
  fewNote: 'Menos de 30 casos: fora da ordem.',
  anchorsHelp: 'Só as de janela fechada',
  rateHelp: 'Com rechamada sobre âncoras de janela fechada',
  open: 'janela aberta',
  allOpen: (window: string) =>
    `Janela aberta em todas as linhas: provisório, falta às âncoras completar ${window}; sem taxa nem ordem até lá.`,
  openNote: (count: number, text: string, closes?: string) =>
    `${text} ${s(count, 'âncora', 'âncoras')} de janela aberta fora da conta${closes ? `; a última fecha com os dados de ${closes}` : ''}.`,
  unknownNote: (names: string) => `${names}: a fonte não diz; por último e fora da ordem.`,
  /** Two values in the data, and two rows: never one. */
  dashNote: '“-” é o que a fonte escreveu no lugar de um valor; desconhecido, o que ela deixou vazio.',
  gap: (range: string) => `Sem marca: ${range}, provisória, nenhuma âncora de janela fechada ainda.`,
  /** Of the rows behind a rate: what they are, by what a rule makes of them. */
  rows: {
    named: {
      anchor: (n: number, text: string) => `${text} ${s(n, 'âncora', 'âncoras')}`,
      matured: (n: number, text: string) => `${text} ${s(n, 'âncora', 'âncoras')} de janela fechada`,
      repeated: (n: number, text: string) => `${text} ${s(n, 'âncora', 'âncoras')} de janela fechada com rechamada`,
      unrepeated: (n: number, text: string) => `${text} ${s(n, 'âncora', 'âncoras')} de janela fechada sem rechamada`,
      repeat: (n: number, text: string) => `${text} ${s(n, 'rechamada', 'rechamadas')}`,
    } as Record<string, (n: number, text: string) => string>,
    headline: (named: string, range: string) => `${named} em ${range}`,
    anchors: 'Cada linha é o primeiro atendimento de um episódio.',
    rate: (repeated: string, matured: string, rate: string) =>
      `Taxa de rechamada: ${rate}, ${repeated} de ${matured} âncoras de janela fechada.`,
    yes: 'sim',
    no: 'não',
  },
};
