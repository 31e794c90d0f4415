import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readdirSync, renameSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { writeXlsx } from 'hucre';
import { afterAll, describe, expect, it } from 'vitest';
import type { BatchRecord } from '../src/intake/batches.ts';
import { bronzePath } from '../src/intake/bronze.ts';
import type { Layout } from '../src/intake/layout.ts';
import { loadFile, recover } from '../src/intake/load.ts';
import { type ErrorCode, RamalError } from '../src/kernel/errors.ts';
import { asRamalError } from '../src/kernel/thrown.ts';
import { lockHome } from '../src/storage/home-lock.ts';
import { CALL_COLUMNS, call, callFile, KEYED, KEYLESS } from './call-files.ts';
import { openHome, useHome } from './home.ts';

const home = useHome();
const GOOD = [2, 3, 4, 31, 32];
/** Values of people in the rows: no message may hold them. */
const PERSONAL = /9?8765-?4321|MARIA|529\.?982|@example/i;

const HEADER = `${CALL_COLUMNS.join(';')}\n`;

/** The error of a load that must fail, its phrase checked: one line, names the file, says what to do, no person. */
async function failure(work: Promise<unknown>, file: string): Promise<RamalError> {
  const error = await work.then(
    () => new Error('it loaded'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof RamalError)) throw error;
  expect(error.message).not.toMatch(/[\n\r]/);
  expect(error.message).toContain(file);
  expect(error.message).toMatch(/(Peça|Envie|Confira|Indique|Tente|salve|Corrija|Carregue|Libere|Feche)/);
  expect(error.message).not.toMatch(PERSONAL);
  expect(error.message.length).toBeLessThan(700);
  return error;
}

async function nothingOf(batch: BatchRecord | undefined): Promise<void> {
  if (batch === undefined) return;
  expect(batch.state).toBe('failed');
  expect(existsSync(bronzePath(home().folder, batch.source, batch.batch_id))).toBe(false);
  for (const table of ['contact', 'contact_event', 'identity', 'quarantine']) {
    const rows = await home().rows(`SELECT * FROM silver.${table} WHERE batch_id = $batch`, { batch: batch.batch_id });
    expect(rows).toEqual([]);
  }
}

/** A file that cannot load: nothing stays of it, and the next good one loads. */
async function refused(name: string, content: string | Uint8Array, layout: Layout | string = KEYED) {
  const before = (await home().batches.list({ page: 1, size: 1 })).total;
  const path = home().file(name, content);
  const error = await failure(home().load(path, layout), name);
  const { rows, total } = await home().batches.list({ page: 1, size: 1 });
  if (total > before) {
    expect(rows[0]?.message).toBe(error.message);
    await nothingOf(rows[0]);
  }
  expect(readdirSync(join(home().folder, 'tmp')).filter((one) => one.includes('records'))).toEqual([]);
  const good = await home().load({ content: callFile([...GOOD, total + 5000]) }, KEYED);
  expect(good).toMatchObject({ state: 'loaded', rows_read: GOOD.length + 1 });
  return { code: error.code, message: error.message, batch: total > before };
}

