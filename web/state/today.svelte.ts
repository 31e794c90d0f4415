import { resource } from './resource.svelte.ts';
import type { IntakeToday } from './shapes.ts';

const PACE_MS = 60_000;

/** Runs something again and again while the page is in view, and whenever it comes back into view. */
export function whileSeen(act: () => void, paceMs: number): void {
  $effect(() => {
    const seen = () => {
      if (document.visibilityState === 'visible') act();
    };
    const timer = setInterval(seen, paceMs);
    document.addEventListener('visibilitychange', seen);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  });
}

/** The day of Recepção, kept fresh while somebody looks at it. To be called while a component is being set up. */
export function useToday() {
  const today = resource<IntakeToday>(() => '/api/intake/today');
  whileSeen(() => today.again(), PACE_MS);
  return today;
}
