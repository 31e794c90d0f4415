import { literal, quoted } from '../../storage/lake.ts';
import { changed } from './columns-sql.ts';
import { type StepKind, StepMistake } from './step.ts';

/** Parts a column by a separator or after places; the last part takes all that is left. */
export const split: StepKind<'split'> = {
  kind: 'split',
  title: ({ column, into }) => `separar ${column} em ${into.join(', ')}`,
  reads: ({ column }) => [column],
  makes: ({ column, into }) => into.map((name) => ({ name, from: [column], how: 'new' })),
  ends: [],
  check({ separator, at, into }) {
    if ((separator === undefined) === (at === undefined))
      throw new StepMistake('diga o separador ou os lugares, um dos dois', 'Escreva separator ou at');
    if (at?.some((place, index) => place <= (at[index - 1] ?? 0)))
      throw new StepMistake(`os lugares ${at.join(', ')} não sobem`, 'Escreva-os do menor ao maior');
    if (at && at.length !== into.length - 1)
      throw new StepMistake(
        `${at.length} lugares dão ${at.length + 1} partes, e há ${into.length} nomes`,
        'Corrija into',
      );
    if (separator !== undefined && into.length < 2)
      throw new StepMistake('separar dá ao menos duas colunas', 'Escreva mais um nome em into');
  },
  apply({ column, separator, at = [], into }, number, input) {
    const cell = quoted(column);
    const part = (index: number) => {
      const last = index === into.length - 1;
      if (separator === undefined) {
        const from = at[index - 1] ?? 0;
        return last ? `substring(${cell}, ${from + 1})` : `substring(${cell}, ${from + 1}, ${at[index]! - from})`;
      }
      const by = literal(separator);
      return last
        ? `array_to_string(string_split(${cell}, ${by})[${index + 1}:], ${by})`
        : `split_part(${cell}, ${by}, ${index + 1})`;
    };
    const values = into.map((name, index) => [name, `trim(${part(index)})`]);
    return changed(input, number, Object.fromEntries(values));
  },
};
