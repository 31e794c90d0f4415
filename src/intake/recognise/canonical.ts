import { type Reason, reason, type Told, told } from '../reasons.ts';
import type { ColumnType, TypedColumn } from './column-type.ts';

/** A canonical column proposed for a column of a file. */
export interface Proposal extends Told {
  readonly canonical: string;
  /** From 0 to 1. */
  readonly confidence: number;
  /** The name of the column that makes it together with this one. */
  readonly with?: string;
}

/** Two columns that make one canonical column together, in their order. */
export interface Pair extends Told {
  readonly first: number;
  readonly second: number;
  readonly canonical: string;
  readonly confidence: number;
}

interface Meaning {
  readonly canonical: string;
  /** What sources call it: whole names or words of names, without accents, in lower case. */
  readonly names: readonly string[];
  /** What its cells are; the first is the usual one. */
  readonly types: readonly ColumnType[];
}

const MEANINGS: readonly Meaning[] = [
  {
    canonical: 'protocol',
    names: [
      'protocolo',
      'protocol',
      'ticket',
      'chamado',
      'numero atendimento',
      'id atendimento',
      'call id',
      'case id',
      'uniqueid',
    ],
    types: ['integer', 'text', 'phone'],
  },
  { canonical: 'leg_no', names: ['perna', 'leg', 'seq perna', 'trecho'], types: ['integer'] },
  {
    canonical: 'started_at',
    names: [
      'data hora',
      'datahora',
      'inicio',
      'data inicio',
      'data contato',
      'data atendimento',
      'data ligacao',
      'data',
      'start',
      'started at',
      'call date',
      'data chamada',
      'timestamp',
    ],
    types: ['moment', 'date'],
  },
  {
    canonical: 'ended_at',
    names: ['fim', 'data fim', 'termino', 'encerramento', 'data encerramento', 'end', 'ended at', 'data finalizacao'],
    types: ['moment', 'date'],
  },
  {
    canonical: 'opened_at',
    names: ['abertura', 'data abertura', 'opened at', 'criado em', 'data criacao', 'created at'],
    types: ['moment', 'date'],
  },
  { canonical: 'answered_at', names: ['data atendida', 'answered at', 'hora atendimento'], types: ['moment', 'time'] },
  {
    canonical: 'phone',
    names: [
      'telefone',
      'fone',
      'celular',
      'tel',
      'phone',
      'numero',
      'msisdn',
      'ani',
      'bina',
      'origem',
      'numero origem',
      'contato telefone',
    ],
    types: ['phone'],
  },
  {
    canonical: 'cpf',
    names: ['cpf', 'cpf cnpj', 'documento', 'doc', 'cgc cpf', 'numero documento', 'codigo documento', 'numero cpf'],
    types: ['cpf', 'cnpj'],
  },
  { canonical: 'email', names: ['email', 'e mail', 'mail', 'correio'], types: ['email'] },
  {
    canonical: 'contact_name',
    names: [
      'nome',
      'cliente',
      'nome cliente',
      'devedor',
      'pessoa',
      'nome pessoa',
      'contact name',
      'consumidor',
      'titular',
      'nome do cliente',
    ],
    types: ['text'],
  },
  {
    canonical: 'customer_ref',
    names: ['codigo cliente', 'id cliente', 'customer id', 'matricula', 'contrato', 'numero contrato'],
    types: ['integer', 'text'],
  },
  {
    canonical: 'agent_name',
    names: [
      'agente',
      'atendente',
      'operador',
      'nome agente',
      'nome atendente',
      'nome operador',
      'agent',
      'agent name',
      'analista',
    ],
    types: ['text'],
  },
  {
    canonical: 'agent_id',
    names: [
      'codigo agente',
      'codigo atendente',
      'id agente',
      'login',
      'ramal',
      'agent id',
      'matricula agente',
      'codigo operador',
    ],
    types: ['integer', 'text'],
  },
  {
    canonical: 'queue',
    names: ['fila', 'departamento', 'setor', 'queue', 'grupo', 'skill', 'carteira', 'campanha', 'servico'],
    types: ['text', 'integer'],
  },
  {
    canonical: 'account',
    names: ['conta', 'convenio', 'operadora', 'empresa', 'account', 'contratante', 'marca'],
    types: ['text'],
  },
  {
    canonical: 'reason',
    names: ['motivo', 'assunto', 'reason', 'topico', 'topic', 'tabulacao', 'classificacao', 'problema'],
    types: ['text'],
  },
  { canonical: 'reason_category', names: ['categoria', 'categoria motivo', 'grupo problema', 'area'], types: ['text'] },
  {
    canonical: 'status',
    names: ['status', 'situacao', 'resultado', 'estado chamada', 'desfecho', 'outcome', 'disposition', 'answered'],
    types: ['text'],
  },
  { canonical: 'channel', names: ['canal', 'channel', 'midia', 'meio'], types: ['text'] },
  { canonical: 'uf', names: ['uf', 'estado', 'sg uf', 'sigla uf'], types: ['uf'] },
  { canonical: 'city', names: ['cidade', 'municipio', 'city', 'localidade'], types: ['text'] },
  { canonical: 'ddd', names: ['ddd', 'codigo area'], types: ['integer'] },
  {
    canonical: 'wait_s',
    names: [
      'espera',
      'tempo espera',
      'tempo de espera',
      'tme',
      'wait',
      'waiting time',
      'fila segundos',
      'speed of answer',
    ],
    types: ['time', 'integer', 'decimal'],
  },
  {
    canonical: 'talk_s',
    names: [
      'duracao',
      'conversa',
      'tempo conversa',
      'tempo atendimento',
      'tma',
      'talk',
      'duration',
      'billsec',
      'tempo falado',
      'talk duration',
      'avgtalkduration',
    ],
    types: ['time', 'integer', 'decimal'],
  },
  {
    canonical: 'wrapup_s',
    names: ['pos', 'tempo pos', 'pos atendimento', 'wrapup', 'acw'],
    types: ['time', 'integer'],
  },
  { canonical: 'hold_s', names: ['retencao segundos', 'tempo retencao', 'hold', 'mudo'], types: ['time', 'integer'] },
  {
    canonical: 'satisfaction',
    names: [
      'nota',
      'satisfacao',
      'csat',
      'avaliacao',
      'nota do consumidor',
      'rating',
      'satisfaction',
      'satisfaction rating',
    ],
    types: ['integer', 'decimal'],
  },
  { canonical: 'priority', names: ['prioridade', 'priority', 'urgencia'], types: ['text', 'integer'] },
  { canonical: 'tags', names: ['etiquetas', 'tags', 'marcadores'], types: ['text'] },
];

