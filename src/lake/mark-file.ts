import { existsSync } from 'node:fs';
import { markTable, temporary } from '../contracts/index.ts';
import type { Day } from '../kernel/brazil/dates.ts';
import { RamalError } from '../kernel/errors.ts';
import { type Lake, type LakeSession, literal, quoted } from '../storage/lake.ts';
import { markPeople, marksOf, peopleOf } from './marks.ts';
import { joinPersons, pairsOf } from './persons.ts';
import { maturityDays, type RepeatRule } from './rules/rules.ts';

/** Columns of a file of contacts; the others of it are left alone. */
const REQUIRED = ['id', 'phone', 'start'] as const;
const OPTIONAL = ['minutes', 'agent', 'reason', 'status', 'email', 'cpf'] as const;

/** A contact of the file, in the rule's order. */
export interface MarkedContact {
  readonly id: string;
  readonly role: string;
  readonly why: string;
  /** The contact that it is charged to or joined with; its own id otherwise. */
  readonly of: string;
  readonly bucket: string;
  readonly sameReason: boolean;
}

/** What a rule gives of contacts; under the house rule repeated anchors of matured ones, else repeats of eligible. */
export interface MarkedSums {
  readonly eligible: number;
  readonly repeats: number;
  readonly anchors: number | null;
  readonly maturedAnchors: number | null;
  readonly repeatedAnchors: number | null;
  readonly repeatedSameReason: number | null;
  readonly rate: number | null;
  readonly sameReasonRate: number | null;
}

export interface MarkedFile {
  readonly rule: RepeatRule;
  readonly watermark: Day;
  readonly contacts: number;
  readonly total: MarkedSums;
  /** By whom repeats are charged to. */
  readonly byAgent: readonly (MarkedSums & { readonly agent: string })[];
  readonly rows: readonly MarkedContact[];
}

export interface MarkFileOptions {
  readonly rule: RepeatRule;
  /** The last complete day; the file's last when it is not given. */
  readonly watermark?: Day | undefined;
}

/**
 * Marks the contacts of a delimited file under a rule, without loading it: UTF-8 with a header that has id, phone and
 * start, and may have minutes, agent, reason, status (`abandon…`, `void`, or handled), email and cpf.
 * @throws RamalError `usage` for a file that cannot be read as that, with the line where one can be told.
 */
export async function markFile(lake: Lake, path: string, { rule, watermark }: MarkFileOptions): Promise<MarkedFile> {
  if (!existsSync(path))
    throw new RamalError('usage', { what: `Arquivo não encontrado: ${path}`, todo: 'Confira o caminho' });
  return lake.use(async (session) => {
    await readContacts(session, path);
    const last = await session.row<{ day: string; contacts: number }>(
      'SELECT CAST(max(day) AS VARCHAR) AS day, count(*) AS contacts FROM file_contact',
    );
    if (last.contacts === 0)
      throw new RamalError('usage', { what: 'O arquivo não tem contatos', todo: 'Confira se é o arquivo certo' });
    const until = watermark ?? last.day;
    await session.run('CREATE OR REPLACE TEMP TABLE file_person AS FROM gold.person LIMIT 0');
    if (rule.caller === 'linked') {
      await session.run(`CREATE OR REPLACE TEMP TABLE file_link AS ${pairsOf('file_contact', 'file_identity')}`);
      await joinPersons(session, 'file_link', 'file_person');
    }
    await session.run(temporary(markTable([rule.name]), 'file_mark'));
    await markPeople(session, `(${peopleOf('file_contact', 'file_person')})`, 'file_mark', { rules: [rule] });
    return await told(session, rule, until, last.contacts);
  });
}

