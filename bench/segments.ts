import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cost, type Line, measure, printLines, round } from './measure.ts';

const folder = mkdtempSync(join(tmpdir(), 'ramal-segments-'));
const lines: Line[] = [];
const tell = (what: string, { wallSeconds, peakGb, result }: Cost) =>
  process.stdout.write(`      ${what}: ${round(wallSeconds)} s, ${round(peakGb)} GB, ${JSON.stringify(result)}\n`);
const python = ['/usr/bin/python3', 'python3'].find(
  (one) => spawnSync(one, ['-c', 'import sklearn'], { stdio: 'ignore' }).status === 0,
);
if (!python) process.stdout.write('      scikit-learn is not installed here: no baseline\n');
try {
  for (const spread of [1, 0.5]) {
    const files = join(folder, 'mixture');
    const ours = await measure('mixture', ['50000', '20', '12', String(spread), files]);
    tell(`mixture, 50 k × 20 × 12, centers at ${spread}`, ours);
    if (!python) continue;
    const script = join(import.meta.dirname, 'parts', 'mixture.py');
    const theirs = JSON.parse(execFileSync(python, [script, files, '50000', '20', '12'], { encoding: 'utf8' })) as Cost;
    tell('scikit-learn', theirs);
    const what = `mixture, 50 k × 20 × 12, centers at ${spread}, over scikit-learn to the same bound`;
    lines.push({ what, got: ours.wallSeconds / theirs.wallSeconds, unit: '×', target: 0.7, atMost: true });
    const apart = Math.abs(ours.result.bound! - theirs.result.bound!);
    lines.push({ what: 'their bounds apart', got: apart, unit: '', target: 1e-6, atMost: true });
  }
  const large = await measure('mixture', ['500000', '20', '12', '1']);
  tell('mixture, 500 k × 20 × 12', large);
  const means = await measure('groups', ['500000', '20', '7', '1', 'kmeans']);
  tell('k-means, 500 k × 20, k = 2…12, with silhouettes', means);
  lines.push(
    { what: 'mixture, 500 k × 20 × 12', got: large.wallSeconds, unit: 's', target: 300, atMost: true },
    { what: 'its memory', got: large.peakGb, unit: 'GB', target: 1.5, atMost: true },
    { what: 'k-means, 500 k × 20, k = 2…12', got: means.wallSeconds, unit: 's', target: 60, atMost: true },
  );
  printLines(lines);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
