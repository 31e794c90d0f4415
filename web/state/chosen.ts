import { dimensionLabel, filterName } from './dimensions.ts';
import { here } from './here.svelte.ts';
import { DEFAULT_RULE, splitFilter } from './scope.ts';
import { session } from './session.svelte.ts';
import { ui } from './ui.svelte.ts';

/** One filter of the page in view: how it reads, and how it is let go. */
export interface Chosen {
  entry: string;
  text: string;
  drop: () => void;
}

/** The filters of the page in view; the batch that its rows came by is one of them. */
export function chosenFilters(): Chosen[] {
  const { where, batch } = here.url;
  const filters = where.map((entry): Chosen => {
    const { column, value } = splitFilter(entry);
    const text = `${dimensionLabel(column)}: ${filterName(column, value)}`;
    return { entry, text, drop: () => here.change({ where: here.url.where.filter((each) => each !== entry) }) };
  });
  if (!batch) return filters;
  const text = ui.t.intake.batch(ui.f.count(Number(batch)));
  return [{ entry: 'batch', text, drop: () => here.change({ batch: undefined }) }, ...filters];
}

/** The sources in view: `todas`, the name of one, or `3 de 4`. */
export function sourcesText(): string {
  const { all, sources } = here;
  if (sources.length === all.length) return ui.t.filters.allSources;
  const [first] = sources;
  return sources.length === 1 && first
    ? here.label(first, ui.lang)
    : ui.t.filters.someSources(sources.length, all.length);
}

/** The rule in view, with its version. */
export function ruleText(): string {
  const rule = session.rules.find(({ name }) => name === here.url.rule);
  return `${rule?.label[ui.lang] ?? here.url.rule}, v${rule?.version ?? '?'}`;
}

/** How many of the page's defaults the reader left: its filters, sources, rule and view. */
export function chosenCount({ rule, gross }: { rule: boolean; gross: boolean }): number {
  const { url, sources, all } = here;
  const left = [
    url.source.length > 0 && sources.length < all.length,
    rule && url.rule !== DEFAULT_RULE,
    gross && url.gross,
  ];
  return chosenFilters().length + left.filter(Boolean).length;
}
