import { expect, test } from 'vitest';
import { COLUMN_WORDS, columnInside, columnWord } from '../src/intake/column-words.ts';
import { targetOf } from '../src/intake/targets/index.ts';
import { columns } from '../web/words/columns-pt.ts';

test('commands call the columns of contacts as the screens do', () => {
  for (const [name, word] of Object.entries(COLUMN_WORDS)) expect([name, word]).toEqual([name, columns[name]]);
  const mappable = Object.keys(columns).filter((name) => targetOf({ into: 'contact' }).mappable(name));
  const given = ['row_id', 'batch_id', 'source', 'contact_id', 'day', 'identity', 'identity_kind'];
  expect(mappable.filter((name) => !(name in COLUMN_WORDS)).sort()).toEqual(given.sort());
});

test('with the code in brackets, and in a sentence without a capital', () => {
  expect(columnWord('queue')).toBe('Fila (queue)');
  expect(columnInside('satisfaction')).toBe('nota (satisfaction)');
  expect(columnInside('cpf')).toBe('CPF (cpf)');
  expect(columnWord('valor_aberto')).toBe('valor_aberto');
});
