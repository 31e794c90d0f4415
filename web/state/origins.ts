import { here, ruleOf } from './here.svelte.ts';
import type { Origin } from './overlays.svelte.ts';
import { apiUrl } from './scope.ts';

/** What each source in view holds. */
export const sourcesInView = () => here.all.filter(({ name }) => here.sources.includes(name));

/** The answer with the receipt of a figure of the scope in view. */
export function originOf(name: string, label: string): Origin {
  if (name === 'repeatRate') {
    return { label, url: apiUrl('repeats', here.net ?? {}, { rule: here.url.rule, receipt: 'true' }) };
  }
  return {
    label,
    url: apiUrl(`metrics/${name}`, here.asked ?? {}, { receipt: 'true', rule: ruleOf(name) }),
  };
}
