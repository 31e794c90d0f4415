import { expect, test } from 'vitest';
import { contactView } from '../src/lake/reference/resolved.ts';
import { contactPage } from '../src/metrics/contact-rows.ts';
import { metricAnswer } from '../src/metrics/metric.ts';
import { indicatorNamed } from '../src/metrics/registry.ts';
import { prepareLake } from '../src/storage/lake-schema.ts';
import { callFile, KEYED } from './call-files.ts';
import { useHome } from './home.ts';

const home = useHome();
const FIRST = [1, 2, 3, 4, 5];
const SECOND = [6, 7, 8];

async function total(by: string[]): Promise<number> {
  const { rows } = await metricAnswer(home().lake, indicatorNamed('contacts'), { scope: {}, by });
  return rows.reduce((sum, { value }) => sum + (value ?? 0), 0);
}

test('a batch that no build saw is in no figure and in no list of rows, whatever the cut', async () => {
  await home().reset();
  await home().know(KEYED);
  await home().load({ content: callFile(FIRST) }, KEYED);
  await home().build();
  const before = await total(['queue', 'reason']);
  await home().load({ content: callFile(SECOND) }, KEYED);
  expect(await total(['queue', 'reason'])).toBe(before);
  expect(await total(['queue'])).toBe(before);
  expect(before).toBeGreaterThan(0);
  const { total: rows } = await contactPage(home().lake, { scope: {}, page: 1, size: 10 });
  expect(rows).toBe(FIRST.length);
  await home().build();
  expect((await contactPage(home().lake, { scope: {}, page: 1, size: 10 })).total).toBe(FIRST.length + SECOND.length);
});

test('gold made by other rules, statements or settings is made anew', async () => {
  await home().reset();
  await home().load({ content: callFile(FIRST) }, KEYED);
  await home().build();
  const [{ made_by: madeBy } = { made_by: '' }] = await home().rows<{ made_by: string }>(
    'SELECT made_by FROM gold.version',
  );
  const change = (text: string) =>
    home().lake.use((session) => session.run('UPDATE gold.version SET made_by = $text', { text }));
  expect(await home().build()).toMatchObject({ full: false, batches: [] });
  await change(madeBy.replace(/.$/, (last) => (last === '0' ? '1' : '0')));
  expect(await home().build()).toMatchObject({ full: true });
  expect(await home().build()).toMatchObject({ full: false });
});

test('a lake whose rows were lost is rebuilt from bronze, with its quarantine', async () => {
  await home().reset();
  await home().know(KEYED);
  const broken = callFile(SECOND).replace(/\n$/, '\nragged;line\n');
  await home().load({ content: broken }, KEYED);
  await home().build();
  const before = await home().snapshot();
  expect(before['silver.quarantine'].rows).toBe(1);
  await home().lake.use(async (session) => {
    for (const table of ['natural_key', 'contact', 'contact_event', 'identity', 'quarantine'])
      await session.run(`DELETE FROM silver.${table}`);
  });
  expect(await home().build()).toMatchObject({ full: true });
  expect(await home().snapshot()).toEqual(before);
});

test.each(['silver', 'marks', 'marts'])(
  'a build cancelled at %s leaves the figures before; the next completes it',
  async (step) => {
    await home().reset();
    await home().know(KEYED);
    await home().load({ content: callFile(FIRST) }, KEYED);
    await home().build();
    const gold = async () => Object.entries(await home().snapshot()).filter(([name]) => name.startsWith('gold.'));
    const before = await gold();
    await home().load({ content: callFile(SECOND) }, KEYED);
    const stop = new AbortController();
    const progress = (moment: { step: string }) => moment.step === step && stop.abort();
    const cancelled = await home()
      .build({ signal: stop.signal, progress })
      .catch((error: unknown) => error);
    expect(cancelled).toMatchObject({ code: 'cancelled' });
    expect(await gold()).toEqual(before);
    await home().build();
    const completed = await home().snapshot();
    await home().build({ full: true });
    expect(await home().snapshot()).toEqual(completed);
  },
);

test('what a killed build had typed is kept, and the rest is added', async () => {
  await home().reset();
  await home().know(KEYED);
  const first = await home().load({ content: callFile(FIRST) }, KEYED);
  await home().load({ content: callFile(SECOND) }, KEYED);
  expect(await home().store(first, KEYED)).toBe(FIRST.length);
  expect(await home().store(first, KEYED)).toBe(0);
  const { steps } = await home().build();
  expect(steps[0]).toMatchObject({ step: 'silver', rows: SECOND.length });
  const completed = await home().snapshot();
  await home().build({ full: true });
  expect(await home().snapshot()).toEqual(completed);
});

/** Opens the lake as another release left it. */
async function reopen(...differing: string[]): Promise<void> {
  await home().lake.use(async (session) => {
    await session.run('DROP VIEW gold.contact');
    for (const table of differing) await session.run(`ALTER TABLE ${table} ADD COLUMN former INTEGER`);
    await prepareLake(session);
    await session.run(contactView());
  });
}

const silverOf = (snapshot: object) => Object.entries(snapshot).filter(([name]) => name.startsWith('silver.'));

test('a release with other columns in gold makes gold anew, of the rows that silver has', async () => {
  await home().reset();
  await home().know(KEYED);
  await home().load({ content: callFile([...FIRST, ...SECOND]) }, KEYED);
  await home().build();
  const before = await home().snapshot();
  expect(before['silver.contact'].rows).toBeGreaterThan(0);
  await reopen('gold.contact_mart');
  const opened = await home().snapshot();
  expect(silverOf(opened)).toEqual(silverOf(before));
  expect(opened['gold.contact_mart'].rows).toBe(0);
  const { full, steps } = await home().build();
  expect([full, steps.map(({ step }) => step)]).toEqual([true, ['persons', 'marks', 'marts']]);
  expect(await home().snapshot()).toEqual(before);
});

test('where the release types otherwise too, or has other columns in silver, it starts from bronze', async () => {
  const before = await home().snapshot();
  await home().lake.use((session) =>
    session.run(`UPDATE gold.version SET made_by = replace(made_by, 'America/Sao_Paulo', 'UTC')`),
  );
  await reopen('gold.contact_mart');
  expect((await home().build()).steps.map(({ step }) => step)).toEqual(['silver', 'persons', 'marks', 'marts']);
  expect(await home().snapshot()).toEqual(before);
  await reopen('silver.identity', 'gold.mark');
  expect((await home().snapshot())['silver.contact'].rows).toBe(0);
  expect((await home().build()).steps.map(({ step }) => step)).toEqual(['silver', 'persons', 'marks', 'marts']);
  expect(await home().snapshot()).toEqual(before);
});
