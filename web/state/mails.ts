import type { ViewMail } from './shapes.ts';
import { ui } from './ui.svelte.ts';

/** Why a message was not sent, or what it lacks. */
export const whyText = ({ reasons }: Pick<ViewMail['sent'][number], 'reasons'>): string =>
  reasons.map(({ code, message }) => ui.t.errors.said(code, message)).join(' ');
