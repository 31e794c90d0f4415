import type { codes as pt } from './codes-pt.ts';

const s = (count: number, one: string, many: string) => (count === 1 ? one : many);

export const codes: typeof pt = {
  nulls: {
    'only-answered': 'This data holds answered contacts only: without those abandoned this figure does not exist.',
    'not-given': 'This data does not carry what this figure measures.',
    'no-data': 'No contacts in this selection.',
    'not-matured': 'No anchor has had its whole window yet.',
    'not-identified': 'No identified contacts in this selection.',
    'no-anchors': 'This rule has no anchors: without them this figure does not exist.',
    'agents-only': 'The time of agents is only filtered by agent and supervisor.',
  },
  warnings: {
    'broken-characters': (rows, text) =>
      `${text} ${s(rows, 'row holds', 'rows hold')} characters that were already broken (� or Ã©); they stay as they came`,
    'mixed-encoding': (rows, text) =>
      `${text} ${s(rows, 'row was', 'rows were')} in another encoding than the rest of the file, and read as such`,
    'control-characters': (rows, text) =>
      `${text} control ${s(rows, 'character became a space', 'characters became spaces')}`,
    'trailer-mismatch': (rows, text, detail) =>
      `${text} ${s(rows, 'total of the trailer differs', 'totals of the trailer differ')} from the file: ${detail}`,
    'extra-columns': (rows, text, detail) =>
      `${text} ${s(rows, 'column', 'columns')} that the layout does not use ${s(rows, 'stays', 'stay')} in the original only: ${detail}`,
    'not-understood': (rows, text, detail) =>
      `${detail}: ${text} ${s(rows, 'value was not understood and is empty', 'values were not understood and are empty')}`,
    'events-without-contact': (rows, text, detail, loaded) =>
      `${text} of ${loaded} events ${s(rows, 'is of a contact', 'are of contacts')} of “${detail}” that ${s(rows, 'is', 'are')} not here yet; until then ${s(rows, 'it counts', 'they count')} in no figure`,
  },
  steps: [
    [/^lendo a base$/, 'reading the base'],
    [/^dizendo quem são$/, 'telling who they are'],
    [/^esperando outra divisão$/, 'waiting for another division'],
    [/^validação(?:, λ (.+))?$/, 'choosing the method'],
    [/^teste$/, 'testing the method'],
    [/^fazendo as ofertas$/, 'making the offers'],
    [/^juntando as evidências$/, 'gathering the evidence'],
    [/^gravando$/, 'writing'],
    [/^produtos, chamados e notas de cada cliente$/, 'products, tickets and scores of each customer'],
    [/^lendo (.+)$/, 'reading $1'],
    [/^conferindo (.+)$/, 'checking $1'],
    [/^olhando (.+)$/, 'looking at $1'],
    [/^buscando (.+)$/, 'fetching $1'],
    [/^juntando (.+)$/, 'joining $1'],
    [/^(.+): dia (\S+), página (\d+)(?: de \d+)?$/, '$1: day $2, page $3'],
    [/^silver$/, 'sorting the rows'],
    [/^marks$/, 'marking repeat contacts'],
    [/^marts$/, 'adding up the figures'],
  ],
  homes: { demonstração: 'demonstration', produção: 'production' },
  values: {
    channel: { voz: 'voice', reclamação: 'complaint' },
    direction: { receptivo: 'inbound', ativo: 'outbound' },
  },
  unknown: 'unknown',
};
