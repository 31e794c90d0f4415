import { maskValue } from '../../access/masking.ts';
import { daysBetween, weekdayOf } from '../../kernel/brazil/dates.ts';
import { holidayOn } from '../../kernel/brazil/holidays.ts';
import { type Layout, sourceColumns } from '../layout.ts';
import { reason, told } from '../reasons.ts';
import { namesPeople } from '../recognise/example.ts';
import { targetOf } from '../targets/index.ts';
import { type Drift, type DriftKind, policyOf, type Suggestion } from './drift.ts';
import { canFollow } from './follow.ts';
import { contentLikeness, overlap } from './likeness.ts';
import { candidatesOf, matchesOf } from './matches.ts';
import type { ColumnProfile, FileProfile } from './profile.ts';
import { seenValues, valuesSeen } from './seen.ts';
import { shiftedFields } from './shift.ts';

/** Files of one source that are enough to say what is usual. */
const ENOUGH = 5;
/** Filled rows of a column that are enough to say what it holds. */
const SOME = 12;

/**
 * How a file differs from its layout and from the files that the layout read before it.
 * @param known profiles of those files, the latest last; without them only columns that the layout reads can be missing.
 * @param writtenOn the day the file was written.
 */
export function compare(layout: Layout, known: readonly FileProfile[], now: FileProfile, writtenOn: string): Drift[] {
  const last = known.at(-1);
  const read = new Set(sourceColumns(layout));
  const mandatory = mandatoryColumns(layout);
  const codes = codeColumns(layout);
  const drifts: Drift[] = [];
  const tell = (
    kind: DriftKind,
    column: string | null,
    [was, is]: readonly [string | null, string | null],
    suggestion: Suggestion | null = null,
    candidates: readonly Suggestion[] = [],
  ) => {
    // Another agent or another number is what a column without codes is for.
    const named = kind === 'values' && column !== null && !codes.has(column);
    const must = kind !== 'new' && !named && (column === null ? kind === 'width' : mandatory.has(column));
    const unread = column !== null && kind !== 'new' && !read.has(column);
    const said = unread
      ? (layout.policies?.columns?.[column] ?? 'accept')
      : policyOf(layout.policies ?? {}, kind, column, must);
    const told = {
      ...{ kind, column, was, now: is, mandatory: must, suggestion },
      ...(candidates.length > 0 ? { candidates } : {}),
    };
    drifts.push({ ...told, policy: canFollow(layout, told, said) ? said : 'ask' });
  };

  if (last?.width != null && now.width !== null && last.width !== now.width) {
    const shift = shiftedFields(layout, last, now);
    tell('width', null, [String(last.width), String(now.width)], shift);
    return drifts;
  }
  const byName = new Map(now.columns.map((column) => [column.name, column]));
  const before = new Map(last?.columns.map((column) => [column.name, column]));
  const names = last ? last.columns.map(({ name }) => name) : [...read];
  const lost = [...new Set([...names, ...read])].filter((name) => !byName.has(name));
  const added = now.columns.filter(({ name }) => (last ? !before.has(name) : !read.has(name)));
  const wanted = lost
    .filter((name) => read.has(name))
    .map((name) => {
      const profile = before.get(name) ?? null;
      return { name, profile, seen: valuesSeen(name, known) };
    });
  const matches = matchesOf(wanted, added);
  const matched = new Set([...matches.values()].map(({ to }) => to));
  for (const name of lost) {
    const match = matches.get(name);
    const one = wanted.find((other) => other.name === name);
    const free = added.filter((column) => column.name === match?.to || !matched.has(column.name));
    const candidates = one ? candidatesOf(one, free) : [];
    tell(match ? 'renamed' : 'missing', name, [name, match?.to ?? null], match ?? null, candidates);
  }
  if (last) {
    for (const { name, values, shapes } of added.filter((column) => !matched.has(column.name)))
      tell('new', name, [null, shortList(Object.keys(values && !namesPeople(name) ? values : shapes))]);
  }
  if (layout.format.header === false || layout.format.kind === 'fixed') movedByContent(last, now, read, tell);
  else
    for (const [name, column] of byName) {
      const place = before.get(name)?.place;
      const relative = (profile: FileProfile) =>
        profile.columns
          .filter((one) => before.has(one.name) && byName.has(one.name))
          .findIndex((one) => one.name === name);
      if (last && place !== undefined && read.has(name) && place !== column.place && relative(last) !== relative(now))
        tell('moved', name, [String(place), String(column.place)]);
    }
  const people = columnsOfPeople(layout);
  const moved = new Set(drifts.filter(({ kind }) => kind === 'moved').map(({ column }) => column));
  for (const name of read) {
    const [was, is] = [before.get(name), byName.get(name)];
    if (was && is && !(moved.has(name) && layout.format.header === false)) {
      const history = known.flatMap((file) => file.columns.filter((column) => column.name === name));
      const say = people.has(name) ? (value: string) => maskValue(value, 'name') : (value: string) => value;
      compareColumn(seenValues(layout, name, known), history, is, now.sampled, say, (kind, values, suggestion) =>
        tell(kind, name, values, suggestion ?? null),
      );
    }
  }
  compareFile(known, now, writtenOn, (kind, values) => tell(kind, null, values));
  return drifts;
}

