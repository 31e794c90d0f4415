import { codes } from './codes.ts';
import { constant } from './constant.ts';
import { cpf } from './cpf.ts';
import { date } from './date.ts';
import { dateTime } from './date-time.ts';
import { dateTimePlus } from './date-time-plus.ts';
import { decimal } from './decimal.ts';
import { duration } from './duration.ts';
import { email } from './email.ts';
import { fields } from './fields.ts';
import { integer } from './integer.ts';
import { phone } from './phone.ts';
import { taxpayer } from './taxpayer.ts';
import { text } from './text.ts';
import type { Transform } from './transform.ts';

export type { Transform } from './transform.ts';

/** Every transform a layout can name. */
export const TRANSFORMS: ReadonlyMap<string, Transform> = new Map(
  [
    text,
    constant,
    codes,
    integer,
    decimal,
    date,
    dateTime,
    dateTimePlus,
    duration,
    phone,
    cpf,
    taxpayer,
    email,
    fields,
  ].map((one) => [one.name, one]),
);
