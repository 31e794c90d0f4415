import { contact, contactEvent, identity, naturalKey, quarantine } from './contact.ts';
import { agent, contactMart, mark, repeatMart } from './gold.ts';
import { excluded, source } from './source.ts';
import type { Table } from './table.ts';

export {
  type Column,
  type ColumnType,
  ddl,
  type MaskKind,
  type PersonalClass,
  type Row,
  type Table,
  UNKNOWN,
} from './table.ts';
export {
  agent,
  contact,
  contactEvent,
  contactMart,
  excluded,
  identity,
  mark,
  naturalKey,
  quarantine,
  repeatMart,
  source,
};

/** Every table of the lake, from left to right. */
export const TABLES: readonly Table[] = [
  naturalKey,
  contact,
  contactEvent,
  identity,
  quarantine,
  mark,
  contactMart,
  repeatMart,
  agent,
  source,
  excluded,
];
