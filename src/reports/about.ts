import { dimensionLabel } from '../contracts/index.ts';
import type { Day } from '../kernel/brazil/dates.ts';
import { wallTime } from '../kernel/clock.ts';
import { scopesOf } from '../metrics/agent-times.ts';
import { lakeFacts } from '../metrics/facts.ts';
import { exclusionsOf } from '../metrics/receipt.ts';
import { ruleNamed } from '../metrics/repeats.ts';
import { chosenSources, missingSources, type Scope, spanOf, watermarkIn } from '../metrics/scope.ts';
import type { Reporting } from './reporting.ts';
import { countText, dayText, FILE_WORDS, type FileLang, MISSING, missingWord, quotedDash, spanText } from './words.ts';

export type AboutLine = readonly [string, string];

/** What differs from one kind of table to another on its first sheet. */
export interface About {
  readonly title: string;
  readonly scope: Scope;
  /** As the answer has them; of the scope where it has none. */
  readonly answer?: { readonly from: Day | null; readonly to: Day | null; readonly watermark: Day | null };
  readonly search?: string | undefined;
  readonly by?: string;
  readonly order: string;
  readonly view: 'net' | 'gross';
  /** Measure, formula and rule. */
  readonly rule: readonly AboutLine[];
  readonly personal?: true;
}

/** A text with this many digits may be somebody's number. */
const LONG_NUMBER = /(\d\D*){7}/;

/** The lines of a file's first sheet: what it is of, by which rule, and how to get to it again. */
export async function aboutScope(to: Reporting, about: About): Promise<AboutLine[]> {
  const { lake, lang } = to;
  const words = FILE_WORDS[lang];
  const facts = await lakeFacts(lake);
  const { contacts: scope } = scopesOf(facts, about.scope);
  const chosen = chosenSources(facts.sources, scope);
  const exclusions = await exclusionsOf(lake, chosen, scope);
  const missing = missingSources(facts.sources, scope);
  const answer = about.answer ?? {
    ...spanOf(about.scope, chosen),
    watermark: watermarkIn(about.scope, [...chosen, ...missing]),
  };
  const excluded = exclusions
    .filter(({ contacts }) => contacts > 0)
    .map(({ name, version, reason, contacts }) =>
      words.exclusion(name, version, reason, contacts, countText(contacts, lang)),
    );
  return [
    ['Ramal', about.title],
    [words.about.period, spanText(answer, lang)],
    [words.about.sources, sourcesText(to, about.scope, chosen)],
    ...(missing.length > 0 ? [[words.about.silent, namesText(to, missing)] as const] : []),
    [words.about.filters, filtersText(to, about.scope, facts.agents)],
    ...searchLine(about.search, lang),
    ...(about.by ? [[words.about.by, about.by] as const] : []),
    ...(about.order ? [[words.about.order, about.order] as const] : []),
    [words.about.view, words[about.view]],
    ...about.rule,
    [words.about.until, answer.watermark ? dayText(answer.watermark, lang) : '–'],
    [words.about.exclusions, excluded.join('; ') || words.noExclusions],
    [words.about.version, String(facts.version)],
    ...aboutFile(to, about.personal),
  ];
}

/** The lines that end every first sheet. */
export function aboutFile({ lang, screen, clock, config }: Reporting, personal?: true): AboutLine[] {
  const { about, masked } = FILE_WORDS[lang];
  const made = wallTime(clock.now(), config.timeZone);
  return [
    ...(personal ? [[about.personal, masked] as const] : []),
    ...(screen ? [[about.screen, screen] as const] : []),
    [about.made, `${dayText(made.slice(0, 10), lang)} ${made.slice(11, 16)}`],
  ];
}

/** The rule that marks repeat contacts: name, window and version, and the rule in one sentence. */
export function ruleLines(name: string, lang: FileLang): AboutLine[] {
  const { about } = FILE_WORDS[lang];
  const { version, label, statement } = ruleNamed(name);
  return [
    [about.rule, `${label[lang]}, v${version}`],
    [about.statement, statement[lang]],
  ];
}

/** What each source is called. */
export function sourceNames({ layouts, lang }: Reporting): ReadonlyMap<string, string> {
  return new Map(layouts.newest().map(({ source, label }) => [source, label[lang]]));
}

function sourcesText(to: Reporting, { sources }: Scope, chosen: readonly { readonly source: string }[]): string {
  const named = sources?.map((source) => ({ source })) ?? chosen;
  const text = namesText(to, named);
  const { all, none } = FILE_WORDS[to.lang];
  if (text === '') return none;
  return sources ? text : all(text);
}

function namesText(to: Reporting, sources: readonly { readonly source: string }[]): string {
  const names = sourceNames(to);
  return sources.map(({ source }) => names.get(source) ?? source).join('; ');
}

/** `Fila = Retenção ou Ouvidoria; Agente = Ana Prado`. */
function filtersText({ lang, config }: Reporting, { where = [] }: Scope, agents: ReadonlyMap<string, string>): string {
  const { codes, none, or } = FILE_WORDS[lang];
  const missing = missingWord(config.missingLabel, lang);
  const named = (column: string, value: string) => {
    const name = (column === 'agent' && agents.get(value)) || value;
    return name === MISSING ? missing : (codes[column]?.[name] ?? quotedDash(name));
  };
  const groups = Map.groupBy(where, ({ column }) => column);
  const texts = [...groups].map(
    ([column, filters]) =>
      `${dimensionLabel(column, lang)} = ${filters.map(({ value }) => named(column, value)).join(` ${or} `)}`,
  );
  return texts.join('; ') || none;
}

function searchLine(search: string | undefined, lang: FileLang): AboutLine[] {
  if (!search) return [];
  const { about, hidden } = FILE_WORDS[lang];
  return [[about.search, LONG_NUMBER.test(search) ? hidden : search]];
}
