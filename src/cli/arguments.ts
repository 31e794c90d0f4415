import { parseArgs } from 'node:util';
import { RamalError } from '../kernel/errors.ts';
import { COMMANDS } from './commands.ts';

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
  once: { type: 'boolean' },
  now: { type: 'string', multiple: true },
  gone: { type: 'string', multiple: true },
  help: { type: 'boolean' },
  all: { type: 'boolean' },
  whole: { type: 'boolean' },
  months: { type: 'boolean' },
  mix: { type: 'boolean' },
  before: { type: 'string' },
  source: { type: 'string' },
  layout: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  by: { type: 'string' },
  where: { type: 'string', multiple: true },
  rule: { type: 'string' },
  order: { type: 'string' },
  than: { type: 'string' },
  file: { type: 'string' },
  window: { type: 'string' },
  watermark: { type: 'string' },
  format: { type: 'string' },
  out: { type: 'string' },
  port: { type: 'string' },
  host: { type: 'string' },
  contacts: { type: 'string' },
  customers: { type: 'string' },
  seed: { type: 'string' },
  column: { type: 'string' },
  value: { type: 'string' },
  reason: { type: 'string' },
  message: { type: 'string' },
  place: { type: 'string' },
  watch: { type: 'string' },
  pattern: { type: 'string', multiple: true },
  every: { type: 'string' },
  settle: { type: 'string' },
  marker: { type: 'string' },
  after: { type: 'string' },
  region: { type: 'string' },
  fingerprint: { type: 'string' },
  'trust-first': { type: 'boolean' },
  'password-file': { type: 'string' },
  'key-file': { type: 'string' },
  'passphrase-file': { type: 'string' },
  on: { type: 'boolean' },
  forever: { type: 'boolean' },
  retry: { type: 'boolean' },
  state: { type: 'string' },
  connector: { type: 'string' },
  url: { type: 'string' },
  at: { type: 'string' },
  limit: { type: 'string' },
  zone: { type: 'string' },
  skew: { type: 'string' },
  stdin: { type: 'boolean' },
  today: { type: 'boolean' },
  faults: { type: 'string' },
  day: { type: 'string' },
  month: { type: 'string' },
  row: { type: 'string' },
  line: { type: 'string', multiple: true },
  with: { type: 'string' },
  undo: { type: 'string' },
  table: { type: 'string', multiple: true },
  calls: { type: 'string' },
  interval: { type: 'string' },
  aht: { type: 'string' },
  agents: { type: 'string' },
  target: { type: 'string' },
  level: { type: 'string' },
  asa: { type: 'string' },
  occupancy: { type: 'string' },
  abandon: { type: 'string' },
  patience: { type: 'string' },
  shrinkage: { type: 'string' },
  horizon: { type: 'string' },
  due: { type: 'string' },
  channel: { type: 'string' },
  queue: { type: 'string' },
  shift: { type: 'string' },
  break: { type: 'string' },
  earliest: { type: 'string' },
  latest: { type: 'string' },
  people: { type: 'string' },
  'lack-weight': { type: 'string' },
  role: { type: 'string' },
  email: { type: 'string' },
  name: { type: 'string' },
  days: { type: 'string' },
  as: { type: 'string' },
  columns: { type: 'string' },
  tolerance: { type: 'string' },
  metric: { type: 'string' },
  above: { type: 'string' },
  below: { type: 'string' },
  limits: { type: 'boolean' },
  period: { type: 'string' },
  recipient: { type: 'string', multiple: true },
  follows: { type: 'string' },
  shared: { type: 'boolean' },
  owner: { type: 'string' },
  cause: { type: 'string' },
  id: { type: 'string' },
  method: { type: 'string' },
  k: { type: 'string' },
  components: { type: 'string' },
  covariance: { type: 'string' },
  labels: { type: 'string' },
  profile: { type: 'string' },
  resamples: { type: 'string' },
  missing: { type: 'string' },
  previous: { type: 'string' },
  customer: { type: 'string' },
  item: { type: 'string' },
  time: { type: 'string' },
  group: { type: 'string' },
  quantity: { type: 'string' },
  folds: { type: 'string' },
  support: { type: 'string' },
  confidence: { type: 'string' },
  baskets: { type: 'boolean' },
  base: { type: 'string' },
  groups: { type: 'string' },
  roles: { type: 'string' },
  playbook: { type: 'string' },
  key: { type: 'string', multiple: true },
  take: { type: 'string' },
  holdings: { type: 'string' },
  segment: { type: 'string' },
  cap: { type: 'string' },
  most: { type: 'string' },
  keep: { type: 'boolean' },
  earlier: { type: 'string' },
} as const;

export type OptionName = keyof typeof OPTIONS;

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

/**
 * @throws RamalError `usage` for a command that does not exist, an option that does not exist, lacks its value or is
 * another command's, and for words that the command does not take.
 */
export function readArguments(received: readonly string[]): Arguments {
  const { values, positionals } = parsed(received);
  const [command = values.help ? 'help' : '', ...rest] = positionals;
  if (command === 'help' || command === '') return { command: command || 'help', rest, options: values };
  const known = COMMANDS.find(({ name }) => name === command);
  if (!known)
    throw usage(`Comando desconhecido: ${command}`, `Existem: ${COMMANDS.map(({ name }) => name).join(', ')}`);
  const todo = `Veja ramal ${command} --help`;
  const stray = Object.keys(values).find(
    (name) => !['json', 'help', ...known.options].includes(name as OptionName | 'json'),
  );
  if (stray) throw usage(`--${stray} não vale em ramal ${command}`, todo);
  if (rest.length > known.words) throw usage(`Palavra a mais: ${rest[known.words]}`, todo);
  return { command, rest, options: values };
}

function parsed(received: readonly string[]): { values: Options; positionals: string[] } {
  try {
    return parseArgs({ args: [...received], options: OPTIONS, allowPositionals: true }) as {
      values: Options;
      positionals: string[];
    };
  } catch (cause) {
    const { code, message } = cause as Error & { code?: string };
    const option = /'(?:-\w, )?([^' ]+)/.exec(message)?.[1] ?? received.join(' ');
    const lacking =
      code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE' && OPTIONS[option.slice(2) as OptionName]?.type === 'string';
    throw usage(lacking ? `Falta o valor de ${option}` : `Opção não entendida: ${option}`, 'Veja ramal help', cause);
  }
}

function usage(what: string, todo: string, cause?: unknown): RamalError {
  return new RamalError('usage', { what, todo }, cause);
}