/** Types that say what a column is even when its name does not. */
const TELLING: Partial<Record<ColumnType, string>> = {
  cpf: 'cpf',
  cnpj: 'cpf',
  email: 'email',
  phone: 'phone',
  uf: 'uf',
};
/** What a column may be, the likeliest first; none when neither its name nor its cells say. */
export function proposalsFor(name: string, column: TypedColumn): Proposal[] {
  const words = plainWords(name);
  const proposals = MEANINGS.flatMap(({ canonical, names, types }): Proposal[] => {
    const named = Math.max(...names.map((known) => nameMatch(words, known)));
    const place = types.indexOf(column.type);
    const fits = place === 0 ? 1 : place > 0 ? 0.8 : column.type === 'empty' ? 0.5 : 0.15;
    const tells = TELLING[column.type] === canonical;
    if (named === 0 && !tells) return [];
    const confidence = tells ? 1 - (1 - 0.75 * column.share) * (1 - 0.9 * named) : named * fits * 0.95;
    if (confidence < 0.2) return [];
    return [
      {
        canonical,
        confidence: Math.round(confidence * 100) / 100,
        ...told(reasonOf(name, named, tells || fits >= 0.8, column)),
      },
    ];
  });
  return proposals.toSorted((a, b) => b.confidence - a.confidence);
}

