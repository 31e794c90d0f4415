import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { watchesOf } from '../src/api/look.ts';
import type { LookAnswer, Watch, WatchedFileList } from '../src/api/schema-watches.ts';
import { TestApi } from './app.ts';

const START = new Date('2026-11-20T12:00:00Z');

/** The header of the demo company's call file. */
export const HEADER =
  'DATA;HORA;PROTOCOLO;PERNA;CENTRAL;FILA;CONVENIO;DDD;TELEFONE;CLIENTE;CPF;COD_ATENDENTE;ATENDENTE;MOTIVO;STATUS;TEMPO_ESPERA;TEMPO_CONVERSA;TEMPO_POS;NOTA\n';

/** A call file whose rows have the protocols `PREFIX1`, `PREFIX2`, …, all of one day. */
export function callsOf(prefix: string, ...numbers: number[]): string {
  const rows = numbers.map(
    (number) =>
      `02/03/2026;09:00:00;${prefix}${number};1;CENTRAL SP;Suporte;Vivaz;11;98765-4321;Ana Costa;;A1001;Jorge;Boleto;ATENDIDA;00:00:12;00:03:00;00:00:10;9\n`,
  );
  return HEADER + rows.join('');
}

export type Box = Awaited<ReturnType<ReturnType<typeof useBoxes>['box']>>;

/** A home for the tests of one file, and watched folders of its own for each test. */
export function useBoxes() {
  let api: TestApi | undefined;
  const folders = mkdtempSync(join(tmpdir(), 'ramal-watch-'));
  let boxes = 0;
  beforeAll(async () => {
    api = await TestApi.open();
  });
  afterAll(async () => {
    await api?.close();
    rmSync(folders, { recursive: true, force: true });
  });
  const opened = () => {
    if (api === undefined) throw new Error('The home opens in beforeAll: ask for it inside a test.');
    return api;
  };

  /** A watched folder of its own, and what a test does with it. */
  async function box(settings: object = {}) {
    boxes += 1;
    const name = `caixa-${boxes}`;
    const folder = join(folders, name);
    mkdirSync(folder);
    opened().clock.at = START;
    const save = (more: object) => opened().json<Watch>('/api/watches', { method: 'POST', body: { name, ...more } });
    await save({ place: folder, patterns: [{ pattern: 'beta_*.csv', source: 'demo-calls' }], ...settings });
    return {
      name,
      folder,
      save,
      write(file: string, content: string, at = new Date('2026-11-20T11:00:00Z')) {
        writeFileSync(join(folder, file), content);
        utimesSync(join(folder, file), at, at);
      },
      /** Looks so many seconds later. */
      look(after = 0, query = '') {
        opened().clock.at = new Date(opened().clock.at.getTime() + after * 1000);
        return opened().job<LookAnswer>(`/api/watches/${name}/look${query}`, undefined);
      },
      async states() {
        const { files } = await opened().json<WatchedFileList>(`/api/watches/${name}/files`);
        return Object.fromEntries(files.map(({ path, state }) => [path, state]));
      },
      async file(path: string) {
        const { files } = await opened().json<WatchedFileList>(`/api/watches/${name}/files`);
        return files.find((one) => one.path === path);
      },
      watch: async () => watchesOf(opened().app).get(name),
    };
  }
  return { api: opened, box };
}
