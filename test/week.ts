import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { TestApi } from './app.ts';
import { age } from './home.ts';

/** The columns of the demonstration's calls. */
export const HEADER =
  'DATA;HORA;PROTOCOLO;PERNA;CENTRAL;FILA;CONVENIO;DDD;TELEFONE;CLIENTE;CPF;COD_ATENDENTE;ATENDENTE;MOTIVO;STATUS;TEMPO_ESPERA;TEMPO_CONVERSA;TEMPO_POS;NOTA';

export interface Week {
  readonly api: TestApi;
  /** The file's lines, its header first. */
  readonly lines: readonly string[];
  readonly batch: number;
}

/**
 * The week 26/10–01/11/2026. Each call of a group is somebody's first, on the 26th; some call again on the 27th. Ana:
 * 40 people, 10 again. Caio: 30, 3 again. Davi: 12, 6 again, for a reason that nobody wrote down. Five gave up waiting,
 * two came to the queue of tests, and one call of 15/11 gives every window its end.
 */
export async function openWeek(environment: Record<string, string> = {}): Promise<Week> {
  const api = await TestApi.open(environment);
  let lines = [HEADER];
  const calls = (day: string, hour: number, first: number, count: number, group: Group) =>
    lines.push(...callsOf(day, hour, first, count, group, lines.length));
  lines = [HEADER];
  const ana = { agent: 'A9;Ana Prado', queue: 'Retenção', reason: 'Cancelamento', times: '00:00:10;00:05:00;00:00:48' };
  const caio = { agent: 'A5;Caio Lins', queue: 'Ouvidoria', reason: 'Fatura', times: '00:00:30;01:00:00;00:02:15' };
  const davi = { agent: 'A1;Davi Sá', queue: 'Vendas', reason: '', times: '00:00:05;00:04:40;00:00:00' };
  calls('26/10/2026', 10, 0, 40, ana);
  calls('27/10/2026', 10, 0, 10, ana);
  calls('26/10/2026', 11, 100, 30, caio);
  calls('27/10/2026', 11, 100, 3, caio);
  calls('26/10/2026', 9, 200, 12, davi);
  calls('27/10/2026', 9, 200, 6, davi);
  calls('28/10/2026', 10, 300, 5, { ...ana, agent: ';', times: '00:01:00;00:00:00;00:00:00', status: 'ABANDONADA' });
  calls('28/10/2026', 10, 400, 2, { ...ana, queue: 'Teste' });
  calls('15/11/2026', 10, 500, 1, ana);
  lines.push(lines[1]!.replace('26/10/2026', '31/02/2026'));
  const path = join(api.app.config.home, 'ligacoes.csv');
  writeFileSync(path, `${lines.join('\r\n')}\r\n`, 'latin1');
  age(path);
  const loaded = await api.job<{ batches: { batch: number; loaded: number }[] }>('/api/intake', {
    paths: [path],
    source: 'demo-calls',
  });
  expect(loaded.batches[0]).toMatchObject({ loaded: lines.length - 2 });
  await api.job('/api/exclusions', { name: 'treino', column: 'queue', value: 'Teste', reason: 'fila de testes' });
  return { api, lines, batch: loaded.batches[0]!.batch };
}

interface Group {
  readonly agent: string;
  readonly queue: string;
  readonly reason: string;
  readonly times: string;
  readonly status?: string;
}

/** Calls of people numbered from `first`, one a minute. */
function callsOf(day: string, hour: number, first: number, count: number, group: Group, before: number): string[] {
  const lines: string[] = [];
  for (let person = first; person < first + count; person++) {
    const time = `${String(hour).padStart(2, '0')}:${String(person % 60).padStart(2, '0')}:00`;
    const { agent, queue, reason, times, status = 'ATENDIDA' } = group;
    const phone = `11;9${87_650_000 + person}`;
    lines.push(
      `${day};${time};${20_260_000 + before + lines.length};1;CENTRAL;${queue};Vivaz;${phone};Rita Lima Sousa;;${agent};${reason};${status};${times};`,
    );
  }
  return lines;
}
