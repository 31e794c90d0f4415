import { identifies, isImpersonal, maskRow, maskValue } from '../access/masking.ts';
import { dimensionInText } from '../contracts/index.ts';
import { lakeFacts } from '../metrics/facts.ts';
import { DIFFERENCE_COLUMNS } from '../metrics/reconciliation/differences.ts';
import type { Reconciliation } from '../metrics/reconciliation/reconcile.ts';
import { chosenSources, type Scope, spanOf } from '../metrics/scope.ts';
import { type LakeRow, literal } from '../storage/lake.ts';
import { aboutScope, ruleLines, sourceNames } from './about.ts';
import { RECONCILIATION_WORDS } from './reconciliation-words.ts';
import type { Reporting } from './reporting.ts';
import { cellKind, type ReportTable } from './table-file.ts';
import { namedCell } from './table-rows.ts';
import { countText, FILE_WORDS, type FileLang, fileName } from './words.ts';

/** Texts of the list: whatever column was taken for them, none of them may show a person. */
const LISTED = ['list_agent_name', 'list_account', 'list_status'];

/** A difference as it leaves: personal values masked, of what was received only what can be nobody's shown. */
export function shownDifference(row: LakeRow): LakeRow {
  const shown: LakeRow = maskRow(row, DIFFERENCE_COLUMNS);
  for (const name of LISTED)
    if (identifies(String(row[name] ?? ''))) shown[name] = maskValue(String(row[name]), 'text');
  if (typeof row.received === 'string' && isImpersonal(row.received)) shown.received = row.received;
  return shown;
}

/** Why a row stands on one side or differs, in a sentence. */
export function reasonText(
  reason: string,
  detail: string | null,
  lang: FileLang,
  sources: ReadonlyMap<string, string> = new Map(),
): string {
  const words = RECONCILIATION_WORDS[lang];
  const own = words.reasons[`${reason} ${detail}`];
  if (own !== undefined) return own;
  const names: Readonly<Record<string, (detail: string) => string>> = {
    filtered: (name) => dimensionInText(name, lang),
    'other-source': (name) => sources.get(name) ?? name,
    excluded: (name) => words.exclusions[name] ?? name,
    differs: (name) => words.columns[name] ?? name,
  };
  const text = words.reasons[reason] ?? reason;
  const said = text.replace('{detail}', () => (detail === null ? '' : (names[reason]?.(detail) ?? detail)));
  return reason === 'differs' ? `${said.charAt(0).toUpperCase()}${said.slice(1)}` : said;
}

const ORDER = [
  ...['side', 'reason', 'line', 'list_protocol', 'protocol', 'list_started_at', 'started_at', 'list_phone', 'phone'],
  ...['list_agent_name', 'agent_name', 'list_account', 'account', 'list_status', 'status', 'queue', 'source'],
  ...['received', 'other_line', 'batch', 'of_started_at', 'of_protocol', 'of_agent_name'],
];

/** Every difference of a reconciliation, masked, in the order of the list; its rows are read from the file it left. */
export async function reconciliationTable(to: Reporting, found: Reconciliation, scope: Scope): Promise<ReportTable> {
  const { lake, config, lang } = to;
  const files = FILE_WORDS[lang];
  const words = RECONCILIATION_WORDS[lang];
  const labels = sourceNames(to);
  const sources = chosenSources((await lakeFacts(lake)).sources, scope);
  const headed = (key: string): string => {
    const own: Readonly<Record<string, string>> = {
      ...{ side: words.side, reason: words.reason, line: words.line, received: words.received },
      ...{ other_line: words.otherLine, batch: words.batch },
    };
    const column = files.columns[key.replace(/^(list|of)_/, '')] ?? key;
    if (own[key] !== undefined) return own[key];
    return key.startsWith('list_') ? words.inList(column) : key.startsWith('of_') ? words.ofContact(column) : column;
  };
  const cell = (row: LakeRow, key: string): unknown => {
    if (key === 'side') return words.sides[String(row.side)];
    if (key === 'reason') return reasonText(String(row.reason), row.detail as string | null, lang, labels);
    return namedCell(key.replace(/^list_/, ''), row[key], labels, config.missingLabel, lang);
  };
  async function* blocks() {
    if (found.differences === null) return;
    for await (const rows of lake.stream(`FROM read_parquet(${literal(found.differences)})`))
      yield rows.map(shownDifference).map((row) => ORDER.map((key) => cell(row, key)));
  }
  const count = (value = 0) => countText(value, lang);
  const { list, ours, matched, onlyInList, onlyInOurs } = found.sums ?? {};
  return {
    name: fileName(words.title, spanOf(scope, sources)),
    title: words.title,
    columns: ORDER.map((key) => ({ name: headed(key), kind: kindOf(key) })),
    rows: blocks(),
    about: () =>
      aboutScope(to, {
        title: words.title,
        scope,
        by: words.reason,
        order: '',
        view: 'net',
        rule: [
          [words.list, words.sums(count(list), count(ours), count(matched), count(onlyInList), count(onlyInOurs))],
          [words.kind, words.kinds[found.kind]!],
          [words.tolerance, words.minutes(count(found.tolerance))],
          ...ruleLines(found.rule, lang),
        ],
        personal: true,
      }),
  };
}

function kindOf(key: string) {
  if (key === 'line' || key === 'other_line' || key === 'batch') return 'code';
  if (key.endsWith('started_at')) return 'moment';
  return cellKind(DIFFERENCE_COLUMNS[key]!.type, key);
}
