import { contact } from '../contracts/index.ts';
import { RamalError } from '../kernel/errors.ts';
import { marksOf } from '../lake/marks.ts';
import { builtContacts } from '../lake/reference/resolved.ts';
import { dateParameter, type Lake, type LakeRow, type Parameters } from '../storage/lake.ts';
import { type CallerCount, contactsOfCallers } from './caller-counts.ts';
import { ANCHOR_COLUMNS, areAnchors, cameBackSql, type RepeatKind } from './came-back.ts';
import { lakeFacts, type SourceFacts } from './facts.ts';
import { charges, maturedSql } from './repeat-sums.ts';
import { type BUCKETS, chargedTo, identifiedSources, ruleNamed } from './repeats.ts';
import { askedColumns, chosenSources, conditions, grainFor, type Scope } from './scope.ts';
import { slicedSums } from './sums.ts';

/** Columns of a contact that a person reads, in order; `row_id` leads to the unmasked row. */
export const SHOWN = [
  'row_id',
  'source',
  'protocol',
  'leg_no',
  'started_at',
  'contact_name',
  'phone',
  'uf',
  'agent_name',
  'queue',
  'account',
  'reason',
  'status',
  'wait_s',
  'talk_s',
  'wrapup_s',
  'satisfaction',
  'ended_at',
  'channel',
  'customer_ref',
  'batch_id',
] as const satisfies readonly (keyof typeof contact.columns)[];

/** Sorting by what is masked would tell it. */
const SORTED: readonly string[] = SHOWN.filter((name) => contact.columns[name].personal === 'none');
const SEARCHED = ['agent_name', 'queue', 'account', 'reason', 'status', 'channel'] as const;

export interface RowQuestion {
  readonly scope: Scope;
  readonly page: number;
  readonly size: number;
  /** A shown column, `-` before it for descending. */
  readonly sort?: string | undefined;
  /** Part of a text in columns that hold no personal data. */
  readonly search?: string | undefined;
  readonly repeat?: RepeatKind | undefined;
  /** Of repeats, those that came so long after. */
  readonly bucket?: (typeof BUCKETS)[number] | undefined;
  /** First legs of those whose callers, by the rule, contacted so often in the scope. */
  readonly times?: CallerCount | undefined;
  readonly rule?: string | undefined;
  readonly batch?: number | undefined;
  /** `gross` also gives excluded contacts. */
  readonly view?: 'net' | 'gross' | undefined;
}

/** The contacts behind a figure, a page of them; values as stored. */
export async function contactPage(lake: Lake, question: RowQuestion): Promise<{ rows: LakeRow[]; total: number }> {
  const order = orderOf(question.sort);
  const { where, parameters } = await contactCondition(lake, question);
  const sorted = question.sort?.replace(/^-/, '');
  const { built } = await lakeFacts(lake);
  const said = [...askedColumns(question.scope), ...(question.search ? SEARCHED : []), sorted ?? ''];
  const chosen = builtContacts(said, built);
  const [found, total] = await Promise.all([
    lake.rows<{ row_id: number }>(
      `SELECT row_id FROM ${chosen} AS contact WHERE ${where}
       ORDER BY ${order} LIMIT ${question.size} OFFSET ${(question.page - 1) * question.size}`,
      parameters,
    ),
    countOf(lake, question, `SELECT count(*) AS total FROM ${chosen} AS contact WHERE ${where}`, parameters),
  ]);
  if (found.length === 0) return { rows: [], total };
  // What is shown of a row costs far more than finding it; blocks of rows without one of these are not read.
  const ids = found.map(({ row_id }) => row_id);
  const within = `row_id BETWEEN ${Math.min(...ids)} AND ${Math.max(...ids)} AND row_id IN (${ids.join(', ')})`;
  const shown = `${selected({ scope: {} })} WHERE ${within}`;
  if (!areAnchors(question.repeat)) return { rows: await lake.rows(`${shown} ORDER BY ${order}`), total };
  const { watermark = null } = parameters;
  return {
    rows: await lake.rows(`${withReturns(question, shown, ids.join(', '))} ORDER BY ${order}`, { watermark }),
    total,
  };
}

/** How many rows a question has: the marts know it of a scope alone. */
async function countOf(lake: Lake, question: RowQuestion, statement: string, parameters: Parameters): Promise<number> {
  const { scope, search, repeat, times, batch, view = 'net' } = question;
  const alone = search === undefined && repeat === undefined && times === undefined && batch === undefined;
  if (!alone || grainFor(askedColumns(scope)) === null)
    return (await lake.rows<{ total: number }>(statement, parameters))[0]?.total ?? 0;
  const sources = chosenSources((await lakeFacts(lake)).sources, scope);
  const { whole } = await slicedSums(lake, { scope, sources, by: [], expressions: ['legs'] });
  return whole[view]?.legs ?? 0;
}

/** The statement of all of them, in the question's order. */
export async function contactExport(
  lake: Lake,
  question: RowQuestion,
): Promise<{ sql: string; parameters: Parameters }> {
  const { where, parameters } = await contactCondition(lake, question);
  const shown = `${selected(question)} WHERE ${where}`;
  const sql = areAnchors(question.repeat) ? withReturns(question, shown) : shown;
  return { sql: `${sql} ORDER BY ${orderOf(question.sort)}`, parameters };
}

