/** Views: screens saved by a name, and the mails that bring them to users. */
export const views = {
  title: 'Visões',
  page: 'Página',
  download: 'Baixar a página, XLSX',
  save: 'Salvar visão',
  saved: (name: string) => `Salva: ${name}.`,
  name: 'Nome da visão',
  nameHelp: 'O mesmo nome substitui a sua visão.',
  follows: 'O período segue',
  followed: {
    fixed: 'os dias escolhidos, sempre os mesmos',
    page: 'os dias com que a tela abre',
    day: 'o último dia completo',
    week: 'a última semana completa',
    month: 'o último mês completo',
    '28d': 'os últimos 28 dias',
  } as Record<string, string>,
  share: 'Outras pessoas também a veem',
  all: 'Todas as visões, envios por e-mail e alertas',
  none: 'Nenhuma visão ainda.',
  empty:
    'Ainda não há visões. Em Início, Indicadores, Rechamadas, Causas ou Linhas, escolha o que quer ver e use Visões › Salvar visão.',
  headline: (views: number, mails: number) =>
    `${views} ${views === 1 ? 'visão' : 'visões'}; ${
      mails === 0 ? 'nenhuma vai por e-mail' : mails === 1 ? 'um envio por e-mail' : `${mails} envios por e-mail`
    }.`,
  of: (owner: string) => `de ${owner}`,
  mine: 'sua',
  shared: 'compartilhada',
  open: 'Abrir',
  remove: 'Apagar',
  removeTitle: (name: string) => `Apagar a visão “${name}”?`,
  removeEffect: (mails: number) =>
    mails === 0
      ? 'Ela deixa de aparecer para todos. Os dados não mudam.'
      : `Ela deixa de aparecer para todos, e ${mails === 1 ? 'o envio dela termina' : `os ${mails} envios dela terminam`}.`,
  mail: {
    add: 'Enviar por e-mail…',
    title: (name: string) => `Enviar “${name}” por e-mail`,
    to: 'A quem',
    toWhom: (names: string) => `para ${names}`,
    toHelp: 'Cada um recebe o que o seu próprio perfil vê.',
    nobody: 'Nenhum usuário tem e-mail. Um administrador o diz em Usuários.',
    days: 'Dias',
    at: 'Às',
    format: 'Como',
    formats: { xlsx: 'XLSX', pdf: 'PDF', both: 'PDF e XLSX' } as Record<string, string>,
    create: 'Criar envio',
    required: 'Escolha ao menos um.',
    unset: 'O Ramal ainda não tem por onde enviar e-mails: um administrador ajusta RAMAL_SMTP_URL e RAMAL_MAIL_FROM.',
    when: (days: string, at: string) => `${days} às ${at}`,
    everyDay: 'todos os dias',
    workDays: 'de segunda a sexta',
    off: 'desligado',
    turnOff: 'Desligar',
    turnOn: 'Ligar',
    now: 'Enviar agora',
    sending: 'Enviando…',
    remove: 'Apagar envio',
    removeTitle: 'Apagar este envio?',
    removeEffect:
      'As pessoas deixam de receber a visão. O registro do que já foi enviado sai com ele; a auditoria fica.',
    history: 'Últimos envios',
    never: 'Ainda não foi enviado.',
    columns: { at: 'Quando', recipient: 'A quem', outcome: 'O que foi', message: 'Por quê' },
    outcomes: { sent: 'enviado', skipped: 'não enviado', failed: 'falhou' } as Record<string, string>,
  },
};
