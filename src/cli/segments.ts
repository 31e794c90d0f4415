import { resolve } from 'node:path';
import { TREATMENTS } from '../customers/features/treatment.ts';
import { COVARIANCES } from '../customers/models/densities.ts';
import type { Migration } from '../customers/segments/carry-names.ts';
import { METHODS } from '../customers/segments/fit-groups.ts';
import type { RuleSplit } from '../customers/segments/rule-split.ts';
import { MISSING } from '../customers/segments/segment-file.ts';
import type { Trait } from '../customers/segments/traits.ts';
import { amountOf } from './amounts.ts';
import { figure, whole } from './shown.ts';
import { textTable } from './terminal.ts';
import { copy, job, json, listOf, usage, type Work } from './work.ts';

interface Answer {
  readonly k: number;
  readonly rows: number;
  readonly weights: readonly number[];
  readonly sizes: readonly number[];
  readonly averages: readonly (readonly (number | null)[])[];
  readonly features: readonly { readonly column: string; readonly treatment: string; readonly is?: string }[];
  readonly silhouette: number;
  readonly stability: readonly (number | null)[] | null;
  readonly rule: RuleSplit | null;
  readonly migration: Migration | null;
  readonly traits: readonly (readonly Trait[])[];
  readonly profile: readonly (readonly Trait[])[];
  readonly iterations: number;
  readonly warnings: readonly string[];
  readonly labels: string | null;
}

/** `segments fit`: parts the rows of a file into groups. */
export const segments: Work = async ({ client, options, rest, stdout }) => {
  if (rest[0] !== 'fit') throw usage(`Ação desconhecida: ${rest[0] ?? 'nenhuma'}`, 'Use ramal segments fit');
  const { file, id, labels } = options;
  if (!file || !options.columns)
    throw usage('Faltam --file ou --columns', 'Use ramal segments fit --file clientes.csv --columns mrr:log,tickets');
  const method = chosen('method', options.method ?? 'bgm', METHODS);
  const count = (name: 'k' | 'components' | 'seed' | 'resamples') => {
    const word = options[name];
    if (word === undefined || (name === 'k' && word === 'auto')) return {};
    const value = amountOf(name, word);
    if ((name === 'k' || name === 'components') && !(Number.isInteger(value) && value >= 2 && value <= MOST_GROUPS))
      throw usage(`Recebido ${word} em --${name}`, `Use um número inteiro de 2 a ${MOST_GROUPS}`);
    return { [name]: value };
  };
  if (options.k && method === 'bgm')
    throw usage('--k é do k-means', 'Na mistura, --components diz de quantos grupos ela pode usar');
  if (options.components && method === 'kmeans') throw usage('--components é da mistura', 'No k-means, use --k');
  const found = await job<Answer>(client, '/api/segments/file', {
    path: resolve(file),
    columns: listOf(options.columns).map((word) => {
      const at = word.lastIndexOf(':');
      const asked = word.slice(at + 1);
      const treatment = TREATMENTS.find((one) => at > 0 && one === asked);
      if (at > 0 && !treatment && /^[\p{L}-]+$/u.test(asked))
        throw usage(`Tratamento desconhecido: ${asked}`, `Use COLUNA:${TREATMENTS.join(', COLUNA:')}`);
      return treatment ? { name: word.slice(0, at), treatment } : { name: word };
    }),
    ...{ method, labels: labels !== undefined },
    ...{ ...(id === undefined ? {} : { id }), profile: listOf(options.profile) },
    ...(options.covariance === undefined ? {} : { covariance: chosen('covariance', options.covariance, COVARIANCES) }),
    ...(options.missing === undefined ? {} : { missing: chosen('missing', options.missing, MISSING) }),
    ...{ ...count('k'), ...count('components'), ...count('seed'), ...count('resamples') },
    ...(options.previous === undefined ? {} : { previous: resolve(options.previous) }),
  });
  if (found.labels && labels)
    await copy(client, `/api/segments/labels/${found.labels}`, { ...options, out: labels }, stdout);
  const { labels: _, ...answer } = found;
  return options.json ? json(answer) : shown(found);
};

function chosen<T extends string>(name: string, word: string, among: readonly T[]): T {
  const one = among.find((value) => value === word);
  if (one) return one;
  throw usage(`--${name} ${word} não existe`, `Use ${among.join(', ')}`);
}

const MOST_COLUMNS = 8;
const MOST_GROUPS = 100;

/** From here on a group is stable, and below the other it dissolves (Hennig, 2007). */
const [STABLE, DISSOLVES] = [0.75, 0.5];

