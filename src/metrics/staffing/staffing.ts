import { addDays } from '../../kernel/brazil/dates.ts';
import type { Lake } from '../../storage/lake.ts';
import { NULL_REASONS, type NullReason } from '../answers.ts';
import { lakeFacts, type SourceFacts } from '../facts.ts';
import { receipt } from '../receipt.ts';
import { chosenSources, watermarkOf } from '../scope.ts';
import { balanceTotals, byLack, bySurplus, lackOf, surplusOf } from './against.ts';
import { demandOf, type HalfHourDemand } from './demand.ts';
import { comingDays, periodRows, usualIn } from './half-hours.ts';
import { type HandleTimes, handleTimes } from './handle-times.ts';
import { patienceOf } from './patience.ts';
import { comingOf, joined, LEARN_DAYS, periodOf, USUAL_DAYS, type Window } from './periods.ts';
import { type Roster, type RosterScope, rosterOf } from './roster.ts';
import type { StaffingAnswer, StaffingQuestion, StaffingRow, StaffingTables, Totals } from './staffing-answers.ts';
import type { DayFacts } from './usual.ts';

/** Below so many abandons patience is not told from no end of it. */
const FEW_ABANDONS = 10;
/** Half-hours that are told apart as the worst. */
const WORST = 20;

/**
 * Agents needed against rostered in each half-hour of a period, by Erlang A where patience is known and by Erlang C
 * where it is not, both for the calls that came and for those that usually come; and the coming days' calls with the
 * agents they need. Calls are those of `demandOf`. @throws RamalError `usage` for filters that rosters do not know and
 * for periods too long.
 */
export async function staffingAnswer(
  lake: Lake,
  question: StaffingQuestion,
  tables: StaffingTables,
): Promise<StaffingAnswer> {
  const facts = await lakeFacts(lake);
  const period = periodOf(facts.sources, question);
  if (period === null) return nothingKnown(question, facts.version);
  const { scope, chosen, sources, from, to } = period;
  const coming = comingOf(facts.sources, question);
  const windows = joined([
    { from: addDays(from, -LEARN_DAYS), to },
    ...(coming ? [{ from: coming.history, to: coming.from }] : []),
  ]);
  const reads = await Promise.all(
    windows.map((window) =>
      demandOf(lake, {
        ...question,
        sources: chosenSources(facts.sources, { ...scope, ...window }).filter(({ holds }) => holds === 'all'),
        scope: { ...scope, ...window },
        within: question.target.within,
      }),
    ),
  );
  const halves = reads.flatMap(({ halfHours }) => halfHours);
  const inPeriod = halves.filter(({ day }) => day >= from && day < to);
  const aht = handleTimes(inPeriod);
  const recent = coming
    ? halves.filter(({ day }) => day >= addDays(coming.from, -USUAL_DAYS) && day < coming.from)
    : [];
  const { model, patience, estimate } = patienceFor(question, inPeriod.length > 0 ? inPeriod : recent);
  const dayFacts: DayFacts = { ...tables, dueDays: new Set(question.dueDays) };
  const rosters = await rosterFor(question, tables, {
    from,
    to: coming && coming.to > to ? coming.to : to,
    queues: [...new Set(reads.flatMap(({ queues }) => queues))],
  });
  const base = { question, patience, rosters };
  const rows =
    aht === null
      ? []
      : await periodRows({ ...base, aht, inPeriod, from, to, usual: usualIn(halves, from, to, dayFacts) });
  const sum = (of: (half: HalfHourDemand) => number) => inPeriod.reduce((total, half) => total + of(half), 0);
  const offered = sum((half) => half.offered);
  const timed = sources.filter(({ has_time }) => has_time);
  const reasonCode = reasonOf({ chosen, sources, timed }, offered, aht);
  return {
    from,
    to,
    watermark: watermarkOf(sources),
    lakeVersion: facts.version,
    sources: sources.map(({ source }) => source),
    channel: question.channel,
    view: question.view,
    excluded: sum((half) => half.left_out),
    target: question.target,
    shrinkage: question.shrinkage,
    dueDays: question.dueDays,
    model,
    patience: estimate,
    aht: aht?.mean ?? null,
    offered,
    answeredInTime: sum((half) => half.in_time),
    abandoned: sum((half) => half.abandoned),
    rows,
    withoutRoster: rows.filter(({ rostered }) => rostered === null).length,
    came: totalsOf(rows, ({ needed }) => needed),
    usual: totalsOf(rows, ({ usualNeeded }) => usualNeeded),
    worst: worstOf(rows),
    forecast: coming ? await comingDays(base, coming, halves, dayFacts) : null,
    ...(reasonCode ? { reasonCode, reason: NULL_REASONS[reasonCode] } : {}),
    ...(question.receipt
      ? {
          receipt: await receipt(
            lake,
            FORMULAS[model],
            reads[0]!.statement,
            sources,
            { ...scope, from, to },
            facts.version,
          ),
        }
      : {}),
  };
}

