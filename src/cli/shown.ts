import type { BatchView } from '../api/batch-view.ts';
import type { CallerRanking } from '../api/schema-callers.ts';
import type { Suggestion } from '../api/schema-intake.ts';
import type { SameAge } from '../api/schema-metrics.ts';
import { dimensionInText } from '../contracts/index.ts';
import { columnWord } from '../intake/column-words.ts';
import { driftText, effectText } from '../intake/drift/words.ts';
import type { MarkedFile } from '../lake/mark-file.ts';
import type { MetricAnswer, RepeatAnswer, RepeatRow } from '../metrics/answers.ts';
import { CALLER_TIMES } from '../metrics/caller-times.ts';
import type { Unit } from '../metrics/indicator.ts';
import { indicatorNamed } from '../metrics/registry.ts';
import type { RuleDifference } from '../metrics/rule-switch.ts';
import { casesText, figureText } from '../reports/figure-text.ts';
import { FILE_WORDS, quotedDash } from '../reports/words.ts';

/** A row of a text table: cells by heading. */
export type Shown = Readonly<Record<string, string | number | null>>;

const NOTHING = '–';
const WEEKDAYS = ['seg', 'ter', 'qua', 'qui', 'sex', 'sáb', 'dom'];
const STATES: Readonly<Record<string, string>> = {
  loading: 'carregando',
  loaded: 'carregado',
  failed: 'falhou',
  'rolled-back': 'desfeito',
  waiting: 'espera por você',
  refused: 'aguardando cliente',
  superseded: 'substituído',
};

/** A batch that waits: what changed in its file, and what loading it would do. */
export function askedText({ batch, file, state: name, drift, effect, message }: BatchView): string {
  const changed = drift.filter(({ policy, kind }) => policy !== 'accept' || kind === 'renamed').map(driftText);
  const would = effect ? `Se aprovar: ${effectText(effect)}` : '';
  const unsaid = drift
    .filter(({ kind, policy, candidates }) => kind === 'missing' && policy === 'ask' && candidates)
    .map(({ column }) => `(--now ${column}=NOVA ou --gone ${column}) `)
    .join('');
  const todo =
    name === 'waiting'
      ? `Nada foi gravado. Aprove com ramal batch approve ${batch} ${unsaid}--yes, ou devolva.`
      : (message ?? '');
  return [`\n${file} (lote ${batch}) mudou:`, ...changed.map((text) => `  ${text}`), would, todo]
    .filter(Boolean)
    .join('\n');
}

