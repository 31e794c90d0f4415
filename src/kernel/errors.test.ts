import { expect, test } from 'vitest';
import { ERRORS, type ErrorCode, RamalError } from './errors.ts';
import { asRamalError } from './thrown.ts';

test('a message is the phrase with its details, each of them once filled', () => {
  const error = new RamalError('notFound', { what: 'fonte', received: 'x', todo: 'Existem: a.' });
  expect(error.message).toBe('Não existe fonte: x. Existem: a.');
  expect(error).toMatchObject({ name: 'RamalError', code: 'notFound', status: 404, exit: 1 });
  expect(new RamalError('notFound', { what: 'lote', received: 7, todo: '' }).message).toBe('Não existe lote: 7.');
});

test('a detail is never read as a place to fill', () => {
  expect(new RamalError('fileEmpty', { file: '{what} $& $1' }).message).toContain('O arquivo {what} $& $1 está vazio.');
});

test('the cause is kept, and absent when there is none', () => {
  const cause = new Error('x');
  expect(new RamalError('unexpected', { what: 'x' }, cause).cause).toBe(cause);
  expect('cause' in new RamalError('unexpected', { what: 'x' })).toBe(false);
});

test('each error is a full sentence, an HTTP failure and a command’s failure', () => {
  for (const code of Object.keys(ERRORS) as ErrorCode[]) {
    const { status, exit, phrase } = ERRORS[code];
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    expect([1, 2]).toContain(exit);
    expect(phrase).toMatch(/[.}]$/);
    const details = Object.fromEntries([...phrase.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name!, `<${name}>`]));
    expect(new RamalError(code, details).message).not.toMatch(/[{}]|undefined/);
  }
});

/** As the driver of PostgreSQL throws it. */
function postgresError(code: string, message: string) {
  return Object.assign(new Error(message), { name: 'PostgresError', code, query: 'SELECT  1' });
}

test.each<[unknown, ErrorCode, string]>([
  [Object.assign(new Error('x'), { code: 'ENOSPC', path: '/dados/lake' }), 'diskFull', '/dados/lake'],
  [Object.assign(new Error('x'), { code: 'ENOSPC' }), 'diskFull', 'RAMAL_HOME'],
  [Object.assign(new Error('x'), { code: 'ENOENT', path: '/a.csv' }), 'fileMissing', '/a.csv'],
  [new Error('quebrou'), 'unexpected', 'quebrou'],
  [postgresError('53100', 'could not extend file'), 'diskFull', 'PostgreSQL'],
  [
    postgresError('22P02', 'invalid input syntax: "11987654321"'),
    'query',
    'SELECT 1 falhou: 22P02 invalid input syntax: …',
  ],
  ['um texto', 'unexpected', 'um texto'],
  [undefined, 'unexpected', 'undefined'],
])('what is thrown becomes one of ours: %s', (thrown, code, said) => {
  const error = asRamalError(thrown);
  expect(error.code).toBe(code);
  expect(error.message).toContain(said);
  if (thrown !== undefined) expect(error.cause).toBe(thrown);
});

test('one of ours stays itself', () => {
  const error = new RamalError('notSignedIn');
  expect(asRamalError(error)).toBe(error);
});
