import { describe, expect, test } from 'vitest';
import { anyOf } from '../src/intake/steps/columns-sql.ts';
import { readDate, readNumber } from '../src/intake/steps/forms.ts';
import { compileFormula } from '../src/intake/steps/formula.ts';
import { StepMistake } from '../src/intake/steps/step.ts';
import { literal, quoted } from '../src/storage/lake.ts';
import { useHome } from './home.ts';

const home = useHome();

const ROW: Record<string, string | null> = {
  VALOR: '1.234,56',
  JUROS: '10',
  UF: 'SP',
  DDD: '11',
  NUMERO: '987654321',
  NOME: 'josé  da silva ',
  VENC: '28/02/2026',
  PAGO: '2026-03-05 14:30:00',
  VAZIA: null,
  ZERO: '0',
  'Nome do cliente': "D'Ávila",
  TEXTO: 'abc',
  DUPLO: '1.234',
};

/** The text a formula gives, or `!` where it has no value. */
async function textOf(formula: string): Promise<string | null> {
  const { sql, bad } = compileFormula(formula);
  const cells = Object.entries(ROW).map(
    ([name, value]) => `${value === null ? 'CAST(NULL AS VARCHAR)' : literal(value)} AS ${quoted(name)}`,
  );
  const [row] = await home().rows<{ made: string | null }>(
    `SELECT CASE WHEN ${anyOf(bad)} THEN '!' ELSE nullif(${sql}, '') END AS made FROM (SELECT ${cells.join(', ')})`,
  );
  return row!.made;
}

describe('a formula gives what a Brazilian sheet gives', () => {
  test.each([
    ['VALOR * 1,05', '1296,288'],
    ['=VALOR*2+JUROS', '2479,12'],
    ['1 + 2 * 3', '7'],
    ['(1 + 2) * 3', '9'],
    ['-2 * -3', '6'],
    ['10 - 3 - 2', '5'],
    ['0,1 + 0,2', '0,3'],
    ['1 / 3', '0,333333'],
    ['200 * 5%', '10'],
    ['DDD & NUMERO', '11987654321'],
    ['DDD & "-" & 1 + 1', '11-2'],
    ['SE(UF = "SP"; "capital"; "interior")', 'capital'],
    ['SE(UF = "sp"; 1; 2)', '1'],
    ['SE(UF <> "SP"; "a"; SE(VALOR > 1000; "alto"; "baixo"))', 'alto'],
    ['SE(VALOR < 1; "x")', null],
    ['SE(E(VALOR >= 1234,56; NÃO(VAZIO(UF))); "sim"; "não")', 'sim'],
    ['SE(OU(UF = "RJ"; UF = "ES"); 1; 0)', '0'],
    ['MAIÚSCULA(NOME)', 'JOSÉ  DA SILVA '],
    ['maiuscula("maçã")', 'MAÇÃ'],
    ['PRI.MAIÚSCULA(ARRUMAR(NOME))', 'José Da Silva'],
    ['ARRUMAR(NOME)', 'josé da silva'],
    ['DATA("31/12/2026")', '31/12/2026'],
    ['DATA(2026; 2; 28) + 1', '01/03/2026'],
    ['DATA(2024; 2; 28) + 1', '29/02/2024'],
    ['DATA(2026; 2; 31)', '!'],
    ['DIAS(PAGO; VENC)', '5'],
    ['DATA(PAGO) - DATA(VENC)', '5'],
    ['DATA("01/01/2027") - VENC', '307'],
    ['SE(VENC < DATA("01/03/2026"); "vencido"; "a vencer")', 'vencido'],
    ['ANO(VENC) * 100 + MÊS(VENC)', '202602'],
    ['DIA(PAGO)', '5'],
    ['ESQUERDA(NUMERO; 1)', '9'],
    ['DIREITA(NUMERO; 4)', '4321'],
    ['EXT.TEXTO(NUMERO; 2; 4)', '8765'],
    ['NÚM.CARACT(NUMERO)', '9'],
    ['SUBSTITUIR(VENC; "/"; "")', '28022026'],
    ['DÍGITOS("(11) 9-8")', '1198'],
    ['ARRED(2,675; 2)', '2,68'],
    ['ARRED(-2,5)', '-3'],
    ['INT(-2,5)', '-3'],
    ['ABS(-2,5)', '2,5'],
    ['MÍNIMO(3; 1; 2)', '1'],
    ['MÁXIMO(JUROS; VALOR)', '1234,56'],
    ['PRIMEIRO(VAZIA; UF)', 'SP'],
    ['VAZIA + 1', null],
    ['VAZIA & "x"', 'x'],
    ['SE(VAZIA = ""; "vazia"; "cheia")', 'vazia'],
    ['[Nome do cliente] & "!"', "D'Ávila!"],
    ['"aspas ""assim"" e \'assim"', 'aspas "assim" e \'assim'],
    ['TEXTO(VALOR * 1)', '1234,56'],
    ['VALOR("12" & "3") + 1', '124'],
    ['1000000 * 1000000', '1000000000000'],
    ['0 - 0,0000001', '0'],
    ['TEXTO * 2', '!'],
    ['DUPLO * 2', '!'],
    ['VALOR / ZERO', '!'],
    ['SE(ZERO = 0; 0; VALOR / ZERO)', '0'],
    ['DATA(TEXTO) + 1', '!'],
    ['1000000 * 1000000 * 1000000', '!'],
    ['VENC + 1', '!'],
  ])('%s → %s', async (formula, expected) => {
    expect(await textOf(formula)).toBe(expected);
  });
});

