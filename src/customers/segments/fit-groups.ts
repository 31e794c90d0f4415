import { RamalError } from '../../kernel/errors.ts';
import type { Progress } from '../../kernel/progress.ts';
import { Random } from '../../kernel/random.ts';
import type { Covariance } from '../models/densities.ts';
import { fitKMeans, sampleOf } from '../models/k-means.ts';
import { squaredDistance } from '../models/k-means-pass.ts';
import { fitMixture, type Mixture, membershipsOf } from '../models/mixture.ts';
import type { Points } from '../models/points.ts';
import { centersOf, daviesBouldin, type Grouping, silhouettes, simplifiedSilhouette } from '../models/quality.ts';
import { WARNINGS } from '../warnings.ts';

export const METHODS = ['bgm', 'kmeans'] as const;
export type Method = (typeof METHODS)[number];

export interface FitSettings {
  readonly method: Method;
  /** Groups of k-means; without it, the number whose silhouette is best. */
  readonly k?: number | undefined;
  /** Groups that a mixture may use at most; it finds how many it does. */
  readonly components?: number | undefined;
  readonly covariance?: Covariance | undefined;
  readonly seed: number;
  /** Of each row, the group of an earlier fit from 0 on, or -1: the fit begins there, so that groups are refined and not drawn anew. */
  readonly begun?: ArrayLike<number> | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: Progress | undefined;
}

/** How well a number of groups parts the rows. */
export interface Candidate {
  readonly k: number;
  readonly silhouette: number;
  readonly simplifiedSilhouette: number;
  readonly daviesBouldin: number;
}

export interface Groups extends Grouping {
  readonly method: Method;
  /** Of each group, the largest first. */
  readonly weights: readonly number[];
  /** Group by group, as points have their rows. */
  readonly centers: Float64Array;
  /** How sure it is of a row's group, from 0 to 1; of k-means, by the distances to the two nearest centers. */
  readonly membership: Float64Array;
  readonly bound: number | null;
  readonly inertia: number | null;
  readonly silhouette: number;
  readonly converged: boolean;
  readonly iterations: number;
  /** Every number of groups that was tried. */
  readonly candidates: readonly Candidate[];
  readonly warnings: readonly string[];
}

const [FEWEST_GROUPS, MOST_GROUPS] = [2, 12];
const USUAL_COMPONENTS = 12;
/** Silhouettes nearer than this can swap with another sample: then fewer groups are simpler. */
const SWAPS = 0.006;
/** A group of more than this share says nothing of anybody. */
const MOST_SHARE = 0.9;
/** A group of fewer rows, or of this share, is made of exceptions. */
const [FEWEST_ROWS, LEAST_SHARE] = [5, 0.002];
/** What a fit from nothing must explain better, in nats a row, for one that refines earlier groups to say so. */
const BETTER = 0.05;
const MIXTURE_STARTS = 6;
const MIXTURE_TRIED_ROWS = 4000;
const MOST_ITERATIONS = 500;
/** Of columns whose variance is 1: a group in which all have the same value is still wide enough to be told. */
const RIDGE = 1e-2;

/**
 * Parts rows into groups that are told apart.
 * @throws RamalError `usage` with too few rows for the groups, `groupsDegenerate` when nearly all are in one.
 */
export async function fitGroups(points: Points, settings: FitSettings): Promise<Groups> {
  const { method, k, components } = settings;
  const asked = method === 'bgm' ? (components ?? USUAL_COMPONENTS) : (k ?? FEWEST_GROUPS);
  const different = differentRows(points, asked + 1);
  if (different <= (method === 'bgm' ? 1 : asked - 1) || points.rows < 2 * FEWEST_ROWS)
    throw new RamalError('usage', {
      what: `${points.rows} linhas, ${different} diferentes, são poucas para ${asked} grupos`,
      todo: 'Peça menos grupos, ou use mais linhas',
    });
  const found = method === 'bgm' ? await byMixture(points, settings) : await byKMeans(points, settings);
  const largest = Math.max(...found.weights);
  if (found.groups > 1 && largest <= MOST_SHARE) return found;
  throw new RamalError('groupsDegenerate', { what: `${Math.round(largest * 100)}% das linhas ficam em um só` });
}

/** Different rows, counted up to `most`. */
function differentRows({ rows, stride, values }: Points, most: number): number {
  const seen = new Set<string>();
  for (let row = 0; row < rows && seen.size < most; row++)
    seen.add(values.subarray(row * stride, (row + 1) * stride).join());
  return seen.size;
}

