import { CALLER_SPAN, table, temporary } from '../contracts/index.ts';
import { type LakeSession, literal } from '../storage/lake.ts';
import { CALLER_KINDS, type CallerDay, type CallerFold } from './rules/caller-fold.ts';

const whole = (meaning: string) => ({ type: 'INTEGER', meaning, personal: 'none', required: true }) as const;

const PART = table({
  schema: 'gold',
  name: 'caller_part',
  meaning: 'Contagens de quem contatou, em números',
  columns: {
    source: { type: 'UBIGINT', meaning: 'Fonte; 0, todas', personal: 'none', required: true },
    kind: whole('Como se sabe que é o mesmo'),
    day: { type: 'DATE', meaning: 'Dia', personal: 'none', required: true },
    earlier: whole('Quantos antes'),
    before: whole('Quantos dias antes'),
    contacts: whole('Atendimentos'),
  },
});

/** Makes the temporary table `into` of what was counted, with the columns of `gold.caller_mart`. */
export async function sumCallers(session: LakeSession, fold: CallerFold, into: string): Promise<void> {
  await session.run(temporary(PART, PART.name));
  const writer = await session.blockWriter(PART, { catalog: 'temp', schema: 'main', name: PART.name });
  for (const day of fold.finish()) {
    const { columns, rows } = columnsOf(day, fold.sources);
    if (rows > 0) writer.write(columns, rows);
  }
  writer.close();
  const sources = `SELECT hash(source) AS code, source FROM gold.source UNION ALL SELECT CAST(0 AS UBIGINT), ''`;
  await session.run(
    `CREATE OR REPLACE TEMP TABLE ${into} AS
     SELECT known.source, [${CALLER_KINDS.map(literal).join(', ')}][kind + 1] AS caller, day, earlier,
       day - before AS since, CAST(sum(contacts) AS BIGINT) AS contacts
     FROM ${PART.name} AS part JOIN (${sources}) AS known ON known.code = part.source GROUP BY ALL`,
  );
}

/** What is not zero, in the columns of {@link PART}. */
function columnsOf({ source, kind, day, contacts }: CallerDay, sources: readonly number[]) {
  const places = [...contacts.keys()].filter((at) => contacts[at] !== 0);
  const column = (value: (at: number) => number) => Int32Array.from(places, value);
  const code = source === 0 ? [0, 0] : sources.slice(2 * source - 2, 2 * source);
  const columns = [
    Uint32Array.from(places.flatMap(() => code)),
    column(() => kind),
    column(() => day),
    column((at) => at % CALLER_SPAN.earlier),
    column((at) => Math.floor(at / CALLER_SPAN.earlier)),
    column((at) => contacts[at]!),
  ];
  return { columns, rows: places.length };
}