async function readContacts(session: LakeSession, path: string): Promise<void> {
  const file = `read_csv(${literal(path)}, all_varchar = true, header = true, null_padding = true)`;
  const described = await session.rows<{ column_name: string }>(`DESCRIBE FROM ${file}`).catch((cause: unknown) => {
    throw new RamalError('usage', { what: 'O arquivo não é texto com separador', todo: 'Salve-o como CSV' }, cause);
  });
  const columns = described.map(({ column_name }) => column_name);
  const missing = REQUIRED.filter((name) => !columns.includes(name));
  if (missing.length > 0)
    throw new RamalError('usage', {
      what: `Faltam colunas no arquivo: ${missing.join(', ')}`,
      todo: `O cabeçalho pode ter ${[...REQUIRED, ...OPTIONAL].join(', ')}`,
    });
  const of = (name: (typeof OPTIONAL)[number]) =>
    columns.includes(name) ? `trim(${quoted(name)})` : 'CAST(NULL AS VARCHAR)';
  await session.run(
    `CREATE OR REPLACE TEMP TABLE file_row AS
     SELECT row_number() OVER () AS row_id, trim(id) AS id, trim(phone) AS phone, trim("start") AS start,
       try_cast(trim("start") AS TIMESTAMP) AS started_at, ${of('minutes')} AS minutes,
       try_cast(replace(${of('minutes')}, ',', '.') AS DOUBLE) AS length, ${of('agent')} AS agent, ${of('reason')} AS reason,
       lower(${of('status')}) AS status, ${of('email')} AS email, ${of('cpf')} AS cpf
     FROM ${file}`,
  );
  const [bad] = await session.rows<{ row_id: number; wrong: string; received: string }>(
    `SELECT row_id, CASE WHEN started_at IS NULL THEN 'start' ELSE 'minutes' END AS wrong,
       coalesce(CASE WHEN started_at IS NULL THEN start ELSE minutes END, '') AS received
     FROM file_row WHERE started_at IS NULL OR (coalesce(minutes, '') <> '' AND coalesce(length < 0, true))
     ORDER BY row_id LIMIT 1`,
  );
  if (bad)
    throw new RamalError('usage', {
      what: `Contato ${bad.row_id} do arquivo, coluna ${bad.wrong}: recebido “${bad.received}”`,
      todo: bad.wrong === 'start' ? 'Use um momento como 2026-03-02T09:00' : 'Use minutos, como 6 ou 2,5',
    });
  const phone = 'canonical_phone(phone)';
  const text = (value: string) => `coalesce(nullif(${value}, ''), 'desconhecido')`;
  await session.run(
    `CREATE OR REPLACE TEMP TABLE file_identity AS
     SELECT row_id, 'phone' AS kind, ${phone} AS value FROM file_row WHERE ${phone} IS NOT NULL
     UNION ALL SELECT row_id, 'cpf', canonical_cpf(cpf) FROM file_row WHERE canonical_cpf(cpf) IS NOT NULL
     UNION ALL SELECT row_id, 'email', canonical_email(email) FROM file_row WHERE canonical_email(email) IS NOT NULL`,
  );
  const first = `list_position(['phone', 'cpf', 'email'], kind)`;
  await session.run(
    `CREATE OR REPLACE TEMP TABLE file_contact AS
     SELECT row_id, CASE WHEN main.kind IS NOT NULL THEN hash(main.kind || ':' || main.value) END AS identity, main.kind AS identity_kind,
       CASE WHEN main.kind = 'phone' AND digits_of(phone) <> main.value THEN hash('received:' || digits_of(phone)) END
         AS identity_received,
       '' AS source, id AS contact_id, CAST(1 AS SMALLINT) AS leg_no, CAST(started_at AS DATE) AS day, started_at,
       '' AS queue, '' AS account, '' AS channel, '' AS uf, '' AS ddd, ${text('agent')} AS agent_id, '' AS supervisor, ${text('reason')} AS reason,
       ${text('reason')} AS reason_category,
       CASE WHEN status LIKE 'abandon%' THEN 'abandoned' WHEN status = 'void' THEN 'void' ELSE 'answered' END AS status,
       CAST(NULL AS TIMESTAMP) AS answered_at, CAST(NULL AS TIMESTAMP) AS first_reply_at,
       CAST(NULL AS TIMESTAMP) AS ended_at, CAST(NULL AS INTEGER) AS wait_s,
       CAST(round(coalesce(length, 0) * 60) AS INTEGER) AS talk_s, CAST(NULL AS INTEGER) AS hold_s,
       CAST(NULL AS INTEGER) AS wrapup_s
     FROM file_row LEFT JOIN (
       SELECT row_id, arg_min(kind, ${first}) AS kind, arg_min(value, ${first}) AS value FROM file_identity GROUP BY row_id
     ) AS main USING (row_id)`,
  );
}

