import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { type CellValue, writeXlsxStream } from 'hucre/xlsx';
import { formatPhone } from '../kernel/brazil/phone.ts';
import { mix } from '../kernel/random.ts';
import { DAY_SECONDS } from './calendar.ts';
import type { DaySpill } from './day-spill.ts';
import type { EventFile } from './event-file.ts';
import { ACCOUNTS } from './names.ts';
import { reasonText } from './reasons.ts';
import { FILES, QUEUES, queueOf, type World } from './world.ts';

export const CHAT_TITLE = 'Aurora Atendimento — Relatório de conversas por chat';
export const CHAT_HEADER = [
  'Protocolo',
  'Início',
  'Fim',
  'Fila',
  'Convênio',
  'Contato',
  'Telefone',
  'Código',
  'Atendente',
  'E-mail',
  'Assunto',
  'Espera (s)',
  'Conversa (s)',
  'Nota',
];

const MOMENT = { numFmt: 'dd/mm/yyyy hh:mm:ss' };

/**
 * Writes a month of chats as a spreadsheet with a title row above its header, native dates and native numbers; and what
 * happened to them.
 */
export async function writeChatMonth(
  world: World,
  spill: DaySpill,
  month: string,
  days: readonly number[],
  out: string,
  events: EventFile,
): Promise<{ path: string; rows: number }> {
  const path = FILES.chat(month);
  const columns = CHAT_HEADER.map((name) => (name === 'Início' || name === 'Fim' ? MOMENT : {}));
  await writeSheet(join(out, path), rowsOf(world, spill, days, month, events), 'Conversas', columns);
  return { path, rows: days.reduce((sum, day) => sum + spill.counts[day]!, 0) };
}

/** Streams rows into one sheet of a new XLSX file. */
export async function writeSheet(
  path: string,
  rows: Iterable<CellValue[]>,
  name: string,
  columns: { numFmt?: string }[],
): Promise<void> {
  const stream = writeXlsxStream(rows, { name, columns });
  await pipeline(Readable.fromWeb(stream as ReadableStream), createWriteStream(path));
}

function* rowsOf(
  world: World,
  spill: DaySpill,
  days: readonly number[],
  month: string,
  events: EventFile,
): Generator<CellValue[]> {
  yield [CHAT_TITLE, null, `Período: ${month.slice(5)}/${month.slice(0, 4)}`];
  yield CHAT_HEADER;
  const { people, staff, calendar } = world;
  for (const day of days) {
    const legs = spill.take(day);
    const midnight = (calendar.firstDayNumber + day) * DAY_SECONDS;
    for (let position = 0; position < legs.count; position++) {
      legs.read(position);
      people.load(legs.person);
      const style = mix(legs.serial ^ 0x63686174) >>> 0;
      const agent = staff.agents[legs.agent]!;
      const anonymous = legs.phone < 0;
      const protocol = `WA${String(legs.serial).padStart(9, '0')}`;
      events.add(legs, day, protocol);
      yield [
        protocol,
        new Date((midnight + legs.second) * 1000),
        new Date((midnight + legs.second + legs.wait + legs.talk) * 1000),
        QUEUES[queueOf(legs.reason, legs.serial)]!,
        ACCOUNTS[people.account]!.name,
        anonymous ? null : people.name(legs.name),
        anonymous ? null : writtenPhone(people.phone(legs.phone), style),
        agent.code,
        agent.name,
        agent.email,
        reasonText(legs.reason) || null,
        legs.wait,
        legs.talk,
        legs.score > 0 ? legs.score : null,
      ];
    }
  }
}

/** Mostly a bare number with the country code, which spreadsheets keep as a number. */
function writtenPhone(phone: string, style: number): CellValue {
  return style % 5 < 3 ? Number(`55${phone}`) : style % 5 === 3 ? Number(phone) : formatPhone(phone);
}
