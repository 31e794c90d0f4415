import type { PeriodKind } from '../format/days.ts';
import { addresses } from './addresses-pt.ts';
import { alerts } from './alerts-pt.ts';
import { arrivals } from './arrivals-pt.ts';
import { callers } from './callers-pt.ts';
import { codes } from './codes-pt.ts';
import { columns } from './columns-pt.ts';
import { connections } from './connections-pt.ts';
import { customer } from './customer-pt.ts';
import { customers } from './customers-pt.ts';
import { drift } from './drift-pt.ts';
import { explore } from './explore-pt.ts';
import { home } from './home-pt.ts';
import { figures, indicators } from './indicators-pt.ts';
import { insights } from './insights-pt.ts';
import { batch, intake } from './intake-pt.ts';
import { keys } from './keys-pt.ts';
import { layoutRules } from './layout-rules-pt.ts';
import { layouts } from './layouts-pt.ts';
import { measures } from './measures-pt.ts';
import { mend } from './mend-pt.ts';
import { notes } from './notes-pt.ts';
import { offers } from './offers-pt.ts';
import { personas } from './personas-pt.ts';
import { places } from './places-pt.ts';
import { playbook } from './playbook-pt.ts';
import { practice } from './practice-pt.ts';
import { reconciliation } from './reconciliation-pt.ts';
import { reference } from './reference-pt.ts';
import { repeats } from './repeats-pt.ts';
import { ruleSwitch } from './rule-switch-pt.ts';
import { segments } from './segments-pt.ts';
import { send } from './send-pt.ts';
import { shift } from './shift-pt.ts';
import { staffing } from './staffing-pt.ts';
import { steps } from './steps-pt.ts';
import { users } from './users-pt.ts';
import { views } from './views-pt.ts';

const s = (count: number, one: string, many: string) => (count === 1 ? one : many);