describe('a formula that is none says where', () => {
  test.each([
    ['VALOR * ', 'no lugar 9: esperava um valor, a conta termina'],
    ['VALOR 2', 'no lugar 7: sobra 2'],
    ['SE(UF = "SP"; 1', 'no lugar 16: esperava ) ou ; de SE (lugar 1), veio o fim'],
    ['"aberto', 'no lugar 1: um texto começa e não termina'],
    ['[aberto', 'no lugar 1: um nome começa e não termina'],
    ['1.234,5', 'no lugar 2: ponto em um número'],
    ['MÁXIMO(1, 2)', 'no lugar 9: vírgula fora de um número'],
    ['VALOR @ 2', 'no lugar 7: sinal não entendido: @'],
    ['HOJE()', 'no lugar 1: função desconhecida: HOJE'],
    ['PROCV(1)', 'no lugar 1: função desconhecida: PROCV'],
    ['SE(1; 2; 3)', 'no lugar 4: esperava verdadeiro ou falso, e é um número'],
    ['"a" * 2', 'no lugar 1: esperava um número, e é um texto'],
    ['DATA("31/02/2026")', 'no lugar 6: 31/02/2026 não é uma data'],
    ['A < B', 'no lugar 3: < entre duas colunas'],
    ['ARRED(1; A)', 'no lugar 10: esperava um número inteiro'],
    ['SE(A = 1)', 'no lugar 1: SE com 1 valores'],
    ['DATA("01/01/2026") * 2', 'no lugar 1: esperava um número, e é uma data'],
    [`${'('.repeat(50)}1${')'.repeat(50)}`, 'partes dentro de partes demais'],
  ])('%s', (formula, expected) => {
    expect(() => compileFormula(formula)).toThrow(StepMistake);
    expect(() => compileFormula(formula)).toThrow(expected);
  });
});

test('nothing that is written in a formula runs as SQL', async () => {
  const attack = `x'); DROP TABLE silver.contact; --`;
  expect(await textOf(`"${attack}" & UF`)).toBe(`${attack}SP`);
  const { sql, columns } = compileFormula(`[a"; DROP TABLE silver.contact; --] & 1`);
  expect(columns).toEqual(['a"; DROP TABLE silver.contact; --']);
  expect(sql).toContain('"a""; DROP TABLE silver.contact; --"');
  expect(await home().rows('SELECT count(*) AS n FROM silver.contact')).toEqual([{ n: 0 }]);
});

test('numbers and days are read as the engine reads them', async () => {
  const texts = [
    ...[
      '1',
      '-1',
      '1.234',
      '12.34',
      '0.123',
      '1.234,5',
      '1234,5',
      '1.234.567',
      '1.23.456',
      'R$ 1.234,50',
      '1,2,3',
      'a',
    ],
    ...['1e5', '', ' 7 ', '+5', '1234.567', '-1.234', '0,5', '31/12/2026', '31/02/2026', '2026-12-31', '2026-02-31'],
    ...['31-12-2026', '31.12.2026', '1/1/2026', '31/12/26', '1.000', '01.234'],
  ];
  const rows = await home().rows<{ number: string | null; day: string | null }>(
    `SELECT step_number(x) AS number, strftime(step_moment(x), '%Y-%m-%d') AS day FROM (VALUES ${texts.map((text) => `(${literal(text)})`).join(', ')}) AS t(x)`,
  );
  expect(rows.map(({ number }) => number)).toEqual(texts.map((text) => readNumber(text)));
  expect(rows.map(({ day }) => day)).toEqual(texts.map((text) => readDate(text)));
  expect(readNumber('1.234')).toBeNull();
  expect(readNumber('1.234,5')).toBe('1234.5');
  expect(readDate('31/12/2026')).toBe('2026-12-31');
});
