import { type Shown, whole } from './shown.ts';
import { textTable } from './terminal.ts';

/** What the API tells of steps over the beginning of a file. */
export interface StepsSeen {
  readonly cut: boolean;
  readonly sampled: boolean;
  readonly steps: readonly {
    readonly title: string;
    readonly rows: number;
    readonly leftOut: number;
    readonly duplicate: number;
    readonly refused: number;
    readonly changed: readonly { readonly column: string; readonly rows: number }[];
    readonly columns: readonly string[];
    readonly sample: readonly Shown[];
  }[];
}

/** Steps in a table, and the first rows after the last one. */
export function stepsText({ cut, sampled, steps }: StepsSeen): string {
  const table = steps.map(({ title, rows, leftOut, duplicate, refused, changed }) => ({
    passo: title,
    seguem: rows,
    'de fora': leftOut,
    repetidas: duplicate,
    recusadas: refused,
    mudou: changed.map((one) => `${one.column} em ${whole(one.rows)}`).join(', '),
  }));
  const last = steps.at(-1)!;
  const rows = last.sample.map((row) => Object.fromEntries(last.columns.map((name) => [name, row[name] ?? null])));
  const part = cut || sampled ? 'Só o começo do arquivo foi visto.' : '';
  return [textTable(table), textTable(rows), part].filter(Boolean).join('\n\n');
}
