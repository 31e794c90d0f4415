import type { Column } from '../contracts/index.ts';
import { OFFER_COLUMNS, offersToSend } from '../customers/offers/offers-to-send.ts';
import type { Relation } from '../intake/steps/index.ts';
import type { Seen } from '../intake/steps/preview.ts';
import type { App } from './app.ts';
import { customerTexts } from './customer-texts.ts';
import { restingOffers } from './make-offers.ts';

/** The newest offers as rows that a layout of sending takes, and how their columns may be seen; null where none were made. */
export async function newestOffers(app: App): Promise<{ readonly rows: Relation; readonly seen: Seen } | null> {
  const kept = await app.offers.newest();
  if (!kept) return null;
  const rows = await offersToSend(app.lake, {
    ...{ offers: app.offers.pathOf(kept.id), base: app.bases.pathOf(kept.base) },
    answered: await restingOffers(app),
  });
  const base = await app.bases.get(kept.base);
  const texts = await customerTexts(app, base);
  const hidden = new Set([...texts.names, ...texts.others]);
  const { fields } = kept;
  const own: Partial<Record<string, string | null>> = {
    ...{ customer: base.key, name: fields.name, segment: fields.segment, size: fields.size, seller: fields.seller },
  };
  const seenAs = (column: string): Column | 'hidden' => {
    const field = (OFFER_COLUMNS as readonly string[]).includes(column) ? own[column] : column;
    return field != null && (hidden.has(field) || texts.told(field, 0).masked) ? 'hidden' : OPEN;
  };
  return { rows, seen: Object.fromEntries(rows.columns.map((column) => [column, seenAs(column)])) };
}

const OPEN: Column = { type: 'VARCHAR', meaning: '', personal: 'none' };
