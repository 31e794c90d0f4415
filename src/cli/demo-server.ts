import { CALLS_PASSWORD, CALLS_USER, serveCalls } from '../demo/fake-calls-server.ts';
import { parseFaults } from '../demo/fake-faults.ts';
import { serveTickets, TICKETS_TOKEN } from '../demo/fake-tickets-server.ts';
import { fakeWorld } from '../demo/fake-world.ts';
import { addDays } from '../kernel/brazil/dates.ts';
import { businessDay, type Clock } from '../kernel/clock.ts';
import type { Config } from '../kernel/config.ts';
import { RamalError } from '../kernel/errors.ts';
import type { Options } from './arguments.ts';

const CONTACTS = 20_000;

/** Serves a fake source until Ctrl+C; resolves to what a person needs to connect to it. */
export async function demoServer(
  kind: string | undefined,
  { port = '0', contacts = String(CONTACTS), seed = '1', faults, skew = '0' }: Options,
  config: Config,
  clock: Clock,
): Promise<string> {
  if (kind !== 'tickets' && kind !== 'calls')
    throw new RamalError('usage', { what: `Fonte desconhecida: ${kind ?? '(nada)'}`, todo: 'Use tickets ou calls' });
  const today = businessDay(clock.now(), config.timeZone);
  const plan = faults === undefined ? {} : { faults: parseFaults(faults, Number(seed)) };
  const world = await fakeWorld({ contacts: Number(contacts), seed: Number(seed), until: addDays(today, 1) });
  const options = { clock, port: whole('--port', port), skewMs: 1000 * whole('--skew', skew), ...plan };
  const { url } = await (kind === 'tickets' ? serveTickets(world, options) : serveCalls(world, options));
  const first = addDays(today, -7);
  const secrets =
    kind === 'tickets'
      ? `RAMAL_SECRET_TOKEN=${TICKETS_TOKEN}`
      : `RAMAL_SECRET_USERNAME=${CALLS_USER} RAMAL_SECRET_PASSWORD=${CALLS_PASSWORD}`;
  const [name, connector] = kind === 'tickets' ? ['chamados', 'ticket-platform'] : ['ligacoes', 'call-report'];
  return `Fonte de mentira no ar em ${url}. Para conectar:

  ${secrets} ramal connector add ${name} --connector ${connector} --url ${url} --from ${first}
  ramal pull ${name}

Ctrl+C encerra.
`;
}

function whole(option: string, text: string): number {
  if (/^-?\d{1,6}$/.test(text)) return Number(text);
  throw new RamalError('usage', { what: `Recebido ${option} ${text}`, todo: 'Use um número inteiro' });
}
