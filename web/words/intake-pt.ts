const s = (count: number, one: string, many: string) => (count === 1 ? one : many);

/** Recepção: what came, and one batch of it. */
export const intake = {
  headline: {
    none: 'Ainda não há arquivos. Solte um aqui.',
    fine: (count: string) => `Tudo recebido: ${count} ${count === '1' ? 'lote' : 'lotes'}, nada em quarentena.`,
    look: (count: number) => s(count, 'Uma pendência espera por você.', `${count} pendências esperam por você.`),
    client: (count: number) =>
      s(count, 'Um arquivo devolvido aguarda o cliente.', `${count} arquivos devolvidos aguardam o cliente.`),
  },
  drop: 'Solte um arquivo aqui',
  dropSub: 'CSV, TXT, XLSX ou JSON, também em .gz ou .bz2',
  choose: 'Escolher arquivo',
  source: 'Fonte do arquivo',
  sending: (file: string) => `Enviando ${file}`,
  chooseSource: 'Escolha a fonte…',
  sourceFirst: 'Escolha antes a fonte: ela diz como o arquivo é lido.',
  done: (file: string) => `${file} recebido.`,
  already: 'Este arquivo já foi recebido:',
  alreadyBatch: (number: string, loaded: [number, string], quarantined: [number, string]) =>
    `lote ${number}, ${loaded[1]} ${s(loaded[0], 'carregada', 'carregadas')}${quarantined[0] > 0 ? `, ${quarantined[1]} em quarentena` : ''}.`,
  unchanged: 'Nada mudou.',
  nothingNew: 'Nada mudou: todas as linhas já estavam carregadas.',
  cancelled: 'Envio cancelado. Nada ficou pela metade.',
  list: 'Lotes',
  all: 'Todas as fontes',
  needing: 'Lotes que pedem atenção',
  showing: 'Mostrar',
  shown: { '': 'todos', needs: 'só os que pedem atenção' },
  onlyNeeding: 'Ver todos os que pedem atenção',
  batch: (number: string) => `Lote ${number}`,
  columns: {
    batch: 'Lote',
    state: 'Situação',
    source: 'Fonte',
    file: 'Arquivo',
    received: 'Recebido',
    period: 'Período',
    read: 'Linhas',
    loaded: 'Carregadas',
    quarantined: 'Quarentena',
    duplicate: 'Repetidas',
  },
  states: {
    loading: 'carregando',
    loaded: 'carregado',
    quarantine: 'com quarentena',
    'rolled-back': 'desfeito',
    waiting: 'espera por você',
    refused: 'aguardando cliente',
    superseded: 'substituído',
    failed: 'falhou',
  },
};

export const batch = {
  headline: {
    loading: 'Este lote ainda está carregando.',
    loaded: (rows: string) => `Carregado: ${rows}, nada em quarentena.`,
    quarantine: (rows: string, rest: boolean, loaded: boolean) =>
      `Em quarentena: ${rows}; ${rest ? `o resto do arquivo ${loaded ? 'seguiu' : 'já estava carregado'}` : 'nenhuma linha entrou'}.`,
    repeated: 'Este arquivo já estava carregado. Nada mudou.',
    'rolled-back': 'Este lote foi desfeito: suas linhas não contam mais.',
    waiting: 'O arquivo mudou. Nada foi gravado ainda.',
    refused: 'Aguardando o cliente: nada deste arquivo foi carregado.',
    superseded: 'Outro lote, escrito depois, vale no lugar deste.',
    failed: 'Este lote não carregou. Nada ficou pela metade.',
  },
  received: (when: string, who: string) => `recebido em ${when} por ${who}`,
  facts: 'O arquivo',
  file: 'Arquivo',
  size: 'Tamanho',
  layout: 'Layout',
  encoding: 'Codificação',
  delimiter: 'Separador',
  delimiters: { ';': 'ponto e vírgula', ',': 'vírgula', '\t': 'tabulação', '|': 'barra vertical' } as Record<
    string,
    string
  >,
  period: 'Período',
  seconds: 'Tempo de carga',
  undone: (when: string, read: string, loaded: string, quarantined: string) =>
    `Desfeito em ${when}. O arquivo tem ${read}. Antes, ${loaded} contavam e ${quarantined} estavam em quarentena; agora nenhuma conta. Para carregá-lo de novo, envie-o na Recepção.`,
  unused: (version: number) =>
    `A versão ${version} do layout, que só este arquivo usava, continua em uso: o próximo arquivo será lido por ela.`,
  retire: (version: number) => `Aposentar a versão ${version}`,
  retireTitle: (version: number) => `Aposentar a versão ${version} do layout?`,
  retireEffect:
    'Os arquivos que vierem são lidos pela versão anterior. Se não há outra, a fonte deixa de existir até que se faça um layout. Este lote continua a dizer como foi lido.',
  retired: (version: number) => `A versão ${version} não está mais em uso.`,
  undoing: 'Desfazendo',
  quarantine: (rows: string) => `Quarentena (${rows})`,
  allReasons: 'Todos os motivos',
  fills: 'Preenchidos como desconhecido',
  fillsNone: 'Nenhum texto faltava.',
  warnings: 'Avisos',
  warningsNone: 'Nenhum aviso.',
  rollback: 'Desfazer o lote…',
  mendLayout: 'Mudar as colunas do layout e reler',
  rollbackTitle: (number: string) => `Desfazer o lote ${number}?`,
  rollbackEffect: (rows: string, range: string) =>
    `O que este lote carregou${range ? `, de ${range}` : ''}, deixa de contar em todas as telas: ${rows}. Linhas repetidas em lotes posteriores voltam a contar. O arquivo recebido fica guardado e pode ser carregado de novo.`,
  rollbackNothing:
    'Nenhuma linha deste lote conta: desfazê-lo tira da quarentena as que esperam nele. O arquivo recebido fica guardado e pode ser carregado de novo.',
  rollbackVerb: 'Desfazer o lote',
  unknown: (number: string) => `O lote ${number} não existe`,
  unknownExplain: 'O número pode ter sido copiado pela metade.',
  toList: 'Ver os lotes na Recepção',
};
