import { resolve } from 'node:path';
import type { CallerRanking } from '../api/schema-callers.ts';
import type { SameAge } from '../api/schema-metrics.ts';
import type { ProtocolCounts, Reconciliation } from '../api/schema-reconciliation.ts';
import { RamalError } from '../kernel/errors.ts';
import type { MarkedFile } from '../lake/mark-file.ts';
import type { RepeatAnswer } from '../metrics/answers.ts';
import type { RuleDifference } from '../metrics/rule-switch.ts';
import type { Options } from './arguments.ts';
import { flag, scopeQuery } from './scope-query.ts';
import {
  ageRows,
  differenceRows,
  markedFileHead,
  markedFileRows,
  rankedFoot,
  rankedRows,
  repeatHead,
  repeatRows,
  ruleRows,
} from './shown.ts';
import { protocolRows, reasonRows, reconciliationHead } from './shown-reconciliation.ts';
import { textTable } from './terminal.ts';
import { type Context, copy, isoDay, json, type Work } from './work.ts';

/**
 * `repeats`: a rule's figure, its marked contacts, a file marked without loading it, rules held against each other, or
 * a client’s list held against ours.
 */
export const repeats: Work = async (context) => {
  const { rest, options } = context;
  if (rest[0] === 'reconcile') return reconciled(context);
  for (const name of ['as', 'columns', 'tolerance'] as const)
    if (options[name] !== undefined) throw wrongOption(`--${name} só vale em ramal repeats reconcile`);
  if (options.order && rest[0] !== 'customers') throw wrongOption('--order só vale em ramal repeats customers');
  if (options.file) return markedFile(context);
  if (options.window) throw wrongOption('--window só vale com --file');
  if (rest[0] === 'rules') return everyRule(context);
  if (rest[0] === 'customers') return customers(context);
  if (rest[0] === 'age') return sameAges(context);
  if (options.before) throw wrongOption('--before só vale em ramal repeats age');
  if (rest[0] === 'differences') return differences(context);
  if (rest[0])
    throw new RamalError('usage', {
      what: `Não entendido: repeats ${rest[0]}`,
      todo: 'Use rules, differences, customers, age ou reconcile',
    });
  if (options.than) throw wrongOption('--than só vale em ramal repeats differences');
  if (options.rows) {
    const query = scopeQuery(options, { rule: options.rule, format: options.format, reveal: flag(options.reveal) });
    await copy(context.client, `/api/repeats/rows${query}`, options, context.stdout);
    return null;
  }
  if (options.format || options.out) throw wrongOption('--format e --out só valem com --rows');
  return oneRule(context);
};

async function oneRule({ client, options }: Context): Promise<string> {
  const query = scopeQuery(options, {
    rule: options.rule,
    by: options.by,
    watermark: isoDay(options.watermark),
    receipt: flag(options.receipt),
  });
  const answer = await client.json<RepeatAnswer>('GET', `/api/repeats${query}`);
  if (options.json) {
    if (options.by) return json(answer);
    const { rows: _rows, by: _by, ...rest } = answer;
    return json(rest);
  }
  return [repeatHead(answer), textTable(repeatRows(answer))].filter(Boolean).join('\n\n');
}

async function everyRule({ client, options }: Context): Promise<string> {
  const query = scopeQuery(options, { watermark: isoDay(options.watermark) });
  const { answers } = await client.json<{ answers: RepeatAnswer[] }>('GET', `/api/repeats/rules${query}`);
  if (options.json) return json(answers.map(({ rows: _rows, by: _by, ...rest }) => rest));
  return textTable(ruleRows(answers));
}

async function sameAges({ client, options }: Context): Promise<string> {
  const { rule, before = '4' } = options;
  const query = scopeQuery(options, { rule, before, watermark: isoDay(options.watermark) });
  const found = await client.json<SameAge>('GET', `/api/repeats/age${query}`);
  if (options.json) return json(found);
  return `Com ${found.age} dias conhecidos, pela regra ${found.rule}\n\n${textTable(ageRows(found))}`;
}

/** Who contacted the most, or whose contacts took the longest, masked. */
async function customers({ client, options, stdout }: Context): Promise<string | null> {
  const { rule, format, order } = options;
  const url = `/api/repeats/callers/ranking${scopeQuery(options, { rule, format, order })}`;
  if (format) {
    await copy(client, url, options, stdout);
    return null;
  }
  if (options.out) throw wrongOption('--out só vale com --format');
  const found = await client.json<CallerRanking>('GET', url);
  if (options.json) return json(found.rows);
  return `${textTable(rankedRows(found))}\n\n${rankedFoot(found)}`;
}

async function differences({ client, options }: Context): Promise<string> {
  const { rule = 'house', than } = options;
  if (!than) throw wrongOption('Falta --than, a regra com que comparar');
  const url = `/api/repeats/differences${scopeQuery(options, { rule, than })}`;
  const found = await client.json<{ differences: RuleDifference[] }>('GET', url);
  if (options.json) return json(found.differences);
  if (found.differences.length === 0) return `${rule} e ${than} dizem o mesmo de todos os atendimentos.`;
  return textTable(differenceRows(found.differences, rule, than));
}

async function reconciled({ client, options, stdout }: Context): Promise<string | null> {
  const { rule, columns, tolerance, format } = options;
  if (!options.file) {
    const counts = await client.json<ProtocolCounts>(
      'GET',
      `/api/repeats/reconciliation${scopeQuery(options, { rule })}`,
    );
    const charged =
      'Nas divisões, as rechamadas são as debitadas aos atendimentos do período; em todos, as que aconteceram nele.';
    return options.json ? json(counts) : `${textTable(protocolRows(counts))}\n\n${charged}`;
  }
  const query = scopeQuery(options, { rule, columns, tolerance, format, kind: options.as });
  const url = `/api/repeats/reconciliation/file${query}`;
  const body = { path: resolve(options.file) };
  if (format) {
    await copy(client, url, options, stdout, body);
    return null;
  }
  if (options.out) throw wrongOption('--out só vale com --format');
  const found = await client.json<Reconciliation>('POST', url, body);
  if (options.json) return json(found);
  return [reconciliationHead(found), textTable(reasonRows(found))].filter(Boolean).join('\n\n');
}

async function markedFile({ client, options }: Context): Promise<string> {
  const body = {
    path: resolve(options.file!),
    ...given(options, 'rule', 'window'),
    ...(options.watermark ? { watermark: isoDay(options.watermark) } : {}),
  };
  const found = await client.json<MarkedFile>('POST', '/api/repeats/file', body);
  if (options.json) return json(found);
  return [markedFileHead(found), textTable(markedFileRows(found))].join('\n\n');
}

function given(options: Options, ...names: ('rule' | 'window')[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])));
}

function wrongOption(what: string): RamalError {
  return new RamalError('usage', { what, todo: 'Veja ramal repeats --help' });
}
