import { resolve } from 'node:path';
import type { BaseList } from '../api/schema-customers.ts';
import type { CustomerBase, TableAccount } from '../customers/base/build-base.ts';
import type { Exploration } from '../customers/base/exploration.ts';
import { type LeftOut, whyLeftOut } from '../customers/base/left-out.ts';
import { TAKES } from '../customers/base/takes.ts';
import { exploredText } from './explored.ts';
import { date, figure, whole } from './shown.ts';
import { textTable } from './terminal.ts';
import { copy, isoDay, job, json, listOf, usage, type Work } from './work.ts';

type Answer = CustomerBase & { readonly id?: number; readonly file?: string };

/** `customers build`: one row per customer, of what several files say; `customers explore`: what its columns are like. */
export const customers: Work = async ({ client, options, rest, stdout }) => {
  const [action, ...places] = rest;
  if (action === 'explore') {
    if (!options.file || places.length > 0)
      throw usage('Falta --file', 'Use ramal customers explore --file clientes.parquet');
    const { file, by } = options;
    const found = await job<Exploration>(client, '/api/customers/explore', {
      path: resolve(file),
      ...(by === undefined ? {} : { by }),
    });
    return options.json ? json(found) : exploredText(found);
  }
  if (action === 'list') {
    const { bases } = await client.json<BaseList>('GET', '/api/customers/bases');
    if (options.json) return json(bases);
    return textTable(
      bases.map(({ id, day, customers: n, tables, fields, createdBy }) => ({
        ...{ base: id, dia: date(day), clientes: whole(n), tabelas: whole(tables.length) },
        ...{ campos: whole(fields.length), por: createdBy },
      })),
    );
  }
  if (action !== 'build')
    throw usage(`Ação desconhecida: ${action ?? 'nenhuma'}`, 'Use ramal customers build, list ou explore');
  const { out, keep = false, base, key = [], take, day, holdings, watch } = options;
  const ofFiles = places.length > 0 || watch !== undefined;
  if (places.length > 0 && watch !== undefined) throw usage('Arquivos e --watch não vão juntos', 'Diga uns ou a outra');
  if (ofFiles !== (out !== undefined || keep))
    throw usage(
      ofFiles ? 'Falta --out ou --keep' : 'Faltam os arquivos',
      'Use ramal customers build pasta/ --out clientes.parquet ou --keep, ou ramal customers build para as listas carregadas',
    );
  const asked = {
    ...(base === undefined ? {} : { base }),
    ...(day === undefined ? {} : { day: isoDay(day) }),
    ...(key.length > 0 ? { keys: Object.fromEntries(key.map(keyOf)) } : {}),
    ...(take === undefined ? {} : { takes: listOf(take).map(takeOf) }),
  };
  if (holdings !== undefined && !keep && ofFiles)
    throw usage('--holdings é de uma base guardada', 'Use --keep, ou deixe de fora --holdings');
  const told = holdings === undefined ? {} : { holdings: holdingsOf(holdings) };
  if (!ofFiles) {
    const kept = await job<Answer>(client, '/api/customers/bases', { ...asked, ...told });
    return options.json ? json(kept) : shown(kept);
  }
  const files = watch === undefined ? { paths: places.map((place) => resolve(place)) } : { watch };
  const left = { keep, file: out !== undefined, ...told };
  const { file, ...answer } = await job<Answer>(client, '/api/customers/file', { ...files, ...asked, ...left });
  if (file !== undefined) await copy(client, `/api/customers/file/${file}`, options, stdout);
  return options.json ? json(answer) : shown(answer);
};

function keyOf(word: string): [table: string, column: string] {
  const at = word.lastIndexOf('=');
  if (at < 1) throw usage(`Coluna de cliente não entendida: ${word}`, 'Use --key TABELA=COLUNA');
  return [word.slice(0, at), word.slice(at + 1)];
}

