import type { Level } from '../customers/personas/levels.ts';
import type { Persona } from '../customers/personas/personas.ts';
import type { Amount, Role } from '../customers/personas/roles.ts';
import { shareText } from './persona-fields.ts';
import { sayPlay } from './persona-plays.ts';
import type { FileLang } from './words.ts';

interface PersonaWords {
  readonly levels: Readonly<Record<Level, string>>;
  /** In the gender of `antiguidade`, `satisfação` and `contratações`. */
  readonly feminine: Readonly<Record<Level, string>>;
  readonly roles: Readonly<Record<Role, string>>;
  /** Headings of the workbook. */
  /** Of the sheet of NPS, after the persona; and what the whole base is called there. */
  readonly nps: readonly string[];
  readonly base: string;
  readonly sheets: Readonly<Record<'clusters' | 'means' | 'segments' | 'actions', string>>;
  readonly columns: Readonly<
    Record<
      | 'persona'
      | 'group'
      | 'customers'
      | 'share'
      | 'portrait'
      | 'likeness'
      | 'stability'
      | 'steady'
      | 'traits'
      | 'measure'
      | 'mean'
      | 'median'
      | 'index'
      | 'rank'
      | 'level'
      | 'known'
      | 'segment'
      | 'ofPersona'
      | 'pain'
      | 'action',
      string
    >
  >;
  readonly large: string;
  readonly medium: string;
  readonly small: string;
  readonly worth: string;
  readonly tenure: string;
  readonly usage: string;
  readonly mostly: (is: string, share: string) => string;
  readonly worthSum: (worth: string) => string;
  readonly worthShare: (worth: string) => string;
  readonly steady: Readonly<Record<'doubtful' | 'dissolves', string>>;
}

const ENGLISH_LEVELS = {
  ...{ none: 'none', lowest: 'very low', low: 'low', mediumLow: 'medium-low', moderate: 'medium' },
  ...{ mediumHigh: 'medium-high', high: 'high', veryHigh: 'very high', extreme: 'extreme' },
} as const;

export const PERSONA_WORDS: Readonly<Record<FileLang, PersonaWords>> = {
  pt: {
    levels: {
      ...{ none: 'nenhum', lowest: 'muito baixo', low: 'baixo', mediumLow: 'médio-baixo', moderate: 'médio' },
      ...{ mediumHigh: 'médio-alto', high: 'alto', veryHigh: 'muito alto', extreme: 'extremo' },
    },
    feminine: {
      ...{ none: 'nenhuma', lowest: 'muito baixa', low: 'baixa', mediumLow: 'médio-baixa', moderate: 'média' },
      ...{ mediumHigh: 'médio-alta', high: 'alta', veryHigh: 'muito alta', extreme: 'extrema' },
    },
    roles: {
      ...{ value: 'valor', tenure: 'antiguidade', usage: 'uso', size: 'porte', segment: 'segmento' },
      ...{
        satisfaction: 'satisfação',
        tickets: 'chamados',
        purchases: 'contratações',
        product: 'produto',
        state: 'UF',
      },
    },
    nps: ['NPS', 'IC 95% de', 'IC 95% até', 'Clientes', 'Com nota', 'Promotores', 'Neutros', 'Detratores'],
    base: 'Base inteira',
    sheets: {
      ...{ clusters: 'clusters', means: 'metricas_medias', segments: 'segmento_contagem', actions: 'recomendações' },
    },
    columns: {
      ...{ persona: 'Persona', group: 'Grupo', customers: 'Clientes', share: 'Parte da base', portrait: 'Retrato' },
      ...{ likeness: 'Semelhança com o roteiro', stability: 'Estabilidade', steady: 'Atenção' },
      ...{ traits: 'O que a distingue', measure: 'Medida', mean: 'Média', median: 'Mediana', index: 'Base = 100' },
      ...{ rank: 'Posição na base', level: 'Nível', known: 'Conhecidos', segment: 'Segmento' },
      ...{ ofPersona: 'Parte da persona', pain: 'Dor', action: 'Ação' },
    },
    ...{ large: 'de grande porte', medium: 'de porte médio', small: 'pequenos', worth: 'valor', tenure: 'antiguidade' },
    usage: 'uso',
    mostly: (is, share) => `${share} de ${is}`,
    worthSum: (worth) => (worth === 'MRR' ? worth : 'Valor somado'),
    worthShare: (worth) => `Parte do ${worth}`,
    steady: {
      doubtful: 'grupo pouco estável: confira antes de lhe dar nome',
      dissolves: 'grupo que se desfaz: não convém dar-lhe nome',
    },
  },
  en: {
    levels: ENGLISH_LEVELS,
    feminine: ENGLISH_LEVELS,
    roles: {
      ...{ value: 'value', tenure: 'tenure', usage: 'usage', size: 'size', segment: 'segment' },
      ...{
        satisfaction: 'satisfaction',
        tickets: 'tickets',
        purchases: 'purchases',
        product: 'product',
        state: 'State',
      },
    },
    nps: ['NPS', 'CI 95% from', 'CI 95% to', 'Customers', 'With a grade', 'Promoters', 'Passives', 'Detractors'],
    base: 'Whole base',
    sheets: { clusters: 'clusters', means: 'means', segments: 'segment_counts', actions: 'recommendations' },
    columns: {
      ...{
        persona: 'Persona',
        group: 'Group',
        customers: 'Customers',
        share: 'Share of the base',
        portrait: 'Portrait',
      },
      ...{ likeness: 'Likeness to the play', stability: 'Stability', steady: 'Mind' },
      ...{ traits: 'What sets it apart', measure: 'Measure', mean: 'Mean', median: 'Median', index: 'Base = 100' },
      ...{ rank: 'Place in the base', level: 'Level', known: 'Known', segment: 'Segment' },
      ...{ ofPersona: 'Share of the persona', pain: 'Pain', action: 'Action' },
    },
    ...{ large: 'large', medium: 'mid-sized', small: 'small', worth: 'value', tenure: 'tenure', usage: 'usage' },
    mostly: (is, share) => `${share} in ${is}`,
    worthSum: (worth) => (worth === 'MRR' ? worth : 'Total value'),
    worthShare: (worth) => `Share of ${worth}`,
    steady: {
      doubtful: 'group of little stability: check before naming it',
      dissolves: 'group that dissolves: better not named',
    },
  },
};

