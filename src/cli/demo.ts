import { resolve } from 'node:path';
import { DEFAULT_CUSTOMERS, writeDemo } from '../demo/demo.ts';
import { RamalError } from '../kernel/errors.ts';
import type { Arguments } from './arguments.ts';
import { ProgressLine } from './terminal.ts';
import { isoDay } from './work.ts';

/** Writes the files of the demonstration company. */
export async function demoFiles({ options }: Arguments): Promise<string> {
  const contacts = Number(options.contacts);
  const seed = Number(options.seed ?? '1');
  const customers = Number(options.customers ?? DEFAULT_CUSTOMERS);
  if (!Number.isInteger(contacts) || !options.out) {
    throw new RamalError('usage', {
      what: 'Faltam --contacts ou --out',
      todo: 'Use ramal demo --contacts N [--customers N] [--earlier DATA] --seed S --out PASTA',
    });
  }
  const line = new ProgressLine();
  const manifest = await writeDemo({
    contacts,
    customers,
    seed,
    out: resolve(options.out),
    ...(options.earlier === undefined ? {} : { earlier: isoDay(options.earlier)! }),
    onProgress: (done, total) => line.show({ step: 'escrevendo', done, total }),
  });
  line.end();
  const summary = {
    contacts,
    customers,
    seed,
    out: resolve(options.out),
    files: manifest.files.length,
    from: manifest.from,
    until: manifest.until,
  };
  return options.json
    ? JSON.stringify(summary, null, 2)
    : `${summary.files} arquivos em ${summary.out}, de ${summary.from} a ${summary.until}`;
}
