// long: one table
/**
 * Every failure a user can meet: its code, what is said in Portuguese, the HTTP status and the exit code.
 * A phrase says what was received and what to do; `{name}` is filled from the error's details.
 */
export const ERRORS = {
  usage: { status: 400, exit: 2, phrase: '{what}. {todo}' },
  setting: { status: 500, exit: 2, phrase: 'Ajuste {name} inválido: recebido {received} em {where}; {todo}.' },
  homeLocked: {
    status: 409,
    exit: 1,
    phrase: 'A pasta {home} já está aberta pelo processo {pid}. Feche-o ou escolha outra pasta com RAMAL_HOME.',
  },
  serverGone: {
    status: 503,
    exit: 1,
    phrase:
      'O Ramal que fazia o trabalho parou antes do fim. O que estava pronto ficou, e nada ficou pela metade: inicie o Ramal de novo e repita o comando.',
  },
  homeBusy: {
    status: 409,
    exit: 1,
    phrase:
      'A pasta {home} é do processo {pid}, que ainda não atende: está carregando ou executa outro comando. Espere e repita.',
  },
  portTaken: {
    status: 409,
    exit: 1,
    phrase: 'O endereço {host}:{port} não pode ser usado ({cause}). Escolha outra porta com --port N.',
  },
  ledgerForeign: {
    status: 409,
    exit: 1,
    phrase:
      'O registro em DATABASE_URL é de outra pasta, não de {home}. Use em RAMAL_HOME a pasta dele, ou outro banco em DATABASE_URL.',
  },
  groupsDegenerate: {
    status: 409,
    exit: 1,
    phrase:
      'Grupos que não distinguem: {what}. Escolha colunas que variem mais, trate as muito assimétricas com log, ou peça outro número de grupos.',
  },
  noCustomerList: {
    status: 422,
    exit: 1,
    phrase:
      'Nenhuma das {lists} listas carregadas nomeia clientes. Carregue em Recepção o cadastro e as outras listas, com uma coluna do código do cliente.',
  },
  noHoldings: {
    status: 422,
    exit: 1,
    phrase:
      'A base {base} não diz que produtos os clientes têm. Monte outra com uma lista de contratos, de várias linhas por cliente, ou diga a coluna do produto (--holdings TABELA.COLUNA).',
  },
  offersNoRows: {
    status: 422,
    exit: 1,
    phrase:
      'Nenhuma das {rows} linhas diz o que um cliente tem: {what}. Confira as colunas de cliente, produto e data.',
  },
  offersTimeUnread: {
    status: 422,
    exit: 1,
    phrase:
      'A coluna {column} não é de datas: {unread} de {filled} valores não se leem, o primeiro na linha {line}, da forma “{shape}”. Use datas como 2026-11-20, 20/11/2026 ou 11/2026, ou números de períodos.',
  },
  offersOneItem: {
    status: 409,
    exit: 1,
    phrase: 'O arquivo tem {items} produto: não há o que oferecer. Confira a coluna de produto.',
  },
  offersOneTime: {
    status: 409,
    exit: 1,
    phrase: 'Todas as linhas são do mesmo dia: não há um depois para conferir. Use um arquivo de vários períodos.',
  },
  offersNoTest: {
    status: 409,
    exit: 1,
    phrase:
      'O tempo dá {received} períodos com um décimo das primeiras compras cada, e são precisos {needed}: para aprender, escolher e testar. Há {times} datas diferentes; peça menos testes com --folds, ou use mais tempo.',
  },
  offersNothingNew: {
    status: 409,
    exit: 1,
    phrase:
      'Nenhum dos {known} clientes de antes tomou um produto novo no período: não há acerto a medir. Use um arquivo em que clientes passem a ter mais produtos.',
  },
  offersFewCustomers: {
    status: 409,
    exit: 1,
    phrase:
      'São só {customers} clientes para medir, e é preciso ter {needed}. Use um arquivo de mais clientes ou de mais tempo.',
  },
  offersManySets: {
    status: 409,
    exit: 1,
    phrase:
      'Suporte baixo demais: os conjuntos de produtos que {customers} clientes ou mais têm passam de {most}, ou da memória. Peça um --support maior.',
  },
  offersTooMany: {
    status: 422,
    exit: 1,
    phrase: 'O arquivo dá {received} pares de cliente e produto, e o máximo é {most}. Use uma parte dos clientes.',
  },
  notFound: { status: 404, exit: 1, phrase: 'Não existe {what}: {received}. {todo}' },
  notAllowed: { status: 403, exit: 1, phrase: 'Seu perfil não pode {what}. Peça ao administrador.' },
  tokenRefused: {
    status: 401,
    exit: 1,
    phrase:
      'Este endereço pede um token de leitura em vigor, como senha (Basic) ou Bearer. Crie um em Endereços de dados.',
  },
  tooOften: { status: 429, exit: 1, phrase: 'Pedidos demais deste endereço. Espere {seconds} s e tente de novo.' },
  mailUnset: {
    status: 409,
    exit: 1,
    phrase: 'Falta dizer por onde saem os e-mails. Ajuste RAMAL_SMTP_URL e RAMAL_MAIL_FROM e inicie de novo.',
  },
  mailTooLarge: {
    status: 409,
    exit: 1,
    phrase: '{file} tem mais de {most} MB e não coube no e-mail: a mensagem diz onde baixá-lo.',
  },
  mailOff: { status: 409, exit: 1, phrase: 'O envio foi desligado antes de sair.' },
  mailUserOff: { status: 409, exit: 1, phrase: 'O usuário está inativo.' },
  mailUserRole: { status: 409, exit: 1, phrase: 'O perfil do usuário não vê indicadores.' },
  mailUserAddress: { status: 409, exit: 1, phrase: 'O usuário não tem e-mail.' },
  mailMakerOff: { status: 409, exit: 1, phrase: 'O usuário que criou o envio está inativo.' },
  mailMakerBlind: { status: 409, exit: 1, phrase: 'Quem criou o envio não vê mais esta visão.' },
  alertChanged: {
    status: 409,
    exit: 1,
    phrase: 'Alguém mudou o alerta {name} enquanto você o olhava. Veja como ele está e repita.',
  },
  alertOff: { status: 409, exit: 1, phrase: 'O alerta está desligado.' },
  alertWithdrawn: { status: 409, exit: 1, phrase: 'O valor voltou com dados que chegaram depois.' },
  mailFailed: { status: 502, exit: 1, phrase: 'O servidor de e-mail não aceitou a mensagem: {cause}.' },
  printUnset: {
    status: 409,
    exit: 1,
    phrase:
      'Nenhum Chromium foi achado nesta máquina, e RAMAL_CHROMIUM não diz outro: nada imprime. Instale um e inicie de novo, ou baixe o XLSX.',
  },
  screensOff: {
    status: 409,
    exit: 1,
    phrase: 'O PDF é a tela impressa, e as telas não estão sendo servidas. Inicie o Ramal com ramal serve e repita.',
  },
  printFailed: { status: 500, exit: 1, phrase: 'O Chromium de RAMAL_CHROMIUM não imprimiu a tela: {cause}.' },
  userName: { status: 422, exit: 1, phrase: 'O nome do usuário {what}. {todo}.' },
  userEmail: { status: 422, exit: 1, phrase: 'O e-mail não serve. Use um endereço como nome@empresa.com.br.' },
  tokenName: {
    status: 422,
    exit: 1,
    phrase:
      'O nome do token não serve. Diga em até 60 letras onde ele vai ser usado, sem números de pessoas nem o próprio token.',
  },
  userExists: { status: 409, exit: 1, phrase: 'Já existe o usuário {name}. Escolha outro nome, ou ligue-o de novo.' },
  userChanged: {
    status: 409,
    exit: 1,
    phrase: 'Alguém mudou o usuário {name} enquanto você o olhava. Veja como ele está e repita.',
  },
  userDisabled: { status: 409, exit: 1, phrase: 'O usuário {name} está inativo. Reative-o antes.' },
  lastAdministrator: {
    status: 409,
    exit: 1,
    phrase: '{name} é o último administrador. Faça antes de outra pessoa administradora.',
  },
  notSignedIn: { status: 401, exit: 1, phrase: 'Entre com o endereço que o comando de início mostrou.' },
  fileMissing: { status: 400, exit: 1, phrase: 'Arquivo não encontrado: {file}. Confira o caminho.' },
  fileEmpty: { status: 422, exit: 1, phrase: 'O arquivo {file} está vazio. Peça um novo envio ao cliente.' },
  fileNoRows: {
    status: 422,
    exit: 1,
    phrase: 'O arquivo {file} não traz nenhum registro. Confira com o cliente: o dia pode não ter tido atendimentos.',
  },
  fileIsFolder: { status: 422, exit: 1, phrase: '{file} é uma pasta. Indique os arquivos dentro dela.' },
  fileBinary: {
    status: 422,
    exit: 1,
    phrase: '{file} não é texto: byte nulo na posição {offset}. Envie texto delimitado ou XLSX.',
  },
  fileGrowing: {
    status: 409,
    exit: 1,
    phrase: 'O arquivo {file} ainda está sendo gravado. Tente de novo quando o envio terminar.',
  },
  fileDamaged: { status: 422, exit: 1, phrase: 'O arquivo {file} está danificado: {what}. Peça um novo envio.' },
  fileOther: {
    status: 422,
    exit: 1,
    phrase: '{file} não é o que o layout {layout} lê: {what}. Confira se a fonte escolhida é a deste arquivo.',
  },
  fileForeign: { status: 422, exit: 1, phrase: '{file} é {what}, e não uma tabela. {todo}.' },
  filePassword: {
    status: 422,
    exit: 1,
    phrase: 'O arquivo {file} está protegido por senha. Peça-o sem senha, ou abra-o e salve sem ela.',
  },
  fileTooLarge: {
    status: 422,
    exit: 1,
    phrase: 'O arquivo {file} não foi aberto: {what}. Confira se veio de quem devia; se sim, peça em partes ou em CSV.',
  },
  listColumns: {
    status: 422,
    exit: 1,
    phrase:
      'Em {file} não se reconhece por que encontrar os atendimentos: falta o protocolo, ou o telefone com o início. Colunas recebidas: {received}. Diga qual coluna é qual.',
  },
  headerMismatch: {
    status: 422,
    exit: 1,
    phrase:
      '{file}: faltam as colunas {missing} do layout {layout}; recebido: {received}. Confira o layout ou o arquivo.',
  },
  headerUnknown: {
    status: 422,
    exit: 1,
    phrase:
      '{file}: nenhuma linha do começo é o cabeçalho do layout {layout} (colunas esperadas, {expected}: {missing}; campos recebidos: {received}). Confira se a fonte escolhida é a deste arquivo, o separador e o layout.',
  },
  columnCount: {
    status: 422,
    exit: 1,
    phrase: '{file}, linha {line}: {received} colunas onde o layout {layout} tem {expected}. Confira o layout.',
  },
  connectorInvalid: { status: 422, exit: 2, phrase: 'Conector {connector}: {what}. {todo}' },
  connectionBusy: {
    status: 409,
    exit: 1,
    phrase: 'A conexão {source} já está extraindo. Espere terminar, ou cancele o trabalho.',
  },
  connectionDenied: {
    status: 422,
    exit: 1,
    phrase: 'A fonte {source} recusou o acesso ({received}). Confira o usuário, a senha ou o token da conexão.',
  },
  sourceRefused: {
    status: 422,
    exit: 1,
    phrase: 'A fonte {source} não aceitou o pedido {path}: HTTP {received}. Confira o endereço da conexão.',
  },
  sourceFailed: {
    status: 502,
    exit: 1,
    phrase: 'A fonte {source} falhou: {what} (tentativas: {attempts}). O dia fica pendente para a próxima extração.',
  },
  dayWaits: {
    status: 409,
    exit: 1,
    phrase: 'O dia {day} de {source} difere do layout e espera uma decisão em Recepção (lote {batch}).',
  },
  dayVanished: {
    status: 422,
    exit: 1,
    phrase:
      'A fonte {source} agora diz que {day} não teve registros; havia {received}, que ficam. Se for verdade, extraia esse dia pelo período.',
  },
  databaseUnreachable: {
    status: 502,
    exit: 1,
    phrase:
      'O banco da conexão {source}, {where}, não respondeu como devia ({cause}). Confira o endereço, a rede e o sslmode; o que já se tinha fica.',
  },
  tableMissing: {
    status: 422,
    exit: 1,
    phrase:
      'No banco de {source} não há a tabela {table}. Confira o nome, como esquema.tabela, com quem cuida do banco.',
  },
  tableColumns: {
    status: 422,
    exit: 1,
    phrase: 'A tabela {table} de {source} não tem {missing}; tem {received}. Corrija as colunas na conexão.',
  },
  tableDenied: {
    status: 422,
    exit: 1,
    phrase:
      'O usuário da conexão {source} não pode ler {table}. Peça a quem cuida do banco: GRANT SELECT na tabela e USAGE no esquema.',
  },
  tableTimeout: {
    status: 502,
    exit: 1,
    phrase:
      'Ler {table} de {source} passou do tempo ({code}); o que já se tinha fica. Tente em outro horário, ou leia menos colunas.',
  },
  tableChanges: {
    status: 422,
    exit: 1,
    phrase: 'Ler {table} de {source} tentaria mudar o banco, e foi impedido. Peça uma tabela ou visão que só leia.',
  },
  tableFailed: {
    status: 502,
    exit: 1,
    phrase:
      'O banco de {source} não entregou {table} ({code}); o que já se tinha fica. Peça a quem cuida dele que a confira.',
  },
  tableVanished: {
    status: 422,
    exit: 1,
    phrase:
      'A tabela {table} de {source} agora está vazia; havia {received} registros, que ficam. Se for verdade, extraia essa tabela pelo nome.',
  },
  referenceVanished: {
    status: 422,
    exit: 1,
    phrase:
      'A tabela {table} de {source} está vazia, e terminaria as {received} linhas da tabela de apoio {kind}, que ficam. Se for verdade, termine-as em Tabelas de apoio.',
  },
  tableWaits: {
    status: 409,
    exit: 1,
    phrase: 'A tabela {table} de {source} difere do layout e espera uma decisão em Recepção (lote {batch}).',
  },
  tableRefused: {
    status: 422,
    exit: 1,
    phrase:
      'A tabela {table} de {source} traz {received} linhas que {kind} não aceita (a primeira: {reason}). Nada mudou; corrija-as no CRM.',
  },
  referenceColumns: {
    status: 422,
    exit: 1,
    phrase:
      '{file}: faltam colunas da tabela {table}: {missing}; recebido: {received}. Confira se a tabela escolhida é a deste arquivo e o nome das colunas.',
  },
  batchDecided: {
    status: 409,
    exit: 1,
    phrase: 'O lote {received} já não espera: alguém decidiu antes. Veja-o em Recepção.',
  },
  batchAsksColumns: {
    status: 409,
    exit: 1,
    phrase: 'O lote {received} pergunta por colunas do layout. Abra-o e responda.',
  },
  referenceChanged: {
    status: 409,
    exit: 1,
    phrase: 'A tabela {table} mudou desde a prévia. Veja o que muda agora e aprove de novo.',
  },
  changeUnknown: {
    status: 400,
    exit: 2,
    phrase: 'Correção não entendida. Escreva uma destas: {forms}. Um texto com espaços vai entre aspas.',
  },
  fileRefused: {
    status: 422,
    exit: 1,
    phrase:
      '{file} foi recusado por regra do layout: {what}. Nada dele entrou. Devolva-o ao cliente ou reveja a regra.',
  },
  layoutInvalid: { status: 422, exit: 2, phrase: 'Layout {layout}: {what}. {todo}' },
  diskFull: {
    status: 507,
    exit: 1,
    phrase: 'Disco cheio em {where}. Libere espaço, reinicie o Ramal e repita; nada ficou pela metade.',
  },
  fileName: {
    status: 422,
    exit: 1,
    phrase:
      'O arquivo {file} não foi tocado: {what}. Peça que o enviem de novo, como arquivo comum e com nome simples.',
  },
  fileUnreadable: {
    status: 422,
    exit: 1,
    phrase:
      'O arquivo {file} não pode ser lido no seu lugar ({cause}). Peça a quem cuida dele que o acerte, e tente de novo.',
  },
  placeUnreachable: {
    status: 502,
    exit: 1,
    phrase: '{where} não respondeu como devia ({cause}). Confira o endereço e a rede; a próxima olhada tenta de novo.',
  },
  placeDenied: {
    status: 502,
    exit: 1,
    phrase: '{where} recusou a entrada ({cause}). Confira o usuário e a senha ou chave.',
  },
  placeMissing: {
    status: 502,
    exit: 1,
    phrase: 'Em {where} não há a pasta, ou ela não pode ser lida ({cause}). Confira o caminho e as permissões.',
  },
  placeRefused: {
    status: 502,
    exit: 1,
    phrase: '{where} não deixou mover o arquivo ({cause}). Confira as permissões ou deixe os arquivos onde estão.',
  },
  certificateName: {
    status: 502,
    exit: 1,
    phrase:
      'O certificado de {where} é de outro nome. Escreva no endereço o nome que está nele, ou peça um certificado deste a quem cuida do servidor.',
  },
  placeCertificate: {
    status: 502,
    exit: 1,
    phrase:
      'O certificado de {where} não é de confiança ({cause}). Peça o da autoridade a quem cuida do servidor e aponte-o em NODE_EXTRA_CA_CERTS.',
  },
  hostKeyUnknown: {
    status: 409,
    exit: 1,
    phrase:
      '{where} mostrou a chave {received}, que ninguém conferiu ainda. Confira-a com quem cuida do servidor e grave-a na vigia.',
  },
  hostKeyChanged: {
    status: 409,
    exit: 1,
    phrase:
      '{where} mostrou a chave {received}, e a conhecida é {expected}: pode ser outro servidor no lugar dele. Nada foi enviado. Confirme com quem cuida dele antes de gravar a nova.',
  },
  query: { status: 500, exit: 1, phrase: 'A consulta {statement} falhou: {cause}.' },
  cancelled: { status: 499, exit: 1, phrase: 'Cancelado: {what}. Nada ficou pela metade.' },
  unexpected: { status: 500, exit: 1, phrase: 'Falha inesperada: {what}.' },
} as const;

export type ErrorCode = keyof typeof ERRORS;
export type ErrorDetails = Record<string, string | number>;

/** A failure with a code of {@link ERRORS}; its message is the filled phrase, safe to show (no personal data). */
export class RamalError extends Error {
  override readonly name = 'RamalError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, cause?: unknown) {
    super(fill(ERRORS[code].phrase, details), cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }

  get exit(): number {
    return ERRORS[this.code].exit;
  }
}

function fill(phrase: string, details: ErrorDetails): string {
  return phrase.replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? '')).trim();
}
