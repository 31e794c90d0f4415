import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { homeOwner, lockHome } from './home-lock.ts';

let home = '';
const path = () => join(home, 'home.lock');
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ramal-lock-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** A process id that nobody has now. */
function goneProcess(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

describe('a lock', () => {
  it('is taken, seen and released', () => {
    expect(homeOwner(home)).toBeNull();
    const lock = lockHome(home);
    expect(homeOwner(home)).toBe(process.pid);
    lock.release();
    expect(homeOwner(home)).toBeNull();
    expect(existsSync(path())).toBe(false);
  });

  it('makes the home when it is not there', () => {
    const lock = lockHome(join(home, 'novo', 'ramal-data'));
    expect(homeOwner(join(home, 'novo', 'ramal-data'))).toBe(process.pid);
    lock.release();
  });

  it('of a live process stands, and says whose it is', () => {
    lockHome(home);
    expect(() => lockHome(home)).toThrow(new RegExp(`${home} já está aberta pelo processo ${process.pid}\\. Feche-o`));
  });

  it('leaves nothing else in the home', () => {
    lockHome(home).release();
    lockHome(home);
    expect(readdirSync(home)).toEqual(['home.lock']);
  });
});

describe('a lock left behind', () => {
  it('by a process that is gone is taken over', () => {
    writeFileSync(path(), JSON.stringify({ pid: goneProcess(), started: '1' }));
    expect(homeOwner(home)).toBeNull();
    lockHome(home);
    expect(JSON.parse(readFileSync(path(), 'utf8'))).toMatchObject({ pid: process.pid });
  });

  it.skipIf(process.platform !== 'linux')('by a process whose id another one has now is taken over', () => {
    writeFileSync(path(), JSON.stringify({ pid: process.ppid, started: '1' }));
    expect(homeOwner(home)).toBeNull();
    lockHome(home);
    expect(homeOwner(home)).toBe(process.pid);
  });

  it.each(['', '{', 'null', '{"pid":"x"}'])('that cannot be read (%j) is taken over', (content) => {
    writeFileSync(path(), content);
    lockHome(home);
    expect(homeOwner(home)).toBe(process.pid);
  });

  it('goes to one of many that want it at once', async () => {
    const rounds = 60;
    const runners = 4;
    const gate = new SharedArrayBuffer(8 * rounds);
    const won = new SharedArrayBuffer(4 * rounds);
    const stale = JSON.stringify({ pid: goneProcess(), started: '1' });
    const homes = Array.from({ length: rounds }, () => mkdtempSync(join(home, 'h-')));
    for (const one of homes) writeFileSync(join(one, 'home.lock'), stale);
    const workers = Array.from(
      { length: runners },
      () => new Worker(CONTENDER, { eval: true, workerData: { gate, won, runners, homes, module: MODULE } }),
    );
    await Promise.all(workers.map((worker) => new Promise((resolve) => worker.once('exit', resolve))));
    expect([...new Int32Array(won)]).toEqual(Array(rounds).fill(1));
  });
});

const MODULE = join(import.meta.dirname, 'home-lock.ts');
/** Waits until all are there, tries, and counts who won. Threads of one process stand for processes. */
const CONTENDER = `
  const { workerData: { gate, won, runners, homes, module } } = require('node:worker_threads');
  import(module).then(({ lockHome }) => {
    const arrived = new Int32Array(gate);
    const count = new Int32Array(won);
    for (const [round, home] of homes.entries()) {
      Atomics.add(arrived, round, 1);
      while (Atomics.load(arrived, round) < runners);
      try { lockHome(home); Atomics.add(count, round, 1); } catch (error) { if (error.code !== 'homeLocked') throw error; }
    }
  });`;
