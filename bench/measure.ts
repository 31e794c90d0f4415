import { spawn } from 'node:child_process';
import { cpus, totalmem } from 'node:os';

/** What one piece of work cost a process of its own. */
export interface Cost {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakGb: number;
  readonly result: Readonly<Record<string, number>>;
}

/** Runs `bench/parts/NAME.ts` in a process of its own; its last line of output is its cost. */
export async function measure(name: string, args: readonly string[] = []): Promise<Cost> {
  const script = `${import.meta.dirname}/parts/${name}.ts`;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`${name} ended with ${code}`);
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Cost;
}

/** To be called by the work itself: runs it and prints its cost. */
export async function report(work: () => Promise<Readonly<Record<string, number>> | undefined>): Promise<void> {
  const started = performance.now();
  const before = process.cpuUsage();
  const result = (await work()) ?? {};
  const { user, system } = process.cpuUsage(before);
  const cost: Cost = {
    wallSeconds: (performance.now() - started) / 1000,
    cpuSeconds: (user + system) / 1e6,
    peakGb: process.resourceUsage().maxRSS / 1e6,
    result,
  };
  process.stdout.write(`${JSON.stringify(cost)}\n`);
}

export function machine(): string {
  const [first] = cpus();
  return `${cpus().length} × ${first?.model.trim() ?? 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`;
}

/** One published figure beside its target. */
export interface Line {
  readonly what: string;
  readonly got: number;
  readonly unit: string;
  readonly target: number;
  /** Whether less is better. */
  readonly atMost: boolean;
}

export function printLines(lines: readonly Line[]): void {
  for (const { what, got, unit, target, atMost } of lines) {
    const met = atMost ? got <= target : got >= target;
    process.stdout.write(
      `${met ? 'ok  ' : 'miss'}  ${what}: ${round(got)} ${unit} (${atMost ? '≤' : '≥'} ${target})\n`,
    );
  }
}

export function round(value: number): number {
  return value >= 100 ? Math.round(value) : Math.round(value * 100) / 100;
}