/** Every sentence of the screens, in Portuguese; `Words` is its shape, so English lacks none. */
export const pt = {
  tag: 'pt-BR',
  columns,
  arrivals,
  drift,
  reference,
  codes,
  layouts,
  insights,
  views,
  notes,
  alerts,
  layoutRules,
  reconciliation,
  ruleSwitch,
  leaving: {
    title: 'Sair sem salvar?',
    effect: 'O que você compôs nesta página ainda não foi salvo e se perde.',
    verb: 'Sair sem salvar',
  },
  practice,
  send,
  shift,
  staffing,
  steps,
  indicators,
  figures,
  repeats,
  home,
  measures,
  mend,
  users,
  addresses,
  customer,
  customers,
  explore,
  offers,
  segments,
  personas,
  playbook,
  places,
  groups: { operation: 'Operação', data: 'Dados', customers: 'Clientes', administration: 'Administração' },
  rowsPage: 'Linhas',
  more: 'Mais',
  skip: 'Ir para o conteúdo',
  menu: 'Páginas',
  path: 'Caminho',
  goTo: 'Buscar ou ir para',
  language: 'Idioma',
  leave: 'Sair',
  context: 'Período e filtros',
  until: (day: string) => `Dados até ${day}`,
  behind: (count: number) => `${count} fontes`,
  untilDay: (day: string) => `só até ${day}`,
  noData: 'Sem dados',
  loading: 'Carregando',
  left: (time: string) => `faltam ${time}`,
  search: 'Buscar',
  cancel: 'Cancelar',
  close: 'Fechar',
  keep: 'Deixar como está',
  undo: 'Desfazer',
  copy: 'Copiar',
  copied: 'Copiado',
  fewWord: 'poucos casos',
  few: (n: number) => `poucos casos (${n})`,
  littleTime: (text: string) => `pouco tempo (${text})`,
  seeRows: 'Ver as linhas',
  lines: (count: number, text: string) => `${text} ${s(count, 'linha', 'linhas')}`,
  statuses: {
    answered: 'atendido',
    abandoned: 'abandonado',
    open: 'aberto',
    closed: 'fechado',
    void: 'sem atendimento',
  } as Record<string, string>,
  periodNoun: { day: 'O dia', week: 'A semana', month: 'O mês', range: 'O período' },
  /** Opens a sentence about a period. */
  periodIn: (kind: PeriodKind, range: string) => (kind === 'week' ? `Na semana ${range}` : `Em ${range}`),
  /** How much of a period the data holds. */
  held: (held: string, days: string, all: boolean) =>
    `${held} de ${days} dias com dados${all ? ', mas não de todas as fontes' : ''}`,
  missingSources: (names: string) => `Sem dados neste período: ${names}.`,
  units: { count: '', s: 'min:s', clock: 'h:min:s', d: 'dias', ratio: '%', score: 'nota', points: 'pontos' },
  period: {
    name: 'Período',
    none: 'Sem período',
    choose: 'Escolher período',
    previous: 'Período anterior',
    next: 'Período seguinte',
    lastDay: 'Último dia',
    closedWeek: 'Última semana completa',
    last28: 'Últimos 28 dias',
    lastMonth: 'Último mês completo',
    everything: 'Tudo o que há',
    kinds: { day: 'Dia', week: 'Semana', month: 'Mês', range: 'Intervalo' },
    first: 'Primeiro dia',
    last: 'Último dia',
    containing: { day: 'Dia', week: 'Semana que contém o dia', month: 'Mês que contém o dia', range: 'Intervalo' },
  },
  /** Said where the newest data are some days old. */
  ended: {
    data: (day: string, days: string) => `Os dados terminam em ${day}, há ${days} dias.`,
    demo: (day: string, days: string) =>
      `Os dados da demonstração terminam em ${day}, há ${days} dias: ela tem datas fixas.`,
    intake: 'Ver o que chegou',
  },
  filters: {
    sources: 'Fontes',
    allSources: 'todas',
    someSources: (some: number, all: number) => `${some} de ${all}`,
    name: 'Filtros',
    add: '+ filtro',
    open: (count: number) => (count === 0 ? 'Filtros' : `Filtros (${count})`),
    by: 'Filtrar por',
    nothing: 'Nada com esse nome neste período.',
    more: (count: string) => `Mais ${count}: escreva para achar.`,
    remove: (text: string) => `Tirar o filtro ${text}`,
    drop: (text: string) => `Tirar o filtro “${text}”`,
    clear: 'Limpar filtros',
    cleared: 'Filtros retirados.',
  },
  rules: {
    name: 'Regra',
    choose: 'Escolher a regra',
    window: (days: number) => (days === 1 ? '24 h' : days === 3 ? '72 h' : `${days} dias`),
  },
  gross: {
    name: 'Líquido ou bruto',
    net: 'Líquido',
    gross: 'Bruto',
    explain: 'Líquido deixa de fora os atendimentos expurgados; bruto conta todos.',
    line: (net: string, gross: string, excluded: string) =>
      `líquido ${net} · bruto ${gross} · ${excluded} ${excluded === '1' ? 'expurgado' : 'expurgados'}`,
    alone: 'bruto: sem comparação',
    netOnly: 'sempre líquido',
    same: 'líquido igual ao bruto: nada expurgado',
    always: (excluded: number, text: string) =>
      `Sempre no líquido: ${text} ${s(excluded, 'atendimento expurgado fica', 'atendimentos expurgados ficam')} de fora.`,
  },
  provisional: {
    word: 'provisório',
    closes: (day: string) => `provisório: fecha com os dados de ${day}`,
  },
  receipt: {
    open: 'De onde vem ›',
    title: 'De onde vem',
    technical: 'Detalhes técnicos',
    figure: 'Número',
    indicator: 'Indicador',
    formula: 'Fórmula',
    exclusions: 'Expurgos',
    excluded: (count: number, text: string) => `${text} ${s(count, 'atendimento', 'atendimentos')} neste recorte`,
    noExclusions: 'Nenhum atendimento expurgado neste recorte.',
    batches: (count: string) => `${count} ${count === '1' ? 'lote contribui' : 'lotes contribuem'}`,
    until: 'Dados até',
    lake: 'Versão dos dados',
    /** What a rule or an indicator sets, by its name in the answer. */
    parameters: {
      windowDays: (days) => `janela de ${days} ${days === '1' ? 'dia corrido' : 'dias corridos'}`,
      withinSeconds: (time) => `rechamada em até ${time}`,
      transferSeconds: (time) => `transferência em até ${time}`,
      forwardedSeconds: (time) => `encaminhada em até ${time}`,
      sameDayAndType: () => 'só no mesmo dia e do mesmo tipo',
      handledOnly: () => 'só atendidos',
      anonymousToo: () => 'também sem identificação',
      answerWithinSeconds: (time) => `T: atendido em até ${time}`,
      shortAbandonSeconds: (time) => `t: abandono curto, até ${time}`,
      quantile: (share) => `quantil ${share}`,
    } as Record<string, (text: string) => string>,
    level: 'Nível de serviço do turno',
    needed: 'Horas de gente necessárias',
    people: {
      'erlang-a': 'o menor número de pessoas que atende a meta por Erlang A, dividido por 1 menos as ausências',
      'erlang-c': 'o menor número de pessoas que atende a meta por Erlang C, dividido por 1 menos as ausências',
    },
  },
  addUp: {
    read: (count: number) => s(count, 'linha', 'linhas'),
    loaded: (count: number) => s(count, 'carregada', 'carregadas'),
    quarantined: 'em quarentena',
    duplicate: (count: number) => s(count, 'repetida', 'repetidas'),
    open: 'a conta não fecha',
  },
  table: {
    further: 'Mais colunas à direita',
    search: 'Buscar /',
    none: 'Nada a mostrar com estes filtros.',
    pages: (name: string) => `Páginas de ${name}`,
    range: (first: string, last: string, all: string) => `${first}–${last} de ${all}`,
    all: (count: string) => `Ver todas as linhas (${count})`,
    onlyFirst: (count: string) => `Ver só as ${count} primeiras`,
    before: 'Página anterior',
    after: 'Página seguinte',
  },
  chart: {
    table: 'Tabela',
    share: 'Do total',
    n: 'n',
    interval: 'IC 95%',
    rest: (count: number) => `demais (${count})`,
    restInTable: (count: number) => `Mais ${count} na tabela.`,
    restNote: (count: number, value: string) => `Demais (${count}): ${value}, na tabela.`,
    shareOfSum: 'Da soma',
    topsOfSum: (name: string, value: string, share: string) => `${name}: ${value}, ${share} da soma`,
    perLeg: (sum: string, total: string) =>
      `Por perna: um atendimento transferido conta em cada linha por que passa; a soma das linhas é ${sum}, de ${total} atendimentos.`,
    fewLeftOut: (count: number, least: string) => `${count} com menos de ${least}, fora do gráfico e da ordem.`,
    empty: 'Sem valores neste recorte.',
    mean: (value: string) => `média ${value}`,
    incomplete: 'incompleta',
    incompleteNote: 'Quadrado hachurado: incompleto, no período ou nos dados.',
    flat: (value: string) => `${value} em todo o período`,
    span: (low: string, high: string, when: string) => `Entre ${low} e ${high}; o ponto mais alto, ${when}`,
    tops: (name: string, value: string, share: string) => `${name}: ${value}, ${share} do total`,
    extremes: (high: string, highValue: string, low: string, lowValue: string) =>
      `Mais alto: ${high}, ${highValue}. Mais baixo: ${low}, ${lowValue}`,
    single: (name: string, value: string) => `${name}: ${value}`,
    topsAt: (name: string, value: string, share: string) => `Mais alto: ${name}, ${value} (${share} do total)`,
    allSame: (value: string, named: boolean) => `${value} em todos${named ? ' os que têm nome' : ''}`,
    allFew: (least: string) => `Todos têm menos de ${least}: sem gráfico.`,
    allUnknown: 'A fonte não diz de quem ou do quê são estes casos.',
    described: (low: string, high: string, latest: string) => `Entre ${low} e ${high}; último valor ${latest}.`,
    by: { day: 'por dia', week: 'por semana', month: 'por mês' },
  },
  empty: {
    none: (range: string, filtered: boolean) =>
      `Nenhum atendimento em ${range}${filtered ? ' com estes filtros' : ''}.`,
    batch: (number: string, range: string, filtered: boolean) =>
      `Nenhuma linha do lote ${number} em ${range}${filtered ? ' com estes filtros' : ''}.`,
    held: (first: string, last: string) =>
      first === last ? `Só há dados de ${first}.` : `Há dados de ${first} a ${last}.`,
    see: (range: string) => `Ver ${range}`,
    building: 'Os números estão sendo montados com os arquivos que já foram carregados.',
    again: 'Ver de novo',
    start: 'Ainda não há arquivos. Solte um na Recepção ou abra a empresa de demonstração.',
    toIntake: 'Abrir a Recepção',
  },
  errors: {
    again: 'Tentar de novo',
    offline: (clock: string) => `Sem conexão desde ${clock}.`,
    offlineFigures: 'Os números são dessa hora; seus filtros estão guardados.',
    offlineKept: 'Seus filtros estão guardados.',
    broken: 'O Ramal não respondeu.',
    server: (status: number): string =>
      [502, 503, 504].includes(status)
        ? 'O Ramal não respondeu agora; pode estar reiniciando. Tente de novo em um minuto; se continuar, avise quem cuida dele.'
        : 'O Ramal respondeu de um modo que esta tela não entende. Tente de novo; se continuar, avise quem cuida dele.',
    /** A failure as the API words it, by its code. */
    said: (_code: string, message: string): string => message,
  },
  enter: {
    title: 'Entre com o seu endereço',
    explain:
      'Para entrar você precisa de um endereço que vale uma vez: peça-o a quem cuida do Ramal. Abra-o neste navegador, ou cole-o aqui.',
    install: 'Sou eu quem cuida do Ramal',
    command: 'Ao iniciar, o Ramal imprime o endereço:',
    token: 'Endereço ou código',
    send: 'Entrar',
    refused: 'Endereço ou código inválido, já usado ou vencido. Peça outro a quem cuida do Ramal.',
    used: 'Este endereço já foi usado ou venceu: cada um entra uma vez. Peça outro a quem cuida do Ramal.',
    again: 'Com o Ramal no ar, um endereço novo:',
  },
  barred: {
    title: 'Seu perfil não tem telas',
    explain: (name: string, role: string) =>
      `Você entrou como ${name}, com o perfil ${role}. As telas de hoje são de quem administra, gere a operação ou cuida da recepção de arquivos.`,
    todo: 'Se o seu trabalho é um desses, peça outro perfil a quem administra o Ramal.',
    roles: { operator: 'operador' } as Record<string, string>,
  },
  missing: {
    title: 'Esta página não existe',
    explain: (path: string) => `Não há nada em ${path}. O endereço pode ter sido copiado pela metade.`,
    home: 'Ir para o Início',
    barred: {
      title: 'Esta página não é do seu perfil',
      explain: (path: string, visitors: 'administrators' | 'managers' | 'files') =>
        `${path} é de quem ${{ administrators: 'administra', managers: 'administra ou gere a operação', files: 'administra, gere a operação ou cuida dos arquivos' }[visitors]}. O que o seu perfil pode está em Sua conta.`,
    },
  },
  intake,
  batch,
  happened: {
    title: 'O que aconteceu neste atendimento',
    shown: (shown: string, total: string) => `Os últimos ${shown} de ${total} eventos.`,
    kinds: {
      message: 'Mensagem do cliente',
      reply: 'Resposta',
      transfer: 'Transferência',
      open: 'Em aberto',
      reopening: 'Reabertura',
      closing: 'Fechamento',
      other: 'Outro',
    } as Record<string, string>,
  },
  episode: {
    title: 'Contatos desta pessoa',
    byRule: (rule: string) => `O que diz a regra ${rule}. A barra marca este atendimento.`,
    earlier: (count: number, text: string) => `Antes: mais ${text} ${s(count, 'perna', 'pernas')} desta pessoa.`,
    later: (count: number, text: string) => `Depois: mais ${text} ${s(count, 'perna', 'pernas')} desta pessoa.`,
    out: 'fora da conta: anulado ou expurgado',
    sameReason: 'mesmo motivo',
    otherReason: 'outro motivo ou desconhecido',
    of: (when: string, agent: string) => `debitada a ${when}, ${agent}`,
    protocol: (text: string) => `protocolo ${text}`,
  },
  callers,
  rows: {
    headline: (count: string, range: string) => `${count} linhas em ${range}`,
    one: (range: string) => `Uma linha em ${range}`,
    none: (range: string, search: string) => `Nada com “${search}” em ${range}`,
    ofBatch: (count: number, text: string, number: string, range: string) =>
      `${text} ${s(count, 'linha', 'linhas')} do lote ${number} em ${range}`,
    gross: 'No bruto: os atendimentos expurgados também estão aqui.',
    legs: 'Cada linha é uma perna; um atendimento transferido tem mais de uma.',
    showing: 'Mostrar',
    kinds: {
      '': 'todas',
      anchor: 'âncoras',
      matured: 'âncoras de janela fechada',
      repeated: 'destas, com rechamada',
      unrepeated: 'destas, sem rechamada',
      repeat: 'rechamadas',
    } as Record<string, string>,
    charged: 'Rechamadas debitadas a quem os filtros escolhem: podem ter sido de outro agente, e em outro dia.',
    masked: 'Mascarado',
    fields: 'Os campos deste atendimento',
    revealed: 'Revelado; o acesso ficou registrado',
    reveal: 'Revelar',
    maskAgain: 'Mascarar de novo',
    rest: 'Demais campos desta linha',
    may: 'Dados pessoais vêm mascarados. Revelar uma linha fica registrado.',
    mayNot: 'Seu perfil vê os dados pessoais mascarados. Para revelar, peça ao administrador.',
    detail: 'Atendimento',
    behind: (label: string, value: string) => `Todas as linhas do recorte, de onde sai ${label}: ${value}.`,
    behindShare: (label: string, value: string, cases: string) =>
      `Todas as linhas do recorte; ${label} é ${value} de ${cases} casos.`,
  },
  palette: {
    title: 'Buscar ou ir para',
    page: 'página',
    indicator: 'indicador',
    persona: 'persona',
    help: 'ajuda',
    nothing: 'Nada com esse nome.',
    search: 'busca',
    seek: (text: string, page: string) => `Procurar “${text}” em ${page}`,
  },
  connections,
  keys,
};
