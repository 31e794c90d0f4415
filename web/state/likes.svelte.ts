import { leftOut, weekBefore } from './change.ts';
import { here } from './here.svelte.ts';
import { sourcesInView } from './origins.ts';
import { resource } from './resource.svelte.ts';
import { apiUrl } from './scope.ts';
import type { FigureLine } from './shapes.ts';

/**
 * The figures of the sources that can be compared with the period before, where one that began lately or fell behind
 * cannot; to be called while a page is being set up. Gross figures are compared with nothing.
 */
export function likesOf(line: () => FigureLine | undefined, names: () => readonly string[]) {
  const left = $derived.by(() => {
    const data = line();
    const asked =
      data && !here.url.gross && (data.usualFrom || !weekBefore(data)) ? leftOut(data, sourcesInView()) : undefined;
    return asked && asked.out.length > 0 ? asked : undefined;
  });
  const answer = resource<FigureLine>(() => {
    if (!here.asked || !left) return undefined;
    const source = left.rest.map(({ name }) => name);
    return apiUrl('figures', { ...here.asked, source }, { names: names().join(','), rule: here.url.rule });
  });
  return {
    /** The answer, where some source is left out. */
    get data(): FigureLine | undefined {
      return left && answer.data;
    },
    /** The sources that are left out of it. */
    get without(): string[] {
      return left && answer.data ? left.out.map(({ name }) => name) : [];
    },
  };
}