describe('a file that cannot be read is refused in one line, and nothing of it stays', () => {
  const latin = (text: string) => Buffer.from(text, 'latin1');
  const rows = callFile(GOOD);
  const MARIA = `${HEADER}MARIA;${call(2).join(';')}`;
  const CASES: [string, string, string | Uint8Array, ErrorCode, RegExp, (Layout | string)?][] = [
    ['empty', 'vazio.csv', '', 'fileEmpty', /está vazio/],
    ['only a header', 'cabecalho.csv', HEADER, 'fileNoRows', /nenhum registro/],
    ['only blank lines', 'brancos.csv', '\n\r\n\n', 'headerUnknown', /campos recebidos: 0/],
    [
      'binary',
      'foto.csv',
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
      'fileForeign',
      /é uma imagem, e não uma tabela/,
    ],
    [
      'binary of no known kind',
      'dados.csv',
      Buffer.from([0x41, 0x42, 0x0d, 0x0a, 0, 0, 0, 13]),
      'fileBinary',
      /posição 4/,
    ],
    ['UTF-16 with a mark', 'u16.csv', Buffer.from(`\ufeff${rows}`, 'utf16le'), 'fileDamaged', /UTF-16/],
    ['UTF-16 without a mark', 'u16s.csv', Buffer.from(rows, 'utf16le'), 'fileBinary', /posição 1/],
    [
      'missing columns',
      'curto.csv',
      rows.replace(/^id;leg;(.*)$/m, (_, others: string) => `id;leg;${others.replaceAll(/[a-z_]+/g, 'x')}`),
      'headerMismatch',
      /faltam as colunas start, .*recebido: id, leg, x/,
    ],
    [
      'another file altogether',
      'outro.csv',
      'nome;cpf\nMARIA;529.982.247-25\n',
      'headerUnknown',
      /campos recebidos: 2\)/,
    ],
    [
      'a file without its header',
      'semcab.csv',
      rows.slice(rows.indexOf('\n') + 1),
      'headerUnknown',
      /colunas esperadas, \d+: id, leg, start, …; campos recebidos: \d+\)/,
    ],
    ['a quote that never closes', 'aspas.csv', `${rows}"aberta;${MARIA}\n`, 'fileDamaged', /linha 7 não fecham/],
    [
      'a 10 MB field in quotes that never close',
      'dez.csv',
      `${HEADER}"${'MARIA '.repeat(1_800_000)}`,
      'fileDamaged',
      /linha 2 não fecham em/,
    ],
    [
      'truncated gzip',
      'curto.csv.gz',
      gzipSync(latin(callFile(Array.from({ length: 2000 }, (_, i) => i)))).subarray(0, 9000),
      'fileDamaged',
      /descompactar/,
    ],
    ['no gzip at all', 'falso.csv.gz', rows, 'fileDamaged', /descompactar/],
    ['no bzip2 at all', 'falso.csv.bz2', rows, 'fileDamaged', /descompactar/],
    ['text where XLSX is due', 'falso.xlsx', rows, 'fileDamaged', /XLSX/, 'demo-chat'],
    [
      'a page that is no JSON',
      'paginas.jsonl',
      '{"data":[]}\n{"data":[{"protocol":"MARIA"\n',
      'fileDamaged',
      /página da linha 2/,
      'demo-tickets',
    ],
    [
      'a page without its list',
      'lista.jsonl',
      '{"error":"MARIA"}\n',
      'fileDamaged',
      /linha 1 não traz a lista data/,
      'demo-tickets',
    ],
    ['no rows in any page', 'nada.jsonl', '{"data":[]}\n', 'fileNoRows', /nenhum registro/, 'demo-tickets'],
    [
      'no header, and another number of columns',
      '2014-08.csv',
      'S;PR;Curitiba;M\n',
      'columnCount',
      /linha 1: 4 colunas .* tem 23/,
      'consumidor-gov',
    ],
  ];
  it.each(CASES)('%s', async (_, name, content, code, phrase, layout) => {
    const refusal = await refused(name, content, layout);
    expect(refusal).toMatchObject({ code });
    expect(refusal.message).toMatch(phrase);
  });

  it('a truncated XLSX', async () => {
    const whole = await chat([
      ['P1', '2026-03-02T09:00:00'],
      ['P2', '2026-03-02T09:00:00'],
    ]);
    for (const keep of [0.3, 0.7, 0.95]) {
      const cut = whole.subarray(0, Math.floor(whole.length * keep));
      expect(await refused(`cortada-${keep * 100}.xlsx`, cut, 'demo-chat')).toMatchObject({ code: 'fileDamaged' });
    }
  });

  it('a path that is no file', async () => {
    const folder = join(home().folder, 'received');
    mkdirSync(folder, { recursive: true });
    expect(await failure(home().load(folder, KEYED), folder)).toMatchObject({ code: 'fileIsFolder' });
    expect(await failure(home().load(`${folder}/nada.csv`, KEYED), 'nada.csv')).toMatchObject({ code: 'fileMissing' });
  });
});

describe('a file that is still being written', () => {
  it('waits to be whole: it grew while it was looked at', async () => {
    const path = home().file('cresce.csv', callFile(GOOD));
    utimesSync(path, new Date(), new Date());
    const loading = failure(home().load(path, KEYED), 'cresce.csv');
    setTimeout(() => appendFileSync(path, callFile([40]).replace(HEADER, '')), 100);
    expect(await loading).toMatchObject({ code: 'fileGrowing' });
  });

  it('is let go when it grew while it was read', async () => {
    const path = home().file('cresceu.csv', callFile(GOOD));
    const error = await failure(
      loadFile(home(), path, {
        layout: KEYED,
        by: 'teste',
        progress: ({ step }) => {
          if (step.startsWith('lendo')) appendFileSync(path, 'mais');
        },
      }),
      'cresceu.csv',
    );
    expect(error.code).toBe('fileGrowing');
    const { rows } = await home().batches.list({ page: 1, size: 1 });
    await nothingOf(rows[0]);
  });

  it('is known by the name that browsers and copiers give it', async () => {
    const path = home().file('a.csv', callFile(GOOD));
    renameSync(path, `${path}.part`);
    expect(await failure(home().load(`${path}.part`, KEYED), 'a.csv.part')).toMatchObject({ code: 'fileGrowing' });
  });
});

