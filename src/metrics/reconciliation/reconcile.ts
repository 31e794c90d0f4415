import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { suggestLayout } from '../../intake/recognise/suggest.ts';
import type { Day } from '../../kernel/brazil/dates.ts';
import { RamalError } from '../../kernel/errors.ts';
import { Turns } from '../../kernel/turns.ts';
import { type Lake, type LakeRow, type LakeSession, literal } from '../../storage/lake.ts';
import { lakeFacts } from '../facts.ts';
import { ruleNamed } from '../repeats.ts';
import type { Scope } from '../scope.ts';
import {
  COVERED,
  DIFFERENCE_ORDER,
  type Side,
  takeDifferences,
  takeRepeatedLines,
  toldDifferences,
} from './differences.ts';
import { canMatch, type ListForm, listForm, type OfferedColumn, type TakenColumn } from './list-columns.ts';
import { type ListKind, type OurSide, takeElsewhere, takeOurs, takeStories } from './our-side.ts';
import { pairByPhone, pairByProtocol, type Tolerance } from './pairing.ts';
import { listRecords, readList } from './read-list.ts';

/** Each holds a connection for as long as it takes. */
const turns = new Turns(2);

/** Minutes between two starts of one contact that are taken for the same. */
export const USUAL_TOLERANCE = 5;

export interface ReconciliationQuestion {
  readonly scope: Scope;
  readonly rule: string;
  readonly kind: ListKind;
  /** Which columns of the list are what, when a person says so. */
  readonly taken?: readonly TakenColumn[] | undefined;
  /** Minutes. */
  readonly tolerance?: number | undefined;
  /** Rows of each reason that are given. */
  readonly size?: number | undefined;
}

/** Lines of the list and contacts of ours: list = matched + onlyInList, ours = matched + onlyInOurs, matched = agreeing + differing. */
export interface ReconciliationSums {
  readonly list: number;
  readonly ours: number;
  readonly matched: number;
  readonly byProtocol: number;
  readonly byPhone: number;
  readonly agreeing: number;
  readonly differing: number;
  readonly onlyInList: number;
  readonly onlyInOurs: number;
  /** Pairs whose situation in the list is a word that figures do not know. */
  readonly statusUnread: number;
  /** The first and the last day of the list, both in it. */
  readonly first: Day | null;
  readonly last: Day | null;
}

/** How many rows stand on a side for a reason; of pairs, how many differ in a column. */
export interface ReasonCount {
  readonly side: Side;
  readonly reason: string;
  readonly detail: string | null;
  readonly rows: number;
}

export interface Reconciliation {
  readonly file: string;
  readonly kind: ListKind;
  readonly rule: string;
  readonly tolerance: number;
  readonly offered: readonly OfferedColumn[];
  readonly taken: readonly TakenColumn[];
  /** Null when nothing was taken by which a contact could be found. */
  readonly sums: ReconciliationSums | null;
  readonly reasons: readonly ReasonCount[];
  /** The first rows of each reason; values as stored. */
  readonly rows: readonly LakeRow[];
  /** A Parquet file with all of them, in the folder. */
  readonly differences: string | null;
}

/**
 * Holds a client's list against the contacts of a scope, or against its repeats under a rule. Nothing of the list is
 * kept but what is in `folder`, which the caller removes.
 * @param folder to work in, made when it is missing.
 * @throws RamalError that says why the file cannot be read; `cancelled` when `signal` aborts.
 */
export function reconcile(
  lake: Lake,
  path: string,
  question: ReconciliationQuestion,
  folder: string,
  signal?: AbortSignal,
): Promise<Reconciliation> {
  return turns
    .run(() => reconciled(lake, path, question, folder, signal), signal)
    .catch((error: unknown) => {
      throw signal?.aborted ? new RamalError('cancelled', { what: 'a conferência' }, error) : error;
    });
}

