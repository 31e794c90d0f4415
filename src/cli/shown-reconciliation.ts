import type { ProtocolCounts, Reconciliation } from '../api/schema-reconciliation.ts';
import { dimensionLabel } from '../contracts/index.ts';
import { columnWord } from '../intake/column-words.ts';
import { reasonText } from '../reports/reconciliation-table.ts';
import { RECONCILIATION_WORDS } from '../reports/reconciliation-words.ts';
import { date, figure, type Shown, whole } from './shown.ts';

const words = RECONCILIATION_WORDS.pt;

/** What was read of a list, and both sums. */
export function reconciliationHead({ file, taken, offered, sums, kind, tolerance }: Reconciliation): string {
  const named = taken.map(({ column, places }) => {
    const names = places.map((place) => offered[place - 1]?.name ?? place).join(' + ');
    return `${columnWord(column)} de ${names}`;
  });
  const read = `${file}, lista de ${words.kinds[kind]}: ${named.join('; ') || 'nenhuma coluna reconhecida'}`;
  if (sums === null) {
    const columns = offered.map(({ place, name }) => `${place} ${name}`).join(', ');
    return `${read}\nFalta o protocolo, ou o telefone com o início. As colunas: ${columns}. Diga quais são com --columns protocol:LUGAR`;
  }
  const { list, ours, matched, byProtocol, byPhone, agreeing, differing, onlyInList, onlyInOurs } = sums;
  return [
    read,
    `De ${date(sums.first)} a ${date(sums.last)}; inícios a até ${whole(tolerance)} min são o mesmo`,
    words.sums(whole(list), whole(ours), whole(matched), whole(onlyInList), whole(onlyInOurs)),
    `${whole(matched)} com par = ${whole(byProtocol)} por protocolo + ${whole(byPhone)} por telefone e início = ${whole(agreeing)} que conferem + ${whole(differing)} que diferem`,
  ].join('\n');
}

/** Differences by reason, what both have but tell apart first. */
export function reasonRows({ reasons }: Reconciliation): Shown[] {
  return ['both', 'list', 'ours'].flatMap((wanted) =>
    reasons
      .filter(({ side }) => side === wanted)
      .map(({ side, reason, detail, rows }) => ({
        onde: words.sides[side] ?? side,
        motivo: reasonText(reason, detail, 'pt'),
        linhas: whole(rows),
      })),
  );
}

/** Contacts with and without protocol, the whole first. */
export function protocolRows({ whole: all, by }: ProtocolCounts): Shown[] {
  const row = (part: string, value: string, counts: ProtocolCounts['whole']) => ({
    por: part,
    valor: value,
    atendimentos: whole(counts.contacts),
    'com protocolo': whole(counts.withProtocol),
    'sem protocolo': whole(counts.withoutProtocol),
    parte: figure('ratio', counts.share),
    rechamadas: whole(counts.repeats),
  });
  const splits = Object.entries(by).flatMap(([name, slices]) =>
    slices.map((slice) => row(dimensionLabel(name, 'pt'), slice.label ?? slice.value, slice)),
  );
  return [row('', 'todos', all), ...splits];
}
