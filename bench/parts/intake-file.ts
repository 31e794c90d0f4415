import { intakeFiles } from '../../src/api/resources/intake.ts';
import { silent } from '../../src/kernel/progress.ts';
import { report } from '../measure.ts';
import { openBenchHome } from '../world.ts';

/** One file through the whole intake: typing, quarantine, duplicates, bronze and silver, committed. */
const [, , home = '', path = ''] = process.argv;
const app = await openBenchHome(home);
await report(async () => {
  const { read, loaded, quarantined, duplicate } = await intakeFiles(
    app,
    { paths: [path], source: 'demo-calls', build: false },
    { name: 'bench', role: 'administrator' },
    silent,
  );
  return { read, loaded, quarantined, duplicate };
});
await app.close();