function shown(found: Answer): string {
  const { k, rows, sizes, averages, features, silhouette, iterations, stability, migration, warnings } = found;
  const head = `${whole(rows)} linhas em ${k} grupos; silhueta ${figure('score', silhouette)}, ${iterations} iterações`;
  const table = sizes.map((size, one) => ({
    grupo: migration?.numbers[one] ?? one + 1,
    linhas: whole(size),
    parte: figure('ratio', size / rows),
    ...(stability ? { estabilidade: stabilityText(stability[one] ?? null) } : {}),
    ...Object.fromEntries(
      features
        .slice(0, MOST_COLUMNS)
        .map(({ column, is }, at) => [
          is === undefined ? column : `${column}: ${is}`,
          figure(is === undefined ? 'score' : 'ratio', averages[one]![at]!),
        ]),
    ),
  }));
  return [
    head,
    textTable(table),
    traitsText(found),
    profileText(found),
    ruleText(found),
    migration ? migrationText(migration) : '',
    ...warnings.map((warning) => `Atenção: ${warning}.`),
  ]
    .filter(Boolean)
    .join('\n');
}

function stabilityText(value: number | null): string {
  if (value === null) return 'poucas linhas';
  const word = value >= STABLE ? 'estável' : value < DISSOLVES ? 'desfaz-se' : 'duvidoso';
  return `${figure('score', value)} ${word}`;
}

const MOST_SAID = 3;

/** What sets each group apart, the most telling first. */
function traitsText({ traits, migration }: Answer): string {
  const lines = traits.map((own, one) => {
    const said = own.slice(0, MOST_SAID).map(({ column, is, value, base }) => {
      const unit = is === undefined ? 'score' : 'ratio';
      return `${is === undefined ? column : `${column} ${is}`} ${figure(unit, value)} (base ${figure(unit, base)})`;
    });
    return `Grupo ${migration?.numbers[one] ?? one + 1}: ${said.join('; ') || 'como a base'}.`;
  });
  return ['O que distingue cada um', ...lines].join('\n');
}

/** The columns that were only asked about, group by group; of two texts the rarer one. */
function profileText({ profile, migration, rows, sizes }: Answer): string {
  const same = (one: Trait) => (other: Trait) => other.column === one.column && other.is === one.is;
  const all = profile.flat();
  const told = all.filter((trait, at) => all.findIndex(same(trait)) === at);
  const shown = told.filter(({ column, is, base }) => {
    const others = told.filter((one) => one.column === column);
    return is === undefined || others.length !== 2 || base <= Math.min(...others.map((one) => one.base));
  });
  if (shown.length === 0) return '';
  const text = ({ is }: Trait, value: number) => figure(is === undefined ? 'score' : 'ratio', value);
  const name = ({ column, is }: Trait) => (is === undefined ? column : `${column}: ${is}`);
  const lines = profile.map((own, one) => ({
    grupo: String(migration?.numbers[one] ?? one + 1),
    linhas: whole(sizes[one]!),
    ...Object.fromEntries(
      shown.map((trait) => {
        const found = own.find(same(trait));
        return [name(trait), found ? text(found, found.value) : '–'];
      }),
    ),
  }));
  const base = {
    grupo: 'todos',
    linhas: whole(rows),
    ...Object.fromEntries(shown.map((trait) => [name(trait), text(trait, trait.base)])),
  };
  return textTable([...lines, base]);
}

/** What halves by hand would give, beside the groups. */
function ruleText({ rule, silhouette }: Answer): string {
  if (!rule) return '';
  const cuts = rule.cuts.map(({ column, at }) => `${column} em ${at.map((cut) => figure('score', cut)).join(', ')}`);
  const better = rule.silhouette < silhouette ? '' : '; os grupos não separam melhor';
  return `Cortando à mão ${cuts.join(' e ')}: ${rule.weights.length} grupos, silhueta ${figure('score', rule.silhouette)}, acordo ${figure('score', rule.agreement)}${better}.`;
}

function migrationText({ stayed, arrived, left, flows }: Migration): string {
  const moved = flows.filter(({ from, to }) => from !== to);
  const share = stayed === null ? '' : `${figure('ratio', stayed)} seguem no seu grupo; `;
  const rows = moved.map(({ from, to, customers }) => ({ de: from, para: to, clientes: whole(customers) }));
  return [`Desde a divisão anterior: ${share}${whole(arrived)} chegaram, ${whole(left)} saíram.`, textTable(rows)]
    .filter(Boolean)
    .join('\n');
}
