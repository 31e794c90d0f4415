const s = (count: number, one: string, many: string) => (count === 1 ? one : many);

/** The likes that a mean is of: weeks, and Mondays to Sundays. */
const LIKES = [
  'das quatro semanas',
  ...['segundas', 'terças', 'quartas', 'quintas', 'sextas'].map((day) => `das quatro ${day}-feiras`),
  ...['dos quatro sábados', 'dos quatro domingos'],
];

/** What Início says. */
export const home = {
  sentence: (noun: string, range: string, count: number, text: string) =>
    `${noun} ${range} teve ${text} ${s(count, 'atendimento', 'atendimentos')}`,
  without: (names: string) => `; sem ${names}`,
  more: (change: string, feminine: boolean) => `, ${change} a mais que ${feminine ? 'a anterior' : 'o anterior'}`,
  less: (change: string, feminine: boolean) => `, ${change} a menos que ${feminine ? 'a anterior' : 'o anterior'}`,
  same: (feminine: boolean) => `, como ${feminine ? 'a anterior' : 'o anterior'}`,
  moreWeek: (change: string, one: boolean) =>
    `, ${change} a mais que ${one ? 'no mesmo dia' : 'nos mesmos dias'} da semana anterior`,
  lessWeek: (change: string, one: boolean) =>
    `, ${change} a menos que ${one ? 'no mesmo dia' : 'nos mesmos dias'} da semana anterior`,
  sameWeek: (one: boolean) => `, como ${one ? 'no mesmo dia' : 'nos mesmos dias'} da semana anterior`,
  /** A week or a day against the mean of its four likes before; a weekday is 1–7, a week 0. */
  usual: {
    mean: (weekday: number) => `a média ${LIKES[weekday] ?? LIKES[0]} anteriores`,
    more: (change: string, mean: string) => `, ${change} acima d${mean}`,
    less: (change: string, mean: string) => `, ${change} abaixo d${mean}`,
    same: (mean: string) => `, como ${mean}`,
    was: (value: string) => `uma média de ${value}`,
    basis: (value: string, n: string) => `média ${value}, n ${n}`,
    against: (mean: string) => `variação sobre ${mean}`,
    againstWithout: (mean: string, names: string) => `variação sobre ${mean}, sem ${names}, que não tem todas inteiras`,
  },
  worse: (label: string, before: string, now: string) => `. O que mais piorou: ${label}, de ${before} para ${now}.`,
  better: (label: string, before: string, now: string) => `. O que mais melhorou: ${label}, de ${before} para ${now}.`,
  steady: (labels: string[]) =>
    `. ${s(labels.length, `${labels[0]} ficou estável`, `${labels.slice(0, -1).join(', ')} e ${labels.at(-1)} ficaram estáveis`)}.`,
  repeatsProvisional: (range: string) => `As rechamadas de ${range} ainda são provisórias.`,
  needs: (count: number) => (count === 0 ? 'Precisa de você' : `Precisa de você (${count})`),
  nothingNeeded: 'Nada pendente: todos os arquivos carregaram e os dados estão em dia.',
  nothingRaised: 'Nenhum alerta por ver.',
  batchFailed: (file: string) => `${file} não carregou`,
  batchQuarantine: (file: string, rows: string) => `${file}: ${rows} em quarentena`,
  batchReturned: (file: string) => `${file} aguarda o cliente`,
  stale: (day: string, days: number) => `os dados param em ${day}, há ${days} dias`,
  sharedCodes: (count: number, code: string, sources: string[]) =>
    `${s(count, 'Um código de agente parece', `${count} códigos de agente parecem`)} ser de pessoas diferentes, como ${code} em ${sources.join(' e em ')}; diga no layout de quem são os códigos`,
  see: 'Ver',
  moreBatches: (count: number) => `Mais ${count} na Recepção`,
  changed: 'O que mudou, por motivo',
  changedSubtitle: (range: string, previous: string) => `atendimentos, ${range} menos ${previous}`,
  changedMost: (name: string, change: number, text: string) =>
    `${name}: ${text} ${s(Math.abs(change), 'atendimento', 'atendimentos')}`,
  unchanged: 'Nenhum motivo mudou',
  before: 'Antes',
  now: 'Agora',
  difference: 'Diferença',
};
