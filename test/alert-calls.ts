import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays } from '../src/kernel/brazil/dates.ts';
import { TestApi } from './app.ts';
import { age } from './home.ts';
import { HEADER } from './week.ts';

/** The Monday of the newest whole week of {@link openSteady}. */
export const NEWEST = '2026-11-09';

interface Calls {
  readonly day: string;
  readonly count: number;
  /** Of them, those answered within 20 seconds; the others waited a minute. */
  readonly soon: number;
  readonly queue?: string;
}

let protocol = 1_000_000;

/** Lines of calls of as many people, one a minute from eight o’clock on. */
function lines({ day, count, soon, queue = 'Suporte' }: Calls): string[] {
  const date = day.split('-').toReversed().join('/');
  const two = (value: number) => String(value).padStart(2, '0');
  return Array.from({ length: count }, (_, index) => {
    const time = `${two(8 + Math.floor(index / 60))}:${two(index % 60)}:00`;
    const wait = index < soon ? '00:00:10' : '00:01:00';
    protocol++;
    const who = `11;9${protocol % 100_000_000};Rita Lima Sousa;`;
    return `${date};${time};${protocol};1;CENTRAL;${queue};Vivaz;${who};A9;Ana Prado;Fatura;ATENDIDA;${wait};00:05:00;00:00:48;`;
  });
}

/** Loads a file of these calls; gives its batch. */
export async function loadCalls(api: TestApi, calls: readonly Calls[]): Promise<number> {
  const path = join(api.app.config.home, `ligacoes-${protocol}.csv`);
  writeFileSync(path, `${[HEADER, ...calls.flatMap(lines)].join('\r\n')}\r\n`, 'latin1');
  age(path);
  const { batches } = await api.job<{ batches: { batch: number }[] }>('/api/intake', {
    paths: [path],
    source: 'demo-calls',
  });
  return batches[0]!.batch;
}

/**
 * Twelve weeks of 40 calls in the queue Suporte, 36 and 38 of them in time by turns: service levels of 90 % and 95 %,
 * so a lower limit of 79.2 %. The thirteenth, of 9 November, has 40 calls of which `soon` are in time. Each week
 * has its calls on Monday but the last, which is on Sunday.
 */
export async function openSteady(soon: number, environment: Record<string, string> = {}): Promise<TestApi> {
  const api = await TestApi.open(environment);
  const weeks = Array.from({ length: 13 }, (_, week) => ({
    monday: addDays(NEWEST, -7 * (12 - week)),
    soon: week === 12 ? soon : week % 2 === 0 ? 36 : 38,
  }));
  await loadCalls(
    api,
    weeks.flatMap(({ monday, soon }) => [
      { day: monday, count: 39, soon: soon - 1 },
      { day: addDays(monday, 6), count: 1, soon: 1 },
    ]),
  );
  return api;
}
