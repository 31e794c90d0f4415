import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { reconcile } from '../src/metrics/reconciliation/reconcile.ts';
import { type Held, LIST_HEADER, listLine, loadHeld } from './client-list.ts';
import { useHome } from './home.ts';

const home = useHome();
const COUNT = 300_000;

/** Contacts of a month, ten thousand a day, of as many people as calls; every 50th phone is the desk's own trunk. */
const contact = (id: number): Held => ({
  ...{
    id,
    day: `2026-10-${String(1 + (id % 30)).padStart(2, '0')}`,
    minute: id % 1430,
    account: 'Vivaz',
    queue: 'Suporte',
  },
  ...{
    phone: id % 50 === 0 ? '1133334444' : `119${80_000_000 + id}`,
    protocol: `2026${1_000_000 + id}`,
    agent: `A${id % 90}`,
  },
  status: 'answered',
});

it('holds 300,000 lines against a month', async () => {
  const ids = Array.from({ length: COUNT }, (_, index) => index);
  await loadHeld(home(), ids.map(contact));
  await home().build();
  const lines = ids.flatMap((id) => {
    const one = contact(id);
    if (id % 100 === 1) return [];
    if (id % 100 === 2) return [listLine(one), listLine(one)];
    if (id % 100 === 3) return [listLine(one, { protocol: '' })];
    if (id % 100 === 4) return [listLine(one, { agent: 'outra' })];
    if (id % 100 === 5) return [listLine(one, { protocol: '', date: '31/02/2026' })];
    return [listLine(one)];
  });
  const path = home().file('lista.csv', Buffer.from([LIST_HEADER, ...lines, ''].join('\r\n'), 'latin1'));
  const folder = join(home().folder, 'tmp', 'conferencia');
  const question = {
    scope: { from: '2026-10-01', to: '2026-11-01' },
    ...({ rule: 'house', kind: 'contacts', size: 10 } as const),
  };
  const found = await reconcile(home().lake, path, question, folder);
  const part = COUNT / 100;
  expect(found.sums).toMatchObject({
    ...{ list: COUNT, ours: COUNT, matched: COUNT - 2 * part, byPhone: part, differing: part },
    ...{ onlyInList: 2 * part, onlyInOurs: 2 * part },
  });
  expect(Object.fromEntries(found.reasons.map(({ side, reason, rows }) => [`${side} ${reason}`, rows]))).toEqual({
    'list repeated-line': part,
    'list unreadable': part,
    'ours not-in-list': 2 * part,
    'both differs': part,
  });
  expect(found.rows).toHaveLength(40);
  expect(readdirSync(folder).sort()).toEqual(expect.arrayContaining(['differences.parquet']));
});

it('takes a protocol that is everybody’s for none, and finds them by phone and start', async () => {
  await home().reset();
  const ids = Array.from({ length: 20_000 }, (_, index) => index);
  await loadHeld(
    home(),
    ids.map((id) => ({ ...contact(id), protocol: 'SEM PROTOCOLO' })),
  );
  await home().build();
  const lines = ids.filter((id) => id % 2 === 0).map((id) => listLine({ ...contact(id), protocol: 'SEM PROTOCOLO' }));
  const path = home().file('lista.csv', Buffer.from([LIST_HEADER, ...lines, ''].join('\r\n'), 'latin1'));
  const question = { scope: {}, rule: 'house', kind: 'contacts' } as const;
  const found = await reconcile(home().lake, path, question, join(home().folder, 'tmp', 'todos'));
  expect(found.sums).toMatchObject({
    list: 10_000,
    ours: 20_000,
    matched: 10_000,
    byPhone: 10_000,
    agreeing: 10_000,
    onlyInList: 0,
  });
});
