import fc from 'fast-check';
import { beforeEach, expect, it } from 'vitest';
import type { Layout } from '../src/intake/layout.ts';
import { type LoadedFile, loadFiles } from '../src/intake/load.ts';
import { silent } from '../src/kernel/progress.ts';
import { callFile, dayOfCalls, KEYED, KEYLESS } from './call-files.ts';
import { useHome } from './home.ts';
import { full } from './services.ts';

const home = useHome();
beforeEach(() => home().reset());

/** Loads files in one go; resolves to what each gave, and to the failure that stopped it. */
async function together(paths: readonly string[], layout: Layout, signal?: AbortSignal) {
  const loaded: LoadedFile[] = [];
  try {
    const options = { layout, by: 'teste', progress: silent, ...(signal ? { signal } : {}) };
    for await (const one of loadFiles(home(), paths, options)) loaded.push(one);
    return { loaded, error: null };
  } catch (error) {
    return { loaded, error };
  }
}

const counts = ({ batch, already }: LoadedFile) => {
  const { batch_id, state, rows_read, loaded, quarantined, duplicate, fills, warnings, first_day, last_day } = batch;
  return { batch_id, state, rows_read, loaded, quarantined, duplicate, fills, warnings, first_day, last_day, already };
};

it('files that are loaded together become what they become one by one', async () => {
  await home().know(KEYED);
  await home().know(KEYLESS);
  const files = fc.array(dayOfCalls(), { minLength: 2, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(KEYED, KEYLESS), files, fc.nat(), async (layout, numbers, repeat) => {
      // A line that no reader splits, and one file given twice.
      const contents = numbers.map((some, index) => `${callFile(some)}${index % 2 ? 'uma;linha;curta\n' : ''}`);
      contents.push(contents[repeat % contents.length]!);
      const paths = contents.map((content, index) => home().file(`${index}.csv`, content));
      const found = [];
      for (const chunks of [paths.map((path) => [path]), [paths]]) {
        await home().reset();
        const loaded: LoadedFile[] = [];
        for (const chunk of chunks) loaded.push(...(await together(chunk, layout)).loaded);
        await home().build();
        found.push({ loaded: loaded.map(counts), tables: await home().snapshot() });
      }
      expect(found[1]).toEqual(found[0]);
      // The one given twice is known again, unless it differs so much from the others that it waits for a person.
      const { state } = found[0]!.loaded[repeat % numbers.length]!;
      expect(found[0]!.loaded.at(-1)!.already).toBe(state === 'loaded');
    }),
    { numRuns: full ? 30 : 3 },
  );
}, 240_000);

it('a file that cannot be read stops there: those before it are in, it and those after are not', async () => {
  const paths = [
    home().file('a.csv', callFile([1, 2, 3])),
    home().file('b.csv', callFile([31, 32])),
    home().file('c.csv', 'nome;cpf\n'),
    home().file('d.csv', callFile([61])),
  ];
  const { loaded, error } = await together(paths, KEYED);
  expect(error).toMatchObject({ code: 'headerUnknown' });
  expect(loaded.map(({ batch }) => [batch.file_name, batch.state, batch.loaded])).toEqual([
    ['a.csv', 'loaded', 3],
    ['b.csv', 'loaded', 2],
  ]);
  const { rows } = await home().batches.list({ page: 1, size: 10 });
  expect(rows.map(({ file_name, state }) => [file_name, state])).toEqual([
    ['c.csv', 'failed'],
    ['b.csv', 'loaded'],
    ['a.csv', 'loaded'],
  ]);
});

it('when the ledger fails between two of them, the first is in and nothing of the others', async () => {
  await home().know(KEYED);
  // The third repeats a row of the second: it must not count as held by a batch that is not there.
  const paths = [
    [1, 2],
    [31, 32],
    [32, 33, 34],
  ].map((some, index) => home().file(`${index}.csv`, callFile(some)));
  const { finish } = home().batches;
  let finished = 0;
  home().batches.finish = (...details) =>
    ++finished === 2 ? Promise.reject(new Error('sem registro')) : finish.apply(home().batches, details);
  const { loaded, error } = await together(paths, KEYED);
  home().batches.finish = finish;
  expect(error).toMatchObject({ code: 'unexpected' });
  expect(loaded.map(({ batch }) => batch.file_name)).toEqual(['0.csv']);
  const keys = await home().rows('SELECT batch_id, count(*) AS rows FROM silver.natural_key GROUP BY ALL');
  expect(keys).toEqual([{ batch_id: 1, rows: 2 }]);
  const again = await together(paths, KEYED);
  expect(again.loaded.map(({ already, batch }) => [already, batch.loaded, batch.duplicate])).toEqual([
    [true, 2, 0],
    [false, 2, 0],
    [false, 2, 1],
  ]);
});

it('a stop cuts the file at hand; what was received before it is in', async () => {
  const stop = new AbortController();
  const paths = [1, 31, 61].map((number) => home().file(`${number}.csv`, callFile([number])));
  const layout = KEYED;
  const progress = ({ step }: { step: string }) => step === 'lendo 61.csv' && stop.abort();
  const options = { layout, by: 'teste', progress, signal: stop.signal };
  const load = async () => {
    for await (const _ of loadFiles(home(), paths, options));
  };
  await expect(load()).rejects.toMatchObject({ code: 'cancelled' });
  const { rows } = await home().batches.list({ page: 1, size: 10 });
  expect(rows.map(({ file_name, state }) => [file_name, state])).toEqual([
    ['61.csv', 'failed'],
    ['31.csv', 'loaded'],
    ['1.csv', 'loaded'],
  ]);
  expect(await home().rows('SELECT count(*) AS rows FROM silver.natural_key')).toEqual([{ rows: 2 }]);
});
