import { ddl, markTable } from '../../src/contracts/index.ts';
import { openLake } from '../../src/lake/lake-open.ts';
import { markAll } from '../../src/lake/marks.ts';
import { REPEAT_RULES, repeatRule } from '../../src/lake/rules/rules.ts';
import { report } from '../measure.ts';

/** Marks every contact of a home, or of a relation of it, under one rule, or `all`, and writes the marks into a table of the lake. */
const [, , home = '', ruleName = 'all', memory = '2600', contacts = 'gold.contact'] = process.argv;
const rules = ruleName === 'all' ? REPEAT_RULES : [repeatRule(ruleName)!];
const contract = { ...markTable(rules.map(({ name }) => name)), name: 'mark_bench' };
const lake = await openLake({ home, memoryMb: Number(memory), threads: 2, timeZone: 'America/Sao_Paulo' });
await lake.use(async (session) => {
  await session.run('DROP TABLE IF EXISTS gold.mark_bench');
  await session.run(ddl(contract));
  await report(async () => {
    await markAll(lake, session, contacts, { schema: 'gold', name: 'mark_bench' }, { rules });
    return session.row<Record<string, number>>(
      `SELECT count(*) AS contacts, ${rules.map(({ name }) => `count(*) FILTER ("${name}.role" = 'repeat') AS "${name}"`).join(', ')} FROM gold.mark_bench`,
    );
  });
  await session.run('DROP TABLE gold.mark_bench');
});
lake.close();
