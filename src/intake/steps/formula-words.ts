import { StepMistake } from './step.ts';

/** A word of a formula; `at` is its place, from 1. */
export interface Word {
  readonly kind: 'number' | 'text' | 'name' | 'column' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

const BLANK = /\s+/y;
const NUMBER = /\d+(?:,\d+)?%?/y;
const TEXT = /"(?:[^"]|"")*"/y;
const COLUMN = /\[[^\]]+\]/y;
const NAME = /[\p{L}_][\p{L}\p{N}_.]*/uy;
const SIGN = /<>|<=|>=|[-+*/&=<>();]/y;

/**
 * The words of a formula as a Brazilian sheet writes it: `VALOR * 1,05`, `SE(UF = "SP"; "sim"; "não")`.
 * @throws StepMistake with the place.
 */
export function wordsOf(formula: string): Word[] {
  const words: Word[] = [];
  for (let place = formula.startsWith('=') ? 1 : 0; place < formula.length; ) {
    const found = (pattern: RegExp): string | undefined => {
      pattern.lastIndex = place;
      return pattern.exec(formula)?.[0];
    };
    const at = place + 1;
    const add = (kind: Word['kind'], written: string, text = written) => {
      place += written.length;
      words.push({ kind, text, at });
    };
    const blank = found(BLANK);
    const number = found(NUMBER);
    const text = found(TEXT);
    const column = found(COLUMN);
    const name = found(NAME);
    const sign = found(SIGN);
    if (blank) place += blank.length;
    else if (number) add('number', number);
    else if (text) add('text', text, text.slice(1, -1).replaceAll('""', '"'));
    else if (column) add('column', column, column.slice(1, -1));
    else if (name) add('name', name);
    else if (sign) add('sign', sign);
    else throw strange(formula[place]!, at, words.at(-1));
  }
  return [...words, { kind: 'end', text: '', at: formula.length + 1 }];
}

function strange(sign: string, at: number, before: Word | undefined): StepMistake {
  if (sign === '"') return new StepMistake(`no lugar ${at}: um texto começa e não termina`, 'Feche as aspas');
  if (sign === '[') return new StepMistake(`no lugar ${at}: um nome começa e não termina`, 'Feche o colchete');
  if (sign === ',')
    return new StepMistake(`no lugar ${at}: vírgula fora de um número`, 'Separe valores com ponto e vírgula');
  if (sign === '.' && before?.kind === 'number')
    return new StepMistake(`no lugar ${at}: ponto em um número`, 'Escreva 1234,56, sem ponto de milhar');
  return new StepMistake(
    `no lugar ${at}: sinal não entendido: ${sign}`,
    'Textos vão entre aspas, nomes com espaço entre colchetes',
  );
}
