import { spawn } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { findChromium } from '../src/cli/find-chromium.ts';
import { FILE_SERVICES, type FileService, findFileService, findPostgres, type Service } from './services.ts';

const SERVICES = {
  chromium: () => findChromium(process.env.PATH ?? ''),
  postgresql: findPostgres,
  ...(Object.fromEntries(
    (Object.keys(FILE_SERVICES) as FileService[]).map((name) => [name, () => findFileService(name)]),
  ) as Record<FileService, () => unknown>),
} satisfies Record<Service, () => unknown>;

/** Debian's own way to say that a package that is installed must not start its server. */
const POLICY = '/usr/sbin/policy-rc.d';

/** The services whose system package is not on this machine. */
export function missingServices(): Service[] {
  return (Object.keys(SERVICES) as Service[]).filter((service) => SERVICES[service]() === undefined);
}

/** Installs what is missing where that is allowed (root on Debian); returns why it was not, or undefined. */
export async function installMissing(missing: Service[]): Promise<string | undefined> {
  if (missing.length === 0) return undefined;
  if (!existsSync('/etc/debian_version')) return 'only installed by itself on Debian';
  if (process.getuid?.() !== 0) return 'only installed by itself under root';
  const label = `Installing ${missing.join(', ')} with apt-get`;
  const wait = ['-o', 'DPkg::Lock::Timeout=120', '-qq'];
  const update = await aptGet(`${label}: package lists`, ['update', ...wait]);
  if (update !== undefined) return update;
  const ours = !existsSync(POLICY);
  if (ours) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    return await aptGet(`${label}: packages`, ['install', '-y', '--no-install-recommends', ...wait, ...missing]);
  } finally {
    if (ours) rmSync(POLICY, { force: true });
  }
}

/** The one closing line about services that tests had to do without. */
export function skippedLine(skipped: Service[], why: string | undefined): string {
  const names = [...new Set(skipped)].sort();
  const reason = why === undefined ? 'not found after installing' : why;
  return `Skipped for want of ${names.join(', ')} (${reason}). To run them: apt-get install ${names.join(' ')}, or the same from your system's packages, on PATH.`;
}

function aptGet(label: string, args: string[]): Promise<string | undefined> {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const show = () => process.stderr.write(`${label} (${seconds()} s)\n`);
  show();
  const timer = setInterval(show, 10_000);
  const child = spawn('apt-get', args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return new Promise((resolve) => {
    const settle = (failure: string | undefined) => {
      clearInterval(timer);
      resolve(failure);
    };
    child.on('error', (error) => settle(`apt-get: ${error.message}`));
    child.on('close', (code) => {
      const lines = output.split('\n').filter((line) => line.startsWith('E: '));
      settle(code === 0 ? undefined : `apt-get ${args[0]} failed with ${code}: ${lines[0] ?? 'no message'}`);
    });
  });
}
