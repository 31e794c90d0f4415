import { addDays, type Day } from '../../kernel/brazil/dates.ts';
import { businessDay } from '../../kernel/clock.ts';
import { asRamalError } from '../../kernel/errors.ts';
import { questionsOf } from './day-window.ts';
import { pagesOf } from './paging.ts';
import type { Pulling } from './pull.ts';
import { Source } from './source.ts';

export interface Tried {
  readonly ok: boolean;
  readonly day: Day;
  readonly rows: number | null;
  readonly message: string | null;
}

/**
 * Enters a source and reads the first page of yesterday, once, keeping nothing.
 * @throws RamalError `notFound`; any other failure is the answer.
 */
export async function tryConnection({ connections, config, io }: Pulling, name: string): Promise<Tried> {
  const connection = await connections.get(name);
  const declared = connections.declaration(connection.connector);
  const declaration = { ...declared, retry: { ...declared.retry, attempts: 1 } };
  const day = addDays(businessDay(io.clock.now(), config.timeZone), -1);
  const source = connection.timeZone ?? config.timeZone;
  const [question] = questionsOf(day, declaration, {
    business: config.timeZone,
    source,
    skewMs: connection.skewSeconds * 1000,
  });
  try {
    const asked = new Source(connection, declaration, connections.secrets(name), io);
    const first = await pagesOf(asked, declaration.request, question!).next();
    return { ok: true, day, rows: first.value?.records.length ?? 0, message: null };
  } catch (thrown) {
    return { ok: false, day, rows: null, message: asRamalError(thrown).message };
  }
}
