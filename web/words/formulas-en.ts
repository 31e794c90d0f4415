import { FUNCTIONS as PT } from './formulas-pt.ts';

const GROUPS: Readonly<Record<string, string>> = { Decidir: 'Decide', Texto: 'Text', Número: 'Number', Data: 'Date' };
/** What functions do; their names are those of a Portuguese sheet in both languages. */
const ABOUT: Readonly<Record<string, string>> = {
  SE: 'one value or another, by the condition',
  E: 'true if all are',
  OU: 'true if any is',
  NÃO: 'the opposite',
  VAZIO: 'true if there is no value',
  PRIMEIRO: 'the first that is filled in',
  MAIÚSCULA: 'all in capitals',
  MINÚSCULA: 'all in small letters',
  'PRI.MAIÚSCULA': 'Each Word With a Capital',
  ARRUMAR: 'drops spare spaces',
  DÍGITOS: 'digits only, as of a CPF with dots',
  ESQUERDA: 'the first characters',
  DIREITA: 'the last characters',
  'EXT.TEXTO': 'a piece of the middle',
  'NÚM.CARACT': 'how many characters it has',
  SUBSTITUIR: 'puts one text in place of another',
  TEXTO: 'a number or date as text',
  VALOR: 'reads a text as a number',
  ARRED: 'rounds',
  INT: 'the whole part only',
  ABS: 'without the minus sign',
  MÍNIMO: 'the smallest',
  MÁXIMO: 'the largest',
  DATA: 'a date, or a text read as one',
  DIAS: 'days between two dates (end; start)',
  ANO: 'the year',
  MÊS: 'the month, 1 to 12',
  DIA: 'the day of the month',
};

export const FUNCTIONS: typeof PT = PT.map(({ group, items }) => ({
  group: GROUPS[group] ?? group,
  items: items.map((one) => ({ ...one, about: ABOUT[one.name] ?? one.about })),
}));
