import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { duration, ProgressLine, textTable } from './terminal.ts';

test.each([
  [0, '0 s'],
  [-3, '0 s'],
  [8.4, '8 s'],
  [59.4, '59 s'],
  [59.6, '1 min 0 s'],
  [125, '2 min 5 s'],
])('%d seconds read %s', (seconds, text) => expect(duration(seconds)).toBe(text));

describe('tables', () => {
  test('texts to the left, numbers to the right with a decimal comma, nothing as a dash', () => {
    const rows = [
      { fila: 'Vendas', n: 12, taxa: 0.123456 },
      { fila: 'SAC', n: 7, taxa: null },
    ];
    expect(textTable(rows)).toBe(
      ['fila     n    taxa', '──────  ──  ──────', 'Vendas  12  0,1235', 'SAC      7       –'].join('\n'),
    );
  });

  test('a column that only some rows have is there for all', () => {
    expect(textTable([{ a: 'x' }, { a: 'y', b: true }])).toBe(['a  b', '─  ────', 'x  –', 'y  true'].join('\n'));
  });

  test('no rows, no table', () => expect(textTable([])).toBe(''));
});

describe('progress', () => {
  const written: string[] = [];
  const out = (isTTY: boolean) =>
    ({ isTTY, write: (text: string) => written.push(text) > 0 }) as unknown as NodeJS.WriteStream;
  beforeEach(() => {
    written.length = 0;
    vi.useFakeTimers({ toFake: ['performance'] });
  });
  afterEach(() => vi.useRealTimers());
  const moment = { step: 'lendo', done: 25, total: 100 };

  test('work that is over within a second says nothing', () => {
    const line = new ProgressLine(out(true));
    vi.advanceTimersByTime(900);
    line.show(moment);
    line.end();
    expect(written).toEqual([]);
  });

  test('on a terminal one line renews itself, at most ten times a second, and is wiped at the end', () => {
    const line = new ProgressLine(out(true));
    vi.advanceTimersByTime(2000);
    line.show(moment);
    vi.advanceTimersByTime(50);
    line.show(moment);
    vi.advanceTimersByTime(1950);
    line.show({ ...moment, done: 50 });
    line.end();
    expect(written).toEqual(['\r\u001b[2Klendo 25%, faltam 6 s', '\r\u001b[2Klendo 50%, faltam 4 s', '\r\u001b[2K']);
  });

  test('elsewhere a line every five seconds', () => {
    const line = new ProgressLine(out(false));
    for (let second = 1; second <= 12; second++) {
      vi.advanceTimersByTime(1000);
      line.show({ step: 'lendo', done: second, total: 12 });
    }
    line.end();
    expect(written).toHaveLength(2);
    for (const text of written) expect(text).toMatch(/^lendo \d+%, faltam \d+ s\n$/);
  });

  test('time left is the server’s own where it tells, and nothing where there is no pace', () => {
    const line = new ProgressLine(out(false));
    vi.advanceTimersByTime(6000);
    line.show({ step: 'marcas', done: 0, total: 0, secondsLeft: 90 });
    vi.advanceTimersByTime(6000);
    line.show({ step: 'somas', done: 0, total: 0 });
    expect(written).toEqual(['marcas, faltam 1 min 30 s\n', 'somas\n']);
  });
});
