import { ApiError, call } from './api.ts';
import { dimensionInText } from './dimensions.ts';
import { here } from './here.svelte.ts';
import type { Reconciliation } from './shapes.ts';
import { ui } from './ui.svelte.ts';

export type ListKind = 'contacts' | 'repeats';
export type ReasonCount = Reconciliation['reasons'][number];
export type Taken = Reconciliation['taken'][number];

/** What a list may say of a contact, in the order of the form. */
export const LIST_COLUMNS = ['protocol', 'phone', 'started_at', 'agent_name', 'agent_id', 'account', 'status'];

/** One difference, as the API gives it: masked. */
export interface Difference {
  readonly side: string;
  readonly reason: string;
  readonly detail: string | null;
  readonly line: number | null;
  readonly row_id: number | null;
  readonly received: string | null;
  readonly other_line: number | null;
  readonly batch: number | null;
  readonly of_started_at: string | null;
  readonly of_agent_name: string | null;
  readonly [column: string]: string | number | null;
}

const formOf = (file: File): FormData => {
  const body = new FormData();
  body.append('file', file);
  return body;
};

/** Sends a list to an address of the reconciliation; nothing of it stays there. */
export function reconcile(url: string, file: File, signal: AbortSignal): Promise<Reconciliation> {
  return call<Reconciliation>(url, { method: 'POST', body: formOf(file), signal });
}

/** Sends it again and saves the file of all differences that comes back. */
export async function downloadDifferences(url: string, file: File): Promise<void> {
  const response = await fetch(url, { method: 'POST', body: formOf(file), credentials: 'same-origin' }).catch(() => {
    throw new ApiError('offline', '', 0);
  });
  if (!response.ok) {
    const error = ((await response.json().catch(() => ({}))) as { error?: { code: string; message: string } }).error;
    throw new ApiError(error?.code ?? 'unexpected', error?.message ?? `HTTP ${response.status}`, response.status);
  }
  const [, name = 'ramal'] = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '') ?? [];
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** `protocol:1,started_at:4+5`: what a person says of the columns. */
export function takenText(taken: readonly Taken[]): string {
  return taken.map(({ column, places }) => `${column}:${places.join('+')}`).join(',');
}

/** Names a reason in the address: `differs status`. */
export const reasonKey = ({ reason, detail }: Pick<ReasonCount, 'reason' | 'detail'>): string =>
  [reason, detail].filter(Boolean).join(' ');

/** Why rows stand on one side only, or what differs, in a sentence. */
export function reasonText({ reason, detail }: Pick<ReasonCount, 'reason' | 'detail'>): string {
  const { reasons, exclusions } = ui.t.reconciliation;
  const text = reasons[reasonKey({ reason, detail })] ?? reasons[reason] ?? reason;
  const said = detail ?? '';
  const names: Record<string, (detail: string) => string> = {
    filtered: dimensionInText,
    'other-source': (name) => here.label(name, ui.lang),
    excluded: (name) => exclusions[name] ?? name,
  };
  return text.replace('{detail}', () => names[reason]?.(said) ?? said);
}