async function told(session: LakeSession, rule: RepeatRule, watermark: Day, contacts: number): Promise<MarkedFile> {
  const marks = marksOf(rule.name, 'file_mark');
  const ripe =
    rule.kind === 'house' ? `ended_on + ${maturityDays(rule.parameters)} <= DATE ${literal(watermark)}` : 'true';
  const anchors = `role = 'anchor' AND ${ripe}`;
  const sums = `
    count(*) FILTER (role IN ('anchor', 'repeat')) AS eligible, count(*) FILTER (role = 'repeat') AS happened,
    count(*) FILTER (role = 'anchor') AS anchors, count(*) FILTER (${anchors}) AS matured,
    count(*) FILTER (${anchors} AND repeats > 0) AS repeated, count(*) FILTER (${anchors} AND repeats_same > 0) AS repeated_same,
    coalesce(sum(repeats), 0)::BIGINT AS charged, coalesce(sum(repeats_same), 0)::BIGINT AS charged_same`;
  const from = `FROM ${marks} AS mark JOIN file_contact AS own USING (row_id)`;
  const whole = await session.row<Counted>(`SELECT ${sums} ${from}`);
  const byAgent = await session.rows<Counted & { agent: string }>(
    `SELECT agent_id AS agent, ${sums} ${from} GROUP BY agent_id ORDER BY agent_id`,
  );
  const rows = await session.rows<{ id: string; role: string; why: string; of: string; bucket: string; same: boolean }>(
    `SELECT own.contact_id AS id, CAST(${quoted(`${rule.name}.role`)} AS VARCHAR) AS role,
       CAST(${quoted(`${rule.name}.why`)} AS VARCHAR) AS why, charged.contact_id AS of,
       CAST(${quoted(`${rule.name}.bucket`)} AS VARCHAR) AS bucket, ${quoted(`${rule.name}.same_reason`)} AS same
     FROM file_mark JOIN file_contact AS own USING (row_id)
     JOIN file_contact AS charged ON charged.row_id = ${quoted(`${rule.name}.anchor_row_id`)} ORDER BY own.row_id`,
  );
  return {
    rule,
    watermark,
    contacts,
    total: summed(rule, { ...whole, charged: whole.happened }),
    byAgent: byAgent.map((one) => ({ agent: one.agent, ...summed(rule, one) })),
    rows: rows.map(({ id, role, why, of, bucket, same }) => ({ id, role, why, of, bucket, sameReason: same })),
  };
}

interface Counted {
  readonly eligible: number;
  readonly happened: number;
  readonly anchors: number;
  readonly matured: number;
  readonly repeated: number;
  readonly repeated_same: number;
  readonly charged: number;
  readonly charged_same: number;
}

function summed({ kind }: RepeatRule, counted: Counted): MarkedSums {
  const house = kind === 'house';
  const n = house ? counted.matured : counted.eligible;
  const [came, same] = house ? [counted.repeated, counted.repeated_same] : [counted.charged, counted.charged_same];
  return {
    eligible: counted.eligible,
    repeats: counted.charged,
    anchors: house ? counted.anchors : null,
    maturedAnchors: house ? counted.matured : null,
    repeatedAnchors: house ? counted.repeated : null,
    repeatedSameReason: house ? counted.repeated_same : null,
    rate: n > 0 ? came / n : null,
    sameReasonRate: n > 0 ? same / n : null,
  };
}
