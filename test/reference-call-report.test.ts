import { expect, test } from 'vitest';
import { parseLayout } from '../src/intake/parse-layout.ts';
import { useHome } from './home.ts';

const home = useHome();

/** A call report whose rows are named by time, protocol and origin. */
const REPORT = parseLayout(
  {
    source: 'ligacoes-report',
    version: 1,
    label: { pt: 'Relatório de ligações', en: 'Call report' },
    holds: 'all',
    format: { kind: 'delimited', header: true },
    key: ['DATA_HORA', 'PROTOCOLO', 'ORIGEM'],
    columns: {
      started_at: { from: ['DATA_HORA'], as: 'date-time', format: 'dd/mm/yyyy hh:mm:ss' },
      protocol: { from: ['PROTOCOLO'], as: 'text', required: true },
      phone: { from: ['ORIGEM'], as: 'phone' },
      account: { from: ['GRUPO'], as: 'text', required: true },
      agent_id: { from: ['AGENTE'], as: 'text' },
    },
  },
  'ligacoes-report',
);

test('of two rows of one time, protocol and origin the last counts; without protocol or group a row is quarantined', async () => {
  await home().know(REPORT);
  const rows = [
    'DATA_HORA;PROTOCOLO;ORIGEM;GRUPO;AGENTE',
    '02/03/2026 10:00:00;P1;11987654321;Nexo;1',
    '02/03/2026 10:00:00;P1;2133334444;Nexo;2',
    '02/03/2026 10:00:00;P1;11987654321;Nexo;3',
    '02/03/2026 10:01:00;;11987654321;Nexo;4',
    '02/03/2026 10:02:00;P2;11987654321;;5',
  ];
  const batch = await home().load({ content: `${rows.join('\n')}\n` }, REPORT);
  expect(batch).toMatchObject({ rows_read: 5, loaded: 2, quarantined: 2, duplicate: 1 });
  await home().build();
  expect(await home().rows('SELECT agent_id FROM silver.contact ORDER BY 1')).toEqual([
    { agent_id: '2' },
    { agent_id: '3' },
  ]);
  expect(await home().rows('SELECT line, column_name FROM silver.quarantine ORDER BY line')).toEqual([
    { line: 5, column_name: 'PROTOCOLO' },
    { line: 6, column_name: 'GRUPO' },
  ]);
});
