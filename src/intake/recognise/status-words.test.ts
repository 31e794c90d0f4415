import { expect, test } from 'vitest';
import { statusOf } from './status-words.ts';

test.each([
  ['Atendida', 'answered'],
  ['ATENDIDO', 'answered'],
  ['answered', 'answered'],
  ['Transferida', 'answered'],
  ['Abandonada', 'abandoned'],
  ['Não atendida', 'abandoned'],
  ['Chamada perdida', 'abandoned'],
  ['Encerrado', 'closed'],
  ['Resolvido pelo agente', 'closed'],
  ['Em andamento', 'open'],
  ['Pendente', 'open'],
  ['Não houve atendimento', 'void'],
  ['Ocupado', 'void'],
  ['Atendida e abandonada', null],
  ['Não encerrado', null],
  ['S', null],
  ['', null],
])('%s is %s', (text, status) => {
  expect(statusOf(text)).toBe(status);
});
