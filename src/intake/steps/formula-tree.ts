import { type Word, wordsOf } from './formula-words.ts';
import { StepMistake } from './step.ts';

/** A formula as parsed; `at` is the place of its first word. */
export type Node =
  | { readonly kind: 'number'; readonly text: string; readonly at: number }
  | { readonly kind: 'text'; readonly text: string; readonly at: number }
  | { readonly kind: 'column'; readonly name: string; readonly at: number }
  | { readonly kind: 'minus'; readonly of: Node; readonly at: number }
  | { readonly kind: 'sign'; readonly sign: string; readonly left: Node; readonly right: Node; readonly at: number }
  | { readonly kind: 'call'; readonly name: string; readonly given: readonly Node[]; readonly at: number };

/** From what binds least to what binds most, as in a sheet. */
const LEVELS = [['=', '<>', '<', '<=', '>', '>='], ['&'], ['+', '-'], ['*', '/']] as const;
const DEEPEST = 40;

/** @throws StepMistake with the place of what was not understood. */
export function parseFormula(formula: string): Node {
  const words = wordsOf(formula);
  let next = 0;
  let depth = 0;
  const word = (): Word => words[next]!;
  const isSign = (text: string) => word().kind === 'sign' && word().text === text;
  const expect = (text: string, opened: Word) => {
    if (!isSign(text)) {
      const shown = word().kind === 'end' ? 'o fim' : word().text;
      throw new StepMistake(
        `no lugar ${word().at}: esperava ${text} ou ; de ${opened.text} (lugar ${opened.at}), veio ${shown}`,
        'Confira os parênteses',
      );
    }
    next++;
  };

  function level(index: number): Node {
    const signs: readonly string[] | undefined = LEVELS[index];
    if (signs === undefined) return unary();
    let left = level(index + 1);
    while (word().kind === 'sign' && signs.includes(word().text)) {
      const { text: sign, at } = words[next++]!;
      left = { kind: 'sign', sign, left, right: level(index + 1), at };
    }
    return left;
  }

  function unary(): Node {
    const { at } = word();
    if (!isSign('-')) return single();
    next++;
    return { kind: 'minus', of: deeper(unary), at };
  }

  function single(): Node {
    const first = words[next++]!;
    if (first.kind === 'number' || first.kind === 'text') return { kind: first.kind, text: first.text, at: first.at };
    if (first.kind === 'column') return { kind: 'column', name: first.text, at: first.at };
    if (first.kind === 'name') return isSign('(') ? call(first) : { kind: 'column', name: first.text, at: first.at };
    if (first.text === '(') {
      const inner = deeper(() => level(0));
      expect(')', first);
      return inner;
    }
    const shown = first.kind === 'end' ? 'a conta termina' : `veio ${first.text}`;
    throw new StepMistake(
      `no lugar ${first.at}: esperava um valor, ${shown}`,
      'Escreva uma coluna, um número ou um texto entre aspas',
    );
  }

  function call(named: Word): Node {
    next++;
    const given: Node[] = [];
    if (!isSign(')')) {
      given.push(deeper(() => level(0)));
      while (isSign(';')) {
        next++;
        given.push(deeper(() => level(0)));
      }
    }
    expect(')', named);
    return { kind: 'call', name: named.text, given, at: named.at };
  }

  function deeper(work: () => Node): Node {
    if (++depth > DEEPEST)
      throw new StepMistake(`no lugar ${word().at}: partes dentro de partes demais`, 'Faça a conta em dois passos');
    const node = work();
    depth--;
    return node;
  }

  const tree = level(0);
  if (word().kind !== 'end')
    throw new StepMistake(
      `no lugar ${word().at}: sobra ${word().text}`,
      'Falta um sinal entre os valores, ou há um parêntese a mais',
    );
  return tree;
}
