import type { Layout } from '../src/intake/layout.ts';
import { parseLayout } from '../src/intake/parse-layout.ts';

/** A source of what agents do, each line from a start to an end. */
export function stretchLayout(source: string, more: Partial<Layout> = {}): Layout {
  const moment = (from: string) => ({ from: [from], as: 'date-time', format: 'yyyy-mm-dd hh:mm:ss' });
  return parseLayout(
    {
      source,
      version: 1,
      label: { pt: source, en: source },
      into: 'agent_time',
      holds: 'all',
      format: { kind: 'delimited', header: true, encoding: 'utf-8' },
      key: ['AGENTE', 'INICIO'],
      columns: {
        agent_id: { from: ['AGENTE'], as: 'text' },
        state: {
          from: ['ESTADO'],
          as: 'codes',
          codes: { Falando: 'handling', Livre: 'available', Almoço: 'pause', Treinamento: 'other' },
        },
        started_at: moment('INICIO'),
        ended_at: moment('FIM'),
      },
      ...more,
    },
    source,
  );
}

export const STRETCHES = stretchLayout('estados');

export const stretchFile = (rows: readonly string[]): string => `AGENTE;INICIO;FIM;ESTADO\n${rows.join('\n')}\n`;
