import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { doorOf, lookInTime, watchedFilesOf } from '../src/api/look.ts';
import type { Watch, WatchedFileList } from '../src/api/schema-watches.ts';
import { scan, take } from '../src/intake/watch/watch.ts';
import { silent } from '../src/kernel/progress.ts';
import { type Box, callsOf, useBoxes } from './watch-boxes.ts';

const { api, box } = useBoxes();

const rowsIn = async (protocol: string) =>
  (await api().app.lake.rows(`SELECT count(*) AS n FROM silver.contact WHERE protocol LIKE '${protocol}'`))[0]!.n;

describe('a file is taken once it is complete', () => {
  it('by having stayed the same for the seconds that the watch says', async () => {
    const one = await box();
    one.write('beta_1.csv', callsOf('A', 1));
    expect(await one.look()).toMatchObject({ listed: 1, loaded: 0, files: { growing: 1 } });
    one.write('beta_1.csv', callsOf('A', 1, 2), new Date('2026-11-20T11:30:00Z'));
    expect(await one.look(40)).toMatchObject({ loaded: 0, files: { growing: 1 } });
    expect(await one.look(29)).toMatchObject({ loaded: 0, files: { growing: 1 } });
    expect(await one.look(1)).toMatchObject({ loaded: 1, refused: 0, files: { growing: 0, loaded: 1 } });
    expect(await rowsIn('A%')).toBe(2);
    const { batch } = (await one.file('beta_1.csv'))!;
    const [row] = await api().app.ledger
      .sql`SELECT file_name, received_by, written_at FROM batch WHERE batch_id = ${batch}`;
    expect(row).toEqual({
      file_name: 'beta_1.csv',
      received_by: `vigia ${one.name}`,
      written_at: new Date('2026-11-20T11:30:00Z'),
    });
    expect(await one.look(100)).toMatchObject({ listed: 1, loaded: 0, already: 0 });
  });

  it('never while its name says that it is not, or is hidden', async () => {
    const one = await box({ patterns: [{ pattern: '*', source: 'demo-calls' }], settle: 0 });
    const names = [
      'beta_2.csv.part',
      'beta_2.csv.tmp',
      'beta_2.csv.filepart',
      'beta_2.csv.crdownload',
      '.beta_2.csv',
      '~$beta.xlsx',
    ];
    for (const name of names) one.write(name, callsOf('B', 1));
    await one.look();
    expect(await one.look(60)).toMatchObject({ listed: 0, loaded: 0 });
    renameSync(join(one.folder, 'beta_2.csv.part'), join(one.folder, 'beta_2.csv'));
    await one.look(60);
    expect(await one.look(1)).toMatchObject({ listed: 1, loaded: 1 });
  });

  it('by its marker, where the watch asks for one: not by an older marker, and not by time', async () => {
    const one = await box({ marker: '.ok' });
    one.write('beta_3.csv', callsOf('C', 1), new Date('2026-11-20T11:00:00Z'));
    one.write('beta_3.csv.ok', '', new Date('2026-11-20T10:00:00Z'));
    await one.look();
    expect(await one.look(600)).toMatchObject({ listed: 1, loaded: 0, files: { growing: 1 } });
    one.write('beta_3.csv.ok', '', new Date('2026-11-20T11:00:00Z'));
    expect(await one.look(1)).toMatchObject({ listed: 1, loaded: 1 });
  });

  it('by our clock, however wrong the other is', async () => {
    const one = await box();
    one.write('beta_1.csv', callsOf('D', 1), new Date('2031-01-01T00:00:00Z'));
    one.write('beta_2.csv', callsOf('D', 2), new Date('1999-01-01T00:00:00Z'));
    expect(await one.look()).toMatchObject({ loaded: 0 });
    expect(await one.look(30)).toMatchObject({ loaded: 2 });
    const written = await api().app.ledger.sql`
      SELECT b.written_at FROM batch AS b JOIN watched_file AS f ON f.batch_id = b.batch_id
      WHERE f.watch = ${one.name} ORDER BY f.path`;
    expect(written.map((row) => row.written_at)).toEqual([api().clock.at, new Date('1999-01-01T00:00:00Z')]);
  });

  it('each version once; the same content again is known', async () => {
    const one = await box({ settle: 0 });
    one.write('beta_1.csv', callsOf('E', 1));
    await one.look();
    expect(await one.look(1)).toMatchObject({ loaded: 1 });
    one.write('beta_1.csv', callsOf('E', 1), new Date('2026-11-20T11:10:00Z'));
    await one.look(1);
    expect(await one.look(1)).toMatchObject({ loaded: 0, already: 1 });
    one.write('beta_1.csv', callsOf('E', 1, 2, 3), new Date('2026-11-20T11:20:00Z'));
    await one.look(1);
    expect(await one.look(1)).toMatchObject({ loaded: 1, already: 0, files: { loaded: 3 } });
    expect(await rowsIn('E%')).toBe(3);
  });
});

