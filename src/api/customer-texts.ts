import { identifies, maskCell, maskValue } from '../access/masking.ts';
import type { Column } from '../contracts/index.ts';
import type { BaseField } from '../customers/base/build-base.ts';
import { sharedTexts, someKey } from '../customers/base/find-customers.ts';
import { type KeptBase, naturesOf } from '../customers/base/kept-bases.ts';
import { personalKind } from '../customers/base/names.ts';
import type { Value } from '../customers/base/one-customer.ts';
import type { ColumnNature } from '../customers/features/treatment.ts';
import { listContract } from '../intake/targets/list.ts';
import { isCnpj } from '../kernel/brazil/cnpj.ts';
import { isCpf } from '../kernel/brazil/cpf.ts';
import type { App } from './app.ts';

/** Which texts of a base leave as they are. */
export interface CustomerTexts {
  /** A value as it leaves, and whether anything of it was hidden. */
  told(field: string, value: Value): { readonly value: Value; readonly masked: boolean };
  /** Fields that may be searched by any part of them, names, which may be by words, and the others, by all of them. */
  readonly open: readonly string[];
  readonly names: readonly string[];
  readonly others: readonly string[];
}

/** Bases never change: what is shared in one is counted once. */
const counted = new WeakMap<App, Map<number, Promise<Counted>>>();

interface Counted {
  /** Fields whose texts several customers share. */
  readonly shared: ReadonlySet<string>;
  /** What names some customer may be a document, phone or e-mail. */
  readonly identifying: boolean;
}

async function countTexts({ lake, bases }: App, { id, key }: KeptBase, texts: readonly BaseField[]): Promise<Counted> {
  const path = bases.pathOf(id);
  return { shared: await sharedTexts(lake, path, texts), identifying: await someKey(lake, path, key, identifies) };
}

/**
 * What of a base may be told: a list's layout says it of its columns; of files, texts are told that several customers
 * share and whose name says nothing of a person. What names the customers is told unless it may be a document, phone or
 * e-mail.
 */
export async function customerTexts(app: App, base: KeptBase): Promise<CustomerTexts> {
  const texts = base.fields.filter(({ kind }) => kind === 'text' || kind === 'code');
  const known = counted.get(app) ?? new Map<number, Promise<Counted>>();
  counted.set(app, known);
  const counting = known.get(base.id) ?? countTexts(app, base, texts);
  known.set(base.id, counting);
  const { shared, identifying } = await counting.catch((thrown: unknown) => {
    known.delete(base.id);
    throw thrown;
  });
  const contracts = contractsOf(app, base);
  const isPlain = (field: string): boolean =>
    contracts.has(field)
      ? !isPersonal(contracts, field)
      : field === base.key || (shared.has(field) && personalKind(field) === null);
  const names = texts.map(({ name }) => name);
  const isName = (field: string) => personalKind(field) === 'name';
  const maskedKey = !isPlain(base.key) || (!contracts.has(base.key) && identifying);
  return {
    told(field, value) {
      const contract = contracts.get(field);
      const text = typeof value === 'string';
      const plain = text ? isPlain(field) : field === base.key || !isPersonal(contracts, field);
      if (value === null || (plain && !(text && field === base.key && !contract && identifies(value))))
        return { value, masked: false };
      const own = String(value);
      return { value: contract?.mask ? (maskCell(own, contract) as string) : hidden(field, own), masked: true };
    },
    // What is masked would be told by its parts, one after the other.
    open: [...(maskedKey ? [] : [base.key]), ...names.filter(isPlain)],
    names: names.filter((name) => !isPlain(name) && isName(name)),
    others: [...(maskedKey ? [base.key] : []), ...names.filter((name) => !isPlain(name) && !isName(name))],
  };
}

type Contracts = ReadonlyMap<string, Column>;

/** What the layouts of the lists that a base was made of say of its fields. */
function contractsOf(app: App, base: KeptBase): Contracts {
  const layouts = app.layouts.newest().filter(({ into }) => into === 'list');
  const contractOf = (table: string, column: string | null): Column | undefined => {
    const layout = layouts.find(({ source }) => source === table);
    return layout && column !== null ? listContract(layout).columns[column] : undefined;
  };
  const keyTable = base.tables.find(({ key, once }) => once && key === base.key)?.name ?? '';
  const found = [...base.fields, { name: base.key, table: keyTable, column: base.key }].flatMap(
    ({ name, table, column }) => {
      const contract = contractOf(table, column);
      return contract ? [[name, contract] as const] : [];
    },
  );
  return new Map(found);
}

/** Whether a field says something of a person: by its list's layout or, where there is none, by its name. */
function isPersonal(contracts: Contracts, field: string): boolean {
  const contract = contracts.get(field);
  return contract ? contract.personal !== 'none' : personalKind(field) !== null;
}

/** The fields of a base by which groups may be told, and what each is. */
export function tellableFields(app: App, base: KeptBase): ReadonlyMap<string, ColumnNature> {
  const contracts = contractsOf(app, base);
  const natures = naturesOf(base);
  return new Map([...natures].filter(([name]) => !isPersonal(contracts, name)));
}

/** A text masked by what it is and what its field is called. */
function hidden(field: string, value: string): string {
  const signless = value.replaceAll(/[^\dA-Z]/gi, '');
  if (value.includes('@')) return maskValue(value, 'email');
  if (isCpf(signless) || isCnpj(signless)) return maskValue(signless, 'taxpayer');
  const kind = personalKind(field) ?? 'text';
  return maskValue(kind === 'taxpayer' || kind === 'phone' ? signless : value, kind);
}
