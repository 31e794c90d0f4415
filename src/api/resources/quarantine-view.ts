import { isImpersonal, maskValue } from '../../access/masking.ts';
import type { Layout } from '../../intake/layout.ts';
import { type Change, parseChange } from '../../intake/mend/change.ts';
import { type Correction, stateOf } from '../../intake/mend/corrections.ts';
import { QUARANTINE_REASONS, QUARANTINE_REASONS_EN } from '../../intake/quarantine-words.ts';
import { kindOf, ruleLabel, ruleOfReason } from '../../intake/rules/index.ts';
import type { RuleResult } from '../../intake/rules/judge.ts';
import { targetOf } from '../../intake/targets/index.ts';
import type { CorrectionView, RuleView } from '../schema-quarantine.ts';

/** What a quarantine reason, or the rule of the layout that it is of, says in both languages. */
export function reasonLabel({ rules }: Pick<Layout, 'rules'>, reason: string): { label: string; labelEn: string } {
  const rule = ruleOfReason(rules, reason);
  if (!rule) return { label: QUARANTINE_REASONS[reason] ?? reason, labelEn: QUARANTINE_REASONS_EN[reason] ?? reason };
  const { pt, en } = ruleLabel(rule);
  return { label: pt, labelEn: en };
}

/** Source columns that feed no personal column: their bad values may be read as they are, unless columns shifted. */
function harmlessColumns(layout: Layout): ReadonlySet<string> {
  const { columns } = targetOf(layout).contract(layout);
  const feeds = Object.entries(layout.columns).map(([name, { from = [] }]) => ({
    from,
    personal: columns[name]?.personal !== 'none',
  }));
  const hidden = new Set(feeds.filter((one) => one.personal).flatMap(({ from }) => from));
  const shown = feeds.filter(({ from }) => from.every((column) => !hidden.has(column)));
  return new Set(shown.flatMap(({ from }) => [...from, from.join(' + ')]));
}

/** What leaves of a value that a column of a file held. */
export type ShownValue = (column: string | null, value: string | null) => string | null;

export function shownValue(layout: Layout): ShownValue {
  const harmless = harmlessColumns(layout);
  return (column, value) =>
    value === null || (column !== null && harmless.has(column) && isImpersonal(value))
      ? value
      : maskValue(value, 'text');
}

export function rulesView(layout: Layout, results: readonly RuleResult[]): RuleView[] {
  const shown = shownValue(layout);
  return results.flatMap(({ id, told = null, found = null, samples, ...counts }) => {
    const rule = layout.rules?.find((one) => one.id === id);
    if (!rule) return [];
    const { pt, en } = ruleLabel(rule);
    const column = found === null ? kindOf(rule).columns(rule).join(' + ') : null;
    const plain = told !== null && /^[\d.,-]{1,20}$/.test(told) ? told : shown(null, told);
    const values = samples.map(({ line, value }) => ({ line, value: found === null ? shown(column, value) : plain }));
    return [{ id, label: pt, labelEn: en, ...counts, samples: values, told: plain, found }];
  });
}

/** A correction as the API shows it: the texts in it may be anybody's. */
export function correctionView(layout: Layout, correction: Correction): CorrectionView {
  const { reason, lines, column_name, undone_at } = correction;
  return {
    correction: correction.correction_id,
    batch: correction.batch_id,
    lines: correction.line_count,
    first: lines[0]?.[0] ?? 0,
    column: column_name,
    change: shownChange(parseChange(correction.change), correction.change, (text) =>
      shownValue(layout)(column_name, text),
    ),
    reason,
    label: reason === null ? null : reasonLabel(layout, reason).label,
    state: stateOf(correction),
    by: correction.made_by,
    at: correction.made_at.toISOString(),
    undoneBy: correction.undone_by,
    undoneAt: undone_at?.toISOString() ?? null,
  };
}

/** Signs alone tell nothing of anybody. */
const SIGNS_ONLY = /^[^\p{L}\p{N}]*$/u;

function shownChange(change: Change, text: string, shown: (text: string) => string | null): string {
  const quoted = (part: string) => `“${SIGNS_ONLY.test(part) ? part : (shown(part) ?? '')}”`;
  switch (change.kind) {
    case 'value':
      return `use o valor ${quoted(change.value)}`;
    case 'replace':
      return `troque ${quoted(change.from)} por ${quoted(change.to)}`;
    case 'delete':
      return `apague ${quoted(change.text)}`;
    default:
      return text;
  }
}
