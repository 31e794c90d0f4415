import type { Static } from 'typebox';
import type * as schema from '../../src/api/schema.ts';

/** The API's answers as the screens read them. */
type WithUnit<T> = Omit<T, 'unit'> & { unit: schema.Unit };

export type Figure = WithUnit<Static<typeof schema.FigureLine>['figures'][number]>;
export type FigureLine = Omit<Static<typeof schema.FigureLine>, 'figures'> & { figures: Figure[] };
export type MetricAnswer = WithUnit<Static<typeof schema.MetricAnswer>>;
export type Indicator = WithUnit<schema.Indicator>;
export type RepeatAnswer = Static<typeof schema.RepeatAnswer>;
export type RepeatRow = schema.RepeatRow;
export type RowPage = Static<typeof schema.RowPage>;
export type Row = RowPage['rows'][number];
export type RowColumn = RowPage['columns'][number];
export type Sources = Static<typeof schema.SourceList>;
export type Session = Static<typeof schema.Session>;
export type Batch = schema.Batch;
export type BatchDetail = Static<typeof schema.BatchDetail>;
export type BatchList = Static<typeof schema.BatchList>;
export type IntakeAnswer = Static<typeof schema.IntakeAnswer>;
export type Job = Static<typeof schema.Job>;
export type { RuleName, Unit } from '../../src/api/schema.ts';

/** What a row of a split stands for: the value of the column it was split by. */
export const splitValue = (row: object, by: string): string => String((row as Record<string, unknown>)[by] ?? '–');
