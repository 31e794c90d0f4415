import type { NotKept, WhyNot } from '../customers/offers/outcomes.ts';
import type { ReportTable } from './table-file.ts';
import type { FileLang } from './words.ts';

interface Words {
  readonly file: string;
  readonly columns: readonly [
    sheet: string,
    line: string,
    customer: string,
    product: string,
    told: string,
    why: string,
  ];
  readonly why: Readonly<Record<WhyNot, string>>;
  readonly first: (line: string) => string;
  readonly at: (sheet: number, line: number) => string;
}

/** What is said of the rows of a list of outcomes that were not kept. */
export const OUTCOME_WORDS: Readonly<Record<FileLang, Words>> = {
  pt: {
    file: 'ramal-resultados-nao-guardados',
    columns: ['Planilha', 'Linha', 'Cliente', 'Produto', 'Resultado recebido', 'Por que não'],
    why: {
      otherBase: 'é de outra base, e o código não é de um cliente com ofertas',
      customer: 'o cliente não tem ofertas aqui',
      product: 'o produto não foi oferecido a este cliente',
      outcome: 'o resultado não se entende: use aceita, recusada ou sem resposta',
      unreadable: 'a linha não se lê: tem colunas a mais ou a menos',
      duplicate: 'repetida',
    },
    first: (line) => `repetida: vale a linha ${line}`,
    at: (sheet, line) => `${line} da planilha ${sheet}`,
  },
  en: {
    file: 'ramal-outcomes-not-kept',
    columns: ['Sheet', 'Line', 'Customer', 'Product', 'Outcome received', 'Why not'],
    why: {
      otherBase: 'it is of another base, and the code is of no customer with offers',
      customer: 'the customer has no offers here',
      product: 'the product was not offered to this customer',
      outcome: 'the outcome is not understood: use accepted, refused or no answer',
      unreadable: 'the row cannot be read: it has too many or too few columns',
      duplicate: 'a duplicate',
    },
    first: (line) => `a duplicate: line ${line} holds`,
    at: (sheet, line) => `${line} of sheet ${sheet}`,
  },
};

/** Why a row was not kept, with the line that holds where it is a duplicate. */
export function whyText({ why, firstSheet, firstLine }: NotKept, lang: FileLang): string {
  const words = OUTCOME_WORDS[lang];
  if (why !== 'duplicate' || firstLine === null) return words.why[why];
  return words.first(firstSheet === null ? String(firstLine) : words.at(firstSheet, firstLine));
}

/** Rows of a list that were not kept, as a file. */
export function notKeptTable(
  list: { readonly id: number; readonly file: string },
  lang: FileLang,
  blocks: AsyncIterable<readonly NotKept[]>,
): Omit<ReportTable, 'title'> {
  const { columns, file } = OUTCOME_WORDS[lang];
  const [sheet, line, customer, product, told, why] = columns;
  async function* rows() {
    for await (const block of blocks)
      yield block.map((one) => [one.sheet, one.line, one.customer, one.product, one.outcome, whyText(one, lang)]);
  }
  return {
    name: `${file}-${list.id}`,
    columns: [
      { name: sheet, kind: 'code' },
      { name: line, kind: 'code' },
      { name: customer, kind: 'text' },
      { name: product, kind: 'text' },
      { name: told, kind: 'text' },
      { name: why, kind: 'text' },
    ],
    rows: rows(),
    about: () => [[lang === 'pt' ? 'Arquivo' : 'File', list.file]],
  };
}
