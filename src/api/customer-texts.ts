import { identifies, maskCell, maskValue } from '../access/masking.ts';
import type { Column, MaskKind } from '../contracts/index.ts';
import { sharedTexts } from '../customers/base/find-customers.ts';
import type { KeptBase } from '../customers/base/kept-bases.ts';
import { plainName } from '../customers/base/names.ts';
import type { Value } from '../customers/base/one-customer.ts';
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
const counted = new WeakMap<App, Map<number, Promise<Set<string>>>>();

/**
 * What of a base may be told: a list's layout says it of its columns; of files, texts are told that several customers
 * share and whose name says nothing of a person. What names the customers is told unless it may be a document, phone or
 * e-mail.
 */
export async function customerTexts(app: App, base: KeptBase): Promise<CustomerTexts> {
  const texts = base.fields.filter(({ kind }) => kind === 'text' || kind === 'code');
  const known = counted.get(app) ?? new Map<number, Promise<Set<string>>>();
  counted.set(app, known);
  const counting = known.get(base.id) ?? sharedTexts(app.lake, app.bases.pathOf(base.id), texts);
  known.set(base.id, counting);
  const shared = await counting.catch((thrown: unknown) => {
    known.delete(base.id);
    throw thrown;
  });
  const contractOf = (table: string, column: string | null): Column | undefined => {
    const layout = app.layouts.newest().find(({ source, into }) => source === table && into === 'list');
    return layout && column !== null ? listContract(layout).columns[column] : undefined;
  };
  const contracts = new Map(texts.map(({ name, table, column }) => [name, contractOf(table, column)]));
  const keyTable = base.tables.find(({ key, once }) => once && key === base.key)?.name ?? '';
  contracts.set(base.key, contractOf(keyTable, base.key));
  const isPlain = (field: string): boolean => {
    const contract = contracts.get(field);
    if (contract) return contract.personal === 'none';
    return field === base.key || (shared.has(field) && personalKind(field) === null);
  };
  const names = texts.map(({ name }) => name);
  const isName = (field: string) => personalKind(field) === 'name';
  return {
    told(field, value) {
      if (typeof value !== 'string') return { value, masked: false };
      const contract = contracts.get(field);
      if (isPlain(field) && !(field === base.key && !contract && identifies(value))) return { value, masked: false };
      return { value: contract?.mask ? (maskCell(value, contract) as string) : hidden(field, value), masked: true };
    },
    open: [base.key, ...names.filter(isPlain)],
    names: names.filter((name) => !isPlain(name) && isName(name)),
    others: names.filter((name) => !isPlain(name) && !isName(name)),
  };
}

/** Whose names are no person's, nor a firm's. */
const THINGS = /produto|product|grupo|group|plano|plan|servico|service|cidade|municipio|linha|modulo|unidade|item/;

/** What a field's name says of a person or a firm. */
function personalKind(field: string): MaskKind | null {
  const name = plainName(field);
  if (/e_?mail/.test(name)) return 'email';
  if (/fone|phone|celular/.test(name)) return 'phone';
  if (/cpf|cnpj/.test(name)) return 'taxpayer';
  if (/endereco|logradouro|address/.test(name)) return 'text';
  if (THINGS.test(name)) return null;
  return /nome|name|razao|fantasia|contato|responsavel|socio|apelido/.test(name) ? 'name' : null;
}

/** A text masked by what it is and what its field is called. */
function hidden(field: string, value: string): string {
  const signless = value.replaceAll(/[^\dA-Z]/gi, '');
  if (value.includes('@')) return maskValue(value, 'email');
  if (isCpf(signless) || isCnpj(signless)) return maskValue(signless, 'taxpayer');
  const kind = personalKind(field) ?? 'text';
  return maskValue(kind === 'taxpayer' || kind === 'phone' ? signless : value, kind);
}
