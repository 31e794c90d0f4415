import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BatchRecord } from '../../intake/batches.ts';
import { bronzePath, unreadPath } from '../../intake/bronze.ts';
import { driftText } from '../../intake/drift/words.ts';
import type { Layout } from '../../intake/layout.ts';
import { addDays } from '../../kernel/brazil/dates.ts';
import { RamalError } from '../../kernel/errors.ts';
import { writeOffending } from '../../lake/offending-rows.ts';
import { columnText } from '../../lake/preview-change.ts';
import { lakeFacts } from '../../metrics/facts.ts';
import { aboutFile, sourceNames } from '../../reports/about.ts';
import { FILE_WORDS, type FileLang, fileName, spanText } from '../../reports/words.ts';
import { literal } from '../../storage/lake.ts';
import type { App } from '../app.ts';
import type { Call } from '../route.ts';
import type { FileAsked } from '../schema-quarantine.ts';
import { numberOf } from '../scope-query.ts';
import { fileLang, reporting, sendTable } from '../send-table.ts';
import { fileColumns, needsMend } from './quarantine-rows.ts';
import { reasonLabel } from './quarantine-view.ts';

type Cells = Record<string, unknown>;

export const QUARANTINE_COLUMNS = ['line', 'column_name', 'reason', 'value', 'record'] as const;

/** The table of a batch's quarantine as it is on screen. */
export async function quarantineFile(
  call: Call,
  batch: BatchRecord,
  blocks: AsyncIterable<readonly Cells[]>,
  format: 'csv' | 'xlsx',
) {
  const { app, query } = call;
  const lang = fileLang(call);
  const words = FILE_WORDS[lang];
  const layout = app.layouts.get(batch.source, batch.layout);
  const reasonText = (code: unknown) => reasonWords(layout, String(code), lang);
  async function* rows() {
    for await (const block of blocks) {
      yield block.map((row) =>
        QUARANTINE_COLUMNS.map((name) => (name === 'reason' ? reasonText(row[name]) : row[name])),
      );
    }
  }
  const to = batch.last_day && addDays(batch.last_day, 1);
  const { version } = await lakeFacts(app.lake);
  const { columns, about, titles, none } = words;
  return sendTable(call, format, {
    name: fileName(`${titles.quarantine} ${batch.batch_id}`, { from: null, to: null }),
    columns: QUARANTINE_COLUMNS.map((name) => ({
      name: columns[name]!,
      kind: name === 'line' ? 'integer' : 'text',
    })),
    rows: rows(),
    about: () => [
      ['Ramal', `${titles.quarantine}, ${words.batch(batch.batch_id)}`],
      [about.file, batch.file_name],
      [about.period, spanText({ from: batch.first_day, to }, lang)],
      [about.sources, sourceNames(reporting(call)).get(batch.source) ?? batch.source],
      [about.filters, query.reason ? `${columns.reason} = ${reasonText(query.reason)}` : none],
      [about.by, words.perProblem],
      [about.order, words.ascending(columns.line!)],
      [about.version, String(version)],
      ...aboutFile(reporting(call), true),
    ],
  });
}

function reasonWords(layout: Layout, code: string, lang: FileLang): string {
  const { label, labelEn } = reasonLabel(layout, code);
  return lang === 'en' ? labelEn : label;
}

/**
 * The rows that the client should mend, as they were sent, each with its line and the reason in words: of a loaded
 * batch those in quarantine, of one that waits or was sent back those that keep it from loading.
 */
export async function clientFile(call: Call) {
  const { app, user, body, params } = call;
  needsMend(user);
  const batch = await app.batches.get(numberOf('lote', params.batch));
  const layout = app.layouts.get(batch.source, batch.layout);
  const { format, lang = 'pt', reason } = body as FileAsked;
  const refused = await refusedRows(app, batch);
  await app.audit.record(user, 'reveal', `quarantine of batch ${batch.batch_id}`, { format });
  const columns = await fileColumns(call, batch, layout);
  const bronze = bronzePath(app.config.home, batch.source, batch.batch_id);
  const unread = existsSync(unreadPath(bronze))
    ? `(SELECT line, replace(record, chr(30), chr(10)) AS record FROM read_parquet(${literal(unreadPath(bronze))}))`
    : '(SELECT CAST(NULL AS BIGINT) AS line, NULL AS record WHERE false)';
  const texts = columns.map((name, index) => `${columnText(layout, name)} AS t${index}`);
  const sql = `SELECT refused.line, refused.reason, refused.column_name, unread.record, rows.* EXCLUDE (_line)
    FROM ${refused.relation} AS refused
    LEFT JOIN (SELECT _line, ${texts.join(', ')} FROM read_parquet(${literal(bronze)})) AS rows ON rows._line = refused.line
    LEFT JOIN ${unread} AS unread ON unread.line = refused.line
    ${reason === undefined ? '' : 'WHERE refused.reason = $reason'} ORDER BY refused.line`;
  const words = FILE_WORDS[lang];
  async function* rows() {
    try {
      for await (const block of app.lake.stream(sql, reason === undefined ? {} : { reason }))
        yield (block as Cells[]).map((row) => [
          row.line,
          reasonWords(layout, String(row.reason), lang),
          row.column_name,
          ...columns.map((_, index) => row[`t${index}`]),
          row.record,
        ]);
    } finally {
      refused.end();
    }
  }
  const named = (name: string) => ({ name, kind: 'text' as const });
  return sendTable({ ...call, query: { lang } }, format, {
    name: fileName(`${words.titles.quarantine} ${batch.batch_id}`, { from: null, to: null }),
    columns: [
      { name: words.columns.line!, kind: 'integer' },
      named(words.columns.reason!),
      named(words.columns.column_name!),
      ...columns.map(named),
      named(words.columns.record!),
    ],
    rows: rows(),
    about: () => [
      ['Ramal', `${words.titles.quarantine}, ${words.batch(batch.batch_id)}`],
      [words.about.file, batch.file_name],
      [words.about.sources, sourceNames(reporting(call)).get(batch.source) ?? batch.source],
      ...(batch.message === null ? [] : [[words.about.message, batch.message] as const]),
      ...(lang === 'pt' ? batch.drift.map((drift) => [words.about.changed, driftText(drift)] as const) : []),
      ...aboutFile(reporting({ ...call, query: { lang } })),
    ],
  });
}

/** Where a batch's refused rows are: one row a problem. */
async function refusedRows(app: App, batch: BatchRecord): Promise<{ relation: string; end: () => void }> {
  if (batch.state === 'loaded')
    return { relation: `(FROM silver.quarantine WHERE batch_id = ${batch.batch_id})`, end: () => {} };
  if (batch.drift.length === 0 || (batch.state !== 'waiting' && batch.state !== 'refused'))
    throw new RamalError('usage', {
      what: `O lote ${batch.batch_id} não está carregado nem espera por ninguém`,
      todo: 'Veja-o em Recepção',
    });
  const folder = join(app.config.home, 'tmp');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `offending-${batch.batch_id}-${randomUUID()}.parquet`);
  await writeOffending(app, batch, path);
  return { relation: `read_parquet(${literal(path)})`, end: () => rmSync(path, { force: true }) };
}
