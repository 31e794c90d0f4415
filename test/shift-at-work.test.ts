import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Shift } from '../src/api/schema-shift.ts';
import { addDays } from '../src/kernel/brazil/dates.ts';
import { stretchFile, stretchLayout } from './agent-files.ts';
import { TestApi } from './app.ts';
import { call, callsFile, loadInto } from './shift-calls.ts';

const DAY = '2026-11-19';
let api: TestApi;

beforeAll(async () => {
  api = await TestApi.open();
  // 11:00 of that day where the center is.
  api.clock.at = new Date(`${DAY}T14:00:00Z`);
  await loadInto(
    api,
    'demo-calls',
    'ligacoes.csv',
    callsFile([
      call(DAY, '08:00:00'),
      call(DAY, '08:05:00', { agent: 'A2' }),
      call(DAY, '08:15:00', { agent: 'A3', queue: 'Cobrança' }),
      call(DAY, '08:44:10', { agent: null }),
    ]),
  );
});
afterAll(() => api?.close());

test('who was at work is told by a source of agents’ time, of whom handled what is in view', async () => {
  const atWork = async (query = '') =>
    (await api.json<Shift>(`/api/shift${query}`)).shift!.halfHours.flatMap(({ from, atWork: people }) =>
      people === null ? [] : [[from, people]],
    );
  expect(await atWork()).toEqual([]);
  await api.app.layouts.save(stretchLayout('estados'), { by: 'teste' });
  const at = (agent: string, from: string, to: string, state: string) =>
    `${agent};${DAY} ${from}:00;${DAY} ${to}:00;${state}`;
  await loadInto(
    api,
    'estados',
    'estados.csv',
    stretchFile([
      at('A1', '08:00', '08:30', 'Falando'),
      at('A1', '08:30', '09:00', 'Livre'),
      at('A2', '08:00', '08:25', 'Falando'),
      at('A2', '08:25', '08:30', 'Livre'),
      at('A2', '08:30', '09:00', 'Almoço'),
      at('A3', '08:00', '08:15', 'Treinamento'),
      at('A3', '08:15', '08:30', 'Falando'),
      // Nobody in view was ever with this one.
      at('Z9', '08:00', '09:00', 'Livre'),
      // The last that is told: of a day that goes on it may be told in part.
      at('A1', '09:30', '09:40', 'Livre'),
    ]),
  );
  // By the calls the shift goes until 08:44: the half-hour after is not over.
  expect(await atWork()).toEqual([['08:00', 2.5]]);
  expect(await atWork('?at=11:00')).toEqual([
    ['08:00', 2.5],
    ['08:30', 1],
  ]);
  expect(await atWork('?at=11:00&where=queue=Cobran%C3%A7a')).toEqual([['08:00', 0.5]]);
  expect(await atWork('?where=account=Banco')).toEqual([]);
  expect(await atWork(`?day=${addDays(DAY, -7)}`)).toEqual([]);
  api.clock.at = new Date(`${addDays(DAY, 1)}T14:00:00Z`);
  expect(await atWork(`?day=${DAY}&at=11:00`)).toEqual([
    ['08:00', 2.5],
    ['08:30', 1],
    ['09:30', 1 / 3],
  ]);
  api.clock.at = new Date(`${DAY}T14:00:00Z`);
});
