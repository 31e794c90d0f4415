import { type Static, Type } from 'typebox';
import {
  ALERT_KINDS,
  type AlertKind,
  SIGNALS,
  type SignalName,
  VERDICTS,
  type VerdictName,
} from '../reports/alert-verdict.ts';
import { ALERT_PERIODS, type AlertPeriod } from '../reports/alerts.ts';
import { nullable } from './nullable.ts';
import { Told } from './schema-outbox.ts';

const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'Dia, AAAA-MM-DD' });
const Lang = Type.Union([Type.Literal('pt'), Type.Literal('en')]);
const Period = Type.Unsafe<AlertPeriod>({ type: 'string', enum: [...ALERT_PERIODS] });
const Kind = Type.Unsafe<AlertKind>({
  type: 'string',
  enum: [...ALERT_KINDS],
  description: 'Acima ou abaixo de um limiar, ou os limites da própria variação',
});

const Verdict = Type.Object({
  verdict: Type.Unsafe<VerdictName>({ type: 'string', enum: [...VERDICTS] }),
  signal: nullable(Type.Unsafe<SignalName>({ type: 'string', enum: [...SIGNALS] })),
  value: nullable(Type.Number()),
  n: Type.Number(),
  low: nullable(Type.Number({ description: 'Intervalo de 95%' })),
  high: nullable(Type.Number()),
  threshold: nullable(Type.Number()),
  mean: nullable(Type.Number({ description: 'Dos períodos anteriores' })),
  limitLow: nullable(Type.Number()),
  limitHigh: nullable(Type.Number()),
});

export const RaisedView = Type.Object({
  id: Type.Integer(),
  alert: Type.Integer(),
  from: Day,
  to: Day,
  told: Verdict,
  lakeVersion: Type.Integer(),
  raisedAt: Type.String(),
  state: Type.Union([Type.Literal('raised'), Type.Literal('withdrawn')]),
  withdrawnAt: nullable(Type.String()),
  nowValue: nullable(Type.Number({ description: 'De um retirado, o valor com os dados que chegaram depois' })),
  seenBy: nullable(Type.String()),
  seenAt: nullable(Type.String()),
  screen: Type.String({ description: 'O endereço da tela com o recorte e o período' }),
  mails: Type.Array(Told, { description: 'Para gestores e administradores' }),
});
export type RaisedView = Static<typeof RaisedView>;

export const AlertView = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  owner: Type.String(),
  mine: Type.Boolean(),
  metric: Type.String(),
  rule: Type.String(),
  sources: Type.Array(Type.String()),
  filters: Type.Array(Type.String()),
  period: Period,
  kind: Kind,
  threshold: nullable(Type.Number({ description: 'Na unidade do indicador: parte de um, segundos' })),
  recipients: Type.Array(Type.String()),
  lang: Lang,
  enabled: Type.Boolean(),
  version: Type.Integer(),
  lookedAt: nullable(Type.String()),
  lookedFrom: nullable(Day),
  lookedTo: nullable(Day),
  looked: nullable(Verdict),
  lookedMessage: nullable(Type.String()),
  raised: Type.Array(RaisedView, { description: 'O que ele avisou, do período mais novo ao mais antigo' }),
});
export type AlertView = Static<typeof AlertView>;

export const AlertList = Type.Object({
  alerts: Type.Array(AlertView),
  sends: Type.Boolean({ description: 'Há por onde enviar e-mails' }),
});
export type AlertList = Static<typeof AlertList>;

const Text = Type.String({ maxLength: 100 });
/** Not `nullable`: a request's 0 would become its null. */
const Threshold = Type.Unsafe<number | null>({ type: ['number', 'null'] });

export const AlertChange = Type.Object({
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  period: Type.Optional(Period),
  kind: Type.Optional(Kind),
  threshold: Type.Optional(Threshold),
  recipients: Type.Optional(Type.Array(Type.String({ maxLength: 60 }), { maxItems: 50 })),
  enabled: Type.Optional(Type.Boolean()),
  version: Type.Optional(Type.Integer({ description: 'A que você viu; se outra pessoa mudou depois, nada muda' })),
});

export const NewAlert = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 200 }),
  metric: Text,
  rule: Type.Optional(Text),
  sources: Type.Optional(Type.Array(Text, { maxItems: 50 })),
  filters: Type.Optional(Type.Array(Type.String({ maxLength: 300 }), { maxItems: 50 })),
  period: Period,
  kind: Kind,
  threshold: Type.Optional(Threshold),
  recipients: Type.Optional(Type.Array(Type.String({ maxLength: 60 }), { maxItems: 50 })),
  lang: Type.Optional(Lang),
});
