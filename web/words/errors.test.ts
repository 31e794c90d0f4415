import { expect, test } from 'vitest';
import { BATCH_WARNINGS } from '../../src/intake/quarantine-words.ts';
import { REASON_CODES, told } from '../../src/intake/reasons.ts';
import { ERRORS, type ErrorCode, RamalError } from '../../src/kernel/errors.ts';
import { NULL_REASONS } from '../../src/metrics/answers.ts';
import { errorInEnglish } from './errors-en.ts';
import { WORDS } from './index.ts';
import { REASONS_EN } from './reasons-en.ts';

const DETAILS = {
  ...{ file: 'beta.csv', line: 12, received: 'A, B', layout: 'beta v1', expected: 4, missing: 'CPF', offset: 7 },
  ...{ where: '/data', name: 'RAMAL_PORT', home: '/home', pid: 9, cause: 'Parser Error', statement: 'SELECT' },
};

test('a failure is said in English with the details it came with', () => {
  const { message } = new RamalError('headerMismatch', DETAILS);
  const expected =
    'beta.csv: the columns CPF of layout beta v1 are missing; received: A, B. Check the layout or the file.';
  expect(errorInEnglish('headerMismatch', message)).toBe(expected);
  expect(errorInEnglish('', message)).toBe(expected);
  expect(errorInEnglish('', 'Something else')).toBe('Something else');
});

test('what is not there is called by its English name', () => {
  const missing = (what: string, received: string | number) =>
    errorInEnglish('notFound', new RamalError('notFound', { what, received, todo: 'Veja a página' }).message);
  expect(missing('divisão de clientes', 9)).toBe('There is no such division: 9.');
  expect(missing('base de clientes', 'nenhuma')).toBe('There is no such customer base.');
  expect(missing('coisa nova', 'x')).toBe('There is no such thing: x.');
});

test.for(Object.keys(ERRORS) as ErrorCode[])('%s leaves no gap in English', (code) => {
  const { message } = new RamalError(code, { ...DETAILS, what: 'x', todo: 'y' });
  expect(errorInEnglish(code, message)).not.toMatch(/[{}]|\s\.|: *\.|undefined/);
});

test.for(['pt', 'en'] as const)('every code of the API has its words, %s', (lang) => {
  const { codes } = WORDS[lang];
  expect(Object.keys(codes.nulls)).toEqual(Object.keys(NULL_REASONS));
  expect(Object.keys(codes.warnings)).toEqual(Object.keys(BATCH_WARNINGS));
});

test('every reason for a suggestion has its words in English, and names what the Portuguese names', () => {
  const values = { name: 'N7', type: 'text', share: 71, filled: 72, times: 73, first: 'F7', second: 'S7' };
  const all = { ...values, meaning: 'M7', from: 74, to: 75, record: 'R7', places: 76, field: 'D7' };
  const named = (text: string) => text.match(/[A-Z]?7\d?/g)?.toSorted() ?? [];
  for (const code of REASON_CODES) {
    const [english, portuguese] = [REASONS_EN[code](all), told({ code, values: all }).why];
    expect(named(english), code).toEqual(named(portuguese));
    expect(english, code).not.toBe(portuguese);
    expect(`${english} ${portuguese}`).not.toContain('undefined');
  }
});
