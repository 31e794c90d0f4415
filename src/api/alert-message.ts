import { RamalError } from '../kernel/errors.ts';
import { lakeFacts } from '../metrics/facts.ts';
import { indicatorNamed } from '../metrics/registry.ts';
import { sourceNames } from '../reports/about.ts';
import { ALERT_WORDS, alertLines } from '../reports/alert-words.ts';
import type { Alert, Raised } from '../reports/alerts.ts';
import type { App } from './app.ts';
import type { Composed } from './outbox-delivery.ts';

/** What is told of a period that an alert raised, or why nothing is any more. */
export async function alertMessage(app: App, id: number, screens: string | null): Promise<Composed | RamalError> {
  const raised = await app.alerts.raisedAs(id);
  const alert = await app.alerts.get(raised.alert);
  if (raised.state === 'withdrawn') return new RamalError('alertWithdrawn');
  if (!alert.enabled) return new RamalError('alertOff');
  const { lang, name, owner } = alert;
  const words = ALERT_WORDS[lang];
  const origin = app.config.url || screens;
  const { agents } = await lakeFacts(app.lake);
  const sources = sourceNames({ ...app, lang, screen: null });
  const lines = alertLines(alert, raised, { sources, agents, missingLabel: app.config.missingLabel });
  const screen = origin === null ? '' : `${origin}${screenOf(alert, raised)}`;
  return {
    subject: words.subject(name, indicatorNamed(alert.metric).label[lang]),
    text: [...lines, '', words.why(name, owner, screen), ''].join('\n'),
    files: [],
    lacks: [],
    audited: [`alert ${alert.id}`, { raised: raised.id }],
  };
}

/** The screen that shows the figure in the same scope and period. */
export function screenOf({ metric, rule, sources, filters }: Alert, { from, to }: Pick<Raised, 'from' | 'to'>): string {
  const query = new URLSearchParams({ from, to });
  if (sources.length > 0) query.set('source', sources.join(','));
  for (const filter of filters) query.append('where', filter);
  if (rule !== 'house') query.set('rule', rule);
  query.set('metric', metric);
  return `/indicadores?${query}`;
}