const decimals = (digits: number) =>
  new Intl.NumberFormat('pt-BR', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const WHOLE = decimals(0);
const TENTH = decimals(1);

export function tenth(value: number): string {
  return TENTH.format(value);
}

export function whole(value: number): string {
  return WHOLE.format(value);
}

/** `12.345`, `17,6%`, `5:48`, `3,40`. */
export function figure(unit: Unit, value: number | null | undefined): string {
  return value === null || value === undefined ? NOTHING : figureText(value, unit, 'pt');
}

/** `15/11/2026` of a day in ISO 8601. */
export function date(day: string | null | undefined): string {
  return day ? day.split('-').toReversed().join('/') : NOTHING;
}

/** The days of a period whose end is not in it. */
export function period(from: string | null, to: string | null): string {
  if (!from || !to) return 'sem período';
  const last = new Date(Date.parse(to) - 86_400_000).toISOString().slice(0, 10);
  return last === from ? date(from) : `${date(from)} a ${date(last)}`;
}

/** What has become of a batch, as the screens say it: a loaded one with rows in quarantine still asks for a look. */
export function state(name: string, quarantined = 0): string {
  return name === 'loaded' && quarantined > 0 ? 'com quarentena' : (STATES[name] ?? name);
}

export interface Counts {
  readonly read: number;
  readonly loaded: number;
  readonly quarantined: number;
  readonly duplicate: number;
}

/** What became of rows; of batches that wait for a decision, or for the client, nothing yet. */
export function sumText({ read, loaded, quarantined, duplicate }: Counts, held: readonly Held[] = []): string {
  const rows = (name: Held['state']) => held.reduce((sum, one) => sum + (one.state === name ? one.read : 0), 0);
  const [waiting, refused] = [rows('waiting'), rows('refused')];
  const parts = [
    ...(read > waiting + refused || held.length === 0
      ? [`carregadas ${whole(loaded)}`, `em quarentena ${whole(quarantined)}`, `repetidas ${whole(duplicate)}`]
      : []),
    ...(waiting > 0 ? [`à espera de decisão ${whole(waiting)}`] : []),
    ...(refused > 0 ? [`aguardando cliente ${whole(refused)}`] : []),
  ];
  if (parts.length === 1) return `${whole(read)} lidas, ${parts[0]!.replace(/ [\d.]+$/, '')}`;
  return `${whole(read)} lidas = ${parts.join(' + ')}`;
}

/** A batch of which nothing is loaded yet, or ever. */
export type Held = { readonly state: string; readonly read: number };

const cases = ({ metric }: Pick<MetricAnswer, 'metric'>, n: number): string =>
  casesText(indicatorNamed(metric), n, 'pt');

export function metricHead(answer: MetricAnswer, label: string): string {
  const facts = [
    `n ${cases(answer, answer.n)}`,
    period(answer.from, answer.to),
    upTo(answer.watermark),
    ...missing(answer),
  ];
  const bounds = interval(answer, answer.unit);
  if (bounds !== '') facts.unshift(`IC 95% ${bounds}`);
  return `${label} = ${figure(answer.unit, answer.total)} (${facts.join('; ')})${answer.reason ? ` ${answer.reason}` : ''}`;
}

export function metricRows({ metric, by, rows, unit }: MetricAnswer, label: string): Shown[] {
  const bounded = unit === 'ratio' || rows.some(({ low }) => low !== undefined);
  return rows.map((row) => ({
    ...splits(by, row),
    [label]: figure(unit, row.value),
    ...(unit === 'count' ? {} : { n: cases({ metric }, row.n) }),
    ...(bounded ? { 'IC 95%': interval(row, unit) || NOTHING } : {}),
  }));
}

/** The cases of an indicator by group, where it has groups. */
export function groupRows({ groups = [] }: MetricAnswer, names: ReadonlyMap<string, string>): Shown[] {
  return groups.map(({ name, n, share }) => ({
    faixa: names.get(name) ?? name,
    casos: whole(n),
    'do total': figure('ratio', share),
  }));
}

export function repeatHead(answer: RepeatAnswer): string {
  const { maturedAnchors, repeatedAnchors, rule } = answer;
  const repeats = `${whole(answer.repeats)} rechamadas em ${whole(answer.eligible)} elegíveis`;
  const bounds = interval(answer);
  const facts = [
    maturedAnchors === null
      ? repeats
      : `${whole(repeatedAnchors ?? 0)} de ${whole(maturedAnchors)} âncoras fechadas com rechamada`,
    bounds === '' ? '' : `IC 95% ${bounds}`,
    maturedAnchors === null ? '' : repeats,
    `regra ${rule.name} v${rule.version}`,
    period(answer.from, answer.to),
    upTo(answer.watermark),
    ...missing(answer),
    answer.provisional ? provisional(answer.closesOn) : '',
  ];
  return `Rechamada = ${figure('ratio', answer.rate)} (${facts.filter(Boolean).join('; ')})`;
}

const provisional = (closesOn: string | null): string =>
  closesOn ? `provisório: fecha com os dados de ${date(closesOn)}` : 'provisório';

export function repeatRows({ by, rows, maturedAnchors }: RepeatAnswer): Shown[] {
  const house = maturedAnchors !== null;
  const worstFirst = rows.toSorted((a, b) => (b.shrunken ?? -1) - (a.shrunken ?? -1));
  return worstFirst.map((row: RepeatRow) => ({
    ...splits(by ? [by] : [], row),
    elegíveis: whole(row.contacts),
    ...(house
      ? {
          'âncoras fechadas': whole(row.maturedAnchors ?? 0),
          'com rechamada': whole(row.repeatedAnchors ?? 0),
        }
      : {}),
    rechamadas: whole(row.repeats),
    taxa: figure('ratio', row.rate),
    'IC 95%': interval(row) || NOTHING,
    ...('shrunken' in row ? { ajustada: figure('ratio', row.shrunken) } : {}),
    'mesmo motivo': figure('ratio', row.sameReasonRate),
    ...('avgHandleTime' in row ? { TMA: figure('s', row.avgHandleTime) } : {}),
    ...(rows.some(({ provisional }) => provisional) ? { provisório: row.provisional ? 'sim' : '' } : {}),
  }));
}

export function ruleRows(answers: readonly RepeatAnswer[]): Shown[] {
  return answers.map((answer) => ({
    regra: answer.rule.name,
    conta: whole(answer.maturedAnchors ?? answer.eligible),
    'com rechamada': whole(answer.repeatedAnchors ?? answer.repeats),
    taxa: figure('ratio', answer.rate),
    'IC 95%': interval(answer) || NOTHING,
    'que conta': answer.rateName === 'repeatRate' ? 'âncoras fechadas' : 'elegíveis',
    provisório: answer.provisional ? 'sim' : '',
  }));
}

/** What a rule says of a contact, by the codes of `role` and `why`. */
const SAYS: Readonly<Record<string, string>> = {
  anonymous: 'não conta: sem identificação',
  unhandled: 'não conta: ninguém atendeu',
  first: 'primeiro contato',
  late: 'novo: fora da janela',
  other: 'novo: o de antes é de outro número ou tipo',
  forwarded: 'encaminhado',
  joined: 'unido ao anterior',
  repeat: 'rechamada',
};

export function differenceRows(found: readonly RuleDifference[], rule: string, than: string): Shown[] {
  return found.map(({ why, thanWhy, contacts }) => ({
    [rule]: SAYS[why] ?? why,
    [than]: SAYS[thanWhy] ?? thanWhy,
    atendimentos: whole(contacts),
  }));
}

export function ageRows({ periods }: SameAge): Shown[] {
  return periods.map((one) => ({
    período: period(one.from, one.to),
    'conhecido até': date(one.watermark),
    âncoras: whole(one.anchors),
    'com rechamada': whole(one.repeated),
    taxa: figure('ratio', one.rate),
    'IC 95%': interval(one) || NOTHING,
  }));
}

/** Customers with their mean times and, of the time that ranks them, its cases and percentiles. */
export function rankedRows({ rows, columns, order }: CallerRanking): Shown[] {
  const times = CALLER_TIMES.filter(({ mean }) => columns.some(({ name }) => name === mean.name)).flatMap(
    ({ mean, percentiles }) => (mean.name === order ? [mean, ...percentiles] : [mean]),
  );
  const filled = times.filter(({ name }) => rows.some((row) => row[name] !== null));
  const numbers = (row: CallerRanking['rows'][number]) =>
    filled.map(({ name, label, unit }) => [label.pt, figure(unit, row[name] as number | null)]);
  return rows.map((row) => ({
    cliente: String(row.contact_name ?? row.customer_ref ?? NOTHING),
    telefone: String(row.phone ?? NOTHING),
    atendimentos: whole(Number(row.contacts)),
    ...(order === 'contacts'
      ? { acumulado: figure('ratio', Number(row.running)) }
      : { casos: whole(Number(row.cases)) }),
    ...Object.fromEntries(numbers(row)),
    atendentes: whole(Number(row.agents)),
    motivos: whole(Number(row.reasons)),
    último: String(row.last).slice(0, 16).replace('T', ' '),
  }));
}

/** How many the ranking has, and who is left out of it. */
export function rankedFoot({ rows, total, order, least, few }: CallerRanking): string {
  const shown = `Os ${rows.length} primeiros de ${total} clientes identificados`;
  if (least === undefined) return `${shown}.`;
  const label = indicatorNamed(order).label.pt;
  return `${shown} que têm ao menos ${least} casos de ${label}. ${whole(few ?? 0)} têm menos, e não se ordenam.`;
}

export function markedFileHead({ rule, total, contacts, watermark }: MarkedFile): string {
  const n = total.maturedAnchors ?? total.eligible;
  const base = total.maturedAnchors === null ? 'elegíveis' : 'âncoras fechadas';
  const came = total.repeatedAnchors ?? total.repeats;
  const facts = `${whole(came)} de ${whole(n)} ${base}; ${whole(contacts)} contatos; regra ${rule.name} v${rule.version}; ${upTo(watermark)}`;
  return `Rechamada = ${figure('ratio', total.rate)} (${facts})`;
}

export function markedFileRows({ rows }: MarkedFile): Shown[] {
  return rows.map(({ id, why, of, bucket, sameReason }) => ({
    contato: id,
    'a regra diz': SAYS[why] ?? why,
    de: of === id ? '' : of,
    prazo: bucket === 'none' ? '' : bucket,
    'mesmo motivo': why === 'repeat' ? (sameReason ? 'sim' : 'não') : '',
  }));
}

const FORMATS: Readonly<Record<Suggestion['format'], string>> = {
  delimited: 'texto delimitado',
  fixed: 'texto de largura fixa',
  records: 'registros de vários tipos',
  xlsx: 'planilha XLSX',
  xls: 'planilha XLS',
  parquet: 'Parquet',
};
const TYPES: Readonly<Record<string, string>> = {
  cpf: 'CPF',
  cnpj: 'CPF ou CNPJ',
  phone: 'telefone',
  email: 'e-mail',
  uf: 'UF',
  date: 'data',
  moment: 'data e hora',
  time: 'hora ou duração',
  integer: 'inteiro',
  decimal: 'decimal',
  text: 'texto',
  empty: 'vazia',
};

export function suggestionHead({
  format,
  recordLayout,
  encoding,
  delimiter,
  quote,
  header,
  before,
  after,
  decimal,
  dateFormats,
}: Suggestion): string {
  const named = (sign: string) => (sign === '\t' ? 'tabulação' : sign);
  return [
    FORMATS[format],
    recordLayout ? `layout de registros ${recordLayout}` : '',
    encoding,
    delimiter === null ? '' : `separador ${named(delimiter)}`,
    quote ? `aspas ${quote}` : '',
    format === 'records' ? '' : header ? 'com cabeçalho' : 'sem cabeçalho',
    before > 0 ? `linhas antes da tabela: ${before}` : '',
    after > 0 ? `depois dela: ${after}` : '',
    decimal ? `decimais como ${decimal}` : '',
    dateFormats.length > 0 ? `datas ${dateFormats.join(', ')}` : '',
  ]
    .filter(Boolean)
    .join('; ');
}

export function suggestionRows({ columns }: Suggestion): Shown[] {
  return columns.map(({ name, type, canonical, confidence, why }) => ({
    coluna: name,
    tipo: TYPES[type] ?? type,
    'pode ser': canonical ? columnWord(canonical) : NOTHING,
    certeza: canonical ? figure('ratio', confidence) : NOTHING,
    porque: why,
  }));
}

function upTo(watermark: string | null): string {
  return `dados completos até ${date(watermark)}`;
}

function missing({ missingSources }: Pick<MetricAnswer, 'missingSources'>): string[] {
  return missingSources.length > 0 ? [`sem dados no período: ${missingSources.join(', ')}`] : [];
}

export function interval(
  { low, high }: { readonly low?: number | null; readonly high?: number | null },
  unit: Unit = 'ratio',
): string {
  if (low === undefined || low === null || high === undefined || high === null) return '';
  if (unit === 'ratio') return `${TENTH.format(100 * low)}–${TENTH.format(100 * high)}`;
  return `${figure(unit, low)}–${figure(unit, high)}`;
}

export function splits(
  by: readonly string[],
  row: { readonly label?: string; readonly [name: string]: unknown },
): Shown {
  return Object.fromEntries(by.map((name) => [dimensionInText(name, 'pt'), value(name, row)]));
}

function value(name: string, row: { readonly label?: string; readonly [name: string]: unknown }): string {
  const found = row[name];
  if (found === null || found === undefined) return NOTHING;
  if (name === 'agent') return row.label ?? String(found);
  if (name === 'weekday') return WEEKDAYS[Number(found) - 1] ?? String(found);
  if (name === 'hour') return `${found}h`;
  if (name === 'month') return String(found).slice(0, 7).split('-').toReversed().join('/');
  if (name === 'day' || name === 'week') return date(String(found));
  return FILE_WORDS.pt.codes[name]?.[String(found)] ?? quotedDash(String(found));
}
