#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const NODE_MAJOR = 24;
const NEED_NODE = `Ramal precisa do Node ${NODE_MAJOR} ou mais novo nesta máquina (aqui: Node ${process.versions.node}, ${process.platform}-${process.arch}). Instale-o de https://nodejs.org e repita o comando.`;

const root = dirname(fileURLToPath(import.meta.url));
const modules = join(root, 'node_modules');
const web = join(root, 'web');

class Failure extends Error {}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (thrown) {
  if (!(thrown instanceof Failure)) throw thrown;
  process.stderr.write(`ramal: ${thrown.message}\n`);
  process.exitCode = 1;
}

async function main(args) {
  await install();
  mend();
  const node = findNode();
  const [first, ...rest] = args;
  if (first === '--test') return run(node, [join(root, 'test', 'run.ts'), ...rest]);
  if (first === '--screens' || first === 'start' || first === 'serve') await buildScreens(node);
  if (first === '--screens') return 0;
  return run(node, [join(root, 'src', 'main.ts'), ...args]);
}

async function install() {
  const stamp = join(modules, '.ramal-lock');
  const lock = readOr(join(root, 'package-lock.json'));
  if (lock === '') throw new Failure(`falta package-lock.json em ${root}. Baixe o repositório de novo.`);
  const wanted = digest(lock);
  const fresh = () => readOr(stamp) === wanted;
  if (fresh()) return;
  await alone('install', fresh, async () => {
    const names = packagesHere(lock);
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    args.push('--include=dev', '--include=optional');
    const { code, output } = await watched(`Instalando ${names.length} pacotes`, npm(args), () => {
      return names.filter((name) => existsSync(join(root, name, 'package.json'))).length / names.length;
    });
    if (code !== 0) throw new Failure(`a instalação falhou (npm ci, código ${code}): ${reason(output)}`);
    writeFileSync(stamp, wanted);
  });
}

/**
 * Mends the PostgreSQL driver, which ends the process when a server goes away while rows are read from it, until a
 * version does it: https://github.com/porsager/postgres/issues/1208. Left as it is where this user may not write.
 */
function mend() {
  const file = join(modules, 'postgres', 'src', 'connection.js');
  const text = readOr(file);
  const cleared = '    clearImmediate(nextWriteTimer)\n';
  const written = '    const x = socket.write(chunk, fn)\n';
  const mended = text
    .replaceAll(cleared, `${cleared}    chunk = nextWriteTimer = null;\n`)
    .replace(written, `    if (socket === null) return (chunk = nextWriteTimer = null)\n${written}`);
  if (mended === text || text.includes('socket === null) return')) return;
  const made = `${file}.${process.pid}`;
  if (attempt(() => writeFileSync(made, mended))) renameSync(made, file);
}

async function buildScreens(node) {
  if (!existsSync(join(web, 'vite.config.ts'))) return;
  const stamp = join(web, 'dist', '.stamp');
  const wanted = digest(readOr(join(root, 'package-lock.json')), ...sources(web));
  const fresh = () => readOr(stamp) === wanted;
  if (fresh()) return;
  await alone('screens', fresh, async () => {
    rmSync(stamp, { force: true });
    const vite = join(modules, 'vite', 'bin', 'vite.js');
    const command = { file: node, args: [vite, 'build', '--logLevel', 'warn'], options: { cwd: web } };
    const { code, output } = await watched('Construindo as telas', command);
    if (code !== 0) {
      process.stderr.write(output);
      throw new Failure(`as telas não foram construídas (vite build em ${web}, código ${code}). O motivo está acima.`);
    }
    mkdirSync(dirname(stamp), { recursive: true });
    writeFileSync(stamp, wanted);
  });
}

function findNode() {
  if (Number.parseInt(process.versions.node, 10) >= NODE_MAJOR) return process.execPath;
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const file = system === 'win' ? 'node.exe' : 'node';
  const path = join(modules, `node-${system}-${process.arch}`, 'bin', file);
  if (!existsSync(path)) throw new Failure(NEED_NODE);
  return path;
}

function run(node, args) {
  const env = {
    ...process.env,
    UV_THREADPOOL_SIZE: String(Math.max(16, Number(process.env.UV_THREADPOOL_SIZE) || 0)),
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(modules, '.cache', 'compile'),
  };
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...args], { stdio: 'inherit', env });
  // A terminal sends its Ctrl-C to the child as well; forwarding it would make it two.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.on('error', () => reject(new Failure(NEED_NODE)));
    child.on('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}

/** Runs `work` in one process at a time; the others wait until `done()` or until it is their turn. */
async function alone(name, done, work) {
  // The owner is an empty folder named by its process id: making and removing one is atomic, so is taking over.
  const lock = join(root, `.ramal-${name}.lock`);
  const mine = join(lock, String(process.pid));
  let told = false;
  while (!take(lock, mine)) {
    if (!told) process.stderr.write(`Outro processo já está nisto (${lock}); aguardando.\n`);
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 200));
    if (done()) return;
  }
  const beat = setInterval(() => touch(lock), 2000);
  const release = () => {
    clearInterval(beat);
    attempt(() => rmdirSync(mine));
    attempt(() => rmdirSync(lock));
  };
  try {
    if (!done()) await work();
  } finally {
    release();
  }
}

