const s = (count: number, one: string, many: string) => (count === 1 ? one : many);

/** What came to Recepção today, what did not, and what waits for somebody. */
export const arrivals = {
  today: (day: string) => `Hoje, ${day}`,
  missing: (count: number) => s(count, 'Um arquivo esperado não chegou.', `${count} arquivos esperados não chegaram.`),
  missingNamed: (count: number, names: string) =>
    s(count, `Um arquivo esperado não chegou: ${names}`, `${count} arquivos esperados não chegaram: ${names}`),
  late: (closes: string, ago: string) => `Não chegou: era esperado até ${closes}, há ${ago}`,
  failed: (at: string, closes: string) => `Veio às ${at} e não carregou; era esperado até ${closes}`,
  due: (opens: string, closes: string) => `Ainda não chegou: esperado das ${opens} às ${closes}`,
  expected: (opens: string, closes: string) => `Esperado das ${opens} às ${closes}`,
  holiday: 'Feriado: não é cobrado hoje',
  came: (at: string) => `Chegou às ${at}`,
  files: (text: string) => `${text} arquivos`,
  overdue: (deadline: string) => `${deadline}: o prazo passou`,
  feeds: (deadline: string) => `Alimenta: ${deadline}`,
  columns: { source: 'Fonte', what: 'Hoje', rows: 'Linhas', deadline: 'Alimenta' },
  span: (minutes: number) => {
    const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
    if (hours === 0) return `${rest}\u00a0min`;
    return rest === 0 ? `${hours}\u00a0h` : `${hours}\u00a0h\u00a0${rest}\u00a0min`;
  },
  onHoliday: (name: string) => `Feriado hoje: ${name}. Nenhum arquivo é cobrado.`,
  noneToday: 'Nenhum arquivo é esperado hoje.',
  noneYet: 'Nenhum arquivo é esperado hoje, e nada chegou ainda.',
  unknown: 'Ramal ainda não sabe que arquivos esperar, e por isso não avisa do que falta.',
  learn: 'Aprender do histórico…',
  table: 'Chegadas esperadas',
  next: (source: string, closes: string) =>
    `Tudo que era para agora chegou. Próximo esperado: ${source}, até ${closes}.`,
  others: (text: string) => `Ver mais ${text}`,
  needs: (count: number) => (count === 0 ? 'Precisa de você agora' : `Precisa de você agora (${count})`),
  fewRows: (source: string, files: string, rows: string) => `${source} · ${files} arquivos, ${rows} em quarentena`,
  rowsOf: (text: string) => `${text} linhas`,
  usual: (text: string) => `costuma: ${text}`,
  before: (text: string) => `antes: ${text}`,
  age: (days: number) => (days === 0 ? 'chegou hoje' : s(days, 'chegou há um dia', `chegou há ${days} dias`)),
  tick: (file: string) => `Marcar ${file}`,
  tickAll: (count: number) => s(count, 'Marcar o de layout igual', `Marcar os ${count} de layout igual`),
  untick: 'Desmarcar',
  together: 'Estes arquivos vieram no layout de sempre: só a quantidade ou o conteúdo foge do costume.',
  must: 'as colunas mudaram: abra e decida',
  sum: (count: number, files: string, rows: string) => `${files} ${s(count, 'arquivo', 'arquivos')}, ${rows}`,
  apart: 'Cada arquivo é comparado com o que está carregado agora, não com os outros marcados.',
  approve: (count: number, text: string) =>
    s(count, 'Aprovar e carregar 1 arquivo', `Aprovar e carregar ${text} arquivos`),
  undoable: 'Cada lote pode ser desfeito na sua página.',
  approved: (count: number, text: string) =>
    s(count, 'Um arquivo aprovado e carregado.', `${text} arquivos aprovados e carregados.`),
  notApproved: (file: string, why: string) => `${file} não foi carregado. ${why}`,
  returned: 'Aguardando cliente',
  see: 'Ver',
  alsoOpen: (who: string) => `${who} também está com este lote aberto`,
  learnTitle: 'Chegadas esperadas, do histórico',
  learnWhy:
    'Das últimas oito semanas: os dias e as horas em que cada fonte costuma enviar. Nada muda antes de aprovar.',
  learnNone: 'O histórico ainda não mostra um costume: são necessárias três semanas de envios da mesma fonte.',
  learnRows: (text: string) => `e mais ${text}`,
  learnApprove: (count: number, text: string) => s(count, 'Aprovar 1 chegada', `Aprovar ${text} chegadas`),
  learning: 'Guardando as chegadas esperadas',
  waitsFor: (file: string, why: string) => `${file} espera por você: ${why}`,
};
