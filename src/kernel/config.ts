import { availableParallelism } from 'node:os';
import { isAbsolute, resolve } from 'node:path';
import { parseDay } from './brazil/dates.ts';
import { DDD_BY_UF } from './brazil/ddd.ts';
import { MONDAY_WEEKS, type WeekCount } from './brazil/weeks.ts';
import { RamalError } from './errors.ts';

interface Setting<T> {
  readonly help: string;
  readonly fallback: T;
  readonly read: (text: string) => T | undefined;
  /** What a right value looks like. */
  readonly expects: string;
}

const text: Setting<string>['read'] = (value) => (value.trim() === '' ? undefined : value.trim());
const whole = (low: number, high: number) => (value: string) => {
  const number = Number(value);
  return /^\d+$/.test(value.trim()) && number >= low && number <= high ? number : undefined;
};
const timeZone = (value: string) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
};
const address = (protocols: readonly string[]) => (value: string) => {
  const url = URL.parse(value.trim());
  return url && protocols.includes(url.protocol) && url.hostname !== '' ? value.trim().replace(/\/$/, '') : undefined;
};
const place = (value: string) => {
  const [, uf, city] = /^([a-z]{2})(?:\s*\/\s*(\S.*))?$/i.exec(value.trim()) ?? [];
  return uf && uf.toUpperCase() in DDD_BY_UF ? [uf.toUpperCase(), city?.trim()].filter(Boolean).join('/') : undefined;
};
const weeks = (value: string): WeekCount | undefined => {
  const [, day = '', number] = /^(\d{4}-\d{2}-\d{2})=([1-9]\d{0,3})$/.exec(value.trim()) ?? [];
  return parseDay(day) ? { first: day, number: Number(number) } : undefined;
};
const setting = <T>(help: string, fallback: T, expects: string, read: Setting<T>['read']): Setting<T> => ({
  help,
  fallback,
  expects,
  read,
});

/** Every setting, read from the environment variable of its name. */
export const SETTINGS = {
  RAMAL_HOME: setting('Pasta dos dados', './ramal-data', 'um caminho', text),
  PORT: setting('Porta das telas e da API', 8390, 'um número de 0 a 65535 (0 escolhe uma livre)', whole(0, 65535)),
  HOST: setting('Endereço em que escuta', '127.0.0.1', 'um endereço desta máquina', text),
  DATABASE_URL: setting('Servidor PostgreSQL da base de registro; vazio usa a embutida', '', 'postgres://…', text),
  RAMAL_TIME_ZONE: setting('Fuso dos horários do negócio', 'America/Sao_Paulo', 'um fuso da IANA', timeZone),
  RAMAL_WEEK: setting(
    'Semanas numeradas: o primeiro dia de uma delas e o número dela; vazio, de segunda a domingo e sem número',
    MONDAY_WEEKS,
    'um dia e um número, como 2025-06-13=25',
    weeks,
  ),
  RAMAL_PLACE: setting('Onde a central trabalha, para os feriados de lá', '', 'SP, ou SP/Santos', place),
  RAMAL_MISSING_LABEL: setting('Rótulo de texto ausente nas exportações', 'desconhecido', 'um texto', text),
  RAMAL_MEMORY: setting('Memória do motor analítico, em MB', 2600, 'um número de 256 a 1048576', whole(256, 1_048_576)),
  RAMAL_THREADS: setting(
    'Linhas de execução do motor analítico',
    availableParallelism(),
    'um número de 1 a 256',
    whole(1, 256),
  ),
  RAMAL_SMTP_URL: setting(
    'Servidor por onde saem os e-mails; vazio não envia',
    '',
    'smtp://usuário:senha@servidor:587 ou smtps://…',
    address(['smtp:', 'smtps:']),
  ),
  RAMAL_MAIL_FROM: setting('De quem são os e-mails', '', 'relatorios@empresa.com.br', text),
  RAMAL_URL: setting(
    'Endereço das telas como as pessoas o abrem, de e-mails, arquivos e endereços de entrada',
    '',
    'https://ramal.empresa.com.br',
    address(['http:', 'https:']),
  ),
  RAMAL_CHROMIUM: setting(
    'Programa do Chromium que imprime as telas em PDF; vazio é o desta máquina, nenhum não imprime',
    '',
    'um caminho, ou nenhum',
    text,
  ),
  RAMAL_DEMO_CONTACTS: setting(
    'Atendimentos da empresa de demonstração em uma base nova; 0 não a cria',
    120_000,
    'um número de 0 a 100000000',
    whole(0, 100_000_000),
  ),
} as const;

export type SettingName = keyof typeof SETTINGS;

/** The settings of a process, complete and checked. */
export interface Config {
  readonly home: string;
  readonly port: number;
  readonly host: string;
  readonly databaseUrl: string;
  readonly timeZone: string;
  readonly week: WeekCount;
  /** `SP` or `SP/Santos`; empty where nobody said. */
  readonly place: string;
  readonly missingLabel: string;
  readonly memoryMb: number;
  readonly threads: number;
  /** `smtp://user:password@host:587`; empty sends nothing. */
  readonly smtpUrl: string;
  readonly mailFrom: string;
  /** Where people open the screens; empty where nobody said. */
  readonly url: string;
  /** The program that prints screens; empty prints nothing. */
  readonly chromium: string;
  readonly demoContacts: number;
}

/**
 * The configuration from environment variables, total: a missing one takes its fallback.
 * @throws RamalError `setting` names the setting, the value received and where it was read.
 */
export function readConfig(environment: Record<string, string | undefined>, workingFolder: string): Config {
  const value = <N extends SettingName>(name: N): (typeof SETTINGS)[N]['fallback'] => {
    const received = environment[name];
    const { fallback, read, expects } = SETTINGS[name];
    if (received === undefined || received === '') return fallback;
    const parsed = read(received);
    if (parsed === undefined) {
      const where = `variável de ambiente ${name}`;
      // An address of mail holds a password.
      const shown = name === 'RAMAL_SMTP_URL' ? '***' : JSON.stringify(received);
      throw new RamalError('setting', { name, received: shown, where, todo: `use ${expects}` });
    }
    return parsed;
  };
  const home = value('RAMAL_HOME') as string;
  return {
    home: isAbsolute(home) ? home : resolve(workingFolder, home),
    port: value('PORT'),
    host: value('HOST'),
    databaseUrl: value('DATABASE_URL'),
    timeZone: value('RAMAL_TIME_ZONE'),
    week: value('RAMAL_WEEK'),
    place: value('RAMAL_PLACE'),
    missingLabel: value('RAMAL_MISSING_LABEL'),
    memoryMb: value('RAMAL_MEMORY'),
    threads: value('RAMAL_THREADS'),
    smtpUrl: value('RAMAL_SMTP_URL'),
    mailFrom: value('RAMAL_MAIL_FROM'),
    url: value('RAMAL_URL'),
    chromium: value('RAMAL_CHROMIUM'),
    demoContacts: value('RAMAL_DEMO_CONTACTS'),
  };
}
