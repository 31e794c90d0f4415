/** Who contacted: by how often, and by the time they took. */
export const callers = {
  finding: (share: string) => `${share} dos clientes entraram em contato mais de uma vez`,
  subtitle: (callers: string, contacts: string) =>
    `clientes por atendimentos no período; ${callers} clientes, ${contacts} atendimentos`,
  anonymous: (text: string) => `${text} sem identificação, à parte.`,
  count: 'Atendimentos do cliente',
  callers: 'Clientes',
  ofCallers: 'Dos clientes',
  contacts: 'Atendimentos',
  counts: { 1: '1', 2: '2', 3: '3', 4: '4', 5: '5 ou mais', anonymous: 'sem identificação' },
  few: (slices: string, of: string, share: string) => `${slices} de ${of} clientes fazem ${share} dos atendimentos.`,
  ranking: {
    title: 'Quem mais entrou em contato',
    titleByTime: (time: string) => `Quem teve o mais longo: ${time}`,
    openLast: 'Ver o último atendimento',
    open: 'Por cliente',
    order: 'Ordenar por',
    note: (shown: number, all: string) =>
      `Os ${shown} primeiros de ${all} clientes identificados, como a regra os reconhece; nome e telefone são do último atendimento. O arquivo traz mil, com os percentis de cada tempo.`,
    noteByTime: (shown: number, all: string) =>
      `Os ${shown} primeiros de ${all}, do tempo mais longo ao mais curto; nome e telefone são do último atendimento. O arquivo traz mil.`,
    few: (count: string, least: number, label: string) =>
      `${label} de menos de ${least} casos é quase só acaso: ${count} clientes identificados com menos ficam fora desta ordem.`,
    none: (least: number, label: string) => `Nenhum cliente tem ${least} casos de ${label} neste período.`,
    percentilesHelp: 'De 5 casos em diante; o P90, de 10: antes disso seria o mais longo.',
    columns: {
      contact_name: 'Cliente',
      contacts: 'Atendimentos',
      share: 'Dos atendimentos',
      running: 'Acumulado',
      agents: 'Atendentes',
      reasons: 'Motivos',
      first: 'Primeiro',
      last: 'Último',
      cases: 'Casos',
    } as Record<string, string>,
  },
  rows: (count: string) => `Atendimentos de clientes que fizeram ${count} no período; só a primeira perna.`,
  rowsAnonymous: 'Atendimentos sem identificação; só a primeira perna.',
};
