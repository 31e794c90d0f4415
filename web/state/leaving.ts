import { overlays } from './overlays.svelte.ts';
import { route } from './route.svelte.ts';
import { ui } from './ui.svelte.ts';

/** While a page has work that is not saved, whoever leaves it is asked first. To be called in an effect; gives its end. */
export function askBeforeLeaving(unsaved: boolean): (() => void) | undefined {
  if (!unsaved) return undefined;
  const { title, effect, verb } = ui.t.leaving;
  const stay = (event: BeforeUnloadEvent) => event.preventDefault();
  const free = () => {
    route.hold = undefined;
    window.removeEventListener('beforeunload', stay);
  };
  window.addEventListener('beforeunload', stay);
  route.hold = (leave) => {
    const act = () => {
      free();
      leave();
    };
    overlays.question = { title, effect, verb, act };
  };
  return free;
}
