import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { LookAnswer, Watch, WatchedFileList, WatchList, WatchTest } from '../api/schema-watches.ts';
import type { Options } from './arguments.ts';
import type { Client } from './client.ts';
import { whole } from './shown.ts';
import { textTable } from './terminal.ts';
import { type Context, shownBy, usage } from './work.ts';

type Job = <T>(client: Client, url: string, body: unknown) => Promise<T>;

const FILE_STATES: Readonly<Record<string, string>> = {
  unmatched: 'sem fonte',
  growing: 'esperando completar',
  ready: 'completo',
  taken: 'carregando',
  waiting: 'espera decisão',
  loaded: 'carregado',
  refused: 'recusado',
};

/** `ramal watch …`. */
export async function watchCommand({ client, rest, options }: Context, job: Job): Promise<string | null> {
  const [action = 'list', name] = rest;
  const shown = shownBy(options);
  if (action === 'list') {
    const { watches } = await client.json<WatchList>('GET', '/api/watches');
    return shown(watches, (all) => textTable(all.map(watchRow)));
  }
  if (!name) throw usage('Falta o nome da vigia', 'Veja ramal watch --help');
  const url = `/api/watches/${encodeURIComponent(name)}`;
  if (action === 'add') {
    const watch = await client.json<Watch>('POST', '/api/watches', change(name, options));
    return shown(watch, () => `Vigia ${name} gravada. Confira com ramal watch test ${name}`);
  }
  if (action === 'test') return shown(await client.json<WatchTest>('POST', `${url}/test`), testText);
  if (action === 'files') {
    const state = options.state ? `&state=${encodeURIComponent(options.state)}` : '';
    const { files } = await client.json<WatchedFileList>('GET', `${url}/files?size=500${state}`);
    return shown(files, (all) => textTable(all.map(fileRow)));
  }
  if (action === 'remove') {
    if (!options.yes) throw usage('Falta --yes', `Repita com --yes para apagar a vigia ${name}`);
    return shown(await client.json('DELETE', url), () => `Vigia ${name} apagada; o que ela carregou fica`);
  }
  if (action !== 'run') throw usage(`Ação desconhecida: ${action}`, 'Use list, add, test, run, files ou remove');
  const look = () => job<LookAnswer>(client, `${url}/look${options.retry ? '?retry=true' : ''}`, undefined);
  if (!options.forever) return shown(await look(), lookText);
  if (options.json) throw usage('--json dá um documento, e --forever não acaba', 'Use um dos dois');
  return lookForever(client, name, look);
}

/** Looks until it is stopped; a failed look is told and the next one tries again. */
async function lookForever(client: Client, name: string, look: () => Promise<LookAnswer>): Promise<null> {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  while (!stopping.signal.aborted) {
    const { watches } = await client.json<WatchList>('GET', '/api/watches');
    const every = watches.find((watch) => watch.name === name)?.every ?? 60;
    const line = await look().then(lookText, (error: Error) => error.message);
    process.stderr.write(`${line}\n`);
    await pause(every * 1000, undefined, { signal: stopping.signal }).catch(() => {});
  }
  return null;
}

function change(name: string, options: Options) {
  const secret = {
    ...(options['password-file'] ? { password: secretOf(options['password-file']).replace(/\r?\n$/, '') } : {}),
    ...(options['key-file'] ? { privateKey: secretOf(options['key-file']) } : {}),
    ...(options['passphrase-file'] ? { passphrase: secretOf(options['passphrase-file']).replace(/\r?\n$/, '') } : {}),
  };
  const { place, pattern, every, settle, marker, after, region, fingerprint } = options;
  return {
    name,
    ...(place === undefined ? {} : { place: /^[a-z0-9+]+:\/\//i.test(place) ? place : resolve(place) }),
    ...(pattern === undefined ? {} : { patterns: pattern.map(patternOf) }),
    ...(every === undefined ? {} : { every: seconds('--every', every) }),
    ...(settle === undefined ? {} : { settle: seconds('--settle', settle) }),
    ...(marker === undefined ? {} : { marker: marker === '' ? null : marker }),
    ...(after === undefined ? {} : { after }),
    ...(region === undefined ? {} : { region }),
    ...(fingerprint === undefined ? {} : { fingerprint: fingerprint === '' ? null : fingerprint }),
    ...(options['trust-first'] ? { trustFirst: true } : {}),
    ...(options.on || options.off ? { enabled: options.on === true } : {}),
    ...(Object.keys(secret).length > 0 ? { secret } : {}),
  };
}

/** `beta_*.csv=beta`; the source is what follows the last `=`. */
function patternOf(text: string): { pattern: string; source: string | null } {
  const at = text.lastIndexOf('=');
  if (at < 1) throw usage(`Padrão sem fonte: ${text}`, 'Use --pattern PADRÃO=FONTE, ou PADRÃO= para deixar em paz');
  return { pattern: text.slice(0, at), source: text.slice(at + 1) || null };
}

function secretOf(path: string): string {
  return readFileSync(path, 'utf8');
}

function seconds(option: string, text: string): number {
  if (!/^\d+$/.test(text)) throw usage(`${option} inválido: ${text}`, 'Use segundos, como 60');
  return Number(text);
}

function watchRow({ name, place, every, enabled, files, lookedAt, message }: Watch) {
  return {
    vigia: name,
    lugar: place,
    'a cada': `${every} s`,
    ligada: enabled ? 'sim' : 'não',
    carregados: files.loaded,
    esperando: files.growing + files.ready + files.taken,
    'esperam decisão': files.waiting,
    'sem fonte': files.unmatched,
    recusados: files.refused,
    'última olhada': lookedAt === null ? '–' : lookedAt.slice(0, 16).replace('T', ' '),
    falha: message ?? '',
  };
}

function fileRow({ path, bytes, state, source, batch, message }: WatchedFileList['files'][number]) {
  return {
    arquivo: path,
    bytes,
    situação: FILE_STATES[state] ?? state,
    fonte: source,
    lote: batch,
    nota: message ?? '',
  };
}

function testText({ files, listed, matched }: WatchTest): string {
  const rows = files.map(({ path, bytes, source, message }) => ({
    arquivo: path,
    bytes,
    fonte: source,
    nota: message ?? '',
  }));
  const cut = listed > files.length ? ` (os ${files.length} primeiros acima)` : '';
  return [
    textTable(rows),
    `${whole(listed)} arquivos no lugar${cut}, ${whole(matched)} de uma fonte. Nada foi carregado.`,
  ]
    .filter(Boolean)
    .join('\n');
}

function lookText({ watch, listed, loaded, already, refused, waiting, files }: LookAnswer): string {
  const parts = [
    `${whole(loaded)} carregados`,
    `${whole(already)} já recebidos`,
    `${whole(refused)} recusados`,
    `${whole(waiting)} à espera de decisão`,
    `${whole(files.growing)} esperando completar`,
    `${whole(files.unmatched)} sem fonte`,
  ];
  return `${watch}: ${whole(listed)} arquivos no lugar; ${parts.join(', ')}`;
}