/** From here on customers are large, and below that small, in shares of the base. */
const [LARGE, SMALL] = [0.67, 0.4];
/** A segment is told when so many of the persona's customers are of it. */
const MOSTLY = 0.4;

/** `Pequenos, 62% de VAREJO; valor baixo, antiguidade muito baixa, uso alto`. */
export function portraitOf({ size, segment, standings }: Persona, lang: FileLang): string {
  const words = PERSONA_WORDS[lang];
  const who = [
    ...(size === null ? [] : [size.rank >= LARGE ? words.large : size.rank < SMALL ? words.small : words.medium]),
    ...(segment && segment.share >= MOSTLY ? [words.mostly(segment.is, shareText(segment.share, lang))] : []),
  ].join(', ');
  const level = (role: Amount, name: string) => {
    const standing = standings[role];
    return standing?.level ? [leveled(name, standing.level, role, lang)] : [];
  };
  const how = [...level('value', words.worth), ...level('tenure', words.tenure), ...level('usage', words.usage)].join(
    ', ',
  );
  const text = [who, how].filter(Boolean).join('; ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `uso muito alto`, `antiguidade baixa`, `sem uso`; in English `very high usage`. */
function leveled(name: string, level: Level, role: Amount, lang: FileLang): string {
  if (level === 'none') return lang === 'pt' ? `sem ${name}` : `no ${name}`;
  const word = levelText(level, role, lang);
  return lang === 'pt' ? `${name} ${word}` : `${word} ${name}`;
}

/** What a persona goes by: its play, and what tells it from its likes. */
export function personaName({ play, first, differs, group }: Persona, lang: FileLang): string {
  const words = PERSONA_WORDS[lang];
  const number = `${words.columns.group} ${group}`;
  const told = play === null ? number : sayPlay(play, lang);
  if (play !== null && first) return told;
  const how = differs && leveled(words.roles[differs.role], differs.level, differs.role, lang);
  return [told, ...(how ? [how] : play === null ? [] : [number])].join(' · ');
}

const FEMININE: readonly Amount[] = ['tenure', 'satisfaction', 'purchases'];

/** A level in the gender of what it is of: `antiguidade médio-alta`. */
export const levelText = (level: Level, role: Amount, lang: FileLang): string =>
  PERSONA_WORDS[lang][FEMININE.includes(role) ? 'feminine' : 'levels'][level];

/** Of how much of a group comes back: stable from the one on, dissolved below the other (Hennig, 2007). */
const [STABLE, DISSOLVED] = [0.75, 0.5];

/** What is to be minded of a group's stability; null of a stable one, and where it is not known. */
export function steadyText(stability: number | null, lang: FileLang): string | null {
  if (stability === null || stability >= STABLE) return null;
  return PERSONA_WORDS[lang].steady[stability < DISSOLVED ? 'dissolves' : 'doubtful'];
}
