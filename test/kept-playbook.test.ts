import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PlaybookView } from '../src/api/schema-playbook.ts';
import { playsInUse } from '../src/customers/personas/kept-playbook.ts';
import { USUAL_PLAYBOOK } from '../src/customers/personas/playbook.ts';
import { TestApi } from './app.ts';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.open();
});
afterAll(() => api?.close());

const PLAY = { name: 'Dorme', like: { value: 0.1, usage: 0 }, segments: ['Varejo'], pain: 'p', action: 'Ligar' };
const get = () => api.json<PlaybookView>('/api/playbook', { as: 'manager' });
const post = (plays: unknown) =>
  api.ask('/api/playbook', { as: 'manager', method: 'POST', body: plays === null ? {} : { plays } });

test('the customary one holds until another is kept; it comes back by one request, and all stay known', async () => {
  expect(await get()).toEqual({ plays: USUAL_PLAYBOOK, usual: true, history: [] });
  expect((await post([PLAY])).status).toBe(200);
  expect(await get()).toMatchObject({ plays: [PLAY], usual: false, history: [{ createdBy: 'pessoa-manager' }] });
  expect(await playsInUse(api.app)).toEqual([PLAY]);
  expect((await post(null)).status).toBe(200);
  const { plays, usual, history } = await get();
  expect([plays, usual, history.map((one) => one.plays)]).toEqual([USUAL_PLAYBOOK, true, [null, [PLAY]]]);
});

test('what is none is refused, and who may not ask is, too', async () => {
  expect((await post([PLAY, PLAY])).text).toContain('O roteiro repete Dorme');
  expect((await post([])).status).toBe(400);
  expect((await post([{ ...PLAY, like: { value: 2 } }])).status).toBe(400);
  expect((await api.ask('/api/playbook', { as: 'supervisor' })).status).toBe(403);
  expect((await get()).history).toHaveLength(2);
});
