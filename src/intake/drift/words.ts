import { formatDecimal, formatPercent } from '../../kernel/brazil/numbers.ts';
import { columnInside } from '../column-words.ts';
import type { Drift, Effect } from './drift.ts';

const TYPES: Readonly<Record<string, string>> = {
  cpf: 'CPF',
  cnpj: 'CNPJ',
  phone: 'telefone',
  email: 'e-mail',
  uf: 'estado',
  date: 'data',
  moment: 'data e hora',
  time: 'hora',
  integer: 'número inteiro',
  decimal: 'número com decimais',
  text: 'texto',
  empty: 'vazio',
};

/** A difference as a sentence for a person. */
export function driftText({ kind, column, was, now, suggestion, candidates = [] }: Drift): string {
  const type = (name: string | null) => TYPES[name ?? ''] ?? name ?? '';
  switch (kind) {
    case 'renamed':
      return `${column} agora é ${now}? ${suggestion?.why ?? ''}`.trim();
    case 'missing':
      return candidates.length === 0
        ? `Falta a coluna ${column}.`
        : `Falta a coluna ${column}; novas: ${candidates.map(({ to }) => to).join(', ')}.`;
    case 'new':
      return `${column} é nova: ${now || 'vazia'}.`;
    case 'moved':
      return `${column} passou da posição ${was} para a ${now}.`;
    case 'type':
      return `${column} era ${type(was)} e agora é ${type(now)}.`;
    case 'format':
      return `${column} era ${was} e agora é ${now}.`;
    case 'values':
      return `${column} traz valores nunca vistos: ${now}.`;
    case 'empties':
      return `${column} estava vazia em ${was} das linhas e agora em ${now}.`;
    case 'width':
      return `A linha tinha ${was} posições e agora tem ${now}${suggestion ? `: ${suggestion.why}` : ''}.`;
    case 'delimiter':
      return `O separador era ${sign(was)} e agora é ${sign(now)}.`;
    case 'encoding':
      return `Os acentos eram ${was} e agora são ${now}.`;
    case 'rows':
      return `O arquivo tem ${now} linhas; costuma ter ${was}.`;
    case 'dates':
      return `As datas vão de ${now?.replace('–', ' a ')}; o arquivo anterior ia de ${was?.replace('–', ' a ')}.`;
  }
}

const sign = (delimiter: string | null): string => (delimiter === '\t' ? 'tabulação' : (delimiter ?? ''));

/** What loading would do, as a sentence: `30 contratos baixados · 57 novos · 3% sem telefone (antes 1%)`. */
export function effectText({ noun, gone, changed, quarantined, lacking, ...effect }: Effect): string {
  const named = (count: number) => `${formatDecimal(count)} ${count === 1 ? noun.one : noun.many}`;
  const parts = [
    ...(gone > 0 ? [`${named(gone)} ${gone === 1 ? 'baixado' : 'baixados'}`] : []),
    `${gone > 0 ? formatDecimal(effect.new) : named(effect.new)} ${effect.new === 1 ? 'novo' : 'novos'}`,
    ...(changed > 0 ? [`${formatDecimal(changed)} ${changed === 1 ? 'mudado' : 'mudados'}`] : []),
    ...(quarantined > 0 ? [`${formatDecimal(quarantined)} em quarentena`] : []),
    ...lacking.map(({ column, share, before }) => {
      const then = before === null ? '' : ` (antes ${formatPercent(before)})`;
      return `${formatPercent(share)} sem ${columnInside(column)}${then}`;
    }),
  ];
  return parts.join(' · ');
}
