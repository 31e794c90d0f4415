import type { AlertList, AlertView, RaisedView } from '../api/schema-alerts.ts';
import { RamalError } from '../kernel/errors.ts';
import type { Unit } from '../metrics/indicator.ts';
import { indicatorNamed } from '../metrics/registry.ts';
import type { VerdictName } from '../reports/alert-verdict.ts';
import { amountOf, secondsOf, shareOf } from './amounts.ts';
import type { Options } from './arguments.ts';
import { date, figure, period } from './shown.ts';
import { textTable } from './terminal.ts';
import { listOf, numbered, removal, shownBy, usage, type Work } from './work.ts';

const VERDICT_WORDS: Readonly<Record<VerdictName, string>> = {
  crossed: 'avisou',
  calm: 'nada a avisar',
  unsure: 'passou, mas pode ser acaso',
  few: 'pouco para julgar',
  short: 'menos de seis períodos antes',
  provisional: 'provisório',
  empty: 'nenhum atendimento',
};
const PERIOD_WORDS: Readonly<Record<AlertView['period'], string>> = { day: 'dia', week: 'semana' };

/** `ramal alert …`. */
export const alertCommand: Work = async ({ client, rest, options }) => {
  const [action = 'list', word] = rest;
  const shown = shownBy(options);
  const list = async () => (await client.json<AlertList>('GET', '/api/alerts')).alerts;
  if (action === 'list') return shown(await list(), (all) => textTable(all.map(alertRow)));
  if (action === 'add') {
    const made = await client.json<AlertView>('POST', '/api/alerts', newAlert(word, options));
    return shown(made, (alert) => `Alerta ${alert.id} (${alert.name}) criado. ${lookText(alert)}`);
  }
  const id = numbered(word, 'alerta', 'ramal alert list');
  const url = `/api/alerts/${id}`;
  if (action === 'show') {
    const found = (await list()).find((alert) => alert.id === id);
    if (!found) throw new RamalError('notFound', { what: 'alerta', received: id, todo: 'Veja ramal alert list.' });
    return shown(found, alertText);
  }
  if (action === 'on' || action === 'off') {
    const enabled = action === 'on';
    return shown(await client.json<AlertView>('POST', url, { enabled }), (alert) =>
      enabled ? `Alerta ${id} ligado. ${lookText(alert)}` : `Alerta ${id} desligado`,
    );
  }
  if (action === 'seen')
    return shown(await client.json<RaisedView>('POST', `/api/alerts/raised/${id}`), () => `Aviso ${id} visto`);
  if (action !== 'remove') throw usage(`Ação desconhecida: ${action}`, 'Use list, show, add, on, off, seen ou remove');
  return removal(client, url, options, `o alerta ${id} e o que ele avisou`);
};

/** What is watched, of a name and the options. */
function newAlert(name: string | undefined, options: Options) {
  const { metric, above, below, limits, rule, period: by = 'week', where = [], recipient = [] } = options;
  if (!name) throw usage('Falta o nome do alerta', 'Veja ramal alert --help');
  if (!metric) throw usage('Falta --metric', 'Use um indicador, como --metric abandonRate');
  const given = [above, below, limits].filter((one) => one !== undefined);
  if (given.length !== 1) throw usage('Falta quando avisar', 'Use --above, --below ou --limits, um só');
  if (by !== 'day' && by !== 'week') throw usage(`Recebido ${by} em --period`, 'Use day ou week');
  const { unit } = indicatorNamed(metric);
  const said = above ?? below;
  return {
    ...{ name, metric, period: by, sources: listOf(options.source), filters: where, recipients: recipient },
    ...(rule === undefined ? {} : { rule }),
    kind: above !== undefined ? 'above' : below !== undefined ? 'below' : 'limits',
    threshold: said === undefined ? null : thresholdOf(above === undefined ? 'below' : 'above', said, unit),
  };
}

/** A threshold in the indicator's unit: `10%`, `5m`, `300`. */
function thresholdOf(option: string, text: string, unit: Unit): number {
  if (unit === 'ratio') return shareOf(option, text);
  if (unit === 's') return secondsOf(option, text);
  return text.startsWith('-') ? -amountOf(option, text.slice(1)) : amountOf(option, text);
}

function crossingText({ kind, threshold, metric }: AlertView): string {
  if (kind === 'limits') return 'fora da própria variação';
  return `${kind === 'above' ? 'acima' : 'abaixo'} de ${figure(indicatorNamed(metric).unit, threshold)}`;
}

function lookText({ looked, lookedFrom, lookedTo, lookedMessage, metric }: AlertView): string {
  if (lookedMessage !== null) return lookedMessage;
  if (looked === null) return 'Ainda não olhou: espera dados';
  const value = figure(indicatorNamed(metric).unit, looked.value);
  return `${period(lookedFrom, lookedTo)}: ${value}, ${VERDICT_WORDS[looked.verdict]}`;
}

const unseen = ({ raised }: AlertView) => raised.filter(({ state, seenAt }) => state === 'raised' && seenAt === null);

function alertRow(alert: AlertView) {
  return {
    número: alert.id,
    alerta: alert.name,
    indicador: indicatorNamed(alert.metric).label.pt,
    recorte: [...alert.sources, ...alert.filters].join(', ') || 'tudo',
    'avisa quando': crossingText(alert),
    por: PERIOD_WORDS[alert.period],
    ligado: alert.enabled ? 'sim' : 'não',
    'última olhada': lookText(alert),
    'por ver': unseen(alert).length,
  };
}

function alertText(alert: AlertView): string {
  const { unit } = indicatorNamed(alert.metric);
  const rows = alert.raised.map(({ id, from, to, told, state, nowValue, seenBy, seenAt }) => ({
    aviso: id,
    período: period(from, to),
    valor: figure(unit, told.value),
    situação: state === 'withdrawn' ? `retirado: agora ${figure(unit, nowValue)}` : 'em vigor',
    visto: seenAt === null ? null : `${date(seenAt.slice(0, 10))}, ${seenBy}`,
  }));
  const tell = alert.recipients.length > 0 ? `; e-mail a ${alert.recipients.join(', ')}` : '';
  return [
    `${alert.name} (de ${alert.owner}): ${indicatorNamed(alert.metric).label.pt} ${crossingText(alert)}, por ${PERIOD_WORDS[alert.period]}${tell}`,
    lookText(alert),
    textTable(rows),
  ]
    .filter(Boolean)
    .join('\n');
}