async function reconciled(
  lake: Lake,
  path: string,
  question: ReconciliationQuestion,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<Reconciliation> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const rule = ruleNamed(question.rule);
  const minutes = question.tolerance ?? USUAL_TOLERANCE;
  const form = listForm(await suggestLayout(path, lake), question.taken);
  const { offered, taken } = form;
  const told = { file: basename(path), kind: question.kind, rule: rule.name, tolerance: minutes, offered, taken };
  if (!canMatch(taken)) return { ...told, sums: null, reasons: [], rows: [], differences: null };
  const records = await listRecords(lake, path, form, folder);
  const tolerance = { seconds: Math.round(minutes * 60), daily: form.daily };
  const differences = join(folder, 'differences.parquet');
  for (;;) {
    const side: OurSide = { facts: await lakeFacts(lake), scope: question.scope, rule, kind: question.kind };
    const found = await lake.use(async (session) => {
      // Of one version of the lake, whatever is built meanwhile.
      return await session.transaction(async () => {
        const { version } = await session.row<{ version: number }>('SELECT lake_version AS version FROM gold.version');
        if (version !== side.facts.version) return null;
        await readList(session, records, form, folder);
        await pairAll(session, side, tolerance, form);
        return answerOf(session, differences, question.size ?? 50);
      });
    }, signal);
    if (found) return { ...told, ...found, differences };
  }
}

/** What was found, and all of it in a Parquet file. */
async function answerOf(session: LakeSession, differences: string, size: number) {
  await session.run(
    `COPY (SELECT * FROM (${toldDifferences()}) ORDER BY side, reason, detail, ${DIFFERENCE_ORDER})
     TO ${literal(differences)} (FORMAT parquet)`,
  );
  return {
    sums: await sumUp(session),
    reasons: await session.rows<ReasonCount>(
      'SELECT side, reason, detail, count(*) AS rows FROM difference GROUP BY ALL ORDER BY side, rows DESC, reason, detail',
    ),
    rows: await session.rows(
      `FROM read_parquet(${literal(differences)})
       QUALIFY row_number() OVER (PARTITION BY side, reason, detail ORDER BY ${DIFFERENCE_ORDER}) <= ${size}
       ORDER BY side, reason, detail, ${DIFFERENCE_ORDER}`,
    ),
  };
}

/** Finds each line's contact: among ours before the rest of the lake, by protocol before phone and start. */
async function pairAll(session: LakeSession, side: OurSide, tolerance: Tolerance, { taken }: ListForm): Promise<void> {
  for (const name of ['matched', 'found'])
    await session.run(`CREATE OR REPLACE TEMP TABLE ${name} (line BIGINT, row_id BIGINT, how VARCHAR)`);
  await session.run('CREATE OR REPLACE TEMP TABLE again (line BIGINT, first BIGINT)');
  await takeOurs(session, side);
  await pairByProtocol(session, { rows: 'ours', into: 'matched' });
  await takeElsewhere(session, side, null);
  await pairByProtocol(session, { rows: 'elsewhere', into: 'found' });
  await takeRepeatedLines(session, 'protocol');
  await pairByPhone(session, { rows: 'ours', into: 'matched' }, tolerance);
  await takeElsewhere(session, side, tolerance);
  await pairByPhone(session, { rows: 'elsewhere', into: 'found' }, tolerance);
  await takeRepeatedLines(session, 'phone');
  await takeStories(session, side);
  await takeDifferences(session, side, tolerance, new Set(taken.map(({ column }) => column)));
}

async function sumUp(session: LakeSession): Promise<ReconciliationSums> {
  return session.row<ReconciliationSums>(
    `SELECT *, matched - differing AS agreeing FROM (
       SELECT (SELECT count(*) FROM listed) + (SELECT count(*) FROM unread) AS list, (SELECT count(*) FROM ours) AS ours,
         (SELECT count(*) FROM matched) AS matched, (SELECT count(*) FROM matched WHERE how = 'protocol') AS "byProtocol",
         (SELECT count(*) FROM matched WHERE how = 'phone') AS "byPhone",
         (SELECT count(DISTINCT line) FROM difference WHERE side = 'both') AS differing,
         (SELECT count(*) FROM difference WHERE side = 'list') AS "onlyInList",
         (SELECT count(*) FROM difference WHERE side = 'ours') AS "onlyInOurs",
         (SELECT count(*) FROM matched JOIN listed USING (line) WHERE status IS NOT NULL AND said_status IS NULL) AS "statusUnread",
         (SELECT CAST(first AS VARCHAR) FROM (${COVERED})) AS first, (SELECT CAST(last AS VARCHAR) FROM (${COVERED})) AS last
     )`,
  );
}
