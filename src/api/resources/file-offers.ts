import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import {
  type EvaluatedFile,
  type EvaluateFileQuestion,
  evaluateFile,
  type FileRules,
  type RulesFileQuestion,
  rulesOfFile,
} from '../../customers/offers/evaluate-file.ts';
import { tidy, toldEvaluation } from '../../customers/offers/told-evaluation.ts';
import type { App } from '../app.ts';
import { refuseRelative } from '../machine-path.ts';
import { route } from '../route.ts';
import { Job } from '../schema.ts';

const Columns = {
  customer: Type.String({ description: 'Coluna do cliente' }),
  item: Type.String({ description: 'Coluna do produto' }),
  quantity: Type.Optional(Type.String({ description: 'Coluna da quantidade: linhas de 0 ou menos são devoluções' })),
};
const Support = Type.Optional(
  Type.Number({ minimum: 0, maximum: 1, description: 'Parte dos clientes que tem tudo o que a regra diz' }),
);

const Asked = Type.Object({
  path: Type.String(),
  ...Columns,
  time: Type.String({ description: 'Coluna da data' }),
  group: Type.Optional(Type.String({ description: 'Coluna do grupo do cliente' })),
  folds: Type.Optional(Type.Integer({ minimum: 1, maximum: 7, description: 'Períodos de teste, do último para trás' })),
  support: Support,
  seed: Type.Optional(Type.Integer({ minimum: 0 })),
});
type Asked = Omit<EvaluateFileQuestion, 'folds' | 'seed'> & { readonly folds?: number; readonly seed?: number };

const AskedRules = Type.Object({
  path: Type.String(),
  columns: Type.Optional(Type.Object(Columns, { description: 'Sem elas, cada linha do arquivo é uma cesta' })),
  support: Support,
  confidence: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
});
type AskedRules = Omit<RulesFileQuestion, 'confidence'> & { readonly confidence?: number };

/** The rules that an answer shows. */
const MOST_RULES = 10_000;
const USUAL_CONFIDENCE = 0.5;

function answerOf({ file, evaluation, warnings }: EvaluatedFile) {
  const { purchases, account, timeForm } = file;
  const moment = (time: number) => {
    if (!Number.isFinite(time)) return null;
    return timeForm === 'number' ? time : new Date(86_400_000 * time).toISOString().slice(0, 10);
  };
  return {
    ...{ account, customers: purchases.customers, items: purchases.itemNames.length, pairs: purchases.item.length },
    timeForm,
    ...toldEvaluation(evaluation, moment),
    warnings,
  };
}

function rulesAnswer({ account, owned, itemNames, rules }: FileRules) {
  return {
    ...{ account, customers: owned.customers, items: itemNames.length, found: rules.length },
    rules: rules.slice(0, MOST_RULES).map(({ antecedent, consequent, support, confidence, lift, customers }) => ({
      if: antecedent.map((item) => itemNames[item]!),
      // biome-ignore lint/suspicious/noThenProperty: what a rule's answer is called; nothing awaits it.
      then: itemNames[consequent]!,
      ...{ support: tidy(support), confidence: tidy(confidence), lift: tidy(lift), n: customers },
    })),
  };
}

function startOf({ config }: App, path: string): string {
  refuseRelative(path);
  return join(config.home, 'tmp', `offers-${randomUUID()}`);
}

export const fileOfferRoutes = [
  route({
    method: 'POST',
    url: '/api/offers/file',
    audience: AUDIENCE.administrator,
    summary: 'Mede maneiras de oferecer produtos sobre as linhas de um arquivo desta máquina, sem o carregar',
    body: Asked,
    response: Job,
    status: 202,
    handler: async ({ app, body }) => {
      const { folds = 1, seed = 1, ...asked } = body as Asked;
      const folder = startOf(app, asked.path);
      return app.jobs.startBeside('offers', async (progress, signal) =>
        answerOf(await evaluateFile(app.lake, { ...asked, folds, seed, progress, signal }, folder)),
      );
    },
  }),
  route({
    method: 'POST',
    url: '/api/offers/rules',
    audience: AUDIENCE.administrator,
    summary: 'Regras “quem tem X também tem Y” de um arquivo desta máquina, sem o carregar',
    body: AskedRules,
    response: Job,
    status: 202,
    handler: async ({ app, body }) => {
      const { confidence = USUAL_CONFIDENCE, ...asked } = body as AskedRules;
      const folder = startOf(app, asked.path);
      return app.jobs.startBeside('offers', async (_, signal) =>
        rulesAnswer(await rulesOfFile(app.lake, { ...asked, confidence, signal }, folder)),
      );
    },
  }),
];
