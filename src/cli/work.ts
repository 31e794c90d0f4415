import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { JobView } from '../jobs/jobs.ts';
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
