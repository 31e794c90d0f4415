import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readArguments } from '../src/cli/arguments.ts';
import { type Client, socketClient } from '../src/cli/client.ts';
import { runCommand } from '../src/cli/run.ts';
import { TestApi } from './app.ts';
import { ROOT } from './tree.ts';

const out = mkdtempSync(join(tmpdir(), 'ramal-pratica-'));
let api: TestApi;
let client: Client;
let close: () => Promise<void>;
beforeAll(async () => {
  api = await TestApi.open();
  const { home } = api.app.config;
  const local = api.server.localServer();
  await new Promise<void>((resolve) => local.listen(join(home, 'ramal.sock'), resolve));
  client = socketClient(join(home, 'ramal.sock'), { home, pid: process.pid });
  close = async () => {
    local.closeAllConnections();
    await new Promise((resolve) => local.close(resolve));
    await api.close();
  };
});
afterAll(async () => {
  await close();
  rmSync(out, { recursive: true, force: true });
});

/** Where a command of the page finds or leaves a file: those of the product here, others in a folder of their own. */
function place(word: string): string {
  if (word.startsWith('data/')) return join(ROOT, word);
  return /\.(csv|txt)$/.test(word) ? join(out, word) : word;
}

/** What a line of the page prints, with the places as the page has them. */
async function run(line: string): Promise<string> {
  const [command, ...words] = line.split(' ');
  if (command === 'cat') return readFileSync(place(words[0]!), 'utf8').replaceAll('\r\n', '\n').trimEnd();
  const shown = await runCommand(client, readArguments(words.map(place)), new PassThrough());
  return (shown ?? '').replaceAll(`${out}/`, '');
}

const page = readFileSync(join(ROOT, 'docs', 'pratica.md'), 'utf8');
const commands = [...page.matchAll(/^```\n([\s\S]*?)^```$/gm)]
  .flatMap(([, block = '']) => block.split(/^(?=\$ )/m))
  .filter((part) => part.startsWith('$ '))
  .map((part) => {
    const [line = '', ...printed] = part.slice(2).trimEnd().split('\n');
    return { line, printed: printed.join('\n').trim() };
  });

test('the page has the three exercises', () => {
  expect([...page.matchAll(/^## .*$/gm)].map(([title]) => title)).toEqual([
    '## 1. Ler e mostrar',
    '## 2. Uma linha por CPF',
    '## 3. Três arquivos em um',
  ]);
  expect(commands.length).toBeGreaterThan(10);
});

test('every command of the page prints what the page says', async () => {
  for (const { line, printed } of commands) expect(`$ ${line}\n${await run(line)}`).toBe(`$ ${line}\n${printed}`);
});