function takeOf(word: string) {
  const [, table, column, name] = /^([^.]+)\.(.+):(\w+)$/.exec(word) ?? [];
  const take = TAKES.find((one) => one === name);
  if (!table || !column || !take)
    throw usage(`Campo não entendido: ${word}`, `Use TABELA.COLUNA:COMO, em que COMO é ${TAKES.join(', ')}`);
  return { table, column, take };
}

function holdingsOf(word: string) {
  const [, table, column] = /^([^.]+)\.(.+)$/.exec(word) ?? [];
  if (!table || !column) throw usage(`Coluna de produto não entendida: ${word}`, 'Use --holdings TABELA.COLUNA');
  return { table, column };
}

/** Where a kept base has products, and what says whether customers are content. */
function besideText({ holdings, care }: Pick<CustomerBase, 'holdings' | 'care'>): string {
  if (!holdings)
    return 'Nenhuma tabela diz que produtos os clientes têm: não há ofertas (--holdings TABELA.COLUNA diz uma).';
  const { table, product, day, amount, monthly, state, customers: n, products, pairs } = holdings;
  const of = [
    ...(day ? [`desde quando: ${day}`] : ['sem datas']),
    ...(amount ? [`valor ${monthly ? 'por mês' : 'do contrato, por mês em 12'}: ${amount}`] : ['sem valores']),
    ...(state ? [`vale ou não: ${state}`] : []),
  ];
  const content = [...(care?.nps ?? []), care?.tickets, care?.usage].filter((one) => one !== undefined && one !== null);
  return [
    `Produtos de ${table}.${product} (${of.join('; ')}): ${whole(products)} produtos de ${whole(n)} clientes, ${whole(pairs)} pares.`,
    ...(content.length > 0 ? [`Satisfação e uso de ${content.join(', ')}.`] : []),
  ].join('\n');
}

const SHOWN_FIELDS = 60;

function shown({ id, day, customers: n, key, tables, fields, leftOut, holdings, care, warnings }: Answer): string {
  const head = `${whole(n)} clientes em ${date(day)}, uma linha de cada um; ${whole(fields.length)} campos`;
  const kept = id === undefined ? [] : [`Guardada como base ${id}.`];
  const accounts = tables.map((one) => ({
    ...{ tabela: one.name, arquivos: whole(one.files), 'coluna do cliente': one.key, linhas: rowsText(one) },
    'clientes da base': figure('ratio', one.coverage),
  }));
  const table = fields.slice(0, SHOWN_FIELDS).map(({ name, table: of, coverage }) => ({
    campo: name,
    de: of,
    preenchido: figure('ratio', coverage),
  }));
  const more =
    fields.length > SHOWN_FIELDS ? [`… e mais ${fields.length - SHOWN_FIELDS} campos (--json dá todos)`] : [];
  return [
    head,
    ...kept,
    textTable(accounts),
    textTable(table),
    ...more,
    ...leftOut.map((one) => `Ficou de fora: ${leftOutName(one)}: ${whyLeftOut(one)}.`),
    ...(id === undefined ? [] : [besideText({ holdings, care })]),
    ...warnings.map((warning) => `Atenção: ${warning}.`),
    `Para dividir em grupos: ramal segments fit --file ARQUIVO --id ${key} --columns …`,
  ].join('\n');
}

const leftOutName = ({ name, table }: LeftOut) => (table === null ? name : `${name}, ${table}`);

/** `4.314 = 4.300 usadas + 14 de 12 clientes que a base não tem`. */
function rowsText({ rows, unread, used, noCustomer, otherRows, others }: TableAccount): string {
  const left = [
    ...(otherRows > 0 ? [`${whole(otherRows)} de ${whole(others)} clientes que a base não tem`] : []),
    ...(noCustomer > 0 ? [`${whole(noCustomer)} sem cliente`] : []),
    ...(unread > 0 ? [`${whole(unread)} que não puderam ser lidas`] : []),
  ];
  if (left.length === 0) return whole(rows + unread);
  return `${whole(rows + unread)} = ${[`${whole(used)} usadas`, ...left].join(' + ')}`;
}
