import { appendFileSync, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface PostgresPrograms {
  initdb: string;
  postgres: string;
}

export type Service = 'chromium' | 'postgresql';

/** True in `npm run test:full`: kill, fuzz and soak runs. Files named `*.full.test.ts` run only then. */
export const full = process.env.RAMAL_TEST_FULL === '1';

/** The system's Chromium, or undefined: the caller then skips and the test command says so. */
export function chromium(): string | undefined {
  return found('chromium', findChromium());
}

/** The system's PostgreSQL server programs, or undefined: the caller then skips and the test command says so. */
export function postgres(): PostgresPrograms | undefined {
  return found('postgresql', findPostgres());
}

/** Path of an installed Chromium or Chrome, without noting a skip. */
export function findChromium(): string | undefined {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const fixed = [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ];
  return [...names.flatMap(onPath), ...fixed].find((path) => existsSync(path));
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

function onPath(name: string): string[] {
  return pathFolders().map((folder) => join(folder, name));
}

function pathFolders(): string[] {
  return (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
}
