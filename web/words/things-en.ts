/** What the API says is not there, in English. */
const THINGS: Readonly<Record<string, string>> = {
  ...{ alerta: 'alert', arquivo: 'file', 'arquivo da prática': 'practice file', 'arquivo recebido': 'received file' },
  ...{ atendimento: 'contact', aviso: 'notice', 'base de clientes': 'customer base', cliente: 'customer' },
  ...{
    'coluna do arquivo': 'column of the file',
    conector: 'connector',
    conexão: 'connection',
    correção: 'correction',
  },
  ...{
    'correção deste lote': 'correction of this batch',
    declaração: 'declaration',
    'divisão de clientes': 'division',
  },
  ...{ endereço: 'address', envio: 'file to send', expurgo: 'exclusion', fonte: 'source', indicador: 'indicator' },
  ...{ 'fonte com dados': 'source with data', 'layout da fonte': 'layout of the source', lista: 'list', lote: 'batch' },
  ...{ 'layout de envio': 'layout to send by', 'linha da tabela': 'row of the table', nota: 'note', oferta: 'offer' },
  ...{ ofertas: 'offers', persona: 'persona', personas: 'personas', 'pessoa a chamar de volta': 'person to call back' },
  ...{ prática: 'exercise', regra: 'rule', 'tabela de apoio': 'reference table', trabalho: 'job', turno: 'shift' },
  ...{ usuário: 'user', vigia: 'watch', visão: 'view' },
};

/** What is not there by its English name, and nothing of what holds none. */
export function inEnglish({ what, received, ...details }: Record<string, string>): Record<string, string> {
  return {
    ...details,
    ...(what === undefined ? {} : { what: THINGS[what] ?? 'thing' }),
    ...(received === undefined ? {} : { received: /^(nenhum|–)/.test(received) ? '' : received }),
  };
}