describe('a row that cannot be read is put aside, and the rest loads', () => {
  const quarantine = (batch: number) =>
    home().rows<{ line: number; reason: string; column_name: string | null }>(
      'SELECT line, reason, column_name FROM silver.quarantine WHERE batch_id = $batch ORDER BY line',
      { batch },
    );

  it('a line of 10 MB', async () => {
    const content = `${HEADER}${'x'.repeat(10 << 20)};1\n${callFile([101, 102]).replace(HEADER, '')}`;
    const batch = await home().load({ content }, KEYED);
    expect(batch).toMatchObject({ rows_read: 3, loaded: 2, quarantined: 1 });
    expect(await quarantine(batch.batch_id)).toEqual([{ line: 2, reason: 'record-too-long', column_name: null }]);
  });

  it('a JSON record of 10 MB', async () => {
    const ticket = (protocol: string, text: string) => ({
      protocol,
      startedAt: '2026-03-02T09:00:00-03:00',
      status: text,
    });
    const content = JSON.stringify({
      data: [ticket('1', 'closed'), ticket('2', 'x'.repeat(10 << 20)), ticket('3', 'closed')],
    });
    const batch = await home().load({ name: 'grande.jsonl', content }, 'demo-tickets');
    expect(batch).toMatchObject({ rows_read: 3, loaded: 2, quarantined: 1 });
    expect(await quarantine(batch.batch_id)).toEqual([{ line: 2, reason: 'record-too-long', column_name: null }]);
  });

  it('a column too many in a row; one in the header is only said', async () => {
    const [header, first, second] = callFile([111, 112]).split('\n');
    const wide = [`${header};extra`, `${first};a`, `${second};a;b`, ''].join('\n');
    const batch = await home().load({ content: wide }, KEYED);
    expect(batch).toMatchObject({ rows_read: 2, loaded: 1, quarantined: 1 });
    expect(batch.warnings).toEqual([{ kind: 'extra-columns', rows: 1, detail: 'extra' }]);
    expect(await quarantine(batch.batch_id)).toEqual([{ line: 3, reason: 'too-many-columns', column_name: null }]);
  });

  it('columns that differ in nothing but capitals, or that have no name', async () => {
    const [header, ...rows] = callFile([115, 116]).trim().split('\n');
    const content = [`${header};ID;;_line;id`, ...rows.map((row) => `${row};x;y;z;w`)].join('\n');
    const batch = await home().load({ content }, KEYED);
    expect(batch).toMatchObject({ loaded: 2, warnings: [{ kind: 'extra-columns', rows: 4 }] });
    await home().store(batch, KEYED);
    const ids = await home().rows('SELECT contact_id FROM silver.contact WHERE batch_id = $batch ORDER BY row_id', {
      batch: batch.batch_id,
    });
    expect(ids.map((row) => row.contact_id)).toEqual([call(115)[0], call(116)[0]]);
  });

  it('bytes of another encoding than the layout says, mended and counted', async () => {
    const layout: Layout = { ...KEYLESS, format: { ...KEYLESS.format, encoding: 'utf-8' } };
    const row = call(120).with(9, 'atenção');
    const [utf8, latin] = (['utf8', 'latin1'] as const).map((one) => Buffer.from(`${row.join(';')}\n`, one));
    const content = Buffer.concat([Buffer.from(HEADER), utf8!, utf8!, latin!]);
    const batch = await home().load({ content }, layout);
    expect(batch.loaded).toBe(3);
    expect(batch.warnings).toContainEqual({ kind: 'mixed-encoding', rows: 1, detail: '' });
    await home().store(batch, layout);
    const queues = await home().rows('SELECT DISTINCT queue FROM silver.contact WHERE batch_id = $batch', {
      batch: batch.batch_id,
    });
    expect(queues).toEqual([{ queue: 'atenção' }]);
  });

  it('cells that a merge left empty', async () => {
    const sheet = await chat(
      [
        ['P10', '2026-03-02T09:00:00'],
        [null, '2026-03-02T09:10:00'],
        ['P12', null],
      ],
      { merges: [{ startRow: 2, startCol: 0, endRow: 3, endCol: 0 }] },
    );
    const batch = await home().load({ name: 'mesclada.xlsx', content: sheet }, 'demo-chat');
    expect(batch).toMatchObject({ rows_read: 3, loaded: 1, quarantined: 2 });
    expect(await quarantine(batch.batch_id)).toEqual([
      { line: 4, reason: 'missing', column_name: 'Protocolo' },
      { line: 5, reason: 'missing', column_name: 'Início' },
    ]);
  });
});

