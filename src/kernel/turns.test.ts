import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

/** Work that ends when it is told to. */
function work(log: string[], name: string) {
  let end: () => void = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return {
    end: () => end(),
    run: async () => {
      log.push(`${name} begins`);
      await ended;
      log.push(`${name} ends`);
      return name;
    },
  };
}
const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

test('so many at once, the others in order; one that fails or leaves gives its turn on', async () => {
  const turns = new Turns(2);
  const log: string[] = [];
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => work(log, name));
  const gone = new AbortController();
  const done = [
    turns.run(a!.run),
    turns.run(async () => {
      await b!.run();
      throw new Error('b fails');
    }),
    turns.run(c!.run, gone.signal),
    turns.run(d!.run),
  ];
  const outcomes = Promise.allSettled(done);
  await settle();
  expect(log).toEqual(['a begins', 'b begins']);
  gone.abort(new Error('nobody waits'));
  b!.end();
  await settle();
  expect(log).toEqual(['a begins', 'b begins', 'b ends', 'd begins']);
  a!.end();
  d!.end();
  expect(
    (await outcomes).map((one) => (one.status === 'fulfilled' ? one.value : (one.reason as Error).message)),
  ).toEqual(['a', 'b fails', 'nobody waits', 'd']);
  await expect(turns.run(async () => 'later', AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
  expect(await turns.run(async () => 'free')).toBe('free');
});

test('a turn that is given and not taken is the next one’s', async () => {
  const turns = new Turns(1);
  const gone = new AbortController();
  let end: () => void = () => {};
  const first = turns.run(
    () =>
      new Promise<void>((resolve) => {
        end = resolve;
      }),
  );
  const second = turns.run(async () => 'second', gone.signal).catch((error: Error) => error.message);
  const third = turns.run(async () => 'third');
  await settle();
  end();
  // After the second one's turn has come, before it begins.
  queueMicrotask(() => gone.abort(new Error('too late')));
  expect(await Promise.race([Promise.all([first, second, third]), settle()])).toEqual([undefined, 'too late', 'third']);
});