function take(lock, mine) {
  if (attempt(() => mkdirSync(lock))) return attempt(() => mkdirSync(mine));
  const owners = list(lock);
  const silent = Date.now() - (statOr(lock)?.mtimeMs ?? Date.now()) > 60_000;
  if (owners.length === 0) {
    if (silent) attempt(() => rmdirSync(lock));
    return false;
  }
  const gone = owners.every((owner) => !alive(Number(owner)));
  if (!gone && !silent) return false;
  return attempt(() => rmdirSync(join(lock, owners[0]))) && attempt(() => mkdirSync(mine));
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return thrown.code === 'EPERM';
  }
}

/** Runs a command silently and shows its progress on stderr, with the time left when `share` knows it. */
async function watched(label, { file, args, options }, share) {
  const started = Date.now();
  const child = spawn(file, args, { cwd: root, ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  const tty = process.stderr.isTTY;
  const show = () => {
    const elapsed = (Date.now() - started) / 1000;
    const done = share?.() ?? 0;
    const left = done > 0.05 && done < 1 ? `, faltam cerca de ${Math.ceil((elapsed * (1 - done)) / done)} s` : '';
    const percent = share ? ` ${Math.floor(done * 100)}%` : '';
    process.stderr.write(
      `${tty ? '\r\x1b[K' : ''}${label}…${percent} (${Math.round(elapsed)} s${left})${tty ? '' : '\n'}`,
    );
  };
  process.stderr.write(`${label}…${tty ? '' : '\n'}`);
  const timer = setInterval(show, tty ? 500 : 5000);
  const stop = (signal) => child.kill(signal);
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const code = await new Promise((resolve) => {
    child.on('error', (error) => {
      output += error.message;
      resolve(127);
    });
    child.on('close', (status, signal) => resolve(status ?? 128 + constants.signals[signal]));
  });
  clearInterval(timer);
  process.off('SIGINT', stop).off('SIGTERM', stop);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  process.stderr.write(`${tty ? '\r\x1b[K' : ''}${label}: ${code === 0 ? 'pronto' : 'falhou'} (${seconds} s)\n`);
  return { code, output };
}

function npm(args) {
  // Without node_modules/.bin in PATH: npm must not run on the Node it is about to replace.
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((part) => !part.endsWith(join('node_modules', '.bin')))
    .join(delimiter);
  const options = { env: { ...process.env, PATH: path }, shell: process.platform === 'win32' };
  return { file: 'npm', args, options };
}

/** The folders that `npm ci` will make on this platform. */
function packagesHere(lock) {
  const { packages } = JSON.parse(lock);
  const fits = (field, here) => {
    const wanted = [field ?? []].flat();
    if (wanted.includes(`!${here}`)) return false;
    return wanted.includes(here) || wanted.every((name) => name.startsWith('!'));
  };
  return Object.entries(packages)
    .filter(([name, entry]) => name !== '' && !entry.link)
    .filter(([, entry]) => fits(entry.os, process.platform) && fits(entry.cpu, process.arch))
    .map(([name]) => name);
}

function reason(output) {
  const lines = output
    .split('\n')
    .map((line) => line.replace(/^npm (error|warn)\s*/i, '').trim())
    .filter(
      (line) => line !== '' && !/^(syscall|errno|path|dest|type|address|port)\b|complete log of this run/.test(line),
    );
  return lines.slice(0, 2).join(': ').slice(0, 300) || 'sem mensagem';
}

function* sources(folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (path === join(web, 'dist') || entry.name === 'node_modules') continue;
    if (entry.isDirectory()) {
      yield* sources(path);
    } else if (!entry.name.endsWith('.test.ts')) {
      yield path.slice(root.length).split(sep).join('/');
      yield readFileSync(path);
    }
  }
}

function digest(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
}

function readOr(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

function list(folder) {
  return existsSync(folder) ? readdirSync(folder) : [];
}

function statOr(path) {
  return statSync(path, { throwIfNoEntry: false });
}

function touch(path) {
  attempt(() => utimesSync(path, new Date(), new Date()));
}

function attempt(work) {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}
