import type { LikeMix, Monthly } from '../api/schema-metrics.ts';
import { RamalError } from '../kernel/errors.ts';
import type { MetricAnswer } from '../metrics/answers.ts';
import { indicatorNamed } from '../metrics/registry.ts';
import { flag, scopeQuery } from './scope-query.ts';
import {
  date,
  figure,
  groupRows,
  interval,
  metricHead,
  metricRows,
  type Shown,
  splits,
  tenth,
  whole,
} from './shown.ts';
import { textTable } from './terminal.ts';
import { type Context, json, type Work } from './work.ts';

/** More months than these are told by the first and the last. */
const NAMED_MONTHS = 4;

/** `metric`: an indicator, or what it comes to in a whole month, or teams by it on a like mix of reasons and hours. */
export const metric: Work = async (context) => {
  const { rest, options } = context;
  if (!rest[0]) throw wrong('Falta o indicador', 'Use ramal metric NOME, por exemplo contacts');
  if (options.months && options.mix) throw wrong('--months e --mix não andam juntos', 'Peça um de cada vez');
  if (options.months || options.mix) {
    if (options.receipt) throw wrong('--receipt não vale com --months nem --mix', 'Repita sem ele');
    return options.months ? months(context) : mix(context);
  }
  if (options.receipt && !options.json) throw wrong('--receipt só vale com --json', 'Repita com os dois');
  return figures(context);
};

async function figures({ client, rest, options }: Context): Promise<string> {
  const query = scopeQuery(options, {
    by: options.by,
    receipt: flag(options.receipt),
    view: options.gross ? 'gross' : undefined,
    rule: options.rule,
  });
  const answer = await client.json<MetricAnswer>('GET', `/api/metrics/${encodeURIComponent(rest[0]!)}${query}`);
  if (options.json) return json(answer);
  const indicator = indicatorNamed(answer.metric);
  const label = indicator.label.pt;
  const groups = indicator.kind === 'quotient' ? (indicator.groups ?? []) : [];
  const names = new Map(groups.map((group) => [group.name, group.label.pt]));
  const tables = [groupRows(answer, names), metricRows(answer, label)];
  return [metricHead(answer, label), ...tables.map(textTable)].filter(Boolean).join('\n\n');
}

async function months({ client, rest, options }: Context): Promise<string> {
  const query = scopeQuery(options, { by: options.by, view: options.gross ? 'gross' : undefined });
  const answer = await client.json<Monthly>('GET', `/api/metrics/${encodeURIComponent(rest[0]!)}/months${query}`);
  if (options.json) return json(answer);
  const { label } = indicatorNamed(answer.metric);
  const cells = ({ perMonth, perDay, days, months: held }: NonNullable<Monthly['total']>): Shown => ({
    'por mês inteiro': tenth(perMonth),
    'meses com algum': whole(held),
    'por dia com algum': tenth(perDay),
    dias: whole(days),
  });
  const month = (day: string) => date(day).slice(3);
  const listed = (days: readonly string[]) =>
    days.length > NAMED_MONTHS
      ? `${whole(days.length)}, de ${month(days[0]!)} a ${month(days.at(-1)!)}`
      : days.map(month).join(', ');
  const about = [
    `meses inteiros: ${listed(answer.months) || 'nenhum'}`,
    ...(answer.partial.length > 0 ? [`fora da média: ${listed(answer.partial)}`] : []),
    ...(answer.ofYear ? ['o período não tem mês inteiro: são os do ano'] : []),
  ];
  const rows = answer.rows.map((row) => ({ ...splits([answer.by], row), ...cells(row) }));
  const all = answer.total
    ? [
        {
          ...Object.fromEntries(Object.keys(splits([answer.by], {})).map((name) => [name, 'todos'])),
          ...cells(answer.total),
        },
      ]
    : [];
  return `${label.pt} (${about.join('; ')})\n\n${textTable([...all, ...rows])}`;
}

async function mix({ client, rest, options }: Context): Promise<string> {
  if (!options.by) throw wrong('Falta --by', 'Compare por agent, supervisor ou queue');
  const query = scopeQuery(options, { by: options.by, view: options.gross ? 'gross' : undefined, rule: options.rule });
  const answer = await client.json<LikeMix>('GET', `/api/metrics/${encodeURIComponent(rest[0]!)}/mix${query}`);
  if (options.json) return json(answer);
  const indicator = indicatorNamed(answer.metric);
  const ranked = answer.rows.toSorted((a, b) => Number(a.few) - Number(b.few) || b.value - a.value);
  const rows = ranked.map(
    (row): Shown => ({
      ...splits([answer.by], row),
      'na mesma mistura': figure(indicator.unit, row.value),
      'IC 95%': interval(row, indicator.unit),
      n: whole(row.n),
      'da mistura': figure('ratio', row.coverage),
      ordem: row.few ? 'poucos casos' : '',
    }),
  );
  return `${indicator.label.pt}, como se cada um tivesse os motivos e horários do todo\n\n${textTable(rows)}`;
}

function wrong(what: string, todo: string): RamalError {
  return new RamalError('usage', { what, todo });
}
