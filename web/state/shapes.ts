import type { Static } from 'typebox';
import type * as dictionary from '../../src/api/dictionary-schema.ts';
import type * as insights from '../../src/api/insights-schema.ts';
import type * as intake from '../../src/api/intake-schema.ts';
import type * as quarantine from '../../src/api/quarantine-schema.ts';
import type * as rules from '../../src/api/rules-schema.ts';
import type * as schema from '../../src/api/schema.ts';
import type * as alerts from '../../src/api/schema-alerts.ts';
import type * as callers from '../../src/api/schema-callers.ts';
import type * as metrics from '../../src/api/schema-metrics.ts';
import type * as notes from '../../src/api/schema-notes.ts';
import type * as reconciliation from '../../src/api/schema-reconciliation.ts';
import type * as shift from '../../src/api/schema-shift.ts';
import type * as staffing from '../../src/api/schema-staffing.ts';
import type * as views from '../../src/api/schema-views.ts';
import type * as today from '../../src/api/today-schema.ts';

/** The API's answers as the screens read them. */
export type FigureLine = schema.FigureLine;
export type Figure = FigureLine['figures'][number];
export type MetricAnswer = schema.MetricAnswer;
export type Pareto = metrics.Pareto;
export type LikeMix = metrics.LikeMix;
export type SameAge = metrics.SameAge;
export type Monthly = metrics.Monthly;
export type Indicator = dictionary.Indicator;
export type Dimension = dictionary.Dimension;
export type RepeatAnswer = schema.RepeatAnswer;
export type RepeatRow = schema.RepeatRow;
export type CallerCounts = callers.CallerCounts;
export type Episode = callers.Episode;
export type ProtocolCounts = reconciliation.ProtocolCounts;
export type Reconciliation = reconciliation.Reconciliation;
export type RowPage = schema.RowPage;
export type Row = RowPage['rows'][number];
export type RowColumn = RowPage['columns'][number];
export type Sources = schema.SourceList;
export type Session = schema.Session;
export type Batch = schema.Batch;
export type BatchDetail = schema.BatchDetail;
export type BatchLook = schema.BatchLook;
export type BatchList = Static<typeof schema.BatchList>;
export type IntakeAnswer = schema.IntakeAnswer;
export type Revealed = quarantine.Revealed;
export type ChangePreview = quarantine.ChangePreview;
export type CorrectionList = quarantine.CorrectionList;
export type Correction = quarantine.CorrectionView;
export type ReplayAnswer = quarantine.ReplayAnswer;
export type Job = schema.Job;
export type IntakeToday = today.IntakeToday;
export type ArrivalToday = today.ArrivalToday;
export type WaitingBatch = today.WaitingBatch;
export type ApprovedTogether = today.ApprovedTogether;
export type AlertView = alerts.AlertView;
export type AlertList = alerts.AlertList;
export type RaisedView = alerts.RaisedView;
export type NoteView = notes.NoteView;
export type NoteList = notes.NoteList;
export type EventList = notes.EventList;
export type SavedView = views.SavedView;
export type ViewList = views.ViewList;
export type ViewMail = views.Mail;
export type Recipients = views.Recipients;
export type Drift = intake.Drift;
export type Effect = intake.Effect;
export type Reason = intake.Reason;
export type Received = intake.Received;
export type DraftColumn = intake.DraftColumn;
export type LayoutColumns = intake.LayoutColumns;
export type LayoutTried = intake.LayoutTried;
export type LayoutHistory = intake.LayoutHistory;
export type LayoutSummary = intake.LayoutSummary;
export type Shift = shift.Shift;
export type ShiftSoFar = shift.ShiftSoFar;
export type ShiftQueue = ShiftSoFar['queues'][number];
export type ShiftHalf = ShiftSoFar['halfHours'][number];
export type SourceAge = shift.SourceAge;
export type Insights = insights.Insights;
export type Insight = Insights['causes'][number];
export type Staffing = staffing.StaffingAnswer;
export type QueueFigures = staffing.ErlangAnswer;
export type ShiftPlan = staffing.ShiftAnswer;
export type RulesFrame = rules.RulesFrame;
export interface RuleDifference {
  readonly why: string;
  readonly thanWhy: string;
  readonly contacts: number;
}
export type DifferingRow = Record<'started_at' | 'agent_name' | 'reason' | 'status' | 'why' | 'thanWhy', string> &
  Record<'of_started_at' | 'of_agent_name' | 'than_of_started_at' | 'than_of_agent_name', string | null> & {
    readonly row_id: number;
  };
export type RulesTried = rules.RulesTried;
/** What a person says of a difference: it is what was suggested, or it is not sent any more. */
export type Decision = 'same' | 'gone' | { readonly now: string };
export type { Rule, Unit } from '../../src/api/schema.ts';

/** What a row of a split stands for: the value of the column it was split by. */
export const splitValue = (row: object, by: string): string => String((row as Record<string, unknown>)[by] ?? '–');
