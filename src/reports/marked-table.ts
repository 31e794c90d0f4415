import { maskCell } from '../access/masking.ts';
import { lakeFacts } from '../metrics/facts.ts';
import { MARKED_COLUMNS, repeatRowsOf } from '../metrics/marked-rows.ts';
import { charges } from '../metrics/repeat-sums.ts';
import { ruleNamed } from '../metrics/repeats.ts';
import { chosenSources, type Scope, spanOf } from '../metrics/scope.ts';
import { aboutScope, ruleLines, sourceNames } from './about.ts';
import type { Reporting } from './reporting.ts';
import { cellKind, type ReportTable } from './table-file.ts';
import { namedCell } from './table-rows.ts';
import { FILE_WORDS, fileName, weekText } from './words.ts';

/** As a person reads a repeat: itself, then the contact that it is charged to. */
const ORDER = [
  ...['started_at', 'bucket', 'same_reason', 'protocol', 'agent_name', 'agent', 'supervisor', 'account', 'queue'],
  ...['reason', 'reason_category', 'status', 'handle_s', 'ddd', 'uf', 'phone', 'customer_ref', 'role', 'repeats'],
  ...['anchor_started_at', 'anchor_protocol', 'anchor_agent_name', 'anchor_agent', 'anchor_supervisor'],
  ...['anchor_handle_s', 'ended_at', 'source', 'week'],
];

/** The repeats of a scope with the contacts that they are charged to, masked, in time order. */
export async function markedTable(to: Reporting, name: string, scope: Scope): Promise<ReportTable> {
  const { lake, config, lang } = to;
  const words = FILE_WORDS[lang];
  const sources = chosenSources((await lakeFacts(lake)).sources, scope);
  const { sql, parameters } = repeatRowsOf(ruleNamed(name), scope, sources);
  const labels = sourceNames(to);
  const numbered = lake.week.number !== null;
  const title = words.titles.marked;
  const cell = (key: string, value: unknown) =>
    namedCell(key, maskCell(value, MARKED_COLUMNS[key]), labels, config.missingLabel, lang);
  async function* blocks() {
    for await (const rows of lake.stream(sql, parameters)) {
      yield rows.map((row) => {
        const cells = ORDER.map((key) => cell(key, row[key]));
        if (numbered) cells.push(weekText(String(row.week), lake.week, lang));
        return cells;
      });
    }
  }
  return {
    name: fileName(title, spanOf(scope, sources)),
    title,
    columns: [
      ...ORDER.map((key) => ({
        name: words.marked[key] ?? words.columns[key] ?? key,
        kind: cellKind(MARKED_COLUMNS[key]!.type, key),
      })),
      ...(numbered ? [{ name: words.weekNumber, kind: 'text' } as const] : []),
    ],
    rows: blocks(),
    about: () =>
      aboutScope(to, {
        title,
        scope,
        by: words.perLeg,
        order: words.ascending(words.columns.started_at!),
        view: 'net',
        rule: [
          [words.about.shown, [words.codes.repeat!.repeat, charges(scope) && words.charged].filter(Boolean).join(', ')],
          ...ruleLines(name, lang),
        ],
        personal: true,
      }),
  };
}
