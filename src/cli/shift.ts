import type { RowPage } from '../api/schema.ts';
import type * as schema from '../api/schema-shift.ts';
import { RamalError } from '../kernel/errors.ts';
import { NULL_REASONS, type NullReason } from '../metrics/answers.ts';
import { scopeQuery } from './scope-query.ts';
import { date, figure, whole } from './shown.ts';
import { textTable } from './terminal.ts';
import { copy, isoDay, json, type Work } from './work.ts';

type SoFar = schema.ShiftSoFar;

const NOTHING = '–';
const AGAINST: Readonly<Record<string, string>> = {
  below: 'abaixo',
  near: 'no limite',
  few: 'poucos casos',
  met: 'na meta',
};

/** `shift`: the shift so far; `shift callbacks`: whom to call back. */
export const shift: Work = async (context) => {
  const { client, rest, options } = context;
  if (rest[0] === 'callbacks') return callbacks(context);
  if (rest[0] !== undefined)
    throw new RamalError('usage', { what: `Ação desconhecida: ${rest[0]}`, todo: 'Use callbacks, ou nenhuma' });
  if (options.format ?? options.out)
    throw new RamalError('usage', { what: '--format e --out são de shift callbacks', todo: 'Use --json' });
  const answer = await client.json<schema.Shift>('GET', `/api/shift${query(options)}`);
  if (options.json) return json(answer);
  if (!answer.shift) return 'Nenhuma ligação ainda: carregue arquivos com ramal intake.';
  return [
    head(answer, answer.shift),
    textTable(answer.sources.map(sourceRow)),
    textTable(answer.shift.queues.map(queueRow)),
    textTable(answer.shift.halfHours.map(halfRow)),
    foot(answer.shift),
  ]
    .filter(Boolean)
    .join('\n\n');
};

const callbacks: Work = async ({ client, options, stdout }) => {
  if (options.format || options.out) {
    await copy(client, `/api/shift/callbacks${query(options, { format: options.format ?? 'csv' })}`, options, stdout);
    return null;
  }
  const list = await client.json<RowPage>('GET', `/api/shift/callbacks${query(options, { size: '500' })}`);
  if (options.json) return json(list);
  const rows = list.rows as unknown as Called[];
  const more = list.total > rows.length ? ` (${whole(rows.length)} mostradas; --format csv traz todas)` : '';
  return [`${people(list.total)} a chamar de volta${more}`, textTable(rows.map(callbackRow))]
    .filter(Boolean)
    .join('\n\n');
};

interface Called {
  readonly since: string;
  readonly last: string;
  readonly before: boolean;
  readonly queue: string;
  readonly tries: number;
  readonly waited_s: number | null;
  readonly phone: string | null;
  readonly contact_name: string | null;
  readonly customer_ref: string | null;
}

function query(options: Parameters<Work>[0]['options'], more: Record<string, string> = {}): string {
  const where = [...(options.where ?? []), ...(options.queue === undefined ? [] : [`queue=${options.queue}`])];
  const { day, at, channel, gross } = options;
  return scopeQuery(
    { ...options, where },
    {
      day: isoDay(day),
      at,
      channel: more.size || more.format ? undefined : channel,
      view: gross ? 'gross' : undefined,
      ...more,
    },
  );
}

function head({ now }: schema.Shift, { day, isToday, at, last, whole: all }: SoFar): string {
  const when = isToday ? `Dados até ${last ?? at} de hoje (agora ${now.slice(11, 16)})` : `${date(day)}, até ${at}`;
  const facts = [
    `oferecidos ${whole(all.offered)}`,
    `atendidos ${whole(all.answered)}`,
    `abandonados ${whole(all.abandoned)} e ${whole(all.shortAbandons)} curtos`,
    `nível de serviço ${levelText(all)}`,
  ];
  return `${when}: ${facts.join('; ')}`;
}

