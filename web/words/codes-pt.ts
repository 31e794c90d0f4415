const s = (count: number, one: string, many: string) => (count === 1 ? one : many);

/** What the API says by a code: why a value is null, why a row was refused, what a batch warns of. */
export const codes = {
  nulls: {
    'only-answered': 'Só há atendidos nestes dados: sem os abandonados, este número não existe.',
    'not-given': 'Estes dados não trazem o que este número mede.',
    'no-data': 'Nenhum atendimento neste recorte.',
    'not-matured': 'Nenhuma âncora fechou a janela ainda.',
    'not-identified': 'Nenhum atendimento identificado neste recorte.',
    'no-anchors': 'Esta regra não tem âncoras: sem elas, este número não existe.',
    'agents-only': 'O tempo dos agentes só se filtra por agente e supervisor.',
  } as Record<string, string>,
  /** `rows` counts rows, characters, columns or events, as the kind needs; `detail` names columns or a source, already in words; `loaded` are the batch's rows. */
  warnings: {
    'broken-characters': (rows, text) =>
      `${text} ${s(rows, 'linha traz', 'linhas trazem')} caracteres já quebrados (� ou Ã©), que ficaram como vieram`,
    'mixed-encoding': (rows, text) =>
      `${text} ${s(rows, 'linha estava', 'linhas estavam')} em outra codificação que o resto do arquivo, e assim ${s(rows, 'foi lida', 'foram lidas')}`,
    'control-characters': (rows, text) =>
      `${text} ${s(rows, 'caractere de controle virou', 'caracteres de controle viraram')} espaço`,
    'trailer-mismatch': (rows, text, detail) =>
      `${text} ${s(rows, 'total do trailer não bate', 'totais do trailer não batem')} com o arquivo: ${detail}`,
    'extra-columns': (rows, text, detail) =>
      `${text} ${s(rows, 'coluna que o layout não usa ficou', 'colunas que o layout não usa ficaram')} só no original: ${detail}`,
    'not-understood': (rows, text, detail) =>
      `${detail}: ${text} ${s(rows, 'valor não entendido ficou vazio', 'valores não entendidos ficaram vazios')}`,
    'events-without-contact': (rows, text, detail, loaded) =>
      `${text} de ${loaded} eventos ${s(rows, 'é de um atendimento', 'são de atendimentos')} de “${detail}” que ainda não ${s(rows, 'está', 'estão')} aqui; até lá não ${s(rows, 'conta', 'contam')} em nenhum número`,
  } as Record<string, (rows: number, text: string, detail: string, loaded: string) => string>,
  /** What long work is doing. */
  steps: [
    [/^silver$/, 'organizando as linhas'],
    [/^marks$/, 'marcando as rechamadas'],
    [/^marts$/, 'somando os números'],
  ] as [RegExp, string][],
  homes: {} as Record<string, string>,
  /** Values that the house itself writes, as a person reads them. */
  values: {
    channel: {},
    direction: {},
  } as Record<string, Record<string, string>>,
  unknown: 'desconhecido',
};
