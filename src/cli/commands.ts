import { DIMENSION_NAMES } from '../contracts/index.ts';
import { CHANGE_FORMS } from '../intake/mend/change.ts';
import { REFERENCE_KINDS } from '../intake/reference/registry.ts';
import { CALLER_ORDERS } from '../metrics/caller-ranking.ts';
import { INDICATORS } from '../metrics/registry.ts';
import { type Command, RULES, SCOPE, SCOPE_DETAILS } from './command.ts';
import { CUSTOMER_COMMANDS } from './commands-customers.ts';
import { SAVED_COMMANDS } from './commands-saved.ts';

const SERVE = ['port', 'host'] as const;

export const COMMANDS: readonly Command[] = [
  {
    name: 'start',
    usage: 'ramal start [--port N] [--host H]',
    summary: 'abre a base, cria a demonstração em uma base nova e serve as telas',
    words: 0,
    options: SERVE,
  },
  {
    name: 'serve',
    usage: 'ramal serve [--port N] [--host H]',
    summary: 'serve as telas e a API, sem criar a demonstração',
    words: 0,
    options: SERVE,
  },
  {
    name: 'intake',
    usage: 'ramal intake CAMINHO… --source NOME [--layout NOME[@VERSÃO]] [--yes]',
    summary: 'carrega arquivos e atualiza os números',
    words: Number.POSITIVE_INFINITY,
    options: ['source', 'layout', 'yes'],
    details: [
      '--source: uma das fontes de ramal layout list',
      '--yes: aceita o que se sugere quando o arquivo mudou, menos em colunas obrigatórias',
    ],
  },
  {
    name: 'watch',
    usage:
      'ramal watch list | add NOME --place LUGAR --pattern PADRÃO=FONTE… | test NOME | run NOME [--forever] [--retry] | files NOME [--state S] | remove NOME --yes',
    summary: 'vigia pastas, SFTP, FTP e S3 e carrega os arquivos novos',
    words: 2,
    options: [
      ...(['place', 'pattern', 'every', 'settle', 'marker', 'after', 'region', 'fingerprint', 'trust-first'] as const),
      ...(['password-file', 'key-file', 'passphrase-file', 'on', 'off', 'forever', 'retry', 'state', 'yes'] as const),
    ],
    details: [
      'add também muda uma vigia que existe: só o que for dado',
      '--place: /pasta, sftp://usuario@servidor/pasta, ftps://…, ftp://… ou s3://CHAVE@servidor/balde/prefixo',
      '--pattern: beta_*.csv=beta; repetida, a primeira que cabe vale; sem fonte depois do =, os arquivos ficam em paz',
      '--every e --settle: segundos de uma olhada à outra (60) e sem mudar até estar completo (30)',
      '--marker: o fim do nome do arquivo que diz que outro está completo, como .ok; vazio volta a --settle',
      '--after: leave (deixa onde está) ou move (leva para a pasta carregados)',
      '--password-file, --key-file, --passphrase-file: arquivos com a senha (de S3, a chave secreta), a chave e a senha dela',
      '--fingerprint: a chave do servidor SFTP, SHA256:…; --trust-first aceita a primeira que ele mostrar',
      '--on e --off: liga e desliga as olhadas a tempo',
      '--state: unmatched, growing, ready, taken, waiting, loaded ou refused',
    ],
  },
  {
    name: 'layout',
    usage:
      'ramal layout list | show NOME | diff NOME [DE ATÉ] | suggest CAMINHO | add CAMINHO | preview LAYOUT.json CAMINHO | retire NOME@VERSÃO --yes',
    summary:
      'mostra os layouts, diz o que reconhece em um arquivo, registra um layout, tira de uso uma versão ou mostra o que seus passos fazem',
    words: 4,
    options: ['yes'],
  },
  {
    name: 'quarantine',
    usage:
      'ramal quarantine list [LOTE] | show LOTE | export LOTE [--format csv|xlsx] [--out CAMINHO] | fix LOTE --reason MOTIVO --column COLUNA --with CORREÇÃO [--yes] | fix LOTE --undo N | replay LOTE',
    summary: 'mostra, exporta ou corrige as linhas em quarentena',
    words: 2,
    options: ['format', 'out', 'source', 'reason', 'column', 'line', 'with', 'undo', 'reveal', 'yes'],
    details: [
      'fix: todas as linhas de um motivo, ou --line N (pode repetir); sem --column, a linha inteira; sem --yes só mostra o que faria',
      `--with: ${CHANGE_FORMS.join('; ')}`,
      'replay: confere de novo as linhas corrigidas e carrega as que passam; export --reveal: as linhas como o cliente as enviou, para ele corrigir; fica registrado',
    ],
  },
  {
    name: 'batch',
    usage:
      'ramal batch list [--source NOME] | show LOTE | approve LOTE [--now COLUNA=NOVA]… [--gone COLUNA]… [--once] --yes | send-back LOTE --message TEXTO | rollback LOTE --yes',
    summary: 'mostra lotes; aprova ou devolve um que mudou; desfaz um',
    words: 2,
    options: ['source', 'yes', 'once', 'now', 'gone', 'message'],
    details: ['--now COLUNA=NOVA: a coluna que falta é agora essa do arquivo; --gone COLUNA: ela não vem mais'],
  },
  { name: 'build', usage: 'ramal build [--full]', summary: 'atualiza prata e ouro', words: 0, options: ['full'] },
  {
    name: 'metric',
    usage:
      'ramal metric NOME [--source NOME] [--from D --to D] [--by COLUNA,…] [--where COLUNA=VALOR]… [--rule NOME] [--gross] [--receipt --json] [--months | --mix]',
    summary: 'calcula um indicador',
    words: 1,
    options: [...SCOPE, 'by', 'rule', 'gross', 'receipt', 'months', 'mix'],
    details: [
      `NOME: ${INDICATORS.map(({ name, label }) => `${name} (${label.pt})`).join(', ')}`,
      `--by: ${DIMENSION_NAMES.join(', ')}`,
      ...SCOPE_DETAILS,
      `${RULES}; de indicadores de rechamada`,
      '--gross: com os expurgados',
      '--months: a média dos meses inteiros, por queue ou outro texto, de indicadores que se somam',
      '--mix: agent, supervisor ou queue como se cada um tivesse os motivos e horários do todo',
    ],
  },
  {
    name: 'repeats',
    usage:
      'ramal repeats [--source NOME] [--rule NOME] [--from D --to D] [--by COLUNA] [--where COLUNA=VALOR]… | --rows [--format csv|parquet] [--out CAMINHO] | rules | differences --than NOME | customers [--order TEMPO] | age [--before N] | --file CAMINHO [--window J] | reconcile --file CAMINHO [--as repeats]',
    summary: 'conta rechamadas por uma regra, compara regras, ou confere a lista do cliente',
    words: 1,
    options: [
      ...SCOPE,
      ...(['by', 'rule', 'than', 'watermark', 'receipt', 'rows', 'format', 'out', 'reveal', 'file', 'window'] as const),
      ...(['as', 'columns', 'tolerance', 'before', 'order'] as const),
    ],
    details: [
      RULES,
      `--by: ${DIMENSION_NAMES.join(', ')}`,
      ...SCOPE_DETAILS,
      '--watermark: até que dia os dados são completos',
      '--rows: os atendimentos marcados, com --format e --out',
      'rules: todas as regras lado a lado; differences: em que --rule e --than diferem, e por quê',
      `customers: os clientes com mais atendimentos, mascarados, e os seus tempos; --order ${CALLER_ORDERS.slice(1).join(', ')}: os de média mais longa; --format csv|xlsx e --out gravam mil`,
      'age: a taxa do período até aqui, e a de --before anteriores quando tinham a mesma idade (4)',
      '--file: marca um CSV com id, phone, start, minutes, agent, reason, status (e email, cpf), sem o carregar',
      '--window: outra janela para --file: 24h, 7d, ou um número de dias',
      'reconcile: confere a lista de --file com os atendimentos do recorte, ou com as rechamadas (--as repeats); sem --file, os atendimentos com e sem protocolo; --format csv|xlsx e --out gravam cada diferença',
      '--columns: que coluna da lista é o quê, pelo lugar: protocol:1,phone:3,started_at:4+5; --tolerance: minutos entre inícios (5)',
    ],
  },
  {
    name: 'insights',
    usage: 'ramal insights [--source NOME] [--from D --to D] [--where COLUNA=VALOR]…',
    summary: 'acha o que pediu mais horas de gente, com intervalo e o que fazer',
    words: 0,
    options: SCOPE,
    details: [...SCOPE_DETAILS, 'sem período, as 26 semanas até o último dia com dados'],
  },
  {
    name: 'staffing',
    usage:
      'ramal staffing [recorte] [--level 80%] [--target 20s] [--patience 60s|data|none] [--shrinkage 30%] [--horizon DIAS] [--due 5-10] | erlang --calls N --interval 30m --aht 180s (--agents N | --level 80%) | plan --from D --to D --shift 6h,… [--break 30m:2h-4h]',
    summary: 'compara pessoas necessárias com escaladas, prevê os próximos dias e sugere turnos',
    words: 1,
    options: [
      ...SCOPE,
      ...(['queue', 'channel', 'gross', 'receipt', 'level', 'target', 'asa', 'occupancy', 'abandon'] as const),
      ...(['patience', 'shrinkage', 'horizon', 'due', 'calls', 'interval', 'aht', 'agents'] as const),
      ...(['shift', 'break', 'earliest', 'latest', 'people', 'lack-weight'] as const),
    ],
    details: [
      ...SCOPE_DETAILS.slice(0, 1),
      '--queue FILA e --where account=CONTA; --channel: voz, sem ele',
      '--level e --target: tal parte atendida em tal tempo (a meta de serviceLevel, ou 80%; 20s); --asa, --occupancy e --abandon são limites a mais',
      '--patience: quanto se espera antes de desistir; data a estima, none não deixa ninguém desistir (Erlang C)',
      '--shrinkage: a parte dos escalados que não está ao telefone',
      '--horizon: quantos dias prever (7; 0 não prevê e lê menos); --due: dias do mês de vencimento, 5-10,20',
      'erlang: uma fila só; com --level em vez de --agents, quantas pessoas bastam',
      'plan: turnos para até 7 dias; --shift 6h,8h: durações; --break 30m:2h-4h: intervalo e quando, depois da entrada, pode começar',
      '--earliest e --latest: primeira entrada e última saída; --people: no máximo tantas por dia; --lack-weight: peso da falta contra a sobra (2)',
      'Durações: 180s, 30m, 6h, 6h30',
    ],
  },
  {
    name: 'shift',
    usage:
      'ramal shift [callbacks] [--day D] [--at HH:MM] [--source NOME] [--queue FILA] [--where account=CONTA] [--channel CANAL] [--gross] [--format csv|xlsx] [--out CAMINHO]',
    summary: 'o turno até agora: filas abaixo da meta, meias horas, pessoas e quem chamar de volta',
    words: 1,
    options: ['source', 'where', 'queue', 'channel', 'day', 'at', 'gross', 'refresh', 'format', 'out'],
    details: [
      '--day: sem ele, hoje, ou o último dia com ligações; --at: conta o que começou antes dessa hora, como 11:00',
      'callbacks: quem abandonou e não foi atendido desde então, com telefone mascarado; --format e --out o gravam',
    ],
  },
  {
    name: 'export',
    usage:
      'ramal export contacts [--source NOME] [--from D --to D] [--format csv|xlsx] [--out CAMINHO] | NOME --layout LAYOUT[@VERSÃO] --out CAMINHO [--yes] | list',
    summary: 'exporta uma tabela, ou grava uma lista por um layout de envio',
    words: 1,
    options: [...SCOPE, 'format', 'out', 'layout', 'yes'],
    details: [
      ...SCOPE_DETAILS,
      '--layout: um layout de envio de ramal export list; o arquivo traz os dados pessoais às claras',
      '--yes: substitui o arquivo que já existe',
    ],
  },
  {
    name: 'report',
    usage:
      'ramal report TELA [--source NOME] [--from D --to D] [--where COLUNA=VALOR]… [--rule NOME] [--by COLUNA] [--day D] [--at HH:MM] [--gross] --out CAMINHO',
    summary: 'grava uma tela inteira em XLSX, uma planilha por quadro, ou em PDF',
    words: 1,
    options: ['source', 'from', 'to', 'where', 'rule', 'by', 'day', 'at', 'gross', 'out'],
    details: [
      'TELA: inicio, hoje, indicadores, rechamadas, causas, dimensionamento ou linhas; sem --from e --to, os dias com que ela abre',
      '--day e --at: de hoje, o dia e até que hora',
      '--out: CAMINHO.xlsx, ou CAMINHO.pdf com o Ramal no ar e RAMAL_CHROMIUM ajustado',
      ...SCOPE_DETAILS,
      RULES,
    ],
  },
  {
    name: 'exclude',
    usage:
      'ramal exclude NOME --column COLUNA --value VALOR --reason TEXTO [--source NOME] [--from D --to D] | ramal exclude NOME --off',
    summary: 'cria ou desliga um expurgo',
    words: 1,
    options: ['column', 'value', 'reason', 'source', 'from', 'to', 'off'],
    details: ['--column: queue, account, agent_id, reason, status, channel, phone ou customer_ref'],
  },
  {
    name: 'pull',
    usage: 'ramal pull FONTE [--from D [--to D]] [--limit N] [--today] [--table TABELA]…',
    summary: 'extrai de uma conexão os dias que faltam, os de um período, ou as tabelas',
    words: 1,
    options: ['from', 'to', 'limit', 'today', 'table'],
    details: [
      'Sem --from: o que falta até ontem, do dia mais antigo ao mais novo',
      '--from e --to: estes dias, mesmo os que já se tem; o dia de --to não entra',
      '--limit: no máximo tantos dias',
      '--today: só hoje, como dia provisório',
      '--table: de um CRM, só esta tabela, mesmo que agora esteja vazia; repita para outras',
    ],
  },
  {
    name: 'connector',
    usage:
      'ramal connector list | kinds | show FONTE | test FONTE | on FONTE | off FONTE | remove FONTE --yes | add FONTE --connector NOME --url URL (--from D | --table TABELA…) [opções] | edit FONTE [opções]',
    summary: 'mostra, cria, altera, experimenta ou apaga conexões a fontes',
    words: 2,
    options: ['connector', 'url', 'from', 'table', 'at', 'every', 'limit', 'zone', 'skew', 'stdin', 'yes'],
    details: [
      '--from: primeiro dia que se quer; --at: hora do dia em que extrai (06:00); --every: minutos entre leituras de hoje, 0 para nenhuma',
      '--limit: no máximo tantos dias por vez; --zone e --skew: fuso da fonte, e segundos em que o relógio dela está adiantado',
      '--table: de um CRM, uma tabela ou visão: contratos, vendas.clientes:cpf,nome ou TABELA-DE-APOIO=tabela; repita para cada uma',
      'Segredos: nas variáveis RAMAL_SECRET_NOME (RAMAL_SECRET_TOKEN, RAMAL_SECRET_USERNAME, RAMAL_SECRET_PASSWORD), ou com --stdin em linhas nome=valor; nunca em um argumento',
      'remove: apaga a conexão e os seus segredos; o que ela trouxe fica, e show ainda mostra os seus dias',
      'kinds: os conectores que existem e os segredos que pedem',
    ],
  },
  {
    name: 'reference',
    usage:
      'ramal reference list | show TABELA [--day D | --all] | load TABELA CAMINHO [--from D] [--month M] [--whole] [--yes] | set TABELA --where COLUNA=VALOR… [--from D] [--to D] [--row N] [--reason TEXTO] | end TABELA --row N [--to D] | history TABELA | undo TABELA --yes | learn [--yes] | alerts',
    summary: 'mostra e muda as tabelas de apoio',
    words: 3,
    options: ['day', 'all', 'from', 'to', 'month', 'whole', 'where', 'row', 'reason', 'yes'],
    details: [
      `TABELA: ${REFERENCE_KINDS.map(({ name, label }) => `${name} (${label.pt})`).join(', ')}`,
      'load sem --yes mostra o que mudaria; --whole: o que não está no arquivo termina',
      '--where: uma coluna da tabela e seu valor, como agent=2073 e supervisor=Ana; repita para cada coluna',
      '--from e --to: dias como 2026-11-09 ou 09/11/2026; o dia de --to não entra',
      'end sem --to tira a linha; learn propõe chegadas esperadas e, com --yes, as aprova',
    ],
  },
  {
    name: 'login',
    usage: 'ramal login',
    summary: 'imprime um novo endereço de entrada do servidor que está no ar',
    words: 0,
    options: [],
  },
  {
    name: 'user',
    usage:
      'ramal user list | add NOME --role PERFIL [--email E] | role NOME PERFIL | email NOME [E] | off NOME | on NOME | login NOME | token add NOME --name ONDE [--days N] | token list [NOME] | token revoke NOME NÚMERO',
    summary: 'mostra, cria e muda usuários e seus tokens de leitura',
    words: 4,
    options: ['role', 'email', 'name', 'days'],
    details: [
      'PERFIL: administrator (tudo), manager (os números e as linhas), supervisor (a operação, sem os arquivos), intake (recebe arquivos), operator (ainda sem página)',
      'off: as sessões, os endereços de entrada e os tokens terminam na hora; on liga de novo, sem eles',
      'login: um endereço de entrada, que vale uma vez, por um dia',
      'token add: o segredo aparece uma só vez; --days: por quantos dias vale (365; no máximo 730)',
    ],
  },
  ...SAVED_COMMANDS,
  ...CUSTOMER_COMMANDS,
  {
    name: 'demo',
    usage:
      'ramal demo --contacts N [--customers N] [--earlier DATA] --seed S --out PASTA | ramal demo server tickets|calls [--port N] [--contacts N] [--seed S] [--faults PARTE[:TIPO,…]] [--skew S]',
    summary: 'escreve os arquivos da empresa de demonstração, ou serve uma fonte de mentira',
    words: 2,
    options: ['contacts', 'customers', 'earlier', 'seed', 'out', 'port', 'faults', 'skew'],
    details: [
      '--customers: quantos clientes tem a base de clientes, de 100 a 5000000; sem ele, 2400',
      '--earlier: também os arquivos de clientes como eram em um dia anterior, na pasta earlier',
      '--faults: parte dos pedidos que dão errado, e como: 0.2 ou 0.2:500,torn',
      '--skew: segundos em que o relógio da fonte está adiantado',
    ],
  },
  { name: 'doctor', usage: 'ramal doctor', summary: 'confere a instalação e a base', words: 0, options: [] },
  {
    name: 'bench',
    usage: 'ramal bench [NOME]',
    summary: 'mede e imprime as razões publicadas',
    words: 1,
    options: [],
    details: ['NOME: detection, drift, intake, marks, hundred-million, day ou screens; sem ele, todas'],
  },
];
