import { quoted } from '../../storage/lake.ts';
import { OWN } from './columns-sql.ts';
import { type StepKind, StepMistake } from './step.ts';

/** Gives columns new names: `{ new: old }`. */
export const rename: StepKind<'rename'> = {
  kind: 'rename',
  title: ({ columns }) =>
    `renomear ${Object.entries(columns)
      .map(([name, old]) => `${old} para ${name}`)
      .join(', ')}`,
  reads: ({ columns }) => Object.values(columns),
  makes: ({ columns }) => Object.entries(columns).map(([name, old]) => ({ name, from: [old], how: 'same' })),
  ends: [],
  apply({ columns }, _number, input) {
    const now = new Map(Object.entries(columns).map(([name, old]) => [old, name]));
    const names = input.columns.map((old) => now.get(old) ?? old);
    const twice = names.find((name, index) => names.indexOf(name) < index);
    if (twice !== undefined) throw new StepMistake(`já há uma coluna ${twice}`, 'Escolha outro nome');
    const list = input.columns.map((old, index) => `${quoted(old)} AS ${quoted(names[index]!)}`);
    return { sql: `SELECT ${[...OWN, ...list].join(', ')} FROM (${input.sql})`, columns: names };
  },
};
