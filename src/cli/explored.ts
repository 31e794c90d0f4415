import type { Exploration, Explored } from '../customers/base/exploration.ts';
import { figure, whole } from './shown.ts';
import { textTable } from './terminal.ts';

/** What the last bits of doubles leave of nothing is nothing. */
const number = (value: number) =>
  (Math.abs(value) < 1e-9 ? 0 : value).toLocaleString('pt-BR', { maximumSignificantDigits: 4 });
const BARS = '▁▂▃▄▅▆▇█';

/** Heights of some counts in signs. */
function sparkline(counts: readonly number[]): string {
  const most = Math.max(...counts, 1);
  return counts.map((count) => (count === 0 ? ' ' : BARS[Math.min(7, Math.floor((8 * count) / most))]!)).join('');
}

/** What the columns of a base are like, as text. */
export function exploredText({ rows, columns, correlations, groups }: Exploration): string {
  const known = (one: Explored) => figure('ratio', rows === 0 ? null : one.known / rows);
  const numbers = columns.flatMap((one) => {
    const { spread } = one;
    if (spread?.kind !== 'number') return [];
    const [, low, , middle, , high] = spread.quantiles;
    return [
      {
        ...{ coluna: one.name, preenchido: known(one), mediana: number(middle), média: number(spread.mean) },
        ...{ '1%': number(low), '99%': number(high), zeros: whole(spread.zeros), exceções: whole(spread.outliers) },
        'de 1% a 99%': sparkline(spread.bins),
      },
    ];
  });
  const texts = columns.flatMap((one) => {
    if (one.spread?.kind === 'number') return [];
    const values =
      one.spread?.values.map(({ is, customers }) => `${is} ${figure('ratio', customers / one.known)}`) ?? [];
    return [
      { coluna: one.name, preenchido: known(one), valores: whole(one.distinct), 'mais comuns': values.join(', ') },
    ];
  });
  const together = correlations.map(({ one, other, rho, n }) => ({
    coluna: one,
    com: other,
    ρ: number(rho),
    n: whole(n),
  }));
  const split = columns.flatMap((one) => {
    const medians = one.spread?.kind === 'number' ? one.spread.medians : null;
    if (!medians || !groups) return [];
    return [
      {
        mediana: one.name,
        ...Object.fromEntries(
          groups.map(({ is, customers }, at) => [
            `${is} (${whole(customers)})`,
            medians[at] === null ? '–' : number(medians[at]!),
          ]),
        ),
      },
    ];
  });
  return [
    `${whole(rows)} clientes, ${whole(columns.length)} colunas`,
    ...(numbers.length > 0 ? [textTable(numbers)] : []),
    ...(texts.length > 0 ? [textTable(texts)] : []),
    ...(together.length > 0 ? ['Andam juntas (correlação de postos)', textTable(together)] : []),
    ...(split.length > 0 ? [textTable(split)] : []),
  ].join('\n\n');
}
