import { expect, test } from 'vitest';
import { readArguments } from './arguments.ts';

test('a command, what it is about, and its options in any order', () => {
  expect(
    readArguments(['--json', 'metric', 'contacts', '--by', 'day,agent', '--where', 'queue=A', '--where=queue=B']),
  ).toEqual({
    command: 'metric',
    rest: ['contacts'],
    options: { json: true, by: 'day,agent', where: ['queue=A', 'queue=B'] },
  });
});

test('paths with spaces and what follows -- are taken as they are', () => {
  expect(readArguments(['intake', 'a b.csv', '--yes', '--', '--c.csv'])).toEqual({
    command: 'intake',
    rest: ['a b.csv', '--c.csv'],
    options: { yes: true },
  });
});

test('nothing is no command; --help alone is help', () => {
  expect(readArguments([])).toEqual({ command: '', rest: [], options: {} });
  expect(readArguments(['--help']).command).toBe('help');
  expect(readArguments(['metric', '--help'])).toMatchObject({ command: 'metric', options: { help: true } });
});

test.each([
  [['metric', '--fromm', '2026-01-01'], '--fromm'],
  [['metric', '-x'], '-x'],
  [['metric', '--by'], '--by'],
  [['metric', '--json=sim'], '--json'],
])('%j names the option that is wrong', (received, option) => {
  expect(() => readArguments(received)).toThrow(
    expect.objectContaining({
      code: 'usage',
      exit: 2,
      message: expect.stringMatching(new RegExp(`^Opção não entendida: ${option}.*\\. Veja ramal help$`)),
    }),
  );
});
