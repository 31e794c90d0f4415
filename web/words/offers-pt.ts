/** What to offer to the customers of a base. */
export const offers = {
  none: 'Nenhuma oferta ainda',
  explain: 'Cada oferta é um produto que um cliente não tem, com o que outros como ele têm por evidência.',
  noBase: 'As ofertas partem da base de clientes.',
  toBase: 'Montar a base em Clientes',
  noProducts:
    'A base não diz que produtos os clientes têm. Carregue em Recepção uma lista de contratos, com uma linha por contrato, e monte a base de novo.',
  make: 'Fazer as ofertas',
  again: 'Fazer de novo',
  making: 'Fazendo as ofertas',
  newer: (day: string, newest: string) => `Ofertas feitas com a base de ${day}; a mais nova é de ${newest}.`,
  divided: (when: string, before: boolean) =>
    `Ofertas feitas ${before ? 'com a divisão anterior' : 'sem divisão'}; a de agora vale desde ${when}.`,
  headline: (customers: string, offers: string) => `${customers} clientes a visitar, ${offers} ofertas`,
  ifAll: (money: string) => `${money} por mês, se todas fossem aceitas`,
  worth: (money: string) => `${money} por mês, se aceitar tudo`,
  month: 'por mês',
  found: (customers: string, offers: string) => `${customers} clientes e ${offers} ofertas com estes filtros.`,
  filesFound: 'O XLSX e o CSV trazem só essas; o XLSX, também as de “Não vender agora”.',
  whom: {
    ...{ title: 'Para quem', most: 'Ofertas por cliente, até', cap: 'De um produto, até (% das ofertas)' },
    told: (segments: string, most: string, cap: string) =>
      `${segments}; até ${most} por cliente, até ${cap} de um produto`,
    customers: (n: string) => `${n} clientes`,
    some: 'Escolha ao menos um segmento.',
  },
  audience: (customers: string, segments: string) => `${customers} clientes ativos de ${segments}`,
  allSegments: 'todos os segmentos',
  activeBy: {
    contract: 'ativo: com contrato que vale',
    usage: 'ativo: com produto e uso em 90 dias',
    holding: 'ativo: com algum produto',
  } as Record<string, string>,
  madeBy: (who: string, when: string) => `feitas por ${who}, ${when}`,
  verdict: {
    unmeasured: (why: string) => `O método não pôde ser medido, e vão os produtos mais contratados. ${why}`,
    beats: (method: string) =>
      `Método usado: ${method}. Nos dados de teste, acha mais que oferecer os mais contratados.`,
    orders: (method: string) =>
      `Método usado: ${method}. Nos dados de teste, põe o produto certo mais perto do começo que os mais contratados; entre as dez primeiras, acham o mesmo.`,
    nothing: (method: string) =>
      `Método usado: ${method}. Nos dados de teste, nada supera oferecer os mais contratados além do acaso.`,
  },
  methods: {
    ...{ popularity: 'os mais contratados', groupPopularity: 'os mais contratados no grupo' },
    ...{
      rules: 'quem tem X também tem Y',
      cosine: 'produtos que os mesmos clientes têm',
      ease: 'o que refaz o conjunto de cada cliente',
    },
  } as Record<string, string>,
  technical: {
    ...{ popularity: 'popularidade', groupPopularity: 'popularidade no grupo' },
    ...{ rules: 'regras X → Y', cosine: 'cosseno entre produtos', ease: 'EASE^R' },
  } as Record<string, string>,
  warnings: {
    undated: (n: string) => `${n} produtos de clientes não têm data e contam como os primeiros.`,
    noSegment: () => 'A base não diz o segmento dos clientes: as ofertas são para todos.',
    noUsualSegment: () => 'Nenhum segmento é de logística, varejo, indústria ou serviços: as ofertas são para todos.',
    beyondCap: (names: string) => `Não há bastante mais a oferecer: passam do limite de um produto ${names}.`,
    unpriced: (n: string) => `${n} ofertas são de produtos de que não se sabe o valor.`,
  } as Record<string, (detail: string) => string>,
  list: 'Ofertas',
  column: {
    ...{
      customer: 'Cliente',
      product: 'Produto',
      mrr: 'Preço mediano por mês',
      evidence: 'Evidência',
      why: 'Por que não agora',
    },
    ...{ segment: 'Segmento', seller: 'Vendedor', outcome: 'Resultado' },
  },
  all: 'Todos',
  outcome: { accepted: 'aceita', refused: 'recusada', noAnswer: 'sem resposta' } as Record<string, string>,
  untold: 'ainda não',
  keeping: 'guardando…',
  kept: 'guardado',
  notKept: (outcome: string) => `“${outcome}” não foi guardado.`,
  undo: {
    title: (outcome: string, product: string, customer: string) =>
      `Desfazer “${outcome}”, ${product} para ${customer}?`,
    effect:
      'Deixa de contar na aceitação, e a oferta pode ser feita de novo. Se havia outro resultado antes dele, volta a valer. Fica no histórico, com quem o desfez.',
    done: 'desfeito',
    of: (product: string, customer: string) => `Desfazer o resultado de ${product} para ${customer}`,
    list: 'Desfazer este envio',
    listOf: (file: string, when: string) => `Desfazer este envio: ${file}, ${when}`,
    listTitle: (file: string) => `Desfazer o envio ${file}?`,
    listEffect: (kept: string) =>
      `Resultados que deixam de contar: ${kept}. O que havia antes deles volta a valer. Tudo fica no histórico, com quem desfez.`,
    by: (who: string, when: string) => `desfeito por ${who}, ${when}`,
  },
  outcomeOf: (product: string, customer: string) => `Resultado de ${product} para ${customer}`,
  nothing: 'Nenhuma oferta com estes filtros.',
  products: 'Por produto',
  product: {
    ...{
      name: 'Produto',
      line: 'Linha',
      holders: 'Têm hoje',
      offers: 'Ofertas',
      mrr: 'Por mês, se aceitas',
      cap: 'Limite',
    },
    reached: 'chegou ao limite',
  },
  capNote: (cap: string, most: string) => `Até ${cap} das ofertas de um produto, e até ${most} por cliente.`,
  held: 'Não vender agora',
  heldNote: (customers: string, parts: string) =>
    `${customers} clientes esperam: ${parts}. Um cliente pode ter mais de um motivo.`,
  reason: {
    lowNps: (n: string) => `${n} com NPS até 6`,
    openTickets: (n: string) => `${n} com chamado aberto`,
    manyTickets: (n: string) => `${n} com 5 chamados ou mais em 90 dias`,
    lessUse: (n: string) => `${n} com uso em queda`,
  } as Record<string, (n: string) => string>,
  mailing: 'Escrever o mailing para o discador',
  mailingBy: 'O mailing para o discador, com os dados por inteiro, é a recepção que escreve, em Envio.',
  noHeld: 'Nenhum cliente com ofertas dá sinal de insatisfação.',
  how: 'Como se escolheu',
  measured: 'Os métodos, lado a lado',
  measuredNote: (customers: string, from: string) =>
    `Medidos em ${customers} clientes que contrataram algo novo desde ${from}; o método foi escolhido no período anterior, sem olhar esses.`,
  measure: {
    ...{ method: 'Método', recall10: 'Acerto em 10', ndcg10: 'NDCG em 10', over: 'NDCG sobre os mais contratados' },
    ...{ interval: 'IC 95%', coverage: 'Produtos oferecidos', chosen: 'escolhido' },
    ...{
      found5: 'Acerta em 5 ofertas',
      found10: 'Acerta em 10',
      overFound: 'Mais perto do começo que os mais contratados (IC 95%)',
    },
    explain:
      'Acerta: dos produtos que um cliente contratou depois, quantos em 100 estavam entre as primeiras ofertas que o método faria. Se acertam o mesmo, vale o que põe o produto mais perto do começo.',
    outOf: (n: string) => `${n} em 100`,
    between: (low: string, high: string) => `${low} a ${high}`,
    detail: 'Em detalhe: NDCG e EASE^R',
    ndcgNote: 'NDCG: o mesmo acerto, que conta mais quanto mais perto do começo.',
  },
  bars: 'Regras',
  barsNote: 'Valem quando as ofertas forem feitas de novo.',
  bar: {
    ...{ product: 'Não oferecer', kind: 'a quem', value: 'qual', add: 'Pôr a regra', lift: 'Tirar', choose: 'Escolha' },
    ...{ none: 'Nenhuma regra: todo produto pode ser oferecido a todos.', by: 'Por', history: 'Regras tiradas' },
    remake: 'Refazer agora',
    sooner: 'Uma regra tirada ainda valeu nas ofertas de agora.',
    takes: (n: string, count: number) =>
      count === 1 ? 'tira 1 das ofertas de agora' : `tira ${n} das ofertas de agora`,
    lifted: (who: string, when: string) => `tirada por ${who}, ${when}`,
    liftOf: (rule: string) => `Tirar a regra: ${rule}`,
  },
  kinds: {
    ...{ never: 'a ninguém', segment: 'ao segmento', size: 'ao porte', requires: 'a quem não tem' },
  } as Record<string, string>,
  ruleOf: (product: string, whom: string) => `Não oferecer ${product} ${whom}`,
  results: 'Resultados',
  resultsNote: 'Marque na tabela acima, ou baixe o CSV ou o XLSX, preencha a coluna Resultado e solte o arquivo aqui.',
  upload: 'Resultados em uma lista',
  uploadNote: 'CSV ou XLSX com cliente, produto e resultado (aceita, recusada, sem resposta)',
  choose: 'Escolher arquivo',
  read: {
    rows: 'linhas com resultado',
    kept: 'guardadas',
    duplicate: 'repetidas',
    refused: 'recusadas',
    blank: (n: string) => `Linhas ainda sem resultado, que ficam como estavam: ${n}.`,
    notKept: 'Linhas que não se guardaram',
    ...{ line: 'Linha', received: 'Recebido', why: 'Por que não' },
    sheet: (line: string, sheet: string) => `${line} da planilha ${sheet}`,
    all: (n: string) => `Baixar todas as ${n}`,
  },
  lists: {
    title: 'Listas recebidas',
    ...{ file: 'Lista', when: 'Recebida', rows: 'Linhas', state: 'Situação' },
    sum: (rows: string, kept: string, duplicate: string, refused: string) =>
      `${rows} = ${kept} guardadas + ${duplicate} repetidas + ${refused} recusadas`,
    notKept: 'As que não se guardaram',
    stands: 'vale',
    none: 'nada se guardou',
  },
  history: {
    title: (n: string) => `Tudo o que se marcou (${n})`,
    ...{ when: 'Marcado', state: 'Situação', stands: 'não desfeito', list: (file: string) => `lista ${file}` },
  },
  tried: {
    ...{ name: 'Produto', method: 'Método', told: 'Com resultado', accepted: 'Aceitas', rate: 'Aceitação' },
    total: (accepted: string, told: string, rate: string, interval: string) =>
      `${accepted} de ${told} ofertas com resultado foram aceitas: ${rate} (IC 95% ${interval}).`,
    none: 'Nenhum resultado ainda.',
    few: 'poucos casos',
  },
};
