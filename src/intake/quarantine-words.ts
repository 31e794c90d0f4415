/** What each quarantine reason says to the person who fixes the file, in both languages. */
const REASONS = {
  missing: ['falta um valor obrigatório', 'a required value is missing'],
  'invalid-date': [
    'data ou hora que não existe ou está em outro formato',
    'a date or time that does not exist or is in another format',
  ],
  'clock-change': [
    'horário que não existiu: o relógio foi adiantado',
    'a time that never was: the clock was put forward',
  ],
  'invalid-number': ['não é um número', 'not a number'],
  'invalid-duration': ['não é uma duração', 'not a duration'],
  'negative-duration': ['duração negativa', 'negative duration'],
  'ends-before-start': ['termina antes de começar', 'ends before it starts'],
  'longer-than-a-day': ['dura mais de um dia', 'lasts longer than a day'],
  'unknown-code': ['código fora da lista do layout', 'a code that the layout does not list'],
  'invalid-text': ['texto não entendido', 'text not understood'],
  'invalid-phone': ['telefone inválido', 'invalid phone number'],
  'invalid-cpf': ['CPF inválido', 'invalid CPF'],
  'invalid-taxpayer': ['CPF ou CNPJ inválido', 'invalid CPF or CNPJ'],
  'left-out': ['deixada de fora por um passo do layout', 'left out by a step of the layout'],
  'step-value': ['um passo do layout não entendeu o valor', 'a step of the layout did not understand the value'],
  'lookup-none': ['não está na lista em que se procura', 'not in the list that is looked up'],
  'lookup-many': ['está mais de uma vez na lista em que se procura', 'more than once in the list that is looked up'],
  'invalid-email': ['e-mail inválido', 'invalid e-mail address'],
  'too-few-columns': ['colunas a menos', 'too few columns'],
  'too-many-columns': ['colunas a mais', 'too many columns'],
  'record-too-long': ['linha longa demais', 'row too long'],
  'record-too-short': ['linha curta demais', 'row too short'],
  'unknown-record': ['tipo de registro desconhecido', 'unknown record type'],
  'record-incomplete': ['falta um registro do título', 'a record of the title is missing'],
  emptied: ['vazia, e antes quase nunca vinha', 'empty, and hardly ever was before'],
  'never-seen': ['valor nunca visto nesta coluna', 'a value never seen in this column'],
} as const satisfies Record<string, readonly [pt: string, en: string]>;

const worded = (index: 0 | 1): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(REASONS).map(([code, words]) => [code, words[index]]));

export const QUARANTINE_REASONS = worded(0);
export const QUARANTINE_REASONS_EN = worded(1);

/** What each warning of a batch says. */
export const BATCH_WARNINGS: Readonly<Record<string, string>> = {
  'broken-characters': 'linhas trazem caracteres já quebrados (� ou Ã©); ficaram como vieram',
  'mixed-encoding':
    'linhas estavam em outra codificação que o resto do arquivo (Windows-1252 ou UTF-8); foram lidas na sua',
  'control-characters': 'caracteres de controle viraram espaço',
  'trailer-mismatch': 'totais do trailer não batem com o arquivo',
  'extra-columns': 'colunas que o layout não usa ficaram só no original',
  'not-understood': 'valores não entendidos ficaram vazios',
  'events-without-contact': 'eventos são de atendimentos que ainda não estão aqui, e até lá não contam',
};