describe('a file and its source', () => {
  it('without a pattern that fits asks a person, and is taken once there is one', async () => {
    const one = await box({ settle: 0 });
    one.write('gama_1.csv', callsOf('F', 1));
    one.write('leia-me.txt', 'nada');
    await one.look();
    expect(await one.look(10)).toMatchObject({ loaded: 0, files: { unmatched: 2 } });
    const patterns = [
      { pattern: 'leia*', source: null },
      { pattern: 'GAMA_*.csv', source: 'demo-calls' },
    ];
    await one.save({ patterns });
    expect(await one.look(10)).toMatchObject({ listed: 2, loaded: 1, files: { unmatched: 0 } });
    expect(await one.states()).toEqual({ 'gama_1.csv': 'loaded' });
  });

  it('in a folder below, where a pattern leads there', async () => {
    const one = await box({ settle: 0, patterns: [{ pattern: '2026/*.csv', source: 'demo-calls' }] });
    mkdirSync(join(one.folder, '2026', 'mais'), { recursive: true });
    mkdirSync(join(one.folder, 'outra'));
    for (const path of ['2026/a.csv', '2026/mais/b.csv', 'outra/c.csv']) one.write(path, callsOf(`G${path[5]}`, 1));
    await one.look();
    await one.look(1);
    expect(await one.states()).toEqual({ '2026/a.csv': 'loaded', 'outra/c.csv': 'unmatched' });
  });

  it('is refused with its reason, keeps no other file waiting, and can be tried again', async () => {
    const one = await box({ settle: 0 });
    one.write('beta_1.csv', 'NADA;DISSO\n1;2\n', new Date('2026-11-20T10:00:00Z'));
    one.write('beta_2.csv', '', new Date('2026-11-20T10:01:00Z'));
    one.write('beta_3.csv', callsOf('H', 1));
    await one.look();
    expect(await one.look(1)).toMatchObject({ loaded: 1, refused: 2 });
    expect((await one.file('beta_1.csv'))!.message).toMatch(/^beta_1\.csv: .*cabeçalho/);
    expect((await one.file('beta_2.csv'))!.message).toMatch(/está vazio/);
    expect(await one.look(10)).toMatchObject({ loaded: 0, refused: 0 });
    await one.look(10, '?retry=true');
    expect(await one.look(10)).toMatchObject({ refused: 2, files: { refused: 2, loaded: 1 } });
  });
});

describe('a name that is a trick', () => {
  it('is refused with a clear reason, shown as it is, and never reaches the disk', async () => {
    const one = await box({ settle: 0, patterns: [{ pattern: '**', source: 'demo-calls' }] });
    const tricks: Record<string, string> = {
      'beta\n1.csv': 'caracteres de controle',
      'beta_\u202Evsc.exe': 'mudam o sentido',
      'beta\\..\\1.csv': 'barra invertida',
      'CON.csv': 'dispositivo',
      'beta_1.csv ': 'termina com espaço',
      [`${'b'.repeat(201)}.csv`]: 'passa de 200 bytes',
    };
    for (const name of Object.keys(tricks)) one.write(name, callsOf('I', 1));
    symlinkSync('/etc/passwd', join(one.folder, 'beta_atalho.csv'));
    symlinkSync('/etc', join(one.folder, 'pasta'));
    one.write('beta_bom.csv', callsOf('J', 1));
    symlinkSync('beta_bom.csv', join(one.folder, 'beta_dentro.csv'));
    await one.look();
    await one.look(1);
    const { files } = await api().json<WatchedFileList>(`/api/watches/${one.name}/files`);
    const refused = files.filter(({ state }) => state === 'refused');
    expect(refused).toHaveLength(Object.keys(tricks).length + 2);
    for (const why of Object.values(tricks))
      expect(
        refused.filter(({ message }) => message?.includes(why)),
        why,
      ).toHaveLength(1);
    expect(refused.filter(({ message }) => message?.includes('atalho que leva para fora'))).toHaveLength(2);
    expect(JSON.stringify(files)).not.toMatch(/[\u202E\u200B]|\\n/);
    expect(
      files
        .filter(({ state }) => state === 'loaded')
        .map(({ path }) => path)
        .sort(),
    ).toEqual(['beta_bom.csv', 'beta_dentro.csv']);
    expect(readdirSync(join(api().app.config.home, 'tmp')).filter((name) => name.startsWith('watch-'))).toEqual([]);
  });
});

