import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { faultless, randomFaults } from '../src/demo/fake-faults.ts';
import { recover } from '../src/intake/load.ts';
import {
  connect,
  instantIo,
  lakeOf,
  ledgerOf,
  NOON,
  pullingOf,
  pullNow,
  serveBoth,
  setClock,
  smallPages,
  sourceWorld,
} from './connectors.ts';
import { type Home, openHome } from './home.ts';
import { ended, heard, startChild } from './killed.ts';

const KILLS = 20;
const NAMES = ['chamados', 'ligacoes'];
const [FIRST, LAST] = ['2026-11-11', '2026-11-20'];

const start = (folder: string, from: string) =>
  startChild('kill-pull-child.ts', [folder, NOON.toISOString(), ...(from === '' ? ['', ''] : [from, LAST]), ...NAMES]);

/** The day ledger, what counts in the lake, and the days that batches stand for. */
async function stateOf(home: Home) {
  const pulling = pullingOf(home, instantIo(setClock()));
  const ledgers = [];
  const lakes = [];
  for (const name of NAMES) {
    ledgers.push(await ledgerOf(pulling, name));
    lakes.push(await lakeOf(home, name));
  }
  const batches = (await home.batches.inState('loaded')).map(({ source, scope }) => `${source} ${scope}`);
  return { ledgers, lakes, batches: batches.sort() };
}

/** What holds after any kill: a day that is said to be had is in a batch that counts, whole. */
async function nothingClaimed(home: Home): Promise<void> {
  await home.build();
  const pulling = pullingOf(home, instantIo(setClock()));
  for (const name of NAMES)
    for (const { day, state, rows, corrected } of await pulling.days.entries(name)) {
      if (state !== 'extracted' || corrected) continue;
      const [batch, ...others] = (await home.batches.ofScope(name, `day:${day}`)).filter(
        (one) => one.state === 'loaded',
      );
      expect([others.length, batch!.loaded + batch!.quarantined], `${name} ${day}`).toEqual([0, rows]);
    }
}

it(`${KILLS} kills at any moment of an extraction, with faults: then day ledger and lake are as if undisturbed`, async () => {
  const clock = setClock();
  const servers = await serveBoth({ clock, slowMs: 20 });
  const prepare = async () => {
    const home = await openHome();
    smallPages(home);
    const pulling = pullingOf(home, instantIo(clock));
    await connect(pulling, 'chamados', 'ticket-platform', { baseUrl: servers.tickets.url, firstDay: FIRST });
    await connect(pulling, 'ligacoes', 'call-report', { baseUrl: servers.calls.url, firstDay: FIRST });
    return { home, pulling };
  };
  const { tickets, calls } = await sourceWorld();
  const changing = {
    tickets: tickets.filter(({ startedAt }) => startedAt >= FIRST && startedAt < LAST),
    calls: calls.filter(({ day }) => day! >= FIRST && day! < LAST),
  };
  const { home: first } = await prepare();
  const { folder } = first;
  await first.close({ keep: true });
  let span = 4000;
  let unfinished = 0;
  for (let kill = 1; kill <= KILLS; kill++) {
    servers.tickets.faults = randomFaults(kill, 0.3);
    servers.calls.faults = randomFaults(kill + 500, 0.3);
    // The sources change all the while.
    const [ticket, leg] = [changing.tickets[(kill * 7) % 20]!, changing.calls[(kill * 31) % 200]!];
    servers.tickets.correct(ticket.protocol, { ticketTopic: { name: `Motivo ${kill}` } });
    servers.calls.correct(leg.PROTOCOLO!, { agent: `A${kill}` });
    servers.calls.hide('2026-11-17', kill % 3 === 0);
    // Every other time days that are had are fetched again too.
    const child = start(folder, kill % 2 === 0 ? FIRST : '');
    await heard(child, 'open');
    const done = heard(child, 'done');
    const timer = setTimeout(() => child.kill('SIGKILL'), Math.random() * span);
    const took = await done;
    clearTimeout(timer);
    await ended(child);
    if (child.signalCode === 'SIGKILL') unfinished++;
    else span = took;
    const home = await openHome({ folder });
    await recover(home);
    expect(await home.batches.inState('loading')).toEqual([]);
    await nothingClaimed(home);
    await home.close({ keep: true });
  }
  expect(unfinished).toBeGreaterThan(KILLS / 4);

  servers.tickets.faults = faultless;
  servers.calls.faults = faultless;
  const home = await openHome({ folder });
  await recover(home);
  const pulling = pullingOf(home, instantIo(clock));
  for (const name of NAMES) await pullNow(pulling, name);
  for (const name of NAMES) await pullNow(pulling, name, { from: FIRST, to: LAST });
  const undisturbed = await prepare();
  for (const name of NAMES) await pullNow(undisturbed.pulling, name);
  const expected = await stateOf(undisturbed.home);
  await undisturbed.home.close();
  const found = await stateOf(home);
  await home.build({ full: true });
  expect(found).toEqual(expected);
  expect(await stateOf(home)).toEqual(expected);
  expect(readdirSync(join(folder, 'tmp')).filter((name) => name.endsWith('.records'))).toEqual([]);
  await home.close();
  await servers.close();
}, 1_200_000);
