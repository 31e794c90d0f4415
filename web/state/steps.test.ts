import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseSendLayout } from '../../src/intake/send/send-layout.ts';
import { compileFormula } from '../../src/intake/steps/formula.ts';
import { FUNCTIONS } from '../../src/intake/steps/formula-functions.ts';
import { STEPS } from '../../src/intake/steps/index.ts';
import { WORDS } from '../words/index.ts';
import { blankDraft, draftOf, lackOfDraft, layoutOf, rulerOf } from './send.ts';
import { blankStep, conditionOf, flatOf, inFormula, KINDS, lackOf, mistakeSaid, type Step, stepSaid } from './steps.ts';

const plain = (name: string) => name.normalize('NFD').replaceAll(/\p{M}/gu, '');

describe('steps on the screens', () => {
  test('every kind, function and lack has its words in both languages', () => {
    expect([...KINDS].sort()).toEqual([...STEPS.keys()].sort());
    for (const { steps } of Object.values(WORDS)) {
      const named = steps.functions.flatMap(({ items }) => items.map(({ name }) => plain(name)));
      expect(named.sort()).toEqual([...FUNCTIONS.keys()].sort());
      for (const kind of KINDS) {
        const lack = lackOf(blankStep(kind));
        expect([kind, lack && steps.lacks[lack]]).toEqual([kind, expect.any(String)]);
      }
    }
    const about = ({ steps }: (typeof WORDS)['pt']) =>
      steps.functions.flatMap(({ items }) => items.map((one) => one.about));
    expect(about(WORDS.en).filter((text) => about(WORDS.pt).includes(text))).toEqual([]);
  });

  test.each<[Step, string, string]>([
    [
      { do: 'keep-one', key: ['CPF'], order: [{ column: 'VALOR', first: 'highest' }] },
      'Fica só a linha de maior VALOR de cada CPF',
      'Of each CPF only the row of the highest VALOR stays',
    ],
    [
      {
        do: 'filter',
        keep: {
          all: [
            { column: 'UF', is: '=', value: 'SP' },
            { column: 'VALOR', is: 'filled' },
          ],
        },
      },
      'Ficam só as linhas em que UF é SP e VALOR está preenchida',
      'Only rows where UF is SP and VALOR is filled in stay',
    ],
    [
      { do: 'pad', columns: ['CPF'], side: 'left', sign: '0', width: 11 },
      'Completa CPF com “0” à esquerda até 11 caracteres',
      'Pads CPF with “0” on the left up to 11 characters',
    ],
    [
      { do: 'trim', columns: ['A', 'B', 'C'] },
      'Tira espaços das duas pontas de A, B e C',
      'Drops spaces at both ends of A, B and C',
    ],
    [
      { do: 'rename', columns: { DOC: 'CPF', N: 'NOME' } },
      'CPF passa a se chamar DOC e NOME passa a se chamar N',
      'CPF is now called DOC and NOME is now called N',
    ],
  ])('%o', (step, pt, en) => {
    expect([stepSaid(step, WORDS.pt.steps), stepSaid(step, WORDS.en.steps)]).toEqual([pt, en]);
    expect(lackOf(step)).toBeUndefined();
  });

  test('a condition is a form as long as it is one list of comparisons', () => {
    const one = { column: 'A', is: '=', value: '1' } as const;
    expect(flatOf(conditionOf('any', [one, one]))).toEqual({ by: 'any', of: [one, one] });
    expect(conditionOf('all', [one])).toEqual(one);
    expect(flatOf({ all: [one, { any: [one] }] })).toBeUndefined();
  });

  test('a column is put into a formula so that the formula reads it', () => {
    for (const name of ['VALOR', 'Nome do cliente', '2ª via', 'Ação_1'])
      expect(compileFormula(inFormula(name)).columns).toEqual([name]);
  });

  test('a mistake is in the language of the reader', () => {
    const mistake = { what: 'no lugar 8: esperava um valor, a conta termina', todo: 'Escreva uma coluna' };
    expect(mistakeSaid(mistake, WORDS.pt.steps)).toBe(
      'No lugar 8: esperava um valor, a conta termina. Escreva uma coluna.',
    );
    expect(mistakeSaid(mistake, WORDS.en.steps)).toBe('At place 8: a value is expected, and the formula ends.');
  });
});

describe('a layout of sending as it is composed', () => {
  const shipped = JSON.parse(
    readFileSync(new URL('../../src/intake/send/layouts/casos-crm.json', import.meta.url), 'utf8'),
  );

  test('opened and kept again it is the same, as the next version', () => {
    const layout = parseSendLayout(shipped, 'casos-crm');
    expect(layoutOf(draftOf(layout))).toEqual({ ...layout, version: 2 });
    expect(lackOfDraft(draftOf(layout), WORDS.pt.send.form.lacks)).toBeUndefined();
  });

  test('a field that moves takes the others with it', () => {
    const draft = draftOf(parseSendLayout(shipped, 'casos-crm'));
    const { fields } = draft.parts;
    const moved = { ...draft, parts: { ...draft.parts, fields: [...fields.slice(1), fields[0]!] } };
    const places = layoutOf(moved).fields.map(({ name, from, to }) => [name, from, to]);
    expect([places[0], places.at(-1)]).toEqual([
      ['cpf_cnpj', 1, 14],
      ['tipo', 90, 90],
    ]);
  });

  test('what is lacking is said, the first first', () => {
    const { lacks } = WORDS.pt.send.form;
    const draft = { ...blankDraft(), takes: 'lista' };
    const field = (more: object) => ({ gap: 0, width: 5, field: { name: 'x', ...more } });
    const said = (more: object) => lackOfDraft({ ...draft, parts: { ...draft.parts, fields: [field(more)] } }, lacks);
    expect(lackOfDraft(blankDraft(), lacks)).toBe('Escolha o que se envia.');
    expect(lackOfDraft(draft, lacks)).toBe('Ponha ao menos um campo.');
    expect(said({})).toBe('Diga de onde vem x.');
    expect(said({ column: 'd', as: 'date' })).toBe('Diga a forma da data de x.');
    expect(said({ column: 'd' })).toBeUndefined();
  });

  test('the ruler marks every tenth place', () => {
    expect(rulerOf(23)).toBe('----+----1----+----2---');
  });
});
