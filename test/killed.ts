import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

/** A process of its own that works on a home, to be killed at some moment: a script of this folder, and what it is told. */
export function startChild(script: string, args: readonly string[]): ChildProcess {
  const path = join(import.meta.dirname, script);
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', path, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Resolves at the child's word, or at its end, with the milliseconds since it was asked. */
export function heard(child: ChildProcess, word: string): Promise<number> {
  const began = performance.now();
  return new Promise((resolve) => {
    child.stdout?.on('data', (text: Buffer) => {
      if (text.toString().includes(word)) resolve(performance.now() - began);
    });
    child.once('exit', () => resolve(performance.now() - began));
  });
}

export function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

/** Kills the child at a random moment of the `span` milliseconds after it opened its home; true when it was not done. */
export async function killSomewhere(child: ChildProcess, span: number): Promise<boolean> {
  await heard(child, 'open');
  await new Promise((resolve) => setTimeout(resolve, Math.random() * span * 1.05));
  child.kill('SIGKILL');
  await ended(child);
  return child.signalCode === 'SIGKILL';
}

/** Lets the child do all of its work; resolves to how long that took once its home was open, in milliseconds. */
export async function undisturbed(child: ChildProcess): Promise<number> {
  await heard(child, 'open');
  const span = await heard(child, 'done');
  await ended(child);
  if (child.exitCode !== 0) throw new Error(`The child ended with ${child.exitCode}`);
  return span;
}
