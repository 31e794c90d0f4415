import { parseArgs } from 'node:util';
import { RamalError } from '../kernel/errors.ts';

const OPTIONS = {
  json: { type: 'boolean' },
  yes: { type: 'boolean' },
  full: { type: 'boolean' },
  receipt: { type: 'boolean' },
  rows: { type: 'boolean' },
  reveal: { type: 'boolean' },
  refresh: { type: 'boolean' },
  gross: { type: 'boolean' },
  off: { type: 'boolean' },
  help: { type: 'boolean' },
  source: { type: 'string' },
  layout: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  by: { type: 'string' },
  where: { type: 'string', multiple: true },
  rule: { type: 'string' },
  watermark: { type: 'string' },
  format: { type: 'string' },
  out: { type: 'string' },
  port: { type: 'string' },
  host: { type: 'string' },
  contacts: { type: 'string' },
  seed: { type: 'string' },
  column: { type: 'string' },
  value: { type: 'string' },
  reason: { type: 'string' },
} as const;

export type Options = {
  -readonly [K in keyof typeof OPTIONS]?: (typeof OPTIONS)[K] extends { multiple: true }
    ? string[]
    : (typeof OPTIONS)[K] extends { type: 'boolean' }
      ? boolean
      : string;
};

export interface Arguments {
  readonly command: string;
  readonly rest: readonly string[];
  readonly options: Options;
}

/** @throws RamalError `usage` for an option that does not exist. */
export function readArguments(received: readonly string[]): Arguments {
  try {
    const { values, positionals } = parseArgs({ args: [...received], options: OPTIONS, allowPositionals: true });
    return {
      command: positionals[0] ?? (values.help ? 'help' : ''),
      rest: positionals.slice(1),
      options: values as Options,
    };
  } catch (cause) {
    const unknown = /'([^']+)'/.exec((cause as Error).message)?.[1] ?? received.join(' ');
    throw new RamalError('usage', { what: `Opção não entendida: ${unknown}`, todo: 'Veja ramal help' }, cause);
  }
}