function levelText({ level, target, against }: SoFar['whole']): string {
  if (level.value === null) return `${NOTHING} (${NULL_REASONS[level.reasonCode as NullReason] ?? ''})`;
  const bounds = `IC 95% ${figure('ratio', level.low)}–${figure('ratio', level.high)}`;
  const aim = target === null ? 'sem meta' : `meta ${figure('ratio', target)}, ${AGAINST[against ?? ''] ?? ''}`;
  return `${figure('ratio', level.value)} (${bounds}; ${aim})`;
}

function sourceRow({ source, newest, received, minutes, usualMinutes, late }: schema.SourceAge) {
  const moment = (text: string | null) => (text ? `${date(text.slice(0, 10))} ${text.slice(11, 16)}`.trim() : NOTHING);
  return {
    fonte: source,
    'atendimento mais novo': moment(newest),
    'último lote': moment(received),
    'há, em min': minutes === null ? NOTHING : whole(minutes),
    costume: usualMinutes === null ? NOTHING : `até ${whole(usualMinutes)}`,
    '': late ? 'atrasada' : '',
  };
}

function queueRow({ queue, offered, answered, abandoned, level, target, against, worst }: SoFar['queues'][number]) {
  return {
    fila: queue,
    oferecidos: whole(offered),
    atendidos: whole(answered),
    abandonados: whole(abandoned),
    nível: figure('ratio', level.value),
    'IC 95%': level.low === undefined ? NOTHING : `${figure('ratio', level.low)}–${figure('ratio', level.high)}`,
    meta: figure('ratio', target),
    situação: against ? AGAINST[against]! : NOTHING,
    'pior meia hora': worst ? `${worst.from} (${whole(worst.inTime)} de ${whole(worst.n)})` : NOTHING,
  };
}

function halfRow(half: SoFar['halfHours'][number]) {
  const count = (value: number | null) => (value === null ? NOTHING : whole(value));
  const { forecast } = half;
  return {
    hora: half.from,
    '': { over: '', filling: 'em curso', ahead: 'à frente' }[half.state],
    oferecidos: count(half.offered),
    previstos: forecast ? `${whole(forecast.calls)} (${whole(forecast.low)}–${whole(forecast.high)})` : NOTHING,
    ingênua: forecast ? whole(forecast.naive) : NOTHING,
    atendidos: count(half.answered),
    abandonados: count(half.abandoned),
    necessárias: count(half.needed),
    escaladas: half.rostered === null ? NOTHING : figure('score', half.rostered),
    atenderam: count(half.present),
    'em atividade': half.atWork === null ? NOTHING : figure('score', half.atWork),
    falta: half.lack === null ? NOTHING : figure('score', half.lack),
  };
}

function foot({ callbacks: counts, excluded, silent, staffing }: SoFar): string {
  const { today, before, anonymous, anonymousBefore } = counts;
  const lines = [
    `${people(today + before)} a chamar de volta: ${whole(today)} do dia, ${whole(before)} do dia anterior; ${whole(anonymous + anonymousBefore)} abandonos sem identificação. Veja ramal shift callbacks.`,
    `Necessárias por ${staffing.model === 'erlang-a' ? 'Erlang A' : 'Erlang C'}, ${figure('ratio', staffing.level)} em ${whole(staffing.within)} s, TMA ${figure('s', staffing.aht)}.`,
    excluded > 0 ? `${whole(excluded)} expurgados ficam fora.` : '',
    ...silent.map(({ source, reasonCode }) =>
      reasonCode === 'only-answered' ? `${source} só guarda atendidos.` : `${source} não tem abandonos.`,
    ),
  ];
  return lines.filter(Boolean).join('\n');
}

function people(count: number): string {
  return `${whole(count)} ${count === 1 ? 'pessoa' : 'pessoas'}`;
}

function callbackRow({ since, last, before, queue, tries, waited_s, phone, contact_name, customer_ref }: Called) {
  const moment = (text: string) => `${date(text.slice(0, 10))} ${text.slice(11, 16)}`;
  return {
    desde: moment(since),
    'último abandono': moment(last),
    '': before ? 'dia anterior' : '',
    fila: queue,
    tentativas: whole(tries),
    espera: figure('s', waited_s),
    telefone: phone ?? NOTHING,
    nome: contact_name ?? customer_ref ?? NOTHING,
  };
}
