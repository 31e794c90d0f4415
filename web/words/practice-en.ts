import type { Words } from './index.ts';

const and = (names: readonly string[]) => names.join(', ');

export const practice: Words['practice'] = {
  title: 'Practice',
  link: 'Practice: three exercises',
  headline: 'Three exercises, with invented people, on the real screens',
  explain: 'The lists of the exercises are in no indicator, and each batch can be rolled back.',
  prepare: 'Prepare the exercises',
  prepareNote: 'Registers four layouts and loads the three files of the exercises. It is needed once.',
  preparing: 'Preparing the exercises',
  ready: 'The exercises are ready.',
  todo: 'What to do',
  there: 'On the screen that opens, Check says whether it is right.',
  check: 'Check',
  checking: 'Checking',
  files: 'The files:',
  exercises: [
    {
      title: '1. Read and show',
      goal: 'A file that came from a sheet becomes a list, and the wrong CPF stays in quarantine.',
      todo: [
        'Download devedores.csv.',
        'In Intake, drop the file and say that its source is new, with a name of yours: its rows are a list.',
        'Say that the column CPF is a CPF or CNPJ, and load it.',
        'Open the batch: of the 7 rows, 6 go in and one stays in quarantine. See why.',
      ],
      open: 'Go to Intake',
    },
    {
      title: '2. One row per CPF',
      goal: 'Of each CPF one row stays: that of the highest debt; where that ties, the newest. Who owes nothing is left out.',
      todo: [
        'Compute CPF as DÍGITOS(CPF): it drops the dots.',
        'Pad CPF with 0 on the left up to 11: it gives back the zeros that the sheet dropped.',
        'Filter: rows where DIVIDA is above 0 stay.',
        'One per key: of each CPF, the one of the highest DIVIDA; where that ties, of the latest DESDE.',
        'Compute NOME as MAIÚSCULA(NOME).',
      ],
      open: 'Compose the steps',
    },
    {
      title: '3. Three files in one',
      goal: 'A delimited file, in the order of names, with CPF, NOME, CONTRATO, VALOR and TELEFONE of each debtor.',
      todo: [
        'Send the list Practice 2: debtors.',
        'Look up in Practice 3: contracts, by cpf, contrato and valor of the row of the highest valor.',
        'Look up in Practice 3: phones, by cpf, ddd and numero of the row of the highest status; where that ties, of the latest contato. Where there is none, the columns stay empty.',
        'Compute telefone as ddd & numero.',
        'Put in the five fields, VALOR as a number with decimals, and the order by nome.',
      ],
      open: 'Compose the sending',
    },
  ],
  answer: 'See an answer',
  notFinished: 'Complete the steps before you check.',
  told: {
    right: () => 'It is right.',
    'not-loaded': () => 'There is no batch of devedores.csv in a source of yours yet. Load it under a new name.',
    'not-quarantined': ({ got }) =>
      `${got} in quarantine; it should be one row. Say that the column CPF is a CPF or CNPJ.`,
    columns: ({ names }) => `Columns are missing after the steps: ${and(names)}.`,
    rows: ({ got, wanted }) => `${got} rows stayed; they should be ${wanted}.`,
    'other-rows': () => 'The number of rows is right, but others stayed. Look at the order of the step that keeps one.',
    values: ({ names }) => `The rows are right; the values of ${and(names)} are not yet.`,
    delimited: () => 'The file of this exercise is delimited.',
    fields: ({ got, wanted }) => `There are ${got} fields; they should be ${wanted}, in the order asked.`,
    refused: () => 'Some rows cannot be written. See the preview: is it said what to do without a phone?',
    order: () => 'The records are right, but in another order: it should be that of the names.',
  },
};
