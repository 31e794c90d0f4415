import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Layout } from '../layout.ts';
import { parseLayout } from '../parse-layout.ts';
import { parseSendLayout, type SendLayout } from '../send/send-layout.ts';
import type { Step } from '../steps/index.ts';

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'data', 'pratica');

/** The files of the exercises, which people download to send them in. */
export const PRACTICE_FILES = ['devedores.csv', 'contratos.csv', 'telefones.csv'] as const;

/** The sources that the exercises are done on, with the file and the layout of each. */
export const PRACTICE_SOURCES = [
  { source: 'pratica-ler', layout: '1-ler.json', file: 'devedores.csv' },
  { source: 'pratica-devedores', layout: '2-devedores.json', file: 'devedores.csv' },
  { source: 'pratica-contratos', layout: '3-contratos.json', file: 'contratos.csv' },
  { source: 'pratica-telefones', layout: '3-telefones.json', file: 'telefones.csv' },
] as const;

export function practiceFile(name: (typeof PRACTICE_FILES)[number]): string {
  return join(FOLDER, name);
}

export function practiceLayout(name: (typeof PRACTICE_SOURCES)[number]['layout']): Layout {
  return parseLayout(parsed(name), name);
}

/** Steps that solve the second exercise. */
export function stepsThatSolve(): readonly Step[] {
  return practiceLayout('2-devedores.json').steps ?? [];
}

/** A layout that solves the third. */
export function layoutThatSolves(): SendLayout {
  return parseSendLayout(parsed('3-juntos.json'), '3-juntos.json');
}

function parsed(name: string): unknown {
  return JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));
}
