import { chmodSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RamalError } from '../kernel/errors.ts';

/** What opens a door, by the name of its part: `password`, `privateKey`, … */
export type Secret = Readonly<Record<string, string>>;

/** The secrets of a home: one file each, of mode 0600, outside the ledger and all that is shown. */
export class Secrets {
  readonly #folder: string;

  constructor(home: string) {
    this.#folder = join(home, 'secrets');
  }

  /** The secret of that name; empty when there is none. */
  read(name: string): Secret {
    const path = this.#path(name);
    try {
      return JSON.parse(readFileSync(path, 'utf8')) as Secret;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return {};
      // The text of a parser's error holds a piece of what it read.
      throw new RamalError('unexpected', { what: `o segredo ${name} não pode ser lido` });
    }
  }

  /** Keeps a secret in place of the one before it; a kill leaves one of the two. */
  async write(name: string, secret: Secret): Promise<void> {
    const path = this.#path(name);
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    chmodSync(this.#folder, 0o700);
    const next = `${path}.new`;
    await rm(next, { force: true });
    const file = await open(next, 'wx', 0o600);
    try {
      await file.writeFile(JSON.stringify(secret));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(next, path);
  }

  remove(name: string): void {
    for (const path of [this.#path(name), `${this.#path(name)}.new`]) rmSync(path, { force: true });
  }

  #path(name: string): string {
    if (!/^[a-z0-9][a-z0-9-]{0,99}$/.test(name))
      throw new RamalError('usage', { what: `Nome de segredo inválido: ${name}`, todo: 'Use a-z, 0-9 e hífen' });
    return join(this.#folder, `${name}.json`);
  }
}

/** A text from elsewhere without any part of the secret in it. */
export function withoutSecret(text: string, secret: Secret): string {
  const parts = Object.values(secret).filter((part) => part !== '');
  const longestFirst = parts.toSorted((a, b) => b.length - a.length);
  return longestFirst.reduce((clean, part) => clean.replaceAll(part, '…'), text);
}
