import { RamalError } from './errors.ts';

/** Any thrown value as a RamalError: disk-full and missing-file system errors get their own codes. */
export function asRamalError(thrown: unknown): RamalError {
  if (thrown instanceof RamalError) return thrown;
  const system = thrown as NodeJS.ErrnoException;
  if (system?.code === 'ENOSPC') return new RamalError('diskFull', { where: system.path ?? 'RAMAL_HOME' }, thrown);
  if (system?.code === 'ENOENT' && system.path) return new RamalError('fileMissing', { file: system.path }, thrown);
  if (system?.name === 'PostgresError') return ofLedger(thrown as LedgerFailure);
  return new RamalError('unexpected', { what: thrown instanceof Error ? thrown.message : String(thrown) }, thrown);
}

interface LedgerFailure extends Error {
  /** SQLSTATE. */
  readonly code: string;
  readonly query?: string;
}

/** PostgreSQL's failure as ours: the statement and the cause, never the parameters. */
function ofLedger(thrown: LedgerFailure): RamalError {
  if (thrown.code === '53100') return new RamalError('diskFull', { where: 'PostgreSQL' }, thrown);
  const statement = (thrown.query ?? '').replace(/\s+/g, ' ').slice(0, 240);
  return new RamalError(
    'query',
    { statement, cause: `${thrown.code} ${thrown.message.replace(/"[^"]*"/g, '…')}` },
    thrown,
  );
}
