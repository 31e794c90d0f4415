const s = (count: number, one: string, many: string) => (count === 1 ? one : many);

/** Sentences of the layouts: which there are, and what each version changed. */
export const layouts = {
  title: 'Layouts',
  link: 'Layouts das fontes',
  headline: (count: number, text: string) =>
    count === 0 ? 'Nenhum layout ainda' : `${text} ${s(count, 'fonte tem', 'fontes têm')} layout`,
  explain:
    'Um layout diz como ler os arquivos de uma fonte. Uma versão não muda: cada arquivo é lido com a do seu dia.',
  columns: {
    source: 'Fonte',
    format: 'Arquivo',
    columns: 'Colunas',
    version: 'Versão em uso',
    since: 'Desde',
    by: 'Feita por',
  },
  formats: {
    delimited: 'texto com separador',
    fixed: 'largura fixa',
    records: 'vários tipos de registro',
    xlsx: 'planilha',
    xls: 'planilha antiga',
    parquet: 'Parquet',
    'json-pages': 'API',
  } as Record<string, string>,
  always: 'sempre',
  unknown: (name: string) => `Não existe layout ${name}`,
  version: (version: number) => `Versão ${version}`,
  history: (count: number) => s(count, 'Uma versão', `${count} versões`),
  inUse: 'em uso',
  only: (batch: string) => `só para o lote ${batch}`,
  from: (day: string) => `vale a partir de ${day}`,
  fromStart: 'vale desde o primeiro arquivo',
  made: (instant: string, by: string) => `Feita em ${instant} por ${by}`,
  read: (count: number, text: string) =>
    count === 0 ? 'nenhum arquivo' : `${text} ${s(count, 'arquivo', 'arquivos')}`,
  first: 'A primeira: nada antes dela.',
  same: 'Lê o mesmo que a anterior.',
  change: { what: 'O que', was: 'Era', now: 'É' },
  parts: {
    file: 'arquivo',
    column: 'coluna',
    field: 'campo',
    key: 'o que nomeia a linha',
    rule: 'regra',
    step: 'passo',
    policy: 'política',
    about: 'sobre a fonte',
  } as Record<string, string>,
};