/** Anchors with the columns of {@link ANCHOR_COLUMNS} beside what is shown of them, of all or of a few rows. */
function withReturns({ rule = 'house' }: RowQuestion, shown: string, among?: string): string {
  const names = Object.keys(ANCHOR_COLUMNS).join(', ');
  return `SELECT shown.*, ${names} FROM (${shown}) AS shown JOIN ${cameBackSql(ruleNamed(rule), among)} AS came USING (row_id)`;
}

/** One contact, every column. @throws RamalError `notFound`. */
export async function contactRow(lake: Lake, rowId: number): Promise<LakeRow> {
  const names = Object.keys(contact.columns).filter((name) => !name.startsWith('identity') || name === 'identity_kind');
  const [row] = await lake.rows(`SELECT ${names.map(cast).join(', ')} FROM silver.contact WHERE row_id = $row`, {
    row: BigInt(rowId),
  });
  if (!row)
    throw new RamalError('notFound', {
      what: 'atendimento',
      received: rowId,
      todo: 'Ele pode ter sido desfeito com seu lote.',
    });
  return row;
}

/** What chooses the rows, over a relation called `contact` with the columns of `gold.contact`. */
async function contactCondition(lake: Lake, question: RowQuestion): Promise<{ where: string; parameters: Parameters }> {
  const facts = await lakeFacts(lake);
  const sources = chosenSources(facts.sources, question.scope);
  const { sql: condition, parameters } = conditions(question.scope, sources, 'contact');
  const parts = question.repeat ? marked(question, facts.sources, condition, parameters) : [condition];
  if (question.times) {
    const often = await contactsOfCallers(lake, question.scope, question.rule ?? 'house', question.times);
    parts.push(often.sql);
    Object.assign(parameters, often.parameters);
  }
  if (question.search) {
    parts.push(
      `(${SEARCHED.map((name) => `contains(lower(strip_accents(${name})), lower(strip_accents($search)))`).join(' OR ')})`,
    );
    parameters.search = question.search;
  }
  if (question.view !== 'gross') parts.push('row_id NOT IN (SELECT row_id FROM gold.excluded)');
  if (question.batch !== undefined) {
    parts.push('batch_id = $batch');
    parameters.batch = question.batch;
  }
  return { where: parts.join(' AND '), parameters };
}

/** Whether the rows are repeats charged to those that the filters choose, who may have been others' on other days. */
export function areCharged({ repeat, scope }: Pick<RowQuestion, 'repeat' | 'scope'>): boolean {
  return repeat === 'repeat' && charges(scope);
}

/** The conditions of contacts by what a rule says of them, as the figures count them. */
function marked(
  question: RowQuestion,
  facts: readonly SourceFacts[],
  condition: string,
  parameters: Parameters,
): string[] {
  const { repeat, bucket, scope } = question;
  const rule = ruleNamed(question.rule ?? 'house');
  const charged = areCharged(question);
  const anchors = areAnchors(repeat);
  const parts = [charged ? chargedTo(scope, condition) : `role = '${anchors ? 'anchor' : 'repeat'}'`];
  if (!anchors && bucket) parts.push(`bucket = '${bucket}'`);
  if (repeat === 'repeated') parts.push('repeats > 0');
  if (repeat === 'unrepeated') parts.push('repeats = 0');
  const matured = maturedSql(rule);
  if (anchors && matured) {
    const { watermark } = identifiedSources(facts, scope);
    parameters.watermark = watermark && dateParameter(watermark);
    if (repeat !== 'anchor') parts.push(matured);
  }
  const rows = `row_id IN (SELECT row_id FROM ${marksOf(rule.name)} WHERE ${parts.join(' AND ')})`;
  return charged ? [rows] : [rows, condition];
}

/** JavaScript-safe: times as ISO text, decimals as doubles. */
function cast(name: string): string {
  const { type } = contact.columns[name as keyof typeof contact.columns];
  if (type === 'TIMESTAMP') return `strftime(${name}, '%Y-%m-%dT%H:%M:%S') AS ${name}`;
  if (type === 'DATE') return `CAST(${name} AS VARCHAR) AS ${name}`;
  if (type.startsWith('DECIMAL')) return `CAST(${name} AS DOUBLE) AS ${name}`;
  return name;
}

/** What is shown of contacts, with what else a question names. */
function selected({ scope }: Pick<RowQuestion, 'scope'>): string {
  return `SELECT ${SHOWN.map(cast).join(', ')} FROM ${builtContacts([...SHOWN, ...askedColumns(scope)])} AS contact`;
}

function orderOf(sort = '-started_at'): string {
  const descending = sort.startsWith('-');
  const column = descending ? sort.slice(1) : sort;
  if (!SORTED.includes(column)) {
    throw new RamalError('usage', { what: `Não se ordena por ${column}`, todo: `Use ${SORTED.join(', ')}` });
  }
  return `${column} ${descending ? 'DESC' : 'ASC'} NULLS LAST, row_id`;
}
