import type { Layout } from '../intake/layout.ts';
import type { TriedLayout } from '../intake/try-layout.ts';
import { reasonLabel, shownValue } from './resources/quarantine-view.ts';
import type { LayoutTried } from './schema-intake.ts';

/** What a layout would do with a file, as the API shows it; `cut`: only the file's beginning was read. */
export function triedView(layout: Layout, tried: TriedLayout, cut: boolean): LayoutTried {
  const shown = shownValue(layout);
  const refused = tried.refused.map((one) => ({
    ...one,
    ...reasonLabel(layout, one.reason),
    value: one.column === null ? one.value : shown(one.column, one.value),
  }));
  return { ...tried, refused, cut };
}
