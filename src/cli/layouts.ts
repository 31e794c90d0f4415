import { resolve } from 'node:path';
import type { LayoutHistory, Suggestion } from '../api/schema-intake.ts';
import type { LayoutChange, LayoutPart } from '../intake/layout-changes.ts';
import { RamalError } from '../kernel/errors.ts';
import type { Options } from './arguments.ts';
import type { Client } from './client.ts';
import { addLayout, jsonFile } from './layout-file.ts';
import { suggestionHead, suggestionRows } from './shown.ts';
import { type StepsSeen, stepsText } from './steps-shown.ts';
import { textTable } from './terminal.ts';
import { json, type Work } from './work.ts';

type Json = Record<string, unknown>;

export const layoutCommand: Work = async ({ client, rest, options }) => {
  const { sources } = await client.json<{ sources: Json[] }>('GET', '/api/sources');
  if ((rest[0] ?? 'list') === 'list') {
    return options.json
      ? json(sources)
      : textTable(
          sources.map(({ name, layout: version, contacts, from, to }) => ({
            fonte: name,
            layout: version,
            atendimentos: contacts,
            de: from,
            até: to,
          })),
        );
  }
  if (rest[0] === 'suggest' && rest[1]) {
    const found = await client.json<Suggestion>('POST', '/api/layouts/suggest', { path: resolve(rest[1]) });
    return options.json ? json(found) : suggestionText(found);
  }
  if (rest[0] === 'add' && rest[1]) {
    const added = await addLayout(client, rest[1]);
    return options.json ? json(added.registered) : added.text;
  }
  if (rest[0] === 'preview' && rest[1] && rest[2]) {
    const body = { layout: jsonFile(rest[1]), path: resolve(rest[2]) };
    const seen = await client.json<StepsSeen>('POST', '/api/steps/preview', body);
    return options.json ? json(seen) : stepsText(seen);
  }
  if (rest[0] === 'retire' && rest[1]) return retire(client, rest[1], options);
  if (rest[0] === 'diff' && rest[1]) return changesText(client, rest[1], rest.slice(2), options.json === true);
  if (rest[0] !== 'show' || !rest[1])
    throw new RamalError('usage', { what: 'Falta a ação ou o nome', todo: 'Veja ramal layout --help' });
  return json(await client.json('GET', `/api/layouts/${encodeURIComponent(rest[1])}`));
};

/** Takes a version out of use, `NAME@VERSION`. */
async function retire(client: Client, named: string, { yes, json: asJson }: Options): Promise<string> {
  const [, name, version] = /^([a-z0-9-]+)@(\d+)$/.exec(named) ?? [];
  if (!name || !yes)
    throw new RamalError('usage', {
      what: name ? 'Falta --yes' : `Versão não entendida: ${named}`,
      todo: 'Use ramal layout retire NOME@VERSÃO --yes',
    });
  const url = `/api/layouts/${name}/retire`;
  const retired = await client.json<{ inUse: number | null }>('POST', url, { version: Number(version) });
  if (asJson) return json(retired);
  const rest = retired.inUse === null ? 'A fonte não tem mais layout.' : `Em uso fica a versão ${retired.inUse}.`;
  return `A versão ${version} do layout ${name} não está mais em uso. ${rest}`;
}

const PARTS: Readonly<Record<LayoutPart, string>> = {
  file: 'arquivo',
  column: 'coluna',
  field: 'campo',
  key: 'chave',
  rule: 'regra',
  step: 'passo',
  policy: 'política',
  about: 'sobre',
};

/** What changes from one version to another; of the last two, when none are named. */
async function changesText(client: Client, source: string, named: readonly string[], asJson: boolean): Promise<string> {
  const url = `/api/layouts/${encodeURIComponent(source)}`;
  const { versions } = await client.json<LayoutHistory>('GET', `${url}/history`);
  const general = versions.filter(({ onlyBatch }) => onlyBatch === null).map(({ version }) => version);
  const [to = 0, from = to] = named.length === 0 ? general : named.map(Number).toReversed();
  if (![from, to].every(Number.isInteger) || named.length === 1)
    throw new RamalError('usage', {
      what: `Versões não entendidas: ${named.join(' ')}`,
      todo: 'Use ramal layout diff FONTE 1 2',
    });
  const { changes } = await client.json<{ changes: LayoutChange[] }>('GET', `${url}/changes?from=${from}&to=${to}`);
  if (asJson) return json({ source, from, to, changes });
  if (general.length === 1) return `A fonte ${source} só tem a versão ${to}.`;
  const head = `Da versão ${from} para a ${to} de ${source}:`;
  if (changes.length === 0) return `${head} nada muda.`;
  const rows = changes.map(({ part, name, was, now }) => ({
    onde: PARTS[part],
    nome: name,
    era: was ?? '–',
    é: now ?? '–',
  }));
  return `${head}\n\n${textTable(rows)}`;
}

function suggestionText(found: Suggestion): string {
  const asks = found.asks.map(({ text }) => `- ${text}`);
  const questions = asks.length > 0 ? ['A confirmar:', ...asks].join('\n') : '';
  return [suggestionHead(found), textTable(suggestionRows(found)), questions].filter(Boolean).join('\n\n');
}
