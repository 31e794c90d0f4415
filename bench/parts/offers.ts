import { writeFileSync } from 'node:fs';
import { ease, together } from '../../src/customers/offers/item-scores.ts';
import { topOffers } from '../../src/customers/offers/top-offers.ts';
import { report } from '../measure.ts';
import { owners } from '../owners.ts';

const RIDGE = 500;
const [customers, size, files] = process.argv.slice(2);
const owned = owners(Number(customers), Number(size));
const timed = async <T>(work: () => Promise<T>): Promise<[result: T, seconds: number]> => {
  const began = performance.now();
  return [await work(), (performance.now() - began) / 1000];
};
await report(async () => {
  const [counts, counted] = await timed(() => together(owned));
  const [scores, learnt] = await timed(() => ease(counts, owned.size, RIDGE));
  const [offers, offered] = await timed(() => topOffers(owned, scores, 10));
  if (files) {
    const written = { offsets: owned.offsets, items: owned.items.subarray(0, owned.offsets.at(-1)), scores, offers };
    for (const [name, values] of Object.entries(written))
      writeFileSync(`${files}.${name}`, Buffer.from(values.buffer, values.byteOffset, values.byteLength));
  }
  return { counted, learnt, offered };
});