describe('a file that differs from its layout', () => {
  it('waits with its batch, and goes where a person sends the batch', async () => {
    const one = await box({ settle: 0, after: 'move' });
    const changed = callsOf('S', 1).replace('CONVENIO', 'OPERADORA_CLIENTE').replace('Vivaz', 'Vivaz Norte');
    one.write('beta_1.csv', changed);
    one.write('beta_2.csv', changed.replace('S1', 'S2'));
    await one.look();
    expect(await one.look(1)).toMatchObject({ loaded: 0, refused: 0, waiting: 2, files: { waiting: 2 } });
    expect(await one.look(60)).toMatchObject({ waiting: 0, files: { waiting: 2 } });
    const [first, second] = [(await one.file('beta_1.csv'))!, (await one.file('beta_2.csv'))!];
    expect(first.message).toBe(`O arquivo mudou: o lote ${first.batch} espera uma decisão.`);
    const send = { method: 'POST', body: { message: 'mudou' } } as const;
    await api().json(`/api/batches/${second.batch}/send-back`, send);
    await api().job(`/api/batches/${first.batch}/approve`, { decisions: { CONVENIO: 'gone' }, once: true });
    expect(await one.look(1)).toMatchObject({ files: { waiting: 0, loaded: 1, refused: 1 } });
    expect((await one.file('beta_2.csv'))!.message).toBe(`O lote ${second.batch} foi devolvido ao cliente.`);
    expect(readdirSync(one.folder).sort()).toEqual(['beta_2.csv', 'carregados']);
    expect(await rowsIn('S%')).toBe(1);
  });
});

describe('after loading', () => {
  it('files are moved where the watch says so, their markers too, and looked at no more', async () => {
    const one = await box({ marker: '.ok', after: 'move' });
    one.write('beta_1.csv', callsOf('K', 1));
    one.write('beta_1.csv.ok', '');
    expect(await one.look()).toMatchObject({ loaded: 1 });
    const { batch } = (await one.file('beta_1.csv'))!;
    expect(readdirSync(one.folder)).toEqual(['carregados']);
    expect(readdirSync(join(one.folder, 'carregados')).sort()).toEqual([
      `lote-${batch}-beta_1.csv`,
      `lote-${batch}-beta_1.csv.ok`,
    ]);
    expect(await one.look(60)).toMatchObject({ listed: 0, loaded: 0 });
  });

  it('one that cannot be moved stays loaded, and this is said', async () => {
    const one = await box({ settle: 0, after: 'move' });
    one.write('beta_1.csv', callsOf('L', 1));
    await one.look();
    writeFileSync(join(one.folder, 'carregados'), 'um arquivo no lugar da pasta');
    expect(await one.look(1)).toMatchObject({ loaded: 1 });
    expect(await one.file('beta_1.csv')).toMatchObject({
      state: 'loaded',
      message: expect.stringMatching(/^Carregado, mas não movido/),
    });
  });

  it('two watches on one folder load a file once', async () => {
    const one = await box({ settle: 0, after: 'move' });
    const other = await box({ settle: 0, place: one.folder });
    one.write('beta_1.csv', callsOf('M', 1));
    for (const watch of [one, other]) await watch.look();
    expect(await other.look(1)).toMatchObject({ loaded: 1 });
    expect(await one.look(1)).toMatchObject({ loaded: 0, already: 1 });
    expect(await other.look(1)).toMatchObject({ listed: 0, loaded: 0 });
    expect(await rowsIn('M%')).toBe(1);
  });
});

