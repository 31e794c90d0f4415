import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { User } from '../access/roles.ts';
import type { KeptBase } from '../customers/base/kept-bases.ts';
import { offersOfBase } from '../customers/offers/base-offers.ts';
import type { KeptOffersOf } from '../customers/offers/kept-offers.ts';
import type { OfferOutcome } from '../customers/offers/outcomes.ts';
import type { Progress } from '../kernel/progress.ts';
import type { App } from './app.ts';
import { basePaths, groupsInUse } from './customer-offers.ts';

/** The kind of the work that makes offers. */
export const OFFERING = 'offers';

const [CAP, MOST, SEED] = [0.3, 3, 1];
const RESTED_MS = 183 * 86_400_000;

/** What was accepted or refused in half a year, whenever it was offered: it is not offered again so soon. */
export const restingOffers = ({ clock, outcomes }: App): Promise<OfferOutcome[]> =>
  outcomes.answered(new Date(clock.now().getTime() - RESTED_MS));

export interface OffersAsked {
  /** Without them, the usual audience. */
  readonly segments?: readonly string[] | undefined;
  /** Of all offers, the share of one product; 0.3 unless said. */
  readonly cap?: number | undefined;
  /** Offers of a customer; 3 unless said. */
  readonly most?: number | undefined;
}

interface Watched {
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Makes the offers of a kept base, after the groups in use, the bars and what customers answered, and keeps them. */
export async function makeOffers(
  app: App,
  base: KeptBase,
  { segments, cap = CAP, most = MOST }: OffersAsked,
  by: User,
  watched: Watched,
): Promise<KeptOffersOf> {
  const [bars, groups, answered] = await Promise.all([app.offers.bars(), groupsInUse(app), restingOffers(app)]);
  const folder = join(app.config.home, 'tmp', `${OFFERING}-${randomUUID()}`);
  const out = `${folder}.parquet`;
  const question = {
    ...{ base, paths: basePaths(app, base.id), groups, answered, segments, cap, most, out, seed: SEED },
    bars: bars.filter(({ liftedAt }) => liftedAt === null),
  };
  return app.offers.keep(await offersOfBase(app.lake, { ...question, ...watched }, folder), out, by);
}
