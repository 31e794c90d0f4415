import type * as schema from '../api/schema-staffing.ts';
import { RamalError } from '../kernel/errors.ts';
import { amountOf, secondsOf, shareOf } from './amounts.ts';
import type { Options } from './arguments.ts';
import { flag, scopeQuery } from './scope-query.ts';
import { date, figure, period, whole } from './shown.ts';
import { duration, textTable } from './terminal.ts';
import { isoDay, json, type Work } from './work.ts';

type Answer = schema.StaffingAnswer;
type Row = Answer['rows'][number];

/** Half-hours that a table shows: all of a day or two, the worst of longer periods. */
const MOST_SHOWN = 96;
const WORST_SHOWN = 10;

export const staffing: Work = (context) => {
  const action = context.rest[0] ?? 'show';
  const work = ACTIONS[action];
  if (work) return work(context);
  throw new RamalError('usage', { what: `Ação desconhecida: ${action}`, todo: 'Use erlang, plan, ou nenhuma' });
};

const show: Work = async ({ client, options }) => {
  if (options.receipt && !options.json)
    throw new RamalError('usage', { what: '--receipt só vale com --json', todo: 'Repita com os dois' });
  const answer = await client.json<Answer>('GET', `/api/staffing${query(options)}`);
  if (options.json) return json(answer);
  const all = answer.rows.length <= MOST_SHOWN;
  const parts = all
    ? [textTable(answer.rows.map(halfHour))]
    : [
        titled('Onde mais falta gente, pelas ligações de costume', answer.worst.lack),
        titled('Onde mais sobra', answer.worst.surplus),
      ];
  return [head(answer), ...parts, forecastText(answer)].filter(Boolean).join('\n\n');
};

const erlang: Work = async ({ client, options }) => {
  const { calls, interval, aht, agents, patience } = options;
  if (calls === undefined || interval === undefined || aht === undefined)
    throw new RamalError('usage', {
      what: 'Faltam --calls, --interval ou --aht',
      todo: 'Use ramal staffing erlang --calls 100 --interval 30m --aht 180s --agents 14',
    });
  const asked = new URLSearchParams(limits(options));
  asked.set('calls', String(amountOf('calls', calls)));
  asked.set('interval', String(secondsOf('interval', interval)));
  asked.set('aht', String(secondsOf('aht', aht)));
  if (agents !== undefined) asked.set('agents', String(amountOf('agents', agents)));
  if (patience !== undefined && patience !== 'none') asked.set('patience', String(secondsOf('patience', patience)));
  const answer = await client.json<schema.ErlangAnswer>('GET', `/api/staffing/erlang?${asked}`);
  if (options.json) return json(answer);
  const { serviceLevel, asa, pWait, occupancy, abandon, agents: needed, people } = answer;
  return textTable([
    {
      ...(needed === undefined ? {} : { pessoas: whole(needed), escaladas: whole(people ?? needed) }),
      'nível de serviço': figure('ratio', serviceLevel),
      'espera média': asa === null ? 'sem fim' : `${figure('score', asa)} s`,
      espera: figure('ratio', pWait),
      ocupação: figure('ratio', occupancy),
      abandono: figure('ratio', abandon),
    },
  ]);
};

const plan: Work = async (context) => {
  const { client, options } = context;
  const [from, to] = [isoDay(options.from), isoDay(options.to)];
  if (!from || !to || !options.shift)
    throw new RamalError('usage', {
      what: 'Faltam --from, --to ou --shift',
      todo: 'Use ramal staffing plan --from 2026-11-16 --to 2026-11-17 --shift 6h',
    });
  const answer = await client.json<schema.ShiftAnswer>(
    'GET',
    `/api/staffing/plan${query(options, shiftRules(options))}`,
  );
  if (options.json) return json(answer);
  return answer.days.map(dayPlan).join('\n\n');
};

const ACTIONS: Readonly<Record<string, Work>> = { show, erlang, plan };