/** What an empty home answers. */
function nothingKnown(question: StaffingQuestion, lakeVersion: number): StaffingAnswer {
  const { scope, channel, view, target, shrinkage, dueDays } = question;
  const none = totalsOf([], () => 0);
  return {
    ...{ from: scope.from ?? null, to: scope.to ?? null, watermark: null, lakeVersion, sources: [], channel, view },
    ...{ excluded: 0, target, shrinkage, dueDays, model: patienceFor(question, []).model, patience: null, aht: null },
    ...{ offered: 0, answeredInTime: 0, abandoned: 0, rows: [], withoutRoster: 0, came: none, usual: none },
    ...{ worst: worstOf([]), forecast: null, reasonCode: 'no-data', reason: NULL_REASONS['no-data'] },
  };
}

const FORMULAS = {
  'erlang-a': 'menor n em que M/M/n+M (Erlang A) atende a meta, dividido por (1 − ausências) e arredondado para cima',
  'erlang-c': 'menor n em que M/M/n (Erlang C) atende a meta, dividido por (1 − ausências) e arredondado para cima',
} as const;

interface Found {
  readonly chosen: readonly SourceFacts[];
  readonly sources: readonly SourceFacts[];
  readonly timed: readonly SourceFacts[];
}

function reasonOf({ chosen, sources, timed }: Found, offered: number, aht: HandleTimes | null): NullReason | undefined {
  if (chosen.length > 0 && sources.length === 0) return 'only-answered';
  if (sources.length > 0 && timed.length === 0) return 'not-given';
  if (offered === 0) return 'no-data';
  return aht === null ? 'not-given' : undefined;
}

/** How long callers wait before they give up, as asked or as the half-hours tell it, and the model that follows. */
export function patienceFor({ patience: asked }: StaffingQuestion, halves: readonly HalfHourDemand[]) {
  const endless = { model: 'erlang-c' as const, patience: null };
  if (typeof asked === 'number')
    return {
      model: 'erlang-a' as const,
      patience: asked,
      estimate: { seconds: asked, low: asked, high: asked, abandons: 0, given: true },
    };
  const waited = halves.reduce((sum, { waited_s }) => sum + waited_s, 0);
  const abandons = halves.reduce((sum, { given_up }) => sum + given_up, 0);
  const found = patienceOf(waited, abandons);
  const estimate = found && { ...found, given: false };
  if (asked === 'none' || !estimate?.seconds || abandons < FEW_ABANDONS) return { ...endless, estimate };
  return { model: 'erlang-a' as const, patience: estimate.seconds, estimate };
}

/** The roster of the days; empty for what rosters do not name: an account, or a queue that no row names. */
export async function rosterFor(
  { scope, channel }: StaffingQuestion,
  tables: StaffingTables,
  { from, to, queues }: Window & { readonly queues: readonly string[] },
): Promise<Roster> {
  const where = scope.where ?? [];
  if (where.some(({ column }) => column !== 'queue')) return new Map();
  const only = where.map(({ value }) => value);
  const rows = await tables.roster(addDays(from, -1), to);
  const asked: RosterScope = { channel, queues, only: only.length > 0 ? only : undefined };
  return rosterOf(rows, asked);
}

/** Sums of the half-hours whose roster is known; of all, what is needed alone, where none is. */
function totalsOf(rows: readonly StaffingRow[], neededOf: (row: StaffingRow) => number): Totals {
  const known = rows.flatMap((row) =>
    row.rostered === null ? [] : [{ needed: neededOf(row), rostered: row.rostered }],
  );
  if (known.length > 0) return balanceTotals(known);
  const { needed } = balanceTotals(rows.map((row) => ({ needed: neededOf(row), rostered: 0 })));
  return { needed, rostered: null, lack: null, surplus: null };
}

function worstOf(rows: readonly StaffingRow[]): StaffingAnswer['worst'] {
  const known = rows.flatMap((row) =>
    row.rostered === null ? [] : [{ row, needed: row.usualNeeded, rostered: row.rostered }],
  );
  const lacking = byLack(known.filter((one) => lackOf(one) > 0));
  const idle = bySurplus(known.filter((one) => surplusOf(one) > 0));
  return {
    lack: lacking.slice(0, WORST).map(({ row }) => row),
    surplus: idle.slice(0, WORST).map(({ row }) => row),
  };
}