const CHAT = [
  'Protocolo',
  'Convênio',
  'Fila',
  'Contato',
  'Telefone',
  'Código',
  'Atendente',
  'E-mail',
  'Assunto',
  'Início',
];
const CHAT_COLUMNS = [...CHAT, 'Fim', 'Espera (s)', 'Conversa (s)', 'Nota'];

/** A chat sheet as the demo company's: a title over the header, then rows of protocol and start. */
async function chat(rows: [string | null, string | null][], extra: object = {}): Promise<Uint8Array> {
  const body = rows.map(([protocol, start]) => [
    protocol,
    ...Array(8).fill('x'),
    start === null ? null : new Date(`${start}Z`),
    null,
    3,
    60,
    null,
  ]);
  return writeXlsx({ sheets: [{ name: 'Chat', rows: [['Atendimentos por chat'], CHAT_COLUMNS, ...body], ...extra }] });
}

describe('a home', () => {
  it('belongs to one process at a time', async () => {
    const folder = join(home().folder, 'outra');
    const lock = lockHome(folder);
    const module = join(import.meta.dirname, '..', 'src', 'storage', 'home-lock.ts');
    const script = `import { lockHome } from ${JSON.stringify(module)};
      try { lockHome(${JSON.stringify(folder)}); console.log('got it'); } catch (error) { console.log(error.code + ' ' + error.message); }`;
    const second = () =>
      spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }).stdout.trim();
    const message = second();
    expect(message).toBe(
      `homeLocked A pasta ${folder} já está aberta pelo processo ${process.pid}. Feche-o ou escolha outra pasta com RAMAL_HOME.`,
    );
    lock.release();
    expect(second()).toBe('got it');
  });
});

/** A small file system in memory, where root may mount one. */
function smallDisk(folder: string, size: string): boolean {
  mkdirSync(folder, { recursive: true });
  return spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]).status === 0;
}

describe('a full disk', () => {
  const disks: string[] = [];
  afterAll(() => {
    for (const disk of disks) execFileSync('umount', ['-l', disk]);
  });

  it.each([
    { place: 'tmp', size: '2m' },
    { place: 'bronze', size: '256k' },
    { place: '.', size: '4900k' },
  ])('at $place stops the load and leaves nothing of it; with room the next one goes well', async ({ place, size }) => {
    const folder = join(home().folder, `cheio-${disks.length}`);
    const disk = join(folder, place);
    if (!smallDisk(disk, size)) {
      // Without the right to mount there is no small disk to fill: the system's error stands for it.
      const error = Object.assign(new Error('no space'), { code: 'ENOSPC', path: folder });
      expect(asRamalError(error)).toMatchObject({ code: 'diskFull', details: { where: folder } });
      return;
    }
    disks.push(disk);
    const small = await openHome({ folder, shared: home().ledger });
    const path = home().file('grande.csv', callFile(Array.from({ length: 40_000 }, (_, index) => index)));
    const error = await small.load(path, KEYED).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'diskFull' });
    expect((error as RamalError).message).toMatch(/^Disco cheio em .*Libere espaço/);
    await small.close({ keep: true });
    execFileSync('mount', ['-o', 'remount,size=64m', disk]);

    const roomy = await openHome({ folder, shared: home().ledger });
    await recover(roomy);
    expect((await roomy.batches.list({ page: 1, size: 1 })).rows).toMatchObject([
      { file_name: 'grande.csv', state: 'failed' },
    ]);
    expect(await roomy.rows('SELECT count(*) AS n FROM silver.natural_key')).toEqual([{ n: 0 }]);
    expect(await roomy.load({ content: callFile(GOOD) }, KEYED)).toMatchObject({
      state: 'loaded',
      loaded: GOOD.length,
    });
    await roomy.close({ keep: true });
  });
});
