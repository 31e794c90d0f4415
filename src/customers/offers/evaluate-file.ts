import type { Lake } from '../../storage/lake.ts';
import { type Baskets, readBaskets, readCustomerBaskets } from './basket-file.ts';
import { type EvaluateSettings, type Evaluation, evaluate } from './evaluate.ts';
import { leftOutText, type PurchaseColumns, type PurchaseFile, readPurchases } from './purchase-file.ts';
import { mineRules, type Rule, type RuleSettings } from './rules.ts';

export interface EvaluateFileQuestion extends EvaluateSettings, PurchaseColumns {
  readonly path: string;
  readonly time: string;
}

export interface EvaluatedFile {
  readonly file: PurchaseFile;
  readonly evaluation: Evaluation;
  readonly warnings: readonly string[];
}

/** Evaluates methods of offers on the rows of a file, without loading it. @param folder of its own, removed at the end. */
export async function evaluateFile(lake: Lake, question: EvaluateFileQuestion, folder: string): Promise<EvaluatedFile> {
  const { path, customer, item, time, quantity, group, ...settings } = question;
  settings.progress?.({ step: 'lendo o arquivo', done: 0, total: 0 });
  const file = await readPurchases(lake, path, { customer, item, time, quantity, group }, folder, settings.signal);
  const evaluation = await evaluate(file.purchases, settings);
  const left = leftOutText(file.account);
  const { beyond } = evaluation;
  return {
    ...{ file, evaluation },
    warnings: [
      ...(left === '' ? [] : [`ficaram de fora linhas: ${left}`]),
      ...file.warnings,
      ...(beyond > 0 ? [`os ${beyond} produtos de menos clientes não são oferecidos`] : []),
    ],
  };
}

export interface RulesFileQuestion extends RuleSettings {
  readonly path: string;
  /** Without columns, each line of the file is a basket. */
  readonly columns?: PurchaseColumns | undefined;
}

export interface FileRules extends Baskets {
  readonly rules: readonly Rule[];
}

/** The rules of a file, without loading it. @param folder of its own, removed at the end. */
export async function rulesOfFile(lake: Lake, question: RulesFileQuestion, folder: string): Promise<FileRules> {
  const { path, columns, ...settings } = question;
  const baskets = columns
    ? await readCustomerBaskets(lake, path, columns, folder, settings.signal)
    : await readBaskets(path, settings.signal);
  return { ...baskets, rules: await mineRules(baskets.owned, settings) };
}