type TellFile = (kind: DriftKind, values: readonly [string | null, string | null]) => void;
type TellColumn = (kind: DriftKind, values: readonly [string | null, string | null], suggestion?: Suggestion) => void;

/** Columns without which no row of the layout is loaded. */
export function mandatoryColumns(layout: Layout): Set<string> {
  const must = new Set(targetOf(layout).mandatory(layout));
  const from = Object.entries(layout.columns)
    .filter(([name, { required }]) => required === true || must.has(name))
    .flatMap(([, mapping]) => mapping.from ?? []);
  return new Set([...layout.key, ...from]);
}

/** Columns that the layout reads by a list of codes. */
function codeColumns(layout: Layout): Set<string> {
  return new Set(Object.values(layout.columns).flatMap(({ codes, from = [] }) => (codes ? from : [])));
}

/** Columns of the file whose values are people's: what is shown of them is masked. */
function columnsOfPeople(layout: Layout): Set<string> {
  const { columns } = targetOf(layout).contract(layout);
  const isOfPeople = (name: string) => (columns[name]?.mask ?? 'text') !== 'text';
  const from = Object.entries(layout.columns).flatMap(([name, mapping]) =>
    (mapping.from ?? []).filter((column) => isOfPeople(name) || namesPeople(column)),
  );
  return new Set(from);
}

function compareColumn(
  seen: ReadonlySet<string> | null,
  history: readonly ColumnProfile[],
  now: ColumnProfile,
  rows: number,
  say: (value: string) => string,
  tell: TellColumn,
): void {
  const was = history.at(-1)!;
  const enough = (column: ColumnProfile) => column.type !== 'empty' && column.distinct > 0;
  if (enough(was) && enough(now) && now.fill * rows >= SOME) {
    const types = new Set(history.map(({ type }) => type));
    const alike =
      types.has(now.type) || (isNumber(now) && history.some(isNumber)) || (isDate(now) && history.some(isDate));
    // Texts, phones and numbers of few rows are easily taken for each other: their form must have changed too.
    const vague = VAGUE.has(was.type) && VAGUE.has(now.type);
    const reshaped = history.every(({ shapes }) => overlap(shapes, now.shapes) < 0.3);
    if (!alike && (!vague || reshaped)) tell('type', [was.type, now.type]);
    else if (isDate(now) && was.type !== now.type && !types.has(now.type)) tell('type', [was.type, now.type]);
    else if (isDate(now) && !history.some(({ formats }) => formats.some((format) => now.formats.includes(format))))
      tell('format', [was.formats[0] ?? null, now.formats[0] ?? null], formatOf(now.formats));
    else if (now.decimal && was.decimal && !history.some(({ decimal }) => decimal === now.decimal))
      tell('format', [was.decimal, now.decimal], {
        to: now.decimal,
        confidence: 0.95,
        ...told(reason('decimal-form')),
      });
  }
  if (seen && now.values && CODED.has(now.type)) {
    const unseen = Object.keys(now.values).filter((value) => !seen.has(value));
    if (unseen.length > 0) tell('values', [shortList(Object.keys(was.values!).map(say)), shortList(unseen.map(say))]);
  }
  const fills = history.map(({ fill }) => fill);
  const [low, high] = [Math.min(...fills), Math.max(...fills)];
  const error = 4 * Math.sqrt((Math.max(low * (1 - low), high * (1 - high)) + 0.01) / Math.max(1, rows));
  // One or two files say little of what is usual.
  const tolerance = Math.max(history.length >= 3 ? 0.25 : 0.4, error);
  if (rows >= SOME && now.fill < low - tolerance) tell('empties', [percent(1 - was.fill), percent(1 - now.fill)]);
}

