import { RamalError } from '../kernel/errors.ts';
import type { Options } from './arguments.ts';
import { date } from './shown.ts';
import { isoDay } from './work.ts';

/** The query string of a command's scope and what else it asks. */
export function scopeQuery(options: Options, more: Record<string, string | undefined>): string {
  const query = new URLSearchParams();
  const [from, to] = [isoDay(options.from), isoDay(options.to)];
  if (from !== undefined && from === to)
    throw new RamalError('usage', {
      what: `O período de ${date(from)} a ${date(to)} não tem dias, porque o de --to não entra`,
      todo: 'Para um dia só, --to é o dia seguinte',
    });
  const all = { source: options.source, from, to, refresh: flag(options.refresh), ...more };
  for (const [name, value] of Object.entries(all)) if (value !== undefined) query.set(name, value);
  for (const filter of options.where ?? []) query.append('where', filter);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** An option that was given, as a query says it. */
export function flag(value: boolean | undefined): string | undefined {
  return value ? 'true' : undefined;
}
