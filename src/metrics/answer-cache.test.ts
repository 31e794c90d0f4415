import { expect, test } from 'vitest';
import { AnswerCache } from './answer-cache.ts';

/** A question whose answers are numbered. */
function counter() {
  let asked = 0;
  return async () => {
    asked += 1;
    return asked;
  };
}

test('a question of the same lake version is asked once, also while its answer is on its way', async () => {
  const cache = new AnswerCache();
  const ask = counter();
  expect(await Promise.all([cache.get({ version: 1 }, ['a'], ask), cache.get({ version: 1 }, ['a'], ask)])).toEqual([
    1, 1,
  ]);
  expect(await cache.get({ version: 1 }, ['a'], ask)).toBe(1);
});

test('another question, scope or version is asked anew', async () => {
  const cache = new AnswerCache();
  const ask = counter();
  expect(await cache.get({ version: 1 }, ['a', { from: '2026-01-01' }], ask)).toBe(1);
  expect(await cache.get({ version: 1 }, ['a', { from: '2026-01-02' }], ask)).toBe(2);
  expect(await cache.get({ version: 1 }, ['b', { from: '2026-01-01' }], ask)).toBe(3);
  expect(await cache.get({ version: 2 }, ['a', { from: '2026-01-01' }], ask)).toBe(4);
  expect(await cache.get({ version: 2 }, ['a', { from: '2026-01-01' }], ask)).toBe(4);
});

test('a new version forgets the answers of the old one', async () => {
  const cache = new AnswerCache();
  const ask = counter();
  await cache.get({ version: 1 }, 'a', ask);
  await cache.get({ version: 2 }, 'a', ask);
  expect(await cache.get({ version: 1 }, 'a', ask)).toBe(3);
});

test('refresh asks anyway, and what it got is kept', async () => {
  const cache = new AnswerCache();
  const ask = counter();
  await cache.get({ version: 1 }, 'a', ask);
  expect(await cache.get({ version: 1 }, 'a', ask, true)).toBe(2);
  expect(await cache.get({ version: 1 }, 'a', ask)).toBe(2);
});

test('a failure is not kept', async () => {
  const cache = new AnswerCache();
  const fails = () => Promise.reject(new Error('sem resposta'));
  await expect(cache.get({ version: 1 }, 'a', fails)).rejects.toThrow('sem resposta');
  expect(await cache.get({ version: 1 }, 'a', counter())).toBe(1);
});

test('the oldest of two thousand answers makes room', async () => {
  const cache = new AnswerCache();
  for (let question = 0; question < 2000; question++) await cache.get({ version: 1 }, question, async () => 'first');
  const again = async () => 'again';
  expect(await cache.get({ version: 1 }, 0, again)).toBe('first');
  expect(await cache.get({ version: 1 }, 2000, again)).toBe('again');
  expect(await cache.get({ version: 1 }, 1999, again)).toBe('first');
  expect(await cache.get({ version: 1 }, 0, again)).toBe('again');
});

test('an answer that the data changed under is asked again', async () => {
  const data = { version: 1 };
  const seen: number[] = [];
  const answer = await new AnswerCache().get(data, 'a', async () => {
    seen.push(data.version);
    if (seen.length === 1) data.version = 2;
    return data.version;
  });
  expect([answer, seen]).toEqual([2, [1, 2]]);
});

test('answers with very many rows leave, the oldest first; one that is larger than all is not kept', async () => {
  const cache = new AnswerCache();
  let asked = 0;
  const rowsOf = (count: number) => async () => {
    asked += 1;
    return { rows: Array.from({ length: count }, () => 0) };
  };
  const get = async (name: string, count: number) => {
    const before = asked;
    await cache.get({ version: 1 }, [name], rowsOf(count));
    return asked > before ? 'asked' : 'kept';
  };
  expect([await get('a', 200_000), await get('b', 200_000), await get('a', 200_000)]).toEqual([
    'asked',
    'asked',
    'kept',
  ]);
  expect([await get('c', 200_000), await get('b', 200_000), await get('a', 200_000)]).toEqual([
    'asked',
    'kept',
    'asked',
  ]);
  expect([await get('d', 600_000), await get('d', 600_000)]).toEqual(['asked', 'asked']);
});

test('who asks the same of the same data meets the same answer, in whatever order it is said', async () => {
  const cache = new AnswerCache();
  const data = { version: 1, asked: [] as string[] };
  const contacts = async (to: typeof data, question: { from: string; rows?: number | undefined }, name = '') => {
    to.asked.push(`contacts ${JSON.stringify(question)} ${name}`);
    return to.asked.length;
  };
  const others = async (to: typeof data, question: { from: string }) => to.asked.push(`others ${question.from}`);
  expect(await cache.answer(data, contacts, [{ from: 'a', rows: 2 }])).toBe(1);
  expect(await cache.answer(data, contacts, [{ rows: 2, from: 'a' }])).toBe(1);
  expect(await cache.answer(data, contacts, [{ from: 'a' }])).toBe(2);
  expect(await cache.answer(data, contacts, [{ from: 'a', rows: undefined }])).toBe(2);
  expect(await cache.answer(data, contacts, [{ from: 'a' }, 'b'])).toBe(3);
  expect(await cache.answer(data, others, [{ from: 'a' }])).toBe(4);
  expect(await cache.answer(data, contacts, [{ from: 'a' }], true)).toBe(5);
  expect(await cache.answer(data, contacts, [{ from: 'a' }])).toBe(5);
});
