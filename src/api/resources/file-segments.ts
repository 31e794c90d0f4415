import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { TREATMENTS, type Treatment } from '../../customers/features/treatment.ts';
import { COVARIANCES } from '../../customers/models/densities.ts';
import { METHODS } from '../../customers/segments/fit-groups.ts';
import { labelLines, readLabels } from '../../customers/segments/labels-file.ts';
import {
  MISSING,
  type SegmentedFile,
  type SegmentFileQuestion,
  segmentFile,
} from '../../customers/segments/segment-file.ts';
import { RamalError } from '../../kernel/errors.ts';
import { refuseRelative } from '../machine-path.ts';
import { onceFile, oncePath } from '../once-file.ts';
import { oneOf } from '../one-of.ts';
import { route } from '../route.ts';
import { Job } from '../schema.ts';

const Asked = Type.Object({
  path: Type.String(),
  columns: Type.Array(Type.Object({ name: Type.String(), treatment: Type.Optional(oneOf(TREATMENTS)) }), {
    minItems: 1,
    maxItems: 500,
  }),
  id: Type.Optional(Type.String()),
  profile: Type.Optional(
    Type.Array(Type.String(), { maxItems: 500, description: 'Colunas que não dividem, e que se dizem de cada grupo' }),
  ),
  missing: Type.Optional(oneOf(MISSING)),
  method: oneOf(METHODS),
  k: Type.Optional(
    Type.Integer({ minimum: 2, maximum: 100, description: 'Grupos do k-means; sem ele, o melhor número' }),
  ),
  components: Type.Optional(Type.Integer({ minimum: 2, maximum: 100, description: 'Grupos que a mistura pode usar' })),
  covariance: Type.Optional(oneOf(COVARIANCES)),
  seed: Type.Optional(Type.Integer({ minimum: 0 })),
  resamples: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 1000, description: 'Quantas vezes sortear de novo para dizer a estabilidade' }),
  ),
  previous: Type.Optional(
    Type.String({ description: 'Arquivo de grupos de outro dia, desta máquina: os números dos grupos seguem os dele' }),
  ),
  labels: Type.Optional(Type.Boolean({ description: 'Guarda o grupo de cada linha, para GET /api/segments/labels' })),
});
interface Asked extends Omit<SegmentFileQuestion, 'seed' | 'columns' | 'profile' | 'resamples' | 'previous'> {
  readonly columns: readonly { name: string; treatment?: Treatment }[];
  readonly seed?: number;
  readonly labels?: boolean;
  readonly profile?: readonly string[];
  readonly resamples?: number;
  readonly previous?: string;
}

const USUAL_RESAMPLES = 20;
const LABELS = 'labels';

/** Without what the last bits of doubles add. */
const tidy = (value: number): number => (Math.abs(value) < 1e-12 ? 0 : Number(value.toPrecision(12)));

/** What a fit found, as scripts read it; `labels` names the file of {@link writeLabels}. */
function answerOf(
  {
    rows,
    sizes,
    features,
    means,
    averages,
    groups,
    stability,
    rule,
    migration,
    traits,
    profile,
    warnings,
  }: SegmentedFile,
  labels: string | null,
) {
  const { method, weights, bound, inertia, silhouette, converged, iterations, candidates } = groups;
  return {
    ...{ method, k: groups.groups, rows, weights: weights.map(tidy), means: means.map((own) => own.map(tidy)) },
    ...{ sizes, averages: averages.map((own) => own.map((one) => (one === null ? null : tidy(one)))) },
    features: features.map(({ column, treatment, is }) => ({ column, treatment, ...(is === undefined ? {} : { is }) })),
    ...(method === 'bgm' ? { bound } : { inertia }),
    ...{ silhouette, converged, iterations, candidates, stability, rule, migration, traits, profile, warnings, labels },
  };
}

async function writeLabels(path: string, { ids, groups, migration }: SegmentedFile): Promise<void> {
  const numberOf = (row: number) => migration?.numbers[groups.labels[row]!] ?? groups.labels[row]! + 1;
  const lines = labelLines(ids, numberOf, groups.membership);
  await pipeline(lines, createWriteStream(path, { mode: 0o600 }));
}

export const fileSegmentRoutes = [
  route({
    method: 'POST',
    url: '/api/segments/file',
    audience: AUDIENCE.administrator,
    summary: 'Divide em grupos as linhas de um arquivo desta máquina, sem o carregar',
    body: Asked,
    response: Job,
    status: 202,
    handler: async ({ app, body }) => {
      const {
        labels = false,
        seed = 1,
        profile = [],
        resamples = USUAL_RESAMPLES,
        previous: earlier,
        ...asked
      } = body as Asked;
      refuseRelative(asked.path, ...(earlier === undefined ? [] : [earlier]));
      if (earlier !== undefined && asked.id === undefined)
        throw new RamalError('usage', {
          what: 'Sem uma coluna que nomeie as linhas não se sabe quem é quem',
          todo: 'Diga a coluna do cliente (--id)',
        });
      const id = randomUUID();
      return app.jobs.startBeside('segments', async (progress, signal) => {
        const previous = earlier === undefined ? undefined : readLabels(earlier);
        const question = { ...asked, ...{ profile, seed, resamples, previous, progress, signal } };
        const found = await segmentFile(app.lake, question, join(app.config.home, 'tmp', `segments-${id}`));
        if (labels) await writeLabels(oncePath(app, LABELS, id), found);
        return answerOf(found, labels ? id : null);
      });
    },
  }),
  route({
    method: 'GET',
    url: '/api/segments/labels/:id',
    audience: AUDIENCE.administrator,
    summary: 'O grupo de cada linha do arquivo que se dividiu: id, group, membership; lido uma vez, é esquecido',
    handler: async ({ app, params, reply }) =>
      onceFile(app, reply, { kind: LABELS, id: params.id ?? '', type: 'text/csv; charset=utf-8', what: 'divisão' }),
  }),
];
