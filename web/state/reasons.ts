import { REASONS_EN } from '../words/reasons-en.ts';
import type { Reason } from './shapes.ts';
import { ui } from './ui.svelte.ts';

/** Why something is suggested, in the reader's language; what was kept without its codes stays as it was written. */
export function whyText({ why, reasons }: { why: string; reasons?: readonly Reason[] }): string {
  if (ui.lang === 'pt' || !reasons) return why;
  return reasons.map(({ code, values }) => REASONS_EN[code](values)).join('; ');
}
