import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONSOLE } from '../src/access/roles.ts';
import { intakeFiles } from '../src/api/resources/intake.ts';
import { silent } from '../src/kernel/progress.ts';
import type { TestApi } from './app.ts';
import { age } from './home.ts';

const COLUMNS =
  'DATA;HORA;PROTOCOLO;PERNA;CENTRAL;FILA;CONVENIO;DDD;TELEFONE;CLIENTE;CPF;COD_ATENDENTE;ATENDENTE;MOTIVO;STATUS;TEMPO_ESPERA;TEMPO_CONVERSA;TEMPO_POS;NOTA';

let serial = 0;
interface Said {
  queue?: string;
  agent?: string | null;
  wait?: string;
  talk?: string;
  wrapup?: string;
  phone?: string;
}
/** A call; without an agent it was abandoned. */
export function call(day: string, time: string, said: Said = {}): string {
  const { queue = 'Vendas', agent = 'A1', wait = '00:00:05', phone = '' } = said;
  serial++;
  const date = day.split('-').reverse().join('/');
  const talked = agent === null ? ['', ''] : [said.talk ?? '00:04:00', said.wrapup ?? '00:01:00'];
  const who = agent === null ? ';' : `${agent};Agente ${agent}`;
  const status = agent === null ? 'ABANDONADA' : 'ATENDIDA';
  const name = phone === '' ? '' : 'Sigismunda Reservada';
  return `${date};${time};P${serial};1;C;${queue};Banco;${phone && '11'};${phone};${name};;${who};Fatura;${status};${[wait, ...talked].join(';')};`;
}

/** A file of calls, as the demonstration's center sends it. */
export const callsFile = (rows: readonly string[]): Buffer =>
  Buffer.from(`${[COLUMNS, ...rows].join('\r\n')}\r\n`, 'latin1');

/** Writes a file and takes it in, built. */
export async function loadInto(api: TestApi, source: string, name: string, content: string | Buffer): Promise<void> {
  const folder = join(api.app.config.home, 'sent');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, content);
  age(path);
  await intakeFiles(api.app, { paths: [path], source, build: true }, CONSOLE, silent);
}
