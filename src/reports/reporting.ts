import type { Layouts } from '../intake/layouts.ts';
import type { References } from '../intake/reference/references.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Config } from '../kernel/config.ts';
import type { AnswerCache } from '../metrics/answer-cache.ts';
import type { Lake } from '../storage/lake.ts';
import type { FileLang } from './words.ts';

/** What a report is made from, in which language, and the screen that shows the same, where it is known. */
export interface Reporting {
  readonly lake: Lake;
  readonly cache: AnswerCache;
  readonly layouts: Pick<Layouts, 'newest'>;
  readonly references: References;
  readonly clock: Clock;
  readonly config: Pick<Config, 'timeZone' | 'missingLabel' | 'place'>;
  readonly lang: FileLang;
  readonly screen: string | null;
}
