import type { ERRORS } from '../../src/kernel/errors.ts';
import { inEnglish } from './things-en.ts';

/** A failure's phrase as the API fills it, and the same in English with the details that hold no Portuguese. */
type Phrases = { [Code in keyof typeof ERRORS]: { pt: (typeof ERRORS)[Code]['phrase']; en: string } };

export const PHRASES: Phrases = {
  usage: { pt: '{what}. {todo}', en: 'This request was not accepted as it was sent.' },
  setting: {
    pt: 'Ajuste {name} inválido: recebido {received} em {where}; {todo}.',
    en: 'Setting {name} is not valid: received {received}.',
  },
  homeLocked: {
    pt: 'A pasta {home} já está aberta pelo processo {pid}. Feche-o ou escolha outra pasta com RAMAL_HOME.',
    en: 'The folder {home} is already open in process {pid}. Close it or choose another folder with RAMAL_HOME.',
  },
  serverGone: {
    pt: 'O Ramal que fazia o trabalho parou antes do fim. O que estava pronto ficou, e nada ficou pela metade: inicie o Ramal de novo e repita o comando.',
    en: 'The Ramal that did the work stopped before its end. What was ready stays, and nothing is half done: start Ramal again and repeat the command.',
  },
  homeBusy: {
    pt: 'A pasta {home} é do processo {pid}, que ainda não atende: está carregando ou executa outro comando. Espere e repita.',
    en: 'The folder {home} belongs to process {pid}, which does not answer yet: it is loading or runs another command. Wait and repeat.',
  },
  portTaken: {
    pt: 'O endereço {host}:{port} não pode ser usado ({cause}). Escolha outra porta com --port N.',
    en: 'The address {host}:{port} cannot be used ({cause}). Choose another port with --port N.',
  },
  ledgerForeign: {
    pt: 'O registro em DATABASE_URL é de outra pasta, não de {home}. Use em RAMAL_HOME a pasta dele, ou outro banco em DATABASE_URL.',
    en: 'The ledger in DATABASE_URL belongs to another folder, not to {home}. Set RAMAL_HOME to its folder, or DATABASE_URL to another database.',
  },
  groupsDegenerate: {
    pt: 'Grupos que não distinguem: {what}. Escolha colunas que variem mais, trate as muito assimétricas com log, ou peça outro número de grupos.',
    en: 'Groups that tell nothing apart: nearly all rows are in one. Choose columns that vary more, treat very skewed ones with log, or ask for another number of groups.',
  },
  noCustomerList: {
    pt: 'Nenhuma das {lists} listas carregadas nomeia clientes. Carregue em Recepção o cadastro e as outras listas, com uma coluna do código do cliente.',
    en: 'None of the {lists} loaded lists names customers. Load the registrations and the other lists in Intake, with a column of the customer’s code.',
  },
  noHoldings: {
    pt: 'A base {base} não diz que produtos os clientes têm. Monte outra com uma lista de contratos, de várias linhas por cliente, ou diga a coluna do produto (--holdings TABELA.COLUNA).',
    en: 'Base {base} does not tell which products customers have. Build another one with a list of contracts, of several rows per customer, or tell the column of products (--holdings TABLE.COLUMN).',
  },
  offersNoRows: {
    pt: 'Nenhuma das {rows} linhas diz o que um cliente tem: {what}. Confira as colunas de cliente, produto e data.',
    en: 'None of the {rows} rows says what a customer has. Check the columns of customer, product and date.',
  },
  offersTimeUnread: {
    pt: 'A coluna {column} não é de datas: {unread} de {filled} valores não se leem, o primeiro na linha {line}, da forma “{shape}”. Use datas como 2026-11-20, 20/11/2026 ou 11/2026, ou números de períodos.',
    en: 'Column {column} does not hold dates: {unread} of {filled} values cannot be read, the first on line {line}, of the form “{shape}”. Use dates such as 2026-11-20, 20/11/2026 or 11/2026, or numbers of periods.',
  },
  offersOneItem: {
    pt: 'O arquivo tem {items} produto: não há o que oferecer. Confira a coluna de produto.',
    en: 'The file has {items} product: there is nothing to offer. Check the column of products.',
  },
  offersOneTime: {
    pt: 'Todas as linhas são do mesmo dia: não há um depois para conferir. Use um arquivo de vários períodos.',
    en: 'All rows are of the same day: there is no later to compare with. Use a file of several periods.',
  },
  offersNoTest: {
    pt: 'O tempo dá {received} períodos com um décimo das primeiras compras cada, e são precisos {needed}: para aprender, escolher e testar. Há {times} datas diferentes; peça menos testes com --folds, ou use mais tempo.',
    en: 'The time gives {received} periods with a tenth of the first purchases each, and {needed} are needed: to learn, to choose and to test. There are {times} different dates; ask for fewer tests with --folds, or use more time.',
  },
  offersNothingNew: {
    pt: 'Nenhum dos {known} clientes de antes tomou um produto novo no período: não há acerto a medir. Use um arquivo em que clientes passem a ter mais produtos.',
    en: 'None of the {known} earlier customers took a new product in the period: there is nothing to find. Use a file in which customers come to have more products.',
  },
  offersFewCustomers: {
    pt: 'São só {customers} clientes para medir, e é preciso ter {needed}. Use um arquivo de mais clientes ou de mais tempo.',
    en: 'There are only {customers} customers to measure, and {needed} are needed. Use a file of more customers or of more time.',
  },
  offersManySets: {
    pt: 'Suporte baixo demais: os conjuntos de produtos que {customers} clientes ou mais têm passam de {most}, ou da memória. Peça um --support maior.',
    en: 'The support is too low: the sets of products that {customers} customers or more have pass {most}, or the memory. Ask for a larger --support.',
  },
  offersTooMany: {
    pt: 'O arquivo dá {received} pares de cliente e produto, e o máximo é {most}. Use uma parte dos clientes.',
    en: 'The file gives {received} pairs of customer and product, and the most is {most}. Use a part of the customers.',
  },
  notFound: { pt: 'Não existe {what}: {received}. {todo}', en: 'There is no such {what}: {received}.' },
  notAllowed: {
    pt: 'Seu perfil não pode {what}. Peça ao administrador.',
    en: 'Your role may not do this. Ask the administrator.',
  },
  tokenRefused: {
    pt: 'Este endereço pede um token de leitura em vigor, como senha (Basic) ou Bearer. Crie um em Endereços de dados.',
    en: 'This address asks for a read token that holds, as a password (Basic) or Bearer. Make one in Data addresses.',
  },
  tooOften: {
    pt: 'Pedidos demais deste endereço. Espere {seconds} s e tente de novo.',
    en: 'Too many requests from this address. Wait {seconds} s and try again.',
  },
  mailUnset: {
    pt: 'Falta dizer por onde saem os e-mails. Ajuste RAMAL_SMTP_URL e RAMAL_MAIL_FROM e inicie de novo.',
    en: 'Nobody said how mails go out. Set RAMAL_SMTP_URL and RAMAL_MAIL_FROM and start again.',
  },
  mailTooLarge: {
    pt: '{file} tem mais de {most} MB e não coube no e-mail: a mensagem diz onde baixá-lo.',
    en: '{file} has more than {most} MB and did not fit into the mail, which says where to download it.',
  },
  mailOff: { pt: 'O envio foi desligado antes de sair.', en: 'The mail was turned off before it left.' },
  mailUserOff: { pt: 'O usuário está inativo.', en: 'The user is off.' },
  mailUserRole: { pt: 'O perfil do usuário não vê indicadores.', en: 'The user’s role sees no indicators.' },
  mailUserAddress: { pt: 'O usuário não tem e-mail.', en: 'The user has no e-mail.' },
  mailMakerOff: { pt: 'O usuário que criou o envio está inativo.', en: 'Whoever made this mail is off.' },
  mailMakerBlind: {
    pt: 'Quem criou o envio não vê mais esta visão.',
    en: 'Whoever made this mail no longer sees this view.',
  },
  alertChanged: {
    pt: 'Alguém mudou o alerta {name} enquanto você o olhava. Veja como ele está e repita.',
    en: 'Somebody changed the alert {name} while you looked. See how it is now and repeat.',
  },
  alertOff: { pt: 'O alerta está desligado.', en: 'The alert is off.' },
  alertWithdrawn: {
    pt: 'O valor voltou com dados que chegaram depois.',
    en: 'The value came back with data that came later.',
  },
  mailFailed: {
    pt: 'O servidor de e-mail não aceitou a mensagem: {cause}.',
    en: 'The mail server did not accept the message: {cause}.',
  },
  printUnset: {
    pt: 'Nenhum Chromium foi achado nesta máquina, e RAMAL_CHROMIUM não diz outro: nada imprime. Instale um e inicie de novo, ou baixe o XLSX.',
    en: 'No Chromium was found on this machine, and RAMAL_CHROMIUM names none: nothing prints. Install one and start again, or download the XLSX.',
  },
  screensOff: {
    pt: 'O PDF é a tela impressa, e as telas não estão sendo servidas. Inicie o Ramal com ramal serve e repita.',
    en: 'The PDF is the screen printed, and the screens are not being served. Start Ramal with ramal serve and try again.',
  },
  printFailed: {
    pt: 'O Chromium de RAMAL_CHROMIUM não imprimiu a tela: {cause}.',
    en: 'The Chromium in RAMAL_CHROMIUM did not print the screen: {cause}.',
  },
  userName: {
    pt: 'O nome do usuário {what}. {todo}.',
    en: 'This user name does not serve: write the person’s name, up to 60 letters, digits, spaces and . - _ ’, without a document, a phone or an e-mail.',
  },
  userEmail: {
    pt: 'O e-mail não serve. Use um endereço como nome@empresa.com.br.',
    en: 'This e-mail does not serve. Use an address such as name@company.com.',
  },
  tokenName: {
    pt: 'O nome do token não serve. Diga em até 60 letras onde ele vai ser usado, sem números de pessoas nem o próprio token.',
    en: 'This token name does not serve. Say in up to 60 letters where it will be used, without numbers of persons or the token itself.',
  },
  userExists: {
    pt: 'Já existe o usuário {name}. Escolha outro nome, ou ligue-o de novo.',
    en: 'There is a user {name} already. Choose another name, or turn that one on again.',
  },
  userChanged: {
    pt: 'Alguém mudou o usuário {name} enquanto você o olhava. Veja como ele está e repita.',
    en: 'Somebody changed the user {name} while you looked. See how it is now and repeat.',
  },
  userDisabled: {
    pt: 'O usuário {name} está inativo. Reative-o antes.',
    en: 'The user {name} is off. Turn it on first.',
  },
  lastAdministrator: {
    pt: '{name} é o último administrador. Faça antes de outra pessoa administradora.',
    en: '{name} is the last administrator. Make somebody else an administrator first.',
  },
  notSignedIn: {
    pt: 'Entre com o endereço que o comando de início mostrou.',
    en: 'Sign in with the address that the start command showed.',
  },
  fileMissing: {
    pt: 'Arquivo não encontrado: {file}. Confira o caminho.',
    en: 'File not found: {file}. Check the path.',
  },
  fileNoRows: {
    pt: 'O arquivo {file} não traz nenhum registro. Confira com o cliente: o dia pode não ter tido atendimentos.',
    en: 'The file {file} holds no record. Check with the client: the day may have had no contacts.',
  },
  fileEmpty: {
    pt: 'O arquivo {file} está vazio. Peça um novo envio ao cliente.',
    en: 'The file {file} is empty. Ask the client to send it again.',
  },
  fileIsFolder: {
    pt: '{file} é uma pasta. Indique os arquivos dentro dela.',
    en: '{file} is a folder. Name the files inside it.',
  },
  fileBinary: {
    pt: '{file} não é texto: byte nulo na posição {offset}. Envie texto delimitado ou XLSX.',
    en: '{file} is not text: there is a null byte at position {offset}. Send delimited text or XLSX.',
  },
  fileGrowing: {
    pt: 'O arquivo {file} ainda está sendo gravado. Tente de novo quando o envio terminar.',
    en: 'The file {file} is still being written. Try again once it is complete.',
  },
  fileDamaged: {
    pt: 'O arquivo {file} está danificado: {what}. Peça um novo envio.',
    en: 'The file {file} is damaged. Ask for it to be sent again.',
  },
  fileOther: {
    pt: '{file} não é o que o layout {layout} lê: {what}. Confira se a fonte escolhida é a deste arquivo.',
    en: '{file} is not what layout {layout} reads. Check that the chosen source is this file’s.',
  },
  fileForeign: {
    pt: '{file} é {what}, e não uma tabela. {todo}.',
    en: '{file} is a document of another kind, not a table. Ask for the data as a spreadsheet or CSV.',
  },
  filePassword: {
    pt: 'O arquivo {file} está protegido por senha. Peça-o sem senha, ou abra-o e salve sem ela.',
    en: 'The file {file} is protected by a password. Ask for it without one, or open it and save it without.',
  },
  fileTooLarge: {
    pt: 'O arquivo {file} não foi aberto: {what}. Confira se veio de quem devia; se sim, peça em partes ou em CSV.',
    en: 'The file {file} was not opened, for it would take too much. Check who sent it; if it is right, ask for it in parts or as CSV.',
  },
  listColumns: {
    pt: 'Em {file} não se reconhece por que encontrar os atendimentos: falta o protocolo, ou o telefone com o início. Colunas recebidas: {received}. Diga qual coluna é qual.',
    en: 'Nothing in {file} says which contacts its lines are: the protocol is missing, or the phone with the start. Columns received: {received}. Say which column is which.',
  },
  headerMismatch: {
    pt: '{file}: faltam as colunas {missing} do layout {layout}; recebido: {received}. Confira o layout ou o arquivo.',
    en: '{file}: the columns {missing} of layout {layout} are missing; received: {received}. Check the layout or the file.',
  },
  headerUnknown: {
    pt: '{file}: nenhuma linha do começo é o cabeçalho do layout {layout} (colunas esperadas, {expected}: {missing}; campos recebidos: {received}). Confira se a fonte escolhida é a deste arquivo, o separador e o layout.',
    en: '{file}: no line at its beginning is the header of layout {layout} (columns expected, {expected}: {missing}; fields received: {received}). Check that the chosen source is this file’s, the separator and the layout.',
  },
  columnCount: {
    pt: '{file}, linha {line}: {received} colunas onde o layout {layout} tem {expected}. Confira o layout.',
    en: '{file}, line {line}: {received} columns where layout {layout} has {expected}. Check the layout.',
  },
  connectorInvalid: { pt: 'Conector {connector}: {what}. {todo}', en: 'The connector {connector} is not valid.' },
  connectionBusy: {
    pt: 'A conexão {source} já está extraindo. Espere terminar, ou cancele o trabalho.',
    en: 'The connection {source} is already extracting. Wait for it to end, or cancel the job.',
  },
  connectionDenied: {
    pt: 'A fonte {source} recusou o acesso ({received}). Confira o usuário, a senha ou o token da conexão.',
    en: 'The source {source} refused access. Check the user, the password or the token of the connection.',
  },
  sourceRefused: {
    pt: 'A fonte {source} não aceitou o pedido {path}: HTTP {received}. Confira o endereço da conexão.',
    en: 'The source {source} did not take the request {path}: HTTP {received}. Check the address of the connection.',
  },
  sourceFailed: {
    pt: 'A fonte {source} falhou: {what} (tentativas: {attempts}). O dia fica pendente para a próxima extração.',
    en: 'The source {source} failed after {attempts} attempts. The day waits for the next extraction.',
  },
  dayWaits: {
    pt: 'O dia {day} de {source} difere do layout e espera uma decisão em Recepção (lote {batch}).',
    en: 'The day {day} of {source} differs from its layout and waits for a decision in Intake (batch {batch}).',
  },
  dayVanished: {
    pt: 'A fonte {source} agora diz que {day} não teve registros; havia {received}, que ficam. Se for verdade, extraia esse dia pelo período.',
    en: 'The source {source} now says that {day} had no records; there were {received}, which stay. If it is true, extract that day by its period.',
  },
  databaseUnreachable: {
    pt: 'O banco da conexão {source}, {where}, não respondeu como devia ({cause}). Confira o endereço, a rede e o sslmode; o que já se tinha fica.',
    en: 'The database of {source}, {where}, did not answer as it should. Check the address, the network and sslmode; what was had stays.',
  },
  tableMissing: {
    pt: 'No banco de {source} não há a tabela {table}. Confira o nome, como esquema.tabela, com quem cuida do banco.',
    en: 'The database of {source} has no table {table}. Check its name, as schema.table, with those who keep the database.',
  },
  tableColumns: {
    pt: 'A tabela {table} de {source} não tem {missing}; tem {received}. Corrija as colunas na conexão.',
    en: 'The table {table} of {source} does not have {missing}; it has {received}. Correct the columns of the connection.',
  },
  tableDenied: {
    pt: 'O usuário da conexão {source} não pode ler {table}. Peça a quem cuida do banco: GRANT SELECT na tabela e USAGE no esquema.',
    en: 'The user of the connection {source} may not read {table}. Ask those who keep the database for GRANT SELECT on the table and USAGE on its schema.',
  },
  tableTimeout: {
    pt: 'Ler {table} de {source} passou do tempo ({code}); o que já se tinha fica. Tente em outro horário, ou leia menos colunas.',
    en: 'Reading {table} of {source} took too long ({code}); what was had stays. Try at another hour, or read fewer columns.',
  },
  tableChanges: {
    pt: 'Ler {table} de {source} tentaria mudar o banco, e foi impedido. Peça uma tabela ou visão que só leia.',
    en: 'Reading {table} of {source} would change the database, and was stopped. Ask for a table or view that only reads.',
  },
  tableFailed: {
    pt: 'O banco de {source} não entregou {table} ({code}); o que já se tinha fica. Peça a quem cuida dele que a confira.',
    en: 'The database of {source} did not hand over {table} ({code}); what was had stays. Ask those who keep it to look at it.',
  },
  tableVanished: {
    pt: 'A tabela {table} de {source} agora está vazia; havia {received} registros, que ficam. Se for verdade, extraia essa tabela pelo nome.',
    en: 'The table {table} of {source} is now empty; there were {received} records, which stay. If it is true, extract that table by its name.',
  },
  referenceVanished: {
    pt: 'A tabela {table} de {source} está vazia, e terminaria as {received} linhas da tabela de apoio {kind}, que ficam. Se for verdade, termine-as em Tabelas de apoio.',
    en: 'Table {table} of {source} is empty and would end the {received} rows of the reference table {kind}, which stay. If that is true, end them in Reference tables.',
  },
  tableWaits: {
    pt: 'A tabela {table} de {source} difere do layout e espera uma decisão em Recepção (lote {batch}).',
    en: 'The table {table} of {source} differs from its layout and waits for a decision in Intake (batch {batch}).',
  },
  tableRefused: {
    pt: 'A tabela {table} de {source} traz {received} linhas que {kind} não aceita (a primeira: {reason}). Nada mudou; corrija-as no CRM.',
    en: 'The table {table} of {source} has {received} rows that its reference table does not take. Nothing changed; correct them in the CRM.',
  },
  referenceColumns: {
    pt: '{file}: faltam colunas da tabela {table}: {missing}; recebido: {received}. Confira se a tabela escolhida é a deste arquivo e o nome das colunas.',
    en: '{file}: columns of this table are missing; received: {received}. Check that this is the table of the file, and the names of its columns.',
  },
  batchDecided: {
    pt: 'O lote {received} já não espera: alguém decidiu antes. Veja-o em Recepção.',
    en: 'Batch {received} no longer waits: somebody decided before. See it in Intake.',
  },
  batchAsksColumns: {
    pt: 'O lote {received} pergunta por colunas do layout. Abra-o e responda.',
    en: 'Batch {received} asks about columns of its layout. Open it and answer.',
  },
  referenceChanged: {
    pt: 'A tabela {table} mudou desde a prévia. Veja o que muda agora e aprove de novo.',
    en: 'The table changed after this preview. See what changes now and approve again.',
  },
  changeUnknown: {
    pt: 'Correção não entendida. Escreva uma destas: {forms}. Um texto com espaços vai entre aspas.',
    en: 'Correction not understood. Write one of these: {forms}. A text with spaces goes in quotes.',
  },
  fileRefused: {
    pt: '{file} foi recusado por regra do layout: {what}. Nada dele entrou. Devolva-o ao cliente ou reveja a regra.',
    en: '{file} was refused by a rule of its layout: {what}. Nothing of it was loaded. Send it back or review the rule.',
  },
  layoutInvalid: { pt: 'Layout {layout}: {what}. {todo}', en: 'Layout {layout} is not valid.' },
  diskFull: {
    pt: 'Disco cheio em {where}. Libere espaço, reinicie o Ramal e repita; nada ficou pela metade.',
    en: 'The disk is full at {where}. Free some space, restart Ramal and repeat; nothing was half done.',
  },
  fileName: {
    pt: 'O arquivo {file} não foi tocado: {what}. Peça que o enviem de novo, como arquivo comum e com nome simples.',
    en: 'The file {file} was not touched because of its name or because it is a link. Ask for it again as a plain file with a plain name.',
  },
  fileUnreadable: {
    pt: 'O arquivo {file} não pode ser lido no seu lugar ({cause}). Peça a quem cuida dele que o acerte, e tente de novo.',
    en: 'The file {file} cannot be read where it is ({cause}). Ask those who keep it to put it right, and try again.',
  },
  placeUnreachable: {
    pt: '{where} não respondeu como devia ({cause}). Confira o endereço e a rede; a próxima olhada tenta de novo.',
    en: '{where} did not answer as it should ({cause}). Check the address and the network; the next look tries again.',
  },
  placeDenied: {
    pt: '{where} recusou a entrada ({cause}). Confira o usuário e a senha ou chave.',
    en: '{where} refused the login ({cause}). Check the user and the password or key.',
  },
  placeMissing: {
    pt: 'Em {where} não há a pasta, ou ela não pode ser lida ({cause}). Confira o caminho e as permissões.',
    en: 'There is no such folder at {where}, or it cannot be read ({cause}). Check the path and the permissions.',
  },
  placeRefused: {
    pt: '{where} não deixou mover o arquivo ({cause}). Confira as permissões ou deixe os arquivos onde estão.',
    en: '{where} did not let the file be moved ({cause}). Check the permissions, or leave the files where they are.',
  },
  certificateName: {
    pt: 'O certificado de {where} é de outro nome. Escreva no endereço o nome que está nele, ou peça um certificado deste a quem cuida do servidor.',
    en: 'The certificate of {where} is of another name. Write the name that is in it into the address, or ask who runs the server for one of this name.',
  },
  placeCertificate: {
    pt: 'O certificado de {where} não é de confiança ({cause}). Peça o da autoridade a quem cuida do servidor e aponte-o em NODE_EXTRA_CA_CERTS.',
    en: "The certificate of {where} is not trusted ({cause}). Ask for its authority's one and point to it in NODE_EXTRA_CA_CERTS.",
  },
  hostKeyUnknown: {
    pt: '{where} mostrou a chave {received}, que ninguém conferiu ainda. Confira-a com quem cuida do servidor e grave-a na vigia.',
    en: '{where} showed the key {received}, which nobody has checked yet. Check it with those who keep the server and save it in the watch.',
  },
  hostKeyChanged: {
    pt: '{where} mostrou a chave {received}, e a conhecida é {expected}: pode ser outro servidor no lugar dele. Nada foi enviado. Confirme com quem cuida dele antes de gravar a nova.',
    en: '{where} showed the key {received}, and the known one is {expected}: another server may stand in its place. Nothing was sent. Confirm with those who keep it before saving the new one.',
  },
  query: { pt: 'A consulta {statement} falhou: {cause}.', en: 'The query failed: {cause}.' },
  cancelled: { pt: 'Cancelado: {what}. Nada ficou pela metade.', en: 'Cancelled. Nothing was half done.' },
  unexpected: { pt: 'Falha inesperada: {what}.', en: 'Unexpected failure: {what}.' },
};

/** A failure in English, by its code or, without one, by the phrase it fills; anything else as it came. */
export function errorInEnglish(code: string, message: string): string {
  const known = PHRASES[code as keyof Phrases];
  if (known) return told(code, known, read(known.pt, message) ?? {});
  for (const [name, phrase] of Object.entries(PHRASES)) {
    const details = name === 'usage' ? undefined : read(phrase.pt, message);
    if (details) return told(name, phrase, details);
  }
  return message;
}

const told = (code: string, { en }: { en: string }, details: Record<string, string>) =>
  fill(en, code === 'notFound' ? inEnglish(details) : details);

/** The details that a phrase was filled with, or undefined when the message is not of that phrase. */
function read(phrase: string, message: string): Record<string, string> | undefined {
  const pattern = phrase.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\s*\{(\w+)\}/g, '\\s*(?<$1>[^]*?)');
  return new RegExp(`^${pattern}$`).exec(message)?.groups;
}

const fill = (phrase: string, details: Record<string, string>) =>
  phrase
    .replace(/\{(\w+)\}/g, (_, name: string) => details[name] ?? '')
    .replace(/[:\s]+\./g, '.')
    .trim();
