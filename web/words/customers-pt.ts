const s = (count: number, one: string, many: string) => (count === 1 ? one : many);

/** The base of customers: one row of each, of all lists that were loaded. */
export const customers = {
  none: 'Nenhuma base de clientes ainda',
  explain: 'A base põe em uma linha tudo o que as listas carregadas dizem de cada cliente.',
  how: 'Monta-se com as listas que a Recepção carregou. As colunas do cliente podem ter um nome em cada lista.',
  headline: (customers: string, day: string) => `${customers} clientes em ${day}`,
  from: (tables: string, fields: string) => `${fields} campos de ${tables} tabelas`,
  madeBy: (who: string, when: string) => `montada por ${who}, ${when}`,
  build: 'Montar a base',
  again: 'Montar de novo',
  building: 'Montando a base',
  ofLists: (names: string) => `Das listas carregadas: ${names}.`,
  noLists:
    'Nenhuma lista carregada: quando houver, a base se monta aqui. As listas (cadastro, contratos, faturas, pesquisas, chamados…) chegam em Recepção; de arquivos, sem os carregar, monta-se por comando: ramal customers build pasta/ --keep.',
  toIntake: 'Ir para Recepção',
  leftOut: (count: number, text: string) =>
    `Do que foi dado, ${text} ${s(count, 'ficou', 'ficaram')} de fora: o nome e o porquê, em “De onde veio”.`,
  leftOutList: 'O que ficou de fora',
  whyLeftOut: {
    noRows: () => 'não tem linhas',
    noKey: () => 'nenhuma coluna parece nomear clientes',
    noCustomer: (column) =>
      column === null ? 'não nomeia clientes da base' : `da coluna ${column}, menos de 5% são clientes da base`,
    otherSheet: () => 'de um arquivo lê-se a primeira planilha',
    folder: () => 'é uma pasta dentro da que se deu',
    hidden: () => 'o nome começa com ponto',
    pattern: () => 'os padrões da vigia não o aceitam',
  } as Record<string, (column: string | null) => string>,
  holdings: (table: string, column: string, products: string) =>
    `Os produtos de cada cliente vêm de ${table}, coluna ${column}: ${products} produtos.`,
  noHoldings: 'Nenhuma lista diz que produtos cada cliente tem: não há ofertas desta base.',
  tables: 'De onde veio',
  tablesIn: (tables: string) => `${tables} tabelas`,
  table: {
    name: 'Tabela',
    key: 'Coluna do cliente',
    rows: 'Linhas',
    used: 'Usadas',
    others: 'De outros clientes',
    noCustomer: 'Sem cliente',
    coverage: 'Clientes da base',
  },
  explore: 'Explorar os campos',
  fields: 'O que se sabe de cada cliente',
  fieldsIn: (fields: string) => `${fields} campos`,
  field: { name: 'Campo', table: 'Tabela', take: 'O que é', coverage: 'Preenchido' },
  takes: {
    ...{ value: 'o valor', sum: 'soma', mean: 'média', median: 'mediana', min: 'o menor', max: 'o maior' },
    ...{ mode: 'o mais comum', distinct: 'valores diferentes', days: 'dias até a base', rows: 'linhas do cliente' },
    ...{ daysFirst: 'dias desde a primeira', daysLast: 'dias desde a última' },
    ...{
      recency: 'dias desde a última compra',
      frequency: 'compras',
      money: 'soma das compras',
      rfm: 'recência e frequência',
    },
  } as Record<string, string>,
  kept: 'Bases guardadas',
  keptColumns: { day: 'Dia', customers: 'Clientes', fields: 'Campos', by: 'Por' },
};
