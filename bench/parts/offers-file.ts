import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { evaluateFile } from '../../src/customers/offers/evaluate-file.ts';
import { Random } from '../../src/kernel/random.ts';
import { report } from '../measure.ts';
import { owners } from '../owners.ts';
import { openBenchHome } from '../world.ts';

const DAYS = 730;
const [customers, size, folder = ''] = process.argv.slice(2);
const path = join(folder, 'purchases.csv');
await write();
const app = await openBenchHome(join(folder, 'home'), 1000);
await report(async () => {
  const question = { path, customer: 'cliente', item: 'produto', time: 'data', folds: 1, seed: 1 };
  const { evaluation, file } = await evaluateFile(app.lake, question, join(folder, 'work'));
  const [fold] = evaluation.folds;
  return { rows: file.account.rows, tested: fold!.customers, beats: Number(evaluation.beatsPopularity) };
});
await app.close();

/** Each purchase on a day drawn. */
async function write(): Promise<void> {
  const random = new Random(2);
  const days = Array.from({ length: DAYS }, (_, day) =>
    new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10),
  );
  const { offsets, items, customers: rows } = owners(Number(customers), Number(size));
  const out = createWriteStream(path);
  let text = 'cliente,produto,data\n';
  for (let row = 0; row < rows; row++) {
    for (let at = offsets[row]!; at < offsets[row + 1]!; at++)
      text += `C${row},P${items[at]},${days[random.int(0, DAYS)]}\n`;
    if (text.length < 1 << 20) continue;
    if (!out.write(text)) await once(out, 'drain');
    text = '';
  }
  out.end(text);
  await once(out, 'close');
}