/** Each canonical column goes to the pair or the column that wants it most; what others wanted too is told. */
export function assign(
  columns: readonly { readonly name: string; readonly typed: TypedColumn }[],
  pairs: readonly Pair[] = [],
): (Proposal | null)[] {
  const paired = new Set(pairs.flatMap(({ first, second }) => [first, second]));
  const wishes = columns
    .flatMap(({ name, typed }, index) =>
      paired.has(index) ? [] : proposalsFor(name, typed).map((proposal) => ({ index, ...proposal })),
    )
    .toSorted((a, b) => b.confidence - a.confidence || a.index - b.index);
  const given: (Proposal | null)[] = columns.map(() => null);
  const taken = new Map<string, number>();
  for (const { first, second, canonical, confidence, why, reasons } of pairs) {
    if (taken.has(canonical)) continue;
    given[first] = { canonical, confidence, why, reasons, with: columns[second]!.name };
    given[second] = { canonical, confidence, why, reasons, with: columns[first]!.name };
    taken.set(canonical, first);
  }
  for (const { index, canonical, confidence, reasons } of wishes) {
    if (given[index] || taken.has(canonical)) continue;
    const rivals = wishes.filter((wish) => wish.canonical === canonical && wish.index !== index && !given[wish.index]);
    const close = rivals.find((rival) => rival.confidence > confidence - 0.1);
    given[index] = close
      ? {
          canonical,
          confidence: Math.min(confidence, 0.5),
          ...told(...reasons, reason('rival', { name: columns[close.index]!.name })),
        }
      : { canonical, confidence, ...told(...reasons) };
    taken.set(canonical, index);
  }
  return given;
}

/** A name's words without accents and signs: `NR_Telefone1` is `nr telefone`. */
export function plainWords(name: string): string[] {
  return name
    .replace(/([a-zà-ú])([A-ZÀ-Ú])/g, '$1 $2')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '')
    .map((word) => SHORT[word] ?? word);
}

/** What systems shorten. */
const SHORT: Readonly<Record<string, string>> = {
  cd: 'codigo',
  cod: 'codigo',
  nr: 'numero',
  num: 'numero',
  nm: 'nome',
  dt: 'data',
  hr: 'hora',
  date: 'data',
  time: 'hora',
  vl: 'valor',
  vlr: 'valor',
  tel: 'telefone',
  qt: 'quantidade',
  qtd: 'quantidade',
  qtde: 'quantidade',
};

/** Words that say little of what a column holds. */
const FILLERS = new Set(['numero', 'ds', 'tp', 'fl', 'de', 'do', 'da', 'tempo', 'data', 'hora', 'nome', 'id']);

const OF_KIND = new Set(['numero', 'id', 'tempo', 'data', 'hora', 'nome']);

/** From 0 to 1: the whole name, its words in any order, or some of them. */
function nameMatch(words: readonly string[], known: string): number {
  const wanted = known.split(' ').map((word) => SHORT[word] ?? word);
  if ([known.replaceAll(' ', ''), wanted.join('')].includes(words.join(''))) return 1;
  const telling = words.filter((word) => !FILLERS.has(word));
  if (telling.length > 0 && telling.join(' ') === wanted.filter((word) => !FILLERS.has(word)).join(' '))
    return differ(words, wanted) ? 0.4 : 0.9;
  if (!wanted.every((word) => words.includes(word))) return 0;
  if (wanted.every((word) => FILLERS.has(word))) return 0.3;
  return 0.45 + 0.35 * (wanted.length / words.length);
}

/** Whether each says of what kind it is, and they disagree: a time of service is no number of service. */
function differ(words: readonly string[], wanted: readonly string[]): boolean {
  const [one, other] = [words, wanted].map((some) => some.filter((word) => OF_KIND.has(word)));
  return one!.length > 0 && other!.length > 0 && !one!.some((word) => other!.includes(word));
}

function reasonOf(name: string, named: number, fits: boolean, { type, share, filled }: TypedColumn): Reason {
  const content = { type, share: Math.round(100 * share), filled };
  if (named === 0) return reason('content', content);
  return reason(fits ? 'name-agrees' : 'name-disagrees', { name, ...content });
}
