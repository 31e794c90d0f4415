import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cost, type Line, measure, printLines, round } from './measure.ts';

const [CUSTOMERS, ITEMS] = ['1000000', '300'];
const folder = mkdtempSync(join(tmpdir(), 'ramal-offers-'));
const lines: Line[] = [];
const tell = (what: string, { wallSeconds, peakGb, result }: Cost) =>
  process.stdout.write(`      ${what}: ${round(wallSeconds)} s, ${round(peakGb)} GB, ${JSON.stringify(result)}\n`);
const python = ['/usr/bin/python3', 'python3'].find(
  (one) => spawnSync(one, ['-c', 'import scipy'], { stdio: 'ignore' }).status === 0,
);
if (!python) process.stdout.write('      scipy is not installed here: no baseline\n');
try {
  const files = join(folder, 'offers');
  const ours = await measure('offers', [CUSTOMERS, ITEMS, ...(python ? [files] : [])]);
  tell('EASE^R and ten offers each, 1 million × 300', ours);
  const seconds = ours.result.counted! + ours.result.learnt! + ours.result.offered!;
  lines.push(
    { what: 'learning and ten offers each, 1 million × 300', got: seconds, unit: 's', target: 60, atMost: true },
    { what: 'its memory', got: ours.peakGb, unit: 'GB', target: 1, atMost: true },
  );
  if (python) {
    const script = join(import.meta.dirname, 'parts', 'offers.py');
    const theirs = JSON.parse(execFileSync(python, [script, files, ITEMS], { encoding: 'utf8' })) as Cost;
    tell('scipy and numpy', theirs);
    lines.push(
      { what: 'the same over scipy and numpy', got: seconds / theirs.wallSeconds, unit: '×', target: 1, atMost: true },
      { what: 'their weights apart', got: theirs.result.apart!, unit: '', target: 1e-9, atMost: true },
      { what: 'customers with the same offers', got: theirs.result.same!, unit: '', target: 0.9999, atMost: false },
    );
  }
  const wide = await measure('offers', ['20000', '3500']);
  tell('EASE^R and ten offers each, 20 k × 3,500', wide);
  lines.push({ what: 'EASE^R of 3,500 items', got: wide.result.learnt!, unit: 's', target: 30, atMost: true });
  const whole = await measure('offers-file', [CUSTOMERS, ITEMS, folder]);
  tell('a file of their 8 million purchases, evaluated', whole);
  lines.push(
    { what: 'a file of 8 million purchases, evaluated', got: whole.wallSeconds, unit: 's', target: 120, atMost: true },
    { what: 'its memory', got: whole.peakGb, unit: 'GB', target: 2.5, atMost: true },
  );
  printLines(lines);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
