import { openLake } from '../../src/lake/lake-open.ts';
import { markScope } from '../../src/lake/marks.ts';
import { repeatRule } from '../../src/lake/rules/rules.ts';
import { report } from '../measure.ts';

/** Marks every contact of a home under one rule, marks written and committed. */
const [, , home = '', ruleName = 'house', memory = '2600'] = process.argv;
const rule = repeatRule(ruleName)!;
const lake = await openLake({ home, memoryMb: Number(memory), threads: 2, timeZone: 'America/Sao_Paulo' });
await lake.use(async (session) => {
  await session.run(`DELETE FROM gold.mark WHERE rule = '${rule.name}'`);
  await session.run('CHECKPOINT');
  await session.run('CREATE TEMP VIEW scope AS SELECT * FROM silver.contact');
  await report(async () => {
    await session.transaction(() => markScope(session, { rules: [rule] }));
    return session.row<Record<string, number>>(
      `SELECT count(*) AS marks, count(*) FILTER (role = 'repeat') AS repeats FROM gold.mark WHERE rule = '${rule.name}'`,
    );
  });
});
lake.close();