async function byKMeans(points: Points, { k, seed, begun, signal, progress }: FitSettings): Promise<Groups> {
  const earlier = begun ? everyRow(points, begun) : null;
  const most = Math.min(MOST_GROUPS, differentRows(points, MOST_GROUPS));
  const all = Array.from({ length: most - FEWEST_GROUPS + 1 }, (_, at) => FEWEST_GROUPS + at);
  const tried = k ? [k] : earlier ? [earlier.groups] : all;
  const fits = [];
  for (const [at, groups] of tried.entries()) {
    progress?.({ step: `${groups} grupos`, done: at, total: tried.length });
    const begun = earlier?.groups === groups ? centersOf(points, earlier).centers : undefined;
    fits.push({ groups, ...(await fitKMeans(points, groups, { seed, begun, signal })) });
  }
  const measured = await silhouettes(points, fits, new Random(seed, 'silhouette'), signal);
  const candidates = fits.map((fit, at) => candidate(points, fit, measured[at]!));
  const best = Math.max(...measured);
  const fit = fits[measured.findIndex((silhouette) => silhouette >= best - SWAPS)]!;
  const { kept, warnings } = worthKeeping(fit, points.rows);
  const { stride } = points;
  const shares = new Float64Array(points.rows * kept.length);
  for (let row = 0; row < points.rows; row++) {
    const away = kept.map((one) =>
      squaredDistance(points.values, row * stride, fit.centers, one * stride, stride, Number.POSITIVE_INFINITY),
    );
    const [nearest = 0, next = 0] = away.toSorted((a, b) => a - b);
    // Halfway between two centers nothing tells which; at a center everything does.
    shares[row * kept.length + away.indexOf(nearest)] = next > 0 ? 1 - 0.5 * Math.sqrt(nearest / next) : 1;
  }
  const { inertia, converged, iterations } = fit;
  const made = grouped(points, kept.length, shares, 'rows');
  const silhouette = measured[fits.indexOf(fit)]!;
  return {
    ...{ method: 'kmeans', ...made, bound: null, inertia, silhouette, converged, iterations, candidates },
    warnings: [...warnings, ...unfinished(converged)],
  };
}

/**
 * Of several beginnings, that with the highest bound; on many rows they are tried on a sample. The process breaks its
 * stick in the order of the groups, so that bounds compare only with the largest first (Kurihara, Welling & Teh, 2007).
 */
async function byMixture(points: Points, settings: FitSettings): Promise<Groups> {
  const { covariance = 'full', seed, signal, progress } = settings;
  const earlier = settings.begun ? everyRow(points, settings.begun) : null;
  const components = Math.max(settings.components ?? USUAL_COMPONENTS, earlier?.groups ?? 0);
  const random = new Random(seed, 'mixture', components);
  const sample = sampleOf(points, MIXTURE_TRIED_ROWS, random.split('sample'));
  const fitted = (of: Points, begun: Float64Array) =>
    fitMixture(of, begun, {
      ...{ covariance, signal, mostIterations: MOST_ITERATIONS, ridge: RIDGE },
      onIteration: (done) => progress?.({ step: `iterações em ${of.rows} linhas`, done, total: MOST_ITERATIONS }),
    });
  let best: Mixture | undefined;
  for (let start = 0; start < MIXTURE_STARTS; start++) {
    const first = await fitted(sample, await beginning(sample, components, start, seed));
    const tried = await fitted(sample, sortedColumns(first.memberships, components));
    if (best && tried.bound <= best.bound) continue;
    best = { ...tried, iterations: first.iterations + tried.iterations };
  }
  const spread = (of: Points, mixture: Mixture) => membershipsOf(of, mixture, { covariance, signal });
  const whole = earlier
    ? await fitted(points, oneEach(earlier, components))
    : sample === points
      ? best!
      : await fitted(points, await spread(points, best!));
  const refined = earlier ? await fitted(sample, sortedColumns(await spread(sample, whole), components)) : best!;
  const passed = best!.bound - refined.bound > BETTER * sample.rows;
  const { kept, warnings } = worthKeeping({ groups: components, labels: whole.labels }, points.rows);
  const shares = new Float64Array(points.rows * kept.length);
  for (let row = 0; row < points.rows; row++) {
    const own = kept.map((one) => whole.memberships[row * components + one]!);
    const all = own.reduce((sum, share) => sum + share, 0);
    own.forEach((share, at) => {
      shares[row * kept.length + at] = all > 0 ? share / all : 1 / kept.length;
    });
  }
  const made = grouped(points, kept.length, shares, 'shares');
  const [silhouette = 0] = await silhouettes(points, [made], new Random(seed, 'silhouette'), signal);
  const { bound, converged, iterations } = whole;
  return {
    ...{ method: 'bgm', ...made, bound, inertia: null, silhouette, converged, iterations },
    candidates: [candidate(points, made, silhouette)],
    warnings: [...warnings, ...unfinished(converged), ...(passed ? [WARNINGS.betterAnew()] : [])],
  };
}

