import { here } from './here.svelte.ts';
import { overlays } from './overlays.svelte.ts';
import { route } from './route.svelte.ts';
import { ui } from './ui.svelte.ts';
import { mayVisit } from './users.ts';

/** `g` and then one of these goes to a page. */
export const PLACES: Record<string, string> = {
  i: '/',
  h: '/hoje',
  n: '/indicadores',
  r: '/rechamadas',
  c: '/causas',
  d: '/dimensionamento',
  e: '/recepcao',
  x: '/conexoes',
};
/** Keys that press the element that declares them in `aria-keyshortcuts`. */
export const PRESSES = ['[', ']', 'f', 't', 'b', 'o'];

let goingTo = 0;

/** The one keyboard listener: `Ctrl+K` always, single keys when they are on and nobody is typing. */
export function onKey(event: KeyboardEvent): void {
  const { key } = event;
  if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === 'k') {
    event.preventDefault();
    overlays.palette = true;
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (document.querySelector('dialog[open]')) return;
  if (key === 'Enter') openRow(event);
  else if (key === 'Escape') goBack(event);
  else if (ui.singleKeys) onSingleKey(key, event);
}

function onSingleKey(key: string, event: KeyboardEvent): void {
  if (event.timeStamp < goingTo) {
    goingTo = 0;
    const place = PLACES[key];
    if (place && mayVisit(place)) route.go(here.visit(place));
    return;
  }
  if (key === 'g') goingTo = event.timeStamp + 1500;
  else if (key === '?') overlays.keys = true;
  else if (key === '/') focusSearch(event);
  else if (key === 'j' || key === 'k') moveRow(key === 'j' ? 1 : -1);
  else if (PRESSES.includes(key)) press(key, event);
}

function press(key: string, event: KeyboardEvent): void {
  const targets = document.querySelectorAll<HTMLElement>(`[aria-keyshortcuts="${CSS.escape(key)}"]`);
  if (targets.length > 0) event.preventDefault();
  for (const target of key === 't' ? targets : [...targets].slice(0, 1)) target.click();
}

function focusSearch(event: KeyboardEvent): void {
  const search = document.querySelector<HTMLInputElement>('main input[type="search"]');
  event.preventDefault();
  if (search) search.focus();
  else overlays.palette = true;
}

const currentRow = () => document.activeElement?.closest<HTMLElement>('tr[data-row]');

function moveRow(direction: 1 | -1): void {
  const row = currentRow();
  const table = row?.closest('table') ?? document.querySelector('table[data-list]');
  const rows = [...(table?.querySelectorAll<HTMLElement>('tr[data-row]') ?? [])].filter((each) =>
    each.checkVisibility(),
  );
  const next = row ? rows.indexOf(row) + direction : 0;
  rows[Math.min(Math.max(next, 0), rows.length - 1)]?.focus();
}

function openRow(event: KeyboardEvent): void {
  const row = currentRow();
  if (!row || row !== event.target) return;
  event.preventDefault();
  row.querySelector<HTMLElement>('a, button')?.click();
}

/** From a row to its page, from a page to the one above it. */
function goBack(event: KeyboardEvent): void {
  if (!currentRow()) press('Escape', event);
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target instanceof HTMLTextAreaElement ||
      target instanceof HTMLSelectElement ||
      (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'file'].includes(target.type)))
  );
}
