import { parseLayout } from '../src/intake/parse-layout.ts';
import type { Home } from './home.ts';

/** A contact of ours as its file holds it. */
export interface Held {
  readonly id: number;
  readonly leg?: number;
  readonly day: string;
  /** Minutes after midnight. */
  readonly minute: number;
  readonly phone: string;
  readonly protocol: string;
  readonly agent: string;
  readonly account: string;
  readonly queue: string;
  readonly status: string;
}

const COLUMNS = ['id', 'leg', 'start', 'end', 'phone', 'protocol', 'agent', 'account', 'queue', 'status'];

/** Two sources of one form. */
export const [VOICE, OTHER] = ['voz', 'outra'].map((source) =>
  parseLayout(
    {
      source,
      version: 1,
      label: { pt: source, en: source },
      holds: 'all',
      format: { kind: 'delimited', header: true },
      key: ['id', 'leg'],
      columns: {
        leg_no: { from: ['leg'], as: 'integer' },
        started_at: { from: ['start'], as: 'date-time', format: 'iso' },
        ended_at: { from: ['end'], as: 'date-time', format: 'iso' },
        phone: { from: ['phone'], as: 'phone' },
        protocol: { from: ['protocol'], as: 'text' },
        agent_id: { from: ['agent'], as: 'text' },
        account: { from: ['account'], as: 'text' },
        queue: { from: ['queue'], as: 'text' },
        status: { from: ['status'], as: 'text' },
      },
    },
    source,
  ),
) as [ReturnType<typeof parseLayout>, ReturnType<typeof parseLayout>];

export const two = (value: number): string => String(value).padStart(2, '0');
export const clock = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}:00`;

/** Loads contacts of a source; those of five minutes each. */
export async function loadHeld(home: Home, held: readonly Held[], layout = VOICE): Promise<void> {
  const lines = held.map(({ id, leg = 1, day, minute, ...rest }) =>
    [
      ...[id, leg, `${day} ${clock(minute)}`, `${day} ${clock(minute + 5)}`, rest.phone, rest.protocol, rest.agent],
      ...[rest.account, rest.queue, rest.status],
    ].join(';'),
  );
  await home.know(layout);
  await home.load({ name: `${layout.source}.csv`, content: `${[COLUMNS.join(';'), ...lines].join('\n')}\n` }, layout);
}

/** What a client’s list says of a contact, as Brazilian sheets write it. */
export const LIST_HEADER = 'Protocolo;Data;Hora;Telefone;Atendente;Convênio;Situação';

export function listLine(
  { day, minute, phone, protocol, agent, account, status }: Held,
  changed: Partial<Record<'protocol' | 'date' | 'minute' | 'phone' | 'agent' | 'account' | 'status', string>> = {},
): string {
  const brazilian = day.split('-').toReversed().join('/');
  const written = status === 'answered' ? 'Atendida' : 'Abandonada';
  const time = clock(changed.minute === undefined ? minute : Number(changed.minute));
  return [
    changed.protocol ?? protocol,
    changed.date ?? brazilian,
    time,
    changed.phone ?? `(${phone.slice(0, 2)}) ${phone.slice(2, 7)}-${phone.slice(7)}`,
    changed.agent ?? agent,
    changed.account ?? account,
    changed.status ?? written,
  ].join(';');
}
