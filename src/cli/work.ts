import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { JobView } from '../jobs/jobs.ts';
import { RamalError } from '../kernel/errors.ts';
import type { Options } from './arguments.ts';
import { type Client, follow } from './client.ts';
import { ProgressLine } from './terminal.ts';

/** What a command is run with. */
export interface Context {
  readonly client: Client;
  readonly rest: readonly string[];
  readonly options: Options;
  readonly stdout: NodeJS.WritableStream;
}

/** A command's work; resolves to what stdout shows, or null when it was streamed. */
export type Work = (context: Context) => Promise<string | null>;

/** Starts a job and watches it to its end on stderr. */
export async function job<T>(client: Client, url: string, body: unknown): Promise<T> {
  const line = new ProgressLine();
  try {
    return await follow<T>(client, await client.json<JobView>('POST', url, body), (view) => line.show(view));
  } finally {
    line.end();
  }
}

/** Copies what an address answers to stdout or to a file. */
export async function copy(
  client: Client,
  url: string,
  options: Options,
  stdout: NodeJS.WritableStream,
  body?: unknown,
): Promise<void> {
  const stream = await client.stream(url, body);
  if (options.out) {
    await pipeline(stream, createWriteStream(options.out, { mode: 0o600 }));
    process.stderr.write(`Gravado em ${options.out}\n`);
  } else await pipeline(stream, stdout, { end: false });
}

/** A day as the API takes it, also when it was written as in Brazil: `09/11/2026`. */
export function isoDay(text: string | undefined): string | undefined {
  const [, day, month, year] = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text ?? '') ?? [];
  return day ? `${year}-${month}-${day}` : text;
}

/** One JSON document, as `--json` prints it. */
export function json(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

/** What was wrong with what was typed, and what to type. */
export function usage(what: string, todo: string): RamalError {
  return new RamalError('usage', { what, todo });
}

/** What a command answers: its JSON, or the text that people read. */
export function shownBy({ json: asJson }: Options): <T>(answer: T, text: (answer: T) => string) => string {
  return (answer, text) => (asJson ? json(answer) : text(answer));
}

/** The items of `A,B`. */
export function listOf(text: string | undefined): string[] {
  return (text ?? '').split(',').filter((item) => item !== '');
}

/** The number that a word is. @throws RamalError `usage`. */
export function numbered(word: string | undefined, what: string, list: string): number {
  if (word !== undefined && /^\d+$/.test(word)) return Number(word);
  throw usage(word === undefined ? `Falta o número (${what})` : `Não é um número (${what}): ${word}`, `Veja ${list}`);
}

/** Deletes what an address names, once `--yes` says so. */
export async function removal(client: Client, url: string, options: Options, what: string): Promise<string> {
  if (!options.yes) throw usage('Falta --yes', `Repita com --yes para apagar ${what}`);
  const done = await client.json<{ removed: number }>('DELETE', url);
  return options.json ? json(done) : `Apagado: ${what}`;
}
