import { type Command, SCOPE_DETAILS } from './command.ts';

/** Commands of what people keep: alerts, views, their mails, notes. */
export const SAVED_COMMANDS: readonly Command[] = [
  {
    name: 'alert',
    usage:
      'ramal alert list | show N | add NOME --metric INDICADOR (--above V | --below V | --limits) [--period day|week] [--source NOME] [--where COLUNA=VALOR]… [--rule NOME] [--recipient USUÁRIO]… | on N | off N | seen AVISO | remove N --yes',
    summary: 'mostra, cria e muda alertas sobre indicadores',
    words: 2,
    options: ['metric', 'above', 'below', 'limits', 'period', 'source', 'where', 'rule', 'recipient', 'yes'],
    details: [
      '--above e --below: 10% de uma taxa, 5m de um tempo, 300 do resto; --limits: fora da própria variação',
      '--period: week (sem ele) ou day; --recipient: um usuário a quem avisar por e-mail, pode repetir',
      ...SCOPE_DETAILS.slice(1),
      'show: o que ele avisou; seen: um aviso foi visto e sai do Início',
    ],
  },
  {
    name: 'view',
    usage:
      'ramal view list | save NOME TELA [--follows PERÍODO] [--shared] [--source NOME] [--from D --to D] [--where COLUNA=VALOR]… [--rule NOME] [--by COLUNA] [--metric INDICADOR] [--gross] | remove N --yes',
    summary: 'mostra, salva e apaga visões: telas com o que se escolheu nelas',
    words: 3,
    options: ['source', 'from', 'to', 'where', 'rule', 'by', 'metric', 'gross', 'follows', 'shared', 'yes'],
    details: [
      'TELA: inicio, hoje, indicadores, rechamadas, causas, dimensionamento ou linhas; o mesmo NOME é a mesma visão',
      '--follows: day, week, month ou 28d, os últimos completos; page, os dias com que a tela abre (sem --from e --to); fixed, os de --from e --to',
      '--shared: os outros também a veem',
      ...SCOPE_DETAILS,
    ],
  },
  {
    name: 'mail',
    usage:
      'ramal mail list | add VISÃO --recipient USUÁRIO… [--days seg,qua] [--at 07:30] [--format xlsx|pdf|both] | send N | on N | off N | remove N --yes',
    summary: 'mostra, cria e faz os envios por e-mail de uma visão',
    words: 2,
    options: ['recipient', 'days', 'at', 'format', 'yes'],
    details: [
      'VISÃO: o número em ramal view list; --recipient: um usuário com e-mail, pode repetir; cada um recebe só o que pode ver',
      '--days: dias da semana (de segunda a sexta, sem ele); --at: a hora do negócio (07:30)',
      'send: envia agora e diz o que foi de cada um',
    ],
  },
  {
    name: 'note',
    usage:
      'ramal note list [--from D --to D] | add TEXTO --day D [--metric INDICADOR] [--source NOME] [--where COLUNA=VALOR]… [--rule NOME] [--cause ESPÉCIE/ASSUNTO] [--owner USUÁRIO --due D] | done N | reopen N | remove N --yes',
    summary: 'mostra e escreve notas e decisões de um dia',
    words: 2,
    options: ['from', 'to', 'day', 'metric', 'source', 'where', 'rule', 'cause', 'owner', 'due', 'yes'],
    details: [
      '--cause: o achado de ramal insights --json a que se refere, como agent-repeats/A1008',
      'com --owner e --due é uma decisão: vencida, mostra o indicador antes e depois; done diz que foi cumprida',
      ...SCOPE_DETAILS,
    ],
  },
];