const unfinished = (converged: boolean): string[] => (converged ? [] : [WARNINGS.unfinished()]);

/** A mixture's beginning: groups of k-means, others each time. */
async function beginning(points: Points, groups: number, start: number, seed: number): Promise<Float64Array> {
  const { labels } = await fitKMeans(points, groups, {
    seed: new Random(seed, 'begun', start).int(0, 2 ** 31),
    starts: 1,
  });
  return oneEach({ groups, labels }, groups);
}

/** Memberships with the groups in the order of their sizes. */
function sortedColumns(memberships: Float64Array, groups: number): Float64Array {
  const sizes = new Float64Array(groups);
  for (let at = 0; at < memberships.length; at++) sizes[at % groups]! += memberships[at]!;
  const order = Array.from(sizes.keys()).sort((a, b) => sizes[b]! - sizes[a]!);
  const sorted = new Float64Array(memberships.length);
  for (let row = 0; row < memberships.length; row += groups)
    order.forEach((one, at) => {
      sorted[row + at] = memberships[row + one]!;
    });
  return sorted;
}

/** An earlier grouping of some rows, with the others in the group whose center is nearest. */
function everyRow(points: Points, begun: ArrayLike<number>): Grouping {
  const { rows, stride, values } = points;
  const groups = 1 + Array.from(begun).reduce((most, label) => Math.max(most, label), 0);
  const labels = Int32Array.from(begun, (label) => (label < 0 ? groups : label));
  const { centers, sizes } = centersOf(points, { groups: groups + 1, labels });
  const held = Array.from({ length: groups }, (_, one) => one).filter((one) => sizes[one]! > 0);
  for (let row = 0; row < rows; row++) {
    if (labels[row] !== groups) continue;
    const away = held.map((one) =>
      squaredDistance(values, row * stride, centers, one * stride, stride, Number.POSITIVE_INFINITY),
    );
    labels[row] = held[away.indexOf(Math.min(...away))] ?? 0;
  }
  return { groups, labels };
}

/** Memberships in which each row is of its group alone, the largest group first. */
function oneEach({ labels }: Grouping, groups: number): Float64Array {
  const memberships = new Float64Array(labels.length * groups);
  for (let row = 0; row < labels.length; row++) memberships[row * groups + labels[row]!] = 1;
  return sortedColumns(memberships, groups);
}

/** The groups of more than exceptions, the largest first; rows of the others go to the next likeliest. */
function worthKeeping({ groups, labels }: Grouping, rows: number): { kept: number[]; warnings: string[] } {
  const sizes = new Float64Array(groups);
  for (let row = 0; row < rows; row++) sizes[labels[row]!]!++;
  const fewest = Math.max(FEWEST_ROWS, LEAST_SHARE * rows);
  const held = Array.from(sizes.keys()).filter((one) => sizes[one]! > 0);
  const kept = held.filter((one) => sizes[one]! >= fewest).sort((a, b) => sizes[b]! - sizes[a]!);
  const few = held.filter((one) => sizes[one]! < fewest);
  const moved = few.reduce((sum, one) => sum + sizes[one]!, 0);
  return {
    kept: kept.length > 0 ? kept : held,
    warnings: few.length > 0 ? [WARNINGS.exceptions(moved)] : [],
  };
}

/** Groups of rows by their shares in them; weights are of rows, or of their shares. */
function grouped(points: Points, groups: number, shares: Float64Array, weighed: 'rows' | 'shares') {
  const labels = new Uint16Array(points.rows);
  const membership = new Float64Array(points.rows);
  const weights = new Array<number>(groups).fill(0);
  for (let row = 0; row < points.rows; row++) {
    const own = shares.subarray(row * groups, (row + 1) * groups);
    const most = own.reduce((best, share, one) => (share > own[best]! ? one : best), 0);
    labels[row] = most;
    membership[row] = own[most]!;
    if (weighed === 'rows') weights[most]! += 1 / points.rows;
    else for (let one = 0; one < groups; one++) weights[one]! += own[one]! / points.rows;
  }
  return { groups, labels, membership, weights, centers: centersOf(points, { groups, labels }).centers };
}

function candidate(points: Points, grouping: Grouping, silhouette: number): Candidate {
  const [simplified, index] = [simplifiedSilhouette(points, grouping), daviesBouldin(points, grouping)];
  return { k: grouping.groups, silhouette, simplifiedSilhouette: simplified, daviesBouldin: index };
}