describe('what goes wrong', () => {
  /** Sees the files complete without loading them. */
  async function seen(one: Box) {
    await one.look();
    api().clock.at = new Date(api().clock.at.getTime() + 1000);
    const { app } = api();
    const door = doorOf(app, one.name);
    const signal = new AbortController().signal;
    const context = {
      watch: await one.watch(),
      files: watchedFilesOf(app, one.name),
      clock: app.clock,
      progress: silent,
      signal,
    };
    const found = await scan(door, context);
    const load = async () => {
      throw new Error('nothing was to be loaded');
    };
    return { found, take: () => take(door, { ...context, home: app.config.home, load }) };
  }

  it('a file that is deleted, or grows, between the look and the fetch', async () => {
    const one = await box({ settle: 0 });
    for (const name of ['beta_1.csv', 'beta_2.csv', 'beta_3.csv']) one.write(name, callsOf('N', 1));
    const { found, take } = await seen(one);
    expect(found).toEqual({ listed: 3, waiting: 3 });
    rmSync(join(one.folder, 'beta_1.csv'));
    one.write('beta_2.csv', callsOf('N', 1, 2));
    one.write('beta_3.csv', callsOf('N', 1), new Date('2026-11-20T11:59:00Z'));
    expect(await take()).toEqual({ loaded: 0, already: 0, refused: 0, waiting: 0, growing: 3 });
    expect(new Set(Object.values(await one.states()))).toEqual(new Set(['growing']));
    expect(await one.look(1)).toMatchObject({ loaded: 2, files: { growing: 0 } });
    expect(Object.keys(await one.states()).sort()).toEqual(['beta_2.csv', 'beta_3.csv']);
  });

  it('a kill between fetching and loading, or between loading and writing it down', async () => {
    const one = await box({ settle: 0 });
    one.write('beta_1.csv', callsOf('O', 1));
    one.write('beta_2.csv', callsOf('O', 2));
    const { found } = await seen(one);
    expect(found.waiting).toBe(2);
    const { sql } = api().app.ledger;
    await sql`UPDATE watched_file SET state = 'taken' WHERE watch = ${one.name}`;
    expect(await one.look(1)).toMatchObject({ loaded: 2, already: 0 });
    await sql`UPDATE watched_file SET state = 'taken', batch_id = NULL WHERE watch = ${one.name}`;
    expect(await one.look(1)).toMatchObject({ loaded: 0, already: 2 });
    expect(await rowsIn('O%')).toBe(2);
  });

  it('a file that vanishes before it is complete is forgotten', async () => {
    const one = await box();
    one.write('beta_1.csv', callsOf('P', 1));
    await one.look();
    rmSync(join(one.folder, 'beta_1.csv'));
    expect(await one.look(60)).toMatchObject({ files: { growing: 0 } });
  });

  it('a full disk: the file waits, and is loaded when there is room', async () => {
    const one = await box({ settle: 0 });
    const tmp = join(api().app.config.home, 'tmp');
    mkdirSync(tmp, { recursive: true });
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', tmp]).status !== 0) return;
    try {
      one.write('beta_1.csv', callsOf('Q', ...Array.from({ length: 5000 }, (_, index) => index)));
      await one.look();
      await expect(one.look(1)).rejects.toThrow(/Disco cheio/);
      expect(await one.file('beta_1.csv')).toMatchObject({
        state: 'ready',
        message: expect.stringMatching(/^Disco cheio/),
      });
      expect(readdirSync(tmp)).toEqual([]);
    } finally {
      execFileSync('umount', ['-l', tmp]);
    }
    // So many more rows than before wait for a person; all of them are there.
    await one.look(1);
    const { batch } = (await one.file('beta_1.csv'))!;
    expect(await api().app.batches.get(batch!)).toMatchObject({ rows_read: 5000 });
  });

  it('a place that is gone is told on its watch until it is there again', async () => {
    const one = await box({ settle: 0 });
    renameSync(one.folder, `${one.folder}-fora`);
    await expect(one.look()).rejects.toThrow(/não há a pasta/);
    const told = async () => {
      const { watches } = await api().json<{ watches: Watch[] }>('/api/watches');
      return watches.find(({ name }) => name === one.name)!.message;
    };
    expect(await told()).toMatch(/não há a pasta/);
    renameSync(`${one.folder}-fora`, one.folder);
    await one.look();
    expect(await told()).toBeNull();
  });
});

describe('looks in time', () => {
  const { signal } = new AbortController();
  it('ask for a job only where a file waits, and not of a watch that is off', async () => {
    const one = await box({ settle: 0 });
    one.write('beta_1.csv', callsOf('R', 1));
    await lookInTime(api().app, one.name, signal);
    await api().app.jobs.idle();
    expect(await one.states()).toEqual({ 'beta_1.csv': 'growing' });
    await one.save({ enabled: false });
    await lookInTime(api().app, one.name, signal);
    await api().app.jobs.idle();
    expect(await one.states()).toEqual({ 'beta_1.csv': 'growing' });
    await one.save({ enabled: true });
    // A long job is before it: what is asked for waits, and is asked for once.
    let release = () => {};
    const { id } = api().app.jobs.start('build', () => new Promise<void>((resolve) => (release = resolve)));
    await Promise.all([1, 2, 3].map(() => lookInTime(api().app, one.name, signal)));
    await lookInTime(api().app, one.name, signal);
    const asked = await api().app.ledger.sql`SELECT state FROM watched_file WHERE watch = ${one.name}`;
    expect([api().app.jobs.get(id).state, asked]).toEqual(['running', [{ state: 'ready' }]]);
    release();
    await api().app.jobs.idle();
    expect(await one.states()).toEqual({ 'beta_1.csv': 'loaded' });
    expect(await rowsIn('R%')).toBe(1);
  });
});
