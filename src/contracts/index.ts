import { contact, contactEvent, identity, quarantine } from './contact.ts';
import { agent, contactMart, mark, repeatMart } from './gold.ts';
import type { Table } from './table.ts';

export { agent, contact, contactEvent, contactMart, identity, mark, quarantine, repeatMart };
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

/** Every table of the lake, from left to right. */
export const TABLES: readonly Table[] = [
  contact,
  contactEvent,
  identity,
  quarantine,
  mark,
  contactMart,
  repeatMart,
  agent,
];
