import { InversePass, type InverseWork } from './inverse-pass.ts';
import { KMeansPass, type KMeansWork } from './k-means-pass.ts';
import { MixturePass, type MixtureWork } from './mixture-pass.ts';
import { OfferPass, type OfferWork } from './offer-pass.ts';
import type { Points } from './points.ts';
import type { RowWork } from './row-blocks.ts';
import { SilhouettePass, type SilhouetteWork } from './silhouette-pass.ts';

/** The works that can be done by blocks of rows, and the settings of each. */
const WORKS = {
  inverse: (points: Points, settings: InverseWork): RowWork => new InversePass(points, settings),
  'k-means': (points: Points, settings: KMeansWork): RowWork => new KMeansPass(points, settings),
  mixture: (points: Points, settings: MixtureWork): RowWork => new MixturePass(points, settings),
  offers: (points: Points, settings: OfferWork): RowWork => new OfferPass(points, settings),
  silhouette: (points: Points, settings: SilhouetteWork): RowWork => new SilhouettePass(points, settings),
} as const;

export type WorkName = keyof typeof WORKS;
export type WorkSettings<Name extends WorkName = WorkName> = Parameters<(typeof WORKS)[Name]>[1];

export function makeWork<Name extends WorkName>(name: Name, points: Points, settings: WorkSettings<Name>): RowWork {
  return WORKS[name](points, settings as never);
}
