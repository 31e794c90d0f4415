import { appendFileSync, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findChromium } from '../src/cli/find-chromium.ts';

export interface PostgresPrograms {
  initdb: string;
  postgres: string;
}

/** By the name of the Debian package that brings it. */
export type Service = 'chromium' | 'postgresql' | FileService;

/** What the servers of files and of mail on loopback are made of. */
export const FILE_SERVICES = {
  'openssh-server': '/usr/sbin/sshd',
  'proftpd-core': '/usr/sbin/proftpd',
  'proftpd-mod-crypto': '/usr/lib/proftpd/mod_tls.so',
  openssl: '/usr/bin/openssl',
  'python3-aiosmtpd': '/usr/lib/python3/dist-packages/aiosmtpd/main.py',
  'swift-proxy': '/usr/bin/swift-proxy-server',
  'swift-account': '/usr/bin/swift-account-server',
  'swift-container': '/usr/bin/swift-container-server',
  'swift-object': '/usr/bin/swift-object-server',
} as const;
export type FileService = keyof typeof FILE_SERVICES;

/** True in `npm run test:full`: kill, fuzz and soak runs. Files named `*.full.test.ts` run only then. */
export const full = process.env.RAMAL_TEST_FULL === '1';

/** Tells whether so many seconds are over: what is tried at random then ends, however slow the machine. */
export function deadline(seconds: number): () => boolean {
  const end = Date.now() + seconds * 1000;
  return () => Date.now() > end;
}

/** The system's Chromium, or undefined: the caller then skips and the test command says so. */
export function chromium(): string | undefined {
  return found('chromium', findChromium(process.env.PATH ?? ''));
}

/** The system's PostgreSQL server programs, or undefined: the caller then skips and the test command says so. */
export function postgres(): PostgresPrograms | undefined {
  return found('postgresql', findPostgres());
}

/** Whether all of these are installed: otherwise the caller skips and the test command says so. */
export function fileServices(...names: FileService[]): boolean {
  return names.map((name) => found(name, findFileService(name))).every((path) => path !== undefined);
}

/** Path of an installed server of files, without noting a skip. */
export function findFileService(name: FileService): string | undefined {
  return existsSync(FILE_SERVICES[name]) ? FILE_SERVICES[name] : undefined;
}

/** Paths of the newest installed PostgreSQL server, without noting a skip. */
export function findPostgres(): PostgresPrograms | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => join(debian, version, 'bin')), ...pathFolders()];
  return folders
    .map((folder) => ({ initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') }))
    .find((programs) => existsSync(programs.initdb) && existsSync(programs.postgres));
}

function found<T>(service: Service, value: T | undefined): T | undefined {
  const file = process.env.RAMAL_SKIPPED;
  if (value === undefined && file !== undefined) appendFileSync(file, `${service}\n`);
  return value;
}

function pathFolders(): string[] {
  return (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
}