/** Types that a column of codes may seem to be of. */
const CODED = new Set(['text', 'uf', 'integer', 'empty']);
const VAGUE = new Set(['text', 'phone', 'integer', 'uf']);

const isNumber = ({ type }: ColumnProfile): boolean => type === 'integer' || type === 'decimal';
const isDate = ({ type }: ColumnProfile): boolean => type === 'date' || type === 'moment';

function formatOf(formats: readonly string[]): Suggestion | undefined {
  const [only, other] = formats;
  if (only === undefined || other !== undefined) return undefined;
  return { to: only, confidence: 0.95, ...told(reason('only-form')) };
}

/** Without names in the file, a column that now holds what another held has moved. */
function movedByContent(
  last: FileProfile | undefined,
  now: FileProfile,
  read: ReadonlySet<string>,
  tell: (
    kind: DriftKind,
    column: string,
    values: readonly [string | null, string | null],
    suggestion?: Suggestion | null,
  ) => void,
): void {
  if (!last) return;
  const before = new Map(last.columns.map((column) => [column.name, column]));
  const strayed = now.columns.filter((is) => {
    const was = before.get(is.name);
    return was !== undefined && contentLikeness(was, is) < STRANGE;
  });
  for (const { name } of strayed.filter((column) => read.has(column.name))) {
    const was = before.get(name)!;
    const match = matchesOf(
      [{ name: '', profile: was }],
      strayed.filter((column) => column.name !== name),
    ).get('');
    const is = strayed.find((column) => column.name === match?.to);
    if (match && is) tell('moved', name, [String(was.place), String(is.place)], match);
  }
}

/** A column less like what it was holds something else. */
const STRANGE = 0.4;

function compareFile(known: readonly FileProfile[], now: FileProfile, writtenOn: string, tell: TellFile): void {
  const last = known.at(-1);
  if (last?.delimiter && now.delimiter && last.delimiter !== now.delimiter)
    tell('delimiter', [last.delimiter, now.delimiter]);
  if (last?.encoding && now.encoding && last.encoding !== now.encoding) tell('encoding', [last.encoding, now.encoding]);
  compareRows(known, now, tell);
  if (known.length < ENOUGH) return;
  const spans = known.flatMap(spanOf);
  const [span] = spanOf(now);
  if (span === undefined || spans.length < ENOUGH) return;
  const future = now.lastDay !== null && daysBetween(writtenOn, now.lastDay) > 1;
  if (future || span > 3 * Math.max(...spans) + 2)
    tell('dates', [`${last?.firstDay ?? ''}–${last?.lastDay ?? ''}`, `${now.firstDay ?? ''}–${now.lastDay ?? ''}`]);
}

/** Files of one day are compared with those of the same weekday, others with all; a holiday is like no other day. */
function compareRows(known: readonly FileProfile[], now: FileProfile, tell: TellFile): void {
  const weekday = weekdayOfFile(now);
  if (weekday !== null && now.lastDay !== null && holidayOn(now.lastDay) !== null) return;
  const alike = weekday === null ? known : known.filter((file) => weekdayOfFile(file) === weekday);
  if (alike.length < (weekday === null ? ENOUGH : 2)) return;
  const rows = alike.map((file) => file.rows);
  const [fewest, most] = [Math.min(...rows), Math.max(...rows)];
  // Small counts vary by chance alone.
  const chance = 4 * Math.sqrt(most) + 4;
  if (now.rows < fewest / 2 - chance || now.rows > most * 2 + chance)
    tell('rows', [`${fewest}–${most}`, String(now.rows)]);
}

function weekdayOfFile({ firstDay, lastDay }: FileProfile): number | null {
  return firstDay !== null && firstDay === lastDay ? weekdayOf(firstDay) : null;
}

function spanOf({ firstDay, lastDay }: FileProfile): number[] {
  return firstDay === null || lastDay === null ? [] : [daysBetween(firstDay, lastDay)];
}

function shortList(values: readonly string[]): string {
  const some = values.slice(0, 6).join(', ');
  return values.length > 6 ? `${some}, …` : some;
}

const percent = (share: number): string => `${Math.round(1000 * share) / 10}%`;
