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

test('nothing and --help alone are help', () => {
  expect(readArguments([])).toEqual({ command: 'help', rest: [], options: {} });
  expect(readArguments(['--help']).command).toBe('help');
  expect(readArguments(['metric', '--help'])).toMatchObject({ command: 'metric', options: { help: true } });
});

test.each([
  [['metric', '--fromm', '2026-01-01'], 'Opção não entendida: --fromm. Veja ramal help'],
  [['metric', '-x'], 'Opção não entendida: -x. Veja ramal help'],
  [['metric', '--by'], 'Falta o valor de --by. Veja ramal help'],
  [['metric', '--by', '--json'], 'Falta o valor de --by. Veja ramal help'],
  [['metric', '--json=sim'], 'Opção não entendida: --json. Veja ramal help'],
  [['metric', 'contacts', '--window', '7d'], '--window não vale em ramal metric. Veja ramal metric --help'],
  [['batch', 'rollback', '199', '198'], 'Palavra a mais: 198. Veja ramal batch --help'],
  [['start', '9472'], 'Palavra a mais: 9472. Veja ramal start --help'],
])('%j says what is wrong: %s', (received, message) => {
  expect(() => readArguments(received)).toThrow(expect.objectContaining({ code: 'usage', exit: 2, message }));
});

test('a command that does not exist is told with those that do', () => {
  expect(() => readArguments(['batches', '--help'])).toThrow(/^Comando desconhecido: batches\. Existem: start, serve/);
});
