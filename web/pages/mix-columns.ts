import type { Column } from '../components/table.ts';
import type { Indicator, LikeMix } from '../state/shapes.ts';
import { mixRateText, mixText } from '../state/teams.ts';
import { ui } from '../state/ui.svelte.ts';

/** The rate that each row would have on the mix of all; what stands under it is the cell's. */
export function mixRate<Row>(
  of: (row: Row) => LikeMix['rows'][number] | undefined,
  unknown: (row: Row) => boolean,
): Column<Row> {
  const [value] = mixColumns(of, unknown, 'ratio');
  return { ...value!, text: (row) => mixRateText(of(row)) };
}

/** The columns of what each row would have on the mix of all, and how much of the mix it covers. */
export function mixColumns<Row>(
  of: (row: Row) => LikeMix['rows'][number] | undefined,
  unknown: (row: Row) => boolean,
  unit: Indicator['unit'],
): Column<Row>[] {
  const words = ui.t.measures.mix;
  return [
    {
      key: 'mix',
      label: words.value,
      help: words.help,
      text: (row) => mixText(of(row), unit),
      sort: 'mix',
      order: (row) => (of(row)?.few || unknown(row) ? null : (of(row)?.value ?? null)),
      numeric: true,
    },
    {
      key: 'coverage',
      label: words.coverage,
      help: words.coverageHelp,
      text: (row) => ui.f.percent(of(row)?.coverage ?? null),
      numeric: true,
    },
  ];
}
