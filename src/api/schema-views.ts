import { type Static, Type } from 'typebox';
import { MAIL_FORMATS, type MailFormat } from '../reports/report-mails.ts';
import { FOLLOWED, type Followed } from '../reports/view.ts';
import { Told } from './schema-outbox.ts';

/** What a view's period follows. */
export const FollowedName = Type.Unsafe<Followed>({
  type: 'string',
  enum: [...FOLLOWED],
  description:
    'O que o período segue: fixed (os dias do endereço), page (o da tela), day, week, month ou 28d, os últimos completos',
});

/** The address of a screen, with what is chosen on it. */
export const ScreenAddress = Type.String({
  pattern: '^/(?![/\\\\])\\S*$',
  maxLength: 4000,
  description: 'Endereço da tela, com o que se escolheu nela',
});

const Format = Type.Unsafe<MailFormat>({ type: 'string', enum: [...MAIL_FORMATS] });
const Lang = Type.Union([Type.Literal('pt'), Type.Literal('en')]);

export const Mail = Type.Object({
  id: Type.Integer(),
  recipients: Type.Array(Type.String()),
  weekdays: Type.Array(Type.Integer({ description: '1 a 7, segunda primeiro' })),
  at: Type.String(),
  format: Format,
  lang: Lang,
  enabled: Type.Boolean(),
  createdBy: Type.String(),
  sent: Type.Array(Told, { description: 'O que foi de cada envio, do mais novo ao mais antigo' }),
});
export type Mail = Static<typeof Mail>;

export const SavedView = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  owner: Type.String(),
  mine: Type.Boolean(),
  path: Type.String(),
  followed: FollowedName,
  shared: Type.Boolean(),
  screen: Type.String({ description: 'O endereço da tela com os dias de hoje' }),
  mails: Type.Array(Mail, { description: 'Para gestores e administradores' }),
});
export type SavedView = Static<typeof SavedView>;

export const ViewList = Type.Object({
  views: Type.Array(SavedView),
  sends: Type.Boolean({ description: 'Há por onde enviar' }),
});
export type ViewList = Static<typeof ViewList>;

export const Recipients = Type.Object({ names: Type.Array(Type.String()) });
export type Recipients = Static<typeof Recipients>;

export const NewView = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 200 }),
  screen: ScreenAddress,
  followed: FollowedName,
  shared: Type.Optional(Type.Boolean({ description: 'Outros também a veem' })),
});

export const NewMail = Type.Object({
  recipients: Type.Array(Type.String({ minLength: 1, maxLength: 60 }), { minItems: 1, maxItems: 50 }),
  weekdays: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { minItems: 1, maxItems: 7 }),
  at: Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', description: 'Hora do negócio, 07:30' }),
  format: Format,
  lang: Type.Optional(Lang),
});

export const SentMail = Type.Object({ sent: Type.Array(Told) });
export type SentMail = Static<typeof SentMail>;
