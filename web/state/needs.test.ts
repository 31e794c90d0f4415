import { expect, test } from 'vitest';
import { needing } from './needs.ts';
import type { Batch } from './shapes.ts';

let number = 0;
const batch = (source: string, quarantined: number, state: Batch['state'] = 'loaded'): Batch =>
  ({ batch: ++number, source, quarantined, state, file: `${source}-${number}.csv` }) as Batch;

test('files with a few rows in quarantine are told together by their source, the others by themselves', () => {
  const [own, large, failed] = [batch('meu', 2), batch('calls', 40), batch('calls', 0, 'failed')];
  const small = [1, 3, 2].map((rows) => batch('calls', rows));
  const { alone, together } = needing([own, ...small, large, batch('chat', 1), batch('chat', 1), failed]);
  expect(together).toEqual([{ source: 'calls', files: 3, rows: 6 }]);
  expect(alone.slice(0, 3)).toEqual([failed, own, large]);
  expect(alone.slice(3).map(({ source }) => source)).toEqual(['chat', 'chat']);
});
