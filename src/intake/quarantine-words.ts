/** What each quarantine reason says to the person who fixes the file. */
export const QUARANTINE_REASONS: Readonly<Record<string, string>> = {
  missing: 'falta um valor obrigatório',
  'invalid-date': 'data ou hora que não existe ou está em outro formato',
  'clock-change': 'horário que não existiu: o relógio foi adiantado',
  'invalid-number': 'não é um número',
  'invalid-duration': 'não é uma duração',
  'negative-duration': 'duração negativa',
  'ends-before-start': 'termina antes de começar',
  'unknown-code': 'código fora da lista do layout',
  'invalid-text': 'texto não entendido',
  'invalid-phone': 'telefone inválido',
  'invalid-cpf': 'CPF inválido',
  'invalid-taxpayer': 'CPF ou CNPJ inválido',
  'left-out': 'deixada de fora por um passo do layout',
  'step-value': 'um passo do layout não entendeu o valor',
  'lookup-none': 'não está na lista em que se procura',
  'lookup-many': 'está mais de uma vez na lista em que se procura',
  'invalid-email': 'e-mail inválido',
  'too-few-columns': 'colunas a menos',
  'too-many-columns': 'colunas a mais',
  'record-too-long': 'linha longa demais',
  'record-too-short': 'linha curta demais',
  'unknown-record': 'tipo de registro desconhecido',
  'record-incomplete': 'falta um registro do título',
  emptied: 'vazia, e antes quase nunca vinha',
  'never-seen': 'valor nunca visto nesta coluna',
};

/** What each warning of a batch says. */
export const BATCH_WARNINGS: Readonly<Record<string, string>> = {
  'broken-characters': 'linhas trazem caracteres já quebrados (� ou Ã©); ficaram como vieram',
  'mixed-encoding':
    'linhas estavam em outra codificação que o resto do arquivo (Windows-1252 ou UTF-8); foram lidas na sua',
  'control-characters': 'caracteres de controle viraram espaço',
  'trailer-mismatch': 'totais do trailer não batem com o arquivo',
  'extra-columns': 'colunas que o layout não usa ficaram só no original',
  'not-understood': 'valores não entendidos ficaram vazios',
};
