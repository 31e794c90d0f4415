import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { PersonaFile } from '../customers/personas/persona-file.ts';
import { AMOUNTS } from '../customers/personas/roles.ts';
import { levelText, PERSONA_WORDS, personaName, portraitOf } from '../reports/persona-words.ts';
import { figure, whole } from './shown.ts';
import { textTable } from './terminal.ts';
import { copy, job, json, listOf, usage, type Work } from './work.ts';

type Answer = PersonaFile & { readonly file: string | null };

/** `personas`: who the groups of a file of customers are. */
export const personas: Work = async ({ client, options, stdout }) => {
  const { file, id, groups, playbook, out } = options;
  if (!file || !id || !groups)
    throw usage(
      'Faltam --file, --id ou --groups',
      'Use ramal personas --file clientes.parquet --id CD_CLIENTE --groups grupos.csv',
    );
  const found = await job<Answer>(client, '/api/personas/file', {
    ...{ path: resolve(file), id, groups: resolve(groups), workbook: out !== undefined },
    ...(options.roles === undefined ? {} : { roles: Object.fromEntries(listOf(options.roles).map(roleOf)) }),
    ...(playbook === undefined ? {} : { playbook: textOf(playbook) }),
  });
  if (found.file && out) await copy(client, `/api/personas/file/${found.file}`, { ...options, out }, stdout);
  const { file: _, ...answer } = found;
  return options.json ? json(answer) : shown(answer);
};

function roleOf(word: string): [role: string, column: string] {
  const at = word.indexOf('=');
  if (at < 1) throw usage(`Papel não entendido: ${word}`, 'Use --roles value=COLUNA,tenure=COLUNA');
  return [word.slice(0, at), word.slice(at + 1)];
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw usage(`Não se lê o roteiro ${path}`, 'Confira o caminho');
  }
}

function shown({ customers, roles, personas: found, warnings }: PersonaFile): string {
  const words = PERSONA_WORDS.pt;
  const told = roles.map(
    ({ role, column, coverage }) => `${words.roles[role]}: ${column} (${figure('ratio', coverage)})`,
  );
  const table = found.map((one) => ({
    persona: personaName(one, 'pt'),
    grupo: one.group,
    clientes: whole(one.customers),
    parte: figure('ratio', one.share),
    'do valor': figure('ratio', one.worthShare),
    ...Object.fromEntries(
      AMOUNTS.flatMap((role) => {
        const own = one.standings[role];
        return own ? [[words.roles[role], own.level ? levelText(own.level, role, 'pt') : '–']] : [];
      }),
    ),
  }));
  const portraits = found.map((one) =>
    [
      `\n${personaName(one, 'pt')} (${whole(one.customers)})`,
      `  ${portraitOf(one, 'pt')}.`,
      ...(one.pain ? [`  ${one.pain}. Ação: ${one.action}.`] : ['  Nenhum roteiro se parece com este grupo.']),
    ].join('\n'),
  );
  return [
    `${whole(customers)} clientes em ${found.length} grupos. ${told.join('; ')}`,
    textTable(table),
    ...portraits,
    ...warnings.map((warning) => `Atenção: ${warning}.`),
  ].join('\n');
}
