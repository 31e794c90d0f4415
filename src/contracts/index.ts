import { contact, contactEvent, identity, naturalKey, otherVersion, outdated, quarantine } from './contact.ts';
import { mended, renewed, uniqueValue } from './correction.ts';
import { agent, contactMart, link, MARKED_RULES, mark, markTable, person, repeatMart, ruleMark } from './gold.ts';
import { listed, named, referenceVersion, supervised } from './reference.ts';
import { excluded, exclusion, source } from './source.ts';
import type { Table } from './table.ts';

export {
  type Column,
  type ColumnType,
  ddl,
  type MaskKind,
  type PersonalClass,
  type Row,
  type Table,
  table,
  temporary,
  UNKNOWN,
} from './table.ts';
export {
  agent,
  contact,
  contactEvent,
  contactMart,
  excluded,
  exclusion,
  identity,
  link,
  listed,
  MARKED_RULES,
  mark,
  markTable,
  mended,
  named,
  naturalKey,
  otherVersion,
  outdated,
  person,
  quarantine,
  referenceVersion,
  renewed,
  repeatMart,
  ruleMark,
  source,
  supervised,
  uniqueValue,
};

/** The name that stands for a contact's supervisor where no table knows its agent. */
export const UNMAPPED = 'Não mapeado';

/** Every table of the lake, from left to right. */
export const TABLES: readonly Table[] = [
  naturalKey,
  otherVersion,
  outdated,
  renewed,
  uniqueValue,
  mended,
  contact,
  contactEvent,
  identity,
  quarantine,
  link,
  person,
  mark,
  contactMart,
  repeatMart,
  agent,
  source,
  excluded,
  exclusion,
  supervised,
  named,
  listed,
  referenceVersion,
];