function limits(options: Options): Record<string, string> {
  const { level, target, asa, occupancy, abandon, shrinkage } = options;
  const said: Record<string, number | undefined> = {
    level: level === undefined ? undefined : shareOf('level', level),
    target: target === undefined ? undefined : secondsOf('target', target),
    asa: asa === undefined ? undefined : secondsOf('asa', asa),
    occupancy: occupancy === undefined ? undefined : shareOf('occupancy', occupancy),
    abandon: abandon === undefined ? undefined : shareOf('abandon', abandon),
    shrinkage: shrinkage === undefined ? undefined : shareOf('shrinkage', shrinkage),
  };
  return Object.fromEntries(
    Object.entries(said).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}

function query(options: Options, more: Record<string, string | undefined> = {}): string {
  const { patience, queue, horizon } = options;
  const named = patience === undefined || patience === 'data' || patience === 'none';
  const where = [...(options.where ?? []), ...(queue === undefined ? [] : [`queue=${queue}`])];
  return scopeQuery(
    { ...options, where },
    {
      ...limits(options),
      patience: named ? patience : String(secondsOf('patience', patience)),
      horizon: horizon === undefined ? undefined : String(amountOf('horizon', horizon)),
      due: options.due,
      channel: options.channel,
      view: options.gross ? 'gross' : undefined,
      receipt: flag(options.receipt),
      ...more,
    },
  );
}

function head(answer: Answer): string {
  const { target, patience, usual, came, model } = answer;
  if (answer.reason && answer.forecast && (answer.from ?? '') >= answer.forecast.from)
    return `${period(answer.from, answer.to)} ainda não tem ligações: o que se espera está na previsão.`;
  if (answer.reason) return `Sem dimensionamento (${period(answer.from, answer.to)}). ${answer.reason}`;
  const facts = [
    `${whole(answer.offered)} ligações`,
    `TMA ${figure('s', answer.aht)}`,
    `meta ${figure('ratio', target.level)} em ${duration(target.within)}`,
    model === 'erlang-a' && patience ? `Erlang A, paciência ${patienceText(patience)}` : 'Erlang C',
    answer.shrinkage > 0 ? `ausências ${figure('ratio', answer.shrinkage)}` : '',
    period(answer.from, answer.to),
    `dados completos até ${date(answer.watermark)}`,
  ];
  const lines = [
    `Pelas ligações de costume: ${balance(usual)}`,
    `Pelas que vieram: ${balance(came)}`,
    answer.withoutRoster > 0 ? `${whole(answer.withoutRoster)} meias horas são de dias sem escala.` : '',
    `(${facts.filter(Boolean).join('; ')})`,
  ];
  return lines.filter(Boolean).join('\n');
}

function patienceText({ seconds, low, high, given }: NonNullable<Answer['patience']>): string {
  if (given) return figure('s', seconds);
  return `${figure('s', seconds)} (IC 95% ${figure('s', low)}–${figure('s', high)})`;
}

function balance({ needed, rostered, lack, surplus }: Answer['usual']): string {
  const hours = (value: number | null) => `${whole(value ?? 0)} h`;
  if (rostered === null) return `${hours(needed)} de gente necessárias; nenhuma escala conhecida`;
  return `${hours(needed)} de gente necessárias, ${hours(rostered)} escaladas; faltam ${hours(lack)}, sobram ${hours(surplus)}`;
}

function titled(title: string, rows: readonly Row[]): string {
  return rows.length === 0 ? '' : `${title}\n\n${textTable(rows.slice(0, WORST_SHOWN).map(halfHour))}`;
}

function halfHour(row: Row) {
  return {
    dia: date(row.day),
    hora: row.from,
    ligações: whole(row.offered),
    necessárias: whole(row.needed),
    'de costume': figure('score', row.usualCalls),
    'necessárias nelas': whole(row.usualNeeded),
    escaladas: row.rostered === null ? '–' : figure('score', row.rostered),
    falta: row.usualLack === null ? '–' : figure('score', row.usualLack),
    sobra: row.usualSurplus === null ? '–' : figure('score', row.usualSurplus),
    atenderiam: figure('ratio', row.usualLevel),
  };
}

function forecastText(answer: Answer): string {
  const { forecast } = answer;
  if (!forecast) return '';
  const { used, usual, naive, noGain, from, to } = forecast;
  const errors = `erro (WAPE) ${figure('ratio', usual.wape)}, ingênua ${figure('ratio', naive.wape)}`;
  const coverage = `intervalo de 95% conteve ${figure('ratio', (used === 'usual' ? usual : naive).coverage)}`;
  const verdict = used === 'naive' ? 'sem ganho: vale a ingênua' : noGain ? 'ganho incerto' : '';
  const facts = [errors, coverage, `${forecast.origins} semanas refeitas`, verdict].filter(Boolean).join('; ');
  const days = Map.groupBy(forecast.rows, ({ day }) => day);
  const rows = [...days].map(([day, halves]) => {
    const sum = (of: (row: (typeof halves)[number]) => number) => halves.reduce((total, row) => total + of(row), 0);
    return {
      dia: date(day),
      ligações: whole(sum(({ calls }) => calls)),
      ingênua: whole(sum((row) => row.naive)),
      'mais pessoas': whole(Math.max(...halves.map(({ needed }) => needed))),
      'horas de gente': whole(sum(({ needed }) => needed) / 2),
      ...(halves.some(({ rostered }) => rostered !== null)
        ? {
            escaladas: figure('score', sum(({ rostered }) => rostered ?? 0) / 2),
            faltam: figure('score', sum(({ lack }) => lack ?? 0) / 2),
            sobram: figure('score', sum(({ surplus }) => surplus ?? 0) / 2),
          }
        : {}),
    };
  });
  const asked = forecast.rows.filter(({ day }) => day >= (answer.from ?? '') && day < (answer.to ?? '9999'));
  const lacking = (asked.length > 0 ? asked : forecast.rows)
    .filter(({ lack }) => (lack ?? 0) > 0)
    .toSorted((a, b) => b.lack! - a.lack! || (a.day + a.from).localeCompare(b.day + b.from))
    .slice(0, WORST_SHOWN);
  const where = lacking.map(({ day, from, calls, needed, rostered, lack }) => ({
    dia: date(day),
    hora: from,
    ligações: figure('score', calls),
    necessárias: whole(needed),
    escaladas: figure('score', rostered),
    falta: figure('score', lack),
  }));
  return [
    `Previsão, ${period(from, to)} (${facts})`,
    textTable(rows),
    ...(where.length > 0 ? ['Onde mais vai faltar gente, em pessoas', textTable(where)] : []),
  ].join('\n\n');
}

/** The rules of a plan, in minutes. */
function shiftRules(options: Options): Record<string, string | undefined> {
  const minutes = (option: string, text: string) => secondsOf(option, text) / 60;
  const { shift = '', break: rest, earliest, latest, people, 'lack-weight': weight } = options;
  return {
    lengths: shift
      .split(',')
      .map((text) => minutes('shift', text.trim()))
      .join(','),
    rest: rest && restOf(rest, (text) => minutes('break', text)),
    earliest,
    latest,
    people: people && String(amountOf('people', people)),
    lackWeight: weight && String(amountOf('lack-weight', weight)),
  };
}

/** `30m:2h-4h`, half an hour begun two to four hours after coming, as `30:120-240`. */
function restOf(text: string, minutes: (text: string) => number): string {
  const [, length, from, to] = /^([^:]+):([^-]+)-(.+)$/.exec(text) ?? [];
  if (length && from && to) return `${minutes(length)}:${minutes(from)}-${minutes(to)}`;
  throw new RamalError('usage', { what: `Recebido ${text} em --break`, todo: 'Use duração:desde-até, como 30m:2h-4h' });
}

function dayPlan({
  day,
  shifts,
  people,
  lack,
  surplus,
  optimal,
  cost,
  bound,
}: schema.ShiftAnswer['days'][number]): string {
  const best = optimal ? 'nenhum plano é melhor' : `no máximo ${figure('score', cost - bound)} h acima do melhor`;
  const title = `${date(day)}: ${whole(people)} pessoas; faltam ${figure('score', lack)} h, sobram ${figure('score', surplus)} h (${best})`;
  const rows = shifts.map(({ from, to, rest, people: there }) => ({
    entrada: from,
    saída: to,
    intervalo: rest ?? '–',
    pessoas: whole(there),
  }));
  return [title, textTable(rows)].filter(Boolean).join('\n\n');
}
