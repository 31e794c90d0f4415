import { contact } from '../contracts/index.ts';
import { RamalError } from '../kernel/errors.ts';
import { marksOf } from '../lake/marks.ts';
import { dateParameter, type Lake, type LakeRow, type Parameters } from '../storage/lake.ts';
import { type CallerCount, contactsOfCallers } from './caller-counts.ts';
import { lakeFacts, type SourceFacts } from './facts.ts';
import { charges, maturedSql } from './repeat-sums.ts';
import { type BUCKETS, chargedTo, identifiedSources, ruleNamed } from './repeats.ts';
import { chosenSources, conditions, type Scope } from './scope.ts';

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

const SEARCHED = ['agent_name', 'queue', 'account', 'reason', 'status', 'channel'] as const;

export interface RowQuestion {
  readonly scope: Scope;
  readonly page: number;
  readonly size: number;
  /** A shown column, `-` before it for descending. */
  readonly sort?: string | undefined;
  /** Part of a text in columns that hold no personal data. */
  readonly search?: string | undefined;
  /** What a rule makes of them: anchors, those of them that have had their whole window, or repeats. */
  readonly repeat?: 'anchor' | 'matured' | 'repeat' | undefined;
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
  const { sql, parameters } = await contactStatement(lake, question);
  const [count] = await lake.rows<{ total: number }>(`SELECT count(*) AS total FROM (${sql})`, parameters);
  const rows = await lake.rows(
    `${sql} ORDER BY ${orderOf(question.sort)} LIMIT ${question.size} OFFSET ${(question.page - 1) * question.size}`,
    parameters,
  );
  return { rows, total: count?.total ?? 0 };
}

/** The statement of all of them, in the question's order. */
export async function contactExport(
  lake: Lake,
  question: RowQuestion,
): Promise<{ sql: string; parameters: Parameters }> {
  const { sql, parameters } = await contactStatement(lake, question);
  return { sql: `${sql} ORDER BY ${orderOf(question.sort)}`, parameters };
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

async function contactStatement(lake: Lake, question: RowQuestion) {
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
  return { sql: `SELECT ${SHOWN.map(cast).join(', ')} FROM gold.contact WHERE ${parts.join(' AND ')}`, parameters };
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
  const parts = [charged ? chargedTo(condition) : `role = '${repeat === 'repeat' ? 'repeat' : 'anchor'}'`];
  if (repeat === 'repeat' && bucket) parts.push(`bucket = '${bucket}'`);
  const matured = repeat === 'matured' ? maturedSql(rule) : null;
  if (matured) {
    const { watermark } = identifiedSources(facts, scope);
    parameters.watermark = watermark && dateParameter(watermark);
    parts.push(matured);
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

function orderOf(sort = '-started_at'): string {
  const descending = sort.startsWith('-');
  const column = descending ? sort.slice(1) : sort;
  if (!(SHOWN as readonly string[]).includes(column)) {
    throw new RamalError('usage', { what: `Não se ordena por ${column}`, todo: `Use ${SHOWN.join(', ')}` });
  }
  return `${column} ${descending ? 'DESC' : 'ASC'} NULLS LAST, row_id`;
}
