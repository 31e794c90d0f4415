import { posix, win32 } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diskName, nameTrick, shownName } from './names.ts';
import { depthOf, isLeft, matchPath } from './patterns.ts';

/** Names as an attacker makes them: any signs, and many of those that do harm. */
const harmful = fc.constantFrom(
  ...[
    '..',
    '.',
    '/',
    '\\',
    '\0',
    '\n',
    '\r',
    '\u001b',
    '\u202E',
    '\u2066',
    '\u200B',
    '\uFEFF',
    '\uD800',
    ' ',
    ':',
    '*',
  ],
  ...['CON', 'nul.csv', 'aux', 'com1', '~', '%2e%2e', 'ç', '😀', 'a'.repeat(120), '.csv', 'lote', '-rf', '$(x)', '`x`'],
);
const name = fc.oneof(
  fc
    .array(fc.oneof(harmful, fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 12 })
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
);
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

describe('the name of a fetched file on this disk', () => {
  it('is one plain name in the folder that it is put into, whatever it was called', () => {
    fc.assert(
      fc.property(name, (received) => {
        const made = diskName(received);
        expect(made).toMatch(/^[\p{L}\p{N}_-](?:[\p{L}\p{N}._ -]*[\p{L}\p{N}_-])?$/u);
        expect(made).not.toMatch(DEVICE);
        expect(Buffer.byteLength(made)).toBeLessThanOrEqual(200);
        expect(posix.join('/tmp/x', made)).toBe(`/tmp/x/${made}`);
        expect(win32.basename(made)).toBe(made);
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ['beta_01.csv', 'beta_01.csv'],
    ['pasta/ação nº 2.csv.gz', 'ação nº 2.csv.gz'],
    ['beta:01|*.csv', 'beta_01__.csv'],
    ['../../etc/passwd', 'passwd'],
    ['nul.csv', '_nul.csv'],
    ['...', 'arquivo'],
    [`${'b'.repeat(300)}.csv.gz`, `${'b'.repeat(179)}_${'b'.repeat(13)}.csv.gz`],
  ])('%j is kept as %j', (received, made) => expect(diskName(received)).toBe(made));
});

describe('a name that is not refused', () => {
  it('leads nowhere else and shows all that it is', () => {
    fc.assert(
      fc.property(name, (received) => {
        if (nameTrick(received) !== null) return;
        expect(posix.normalize(`/a/b/${received}`).startsWith('/a/b/')).toBe(true);
        expect(received).not.toMatch(/[\p{Cc}\p{Cs}\\]|[\u202A-\u202E\u2066-\u2069\u200B-\u200F]/u);
        for (const part of received.split('/')) {
          expect(['', '.', '..']).not.toContain(part);
          expect(part).not.toMatch(DEVICE);
          expect(Buffer.byteLength(part)).toBeLessThanOrEqual(200);
        }
        expect(shownName(received)).toBe(received.length > 500 ? shownName(received) : received);
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    'beta_01.csv',
    'AÇÃO 2026-03-02 (final).xlsx',
    "d'água & «x».csv.gz",
    'pasta/beta.csv',
    '日本.csv',
    'a..b.csv',
  ])('is %j', (good) => expect(nameTrick(good)).toBeNull());
  it.each([
    '../x.csv',
    'a/../x.csv',
    '/x.csv',
    'a//x.csv',
    './x.csv',
    'x.csv.',
    ' x.csv',
    'LPT1',
    'com².csv',
    '\uFFFD.csv',
  ])('is not %j', (bad) => expect(nameTrick(bad)).not.toBeNull());
});

describe('a name as it is shown', () => {
  it('holds nothing that cannot be seen, and can be stored', () => {
    fc.assert(
      fc.property(name, (received) => {
        const shown = shownName(received);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cs}]|[\u202A-\u202E\u2066-\u2069\u200B-\u200F\uFEFF]/u);
        expect(shown.length).toBeLessThanOrEqual(500);
        expect(shown.isWellFormed()).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });
});

describe('patterns', () => {
  const patterns = [
    { pattern: 'teste_*', source: null },
    { pattern: 'beta_*.csv', source: 'beta' },
    { pattern: '*/gama.csv', source: 'gama' },
  ];
  it.each([
    ['beta_1.csv', { source: 'beta' }],
    ['BETA_1.CSV', { source: 'beta' }],
    ['teste_beta_1.csv', 'left'],
    ['dentro/beta_1.csv', 'unmatched'],
    ['dentro/gama.csv', { source: 'gama' }],
    ['beta_1.csv.gz', 'unmatched'],
  ])('%s is %j', (path, match) => expect(matchPath(path, patterns)).toEqual(match));

  it('say how deep to look', () => {
    expect([depthOf([]), depthOf(patterns), depthOf([{ pattern: '**/x.csv', source: null }])]).toEqual([0, 1, 6]);
  });

  it.each([
    'x.csv.PART',
    'a/x.tmp',
    '.oculto',
    '.oculta/x.csv',
    'a/.b/x.csv',
    'carregados',
    'carregados/x.csv',
    '~$x.xlsx',
    'x.csv~',
  ])('%s is passed over', (path) => expect(isLeft(path)).toBe(true));
  it.each(['x.csv', 'a/x.csv', 'x.partes.csv', 'a/carregados/x.csv', '..'])('%s is not', (path) =>
    expect(isLeft(path)).toBe(false),
  );
});
