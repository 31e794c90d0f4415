import { utimesSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { AGENT_STATES } from '../src/contracts/index.ts';
import { STRETCHES, stretchFile, stretchLayout } from './agent-files.ts';
import { useHome } from './home.ts';
import { deadline, full } from './services.ts';

const home = useHome();
const OTHER = stretchLayout('outra');
beforeAll(async () => {
  for (const layout of [STRETCHES, OTHER]) await home().know(layout);
});

const RUNS = full ? 200 : 2;
/** A slow machine makes fewer runs rather than a late result. */
const SECONDS = full ? 120 : 6;
const MART = 'day, half_hour, agent, stretches, handling_s, available_s, pause_s, other_s, overlap_s';

const load = (rows: readonly string[], layout = STRETCHES) => home().load({ content: stretchFile(rows) }, layout);
const mart = () =>
  home().rows<Record<string, number | string>>(
    `SELECT CAST(day AS VARCHAR) AS day, * EXCLUDE (day, source) FROM gold.agent_time_mart ORDER BY ${MART}`,
  );
const half = (day: string, half_hour: number, agent: string, seconds: Record<string, number>) => ({
  ...{ day, half_hour, agent, stretches: 0, handling_s: 0, available_s: 0, pause_s: 0, other_s: 0, overlap_s: 0 },
  ...seconds,
});

describe('a hand-made shift', () => {
  it('counts the seconds of each state in each half-hour, before and after midnight', async () => {
    await home().reset();
    const batch = await load([
      'ana;2026-03-02 08:00:00;2026-03-02 08:20:00;Falando',
      'ana;2026-03-02 08:20:00;2026-03-02 08:45:00;Livre',
      'ana;2026-03-02 08:45:00;2026-03-02 09:00:00;Almoço',
      'ana;2026-03-02 09:00:00;2026-03-02 10:10:00;Falando',
      'ana;2026-03-02 10:10:00;2026-03-02 10:40:00;Treinamento',
      'bia;2026-03-02 23:50:00;2026-03-03 00:20:30;Falando',
    ]);
    expect(batch).toMatchObject({ rows_read: 6, loaded: 6, quarantined: 0, duplicate: 0, first_day: '2026-03-02' });
    await home().build();
    expect(await mart()).toEqual([
      half('2026-03-02', 16, 'ana', { stretches: 2, handling_s: 1200, available_s: 600 }),
      half('2026-03-02', 17, 'ana', { stretches: 1, available_s: 900, pause_s: 900 }),
      half('2026-03-02', 18, 'ana', { stretches: 1, handling_s: 1800 }),
      half('2026-03-02', 19, 'ana', { handling_s: 1800 }),
      half('2026-03-02', 20, 'ana', { stretches: 1, handling_s: 600, other_s: 1200 }),
      half('2026-03-02', 21, 'ana', { other_s: 600 }),
      half('2026-03-02', 47, 'bia', { stretches: 1, handling_s: 600 }),
      half('2026-03-03', 0, 'bia', { handling_s: 1230 }),
    ]);
  });

  it('counts what two stretches both claim for the earlier one, and tells how much that was', async () => {
    await home().reset();
    await load([
      'caio;2026-03-02 10:20:00;2026-03-02 10:40:00;Livre',
      'caio;2026-03-02 10:00:00;2026-03-02 10:30:00;Falando',
      'caio;2026-03-02 10:25:00;2026-03-02 10:30:00;Almoço',
      // Another agent, and the same one at another source, are other time.
      'davi;2026-03-02 10:25:00;2026-03-02 10:30:00;Almoço',
    ]);
    await load(['caio;2026-03-02 10:00:00;2026-03-02 10:01:00;Livre'], OTHER);
    await home().build();
    expect(await mart()).toEqual([
      half('2026-03-02', 20, 'caio', { stretches: 1, available_s: 60 }),
      half('2026-03-02', 20, 'caio', { stretches: 3, handling_s: 1800, overlap_s: 900 }),
      half('2026-03-02', 20, 'davi', { stretches: 1, pause_s: 300 }),
      half('2026-03-02', 21, 'caio', { available_s: 600 }),
    ]);
  });

  it('takes an end, or a duration', async () => {
    await home().reset();
    const { ended_at, ...columns } = STRETCHES.columns;
    const timed = stretchLayout('duracao', {
      format: { kind: 'delimited', header: true },
      columns: {
        ...columns,
        started_at: { from: ['DIA', 'HORA'], as: 'date-time', format: 'dd/mm/yyyy hh:mm:ss' },
        ended_at: {
          ...{ from: ['DIA', 'HORA', 'TEMPO'], as: 'date-time-plus', unit: 'h:mm:ss' },
          format: 'dd/mm/yyyy hh:mm:ss',
        },
      },
      key: ['AGENTE', 'DIA', 'HORA'],
    });
    await home().know(timed);
    await home().load({ content: 'AGENTE;DIA;HORA;TEMPO;ESTADO\nana;02/03/2026;23:59:00;0:02:30;Falando\n' }, timed);
    await home().build();
    expect(await mart()).toEqual([
      half('2026-03-02', 47, 'ana', { stretches: 1, handling_s: 60 }),
      half('2026-03-03', 0, 'ana', { handling_s: 90 }),
    ]);
  });

  it('refuses what is no stretch, with its reason; the same lines again are duplicates', async () => {
    await home().reset();
    const rows = [
      'ana;2026-03-02 08:00:00;2026-03-02 07:59:59;Falando',
      'ana;2026-03-02 09:00:00;2026-03-03 09:00:01;Falando',
      'ana;2026-03-02 10:00:00;2026-03-02 10:10:00;Sumida',
      ';2026-03-02 11:00:00;2026-03-02 11:10:00;Livre',
      'ana;2026-03-02 12:00:00;;Livre',
      // A whole day, and no time at all, are stretches.
      'ana;2026-03-04 08:00:00;2026-03-05 08:00:00;Livre',
      'ana;2026-03-06 08:00:00;2026-03-06 08:00:00;Livre',
    ];
    expect(await load(rows)).toMatchObject({ rows_read: 7, loaded: 2, quarantined: 5, duplicate: 0 });
    expect(await home().rows('SELECT line, column_name, reason FROM silver.quarantine ORDER BY line')).toEqual([
      { line: 2, column_name: 'FIM', reason: 'ends-before-start' },
      { line: 3, column_name: 'FIM', reason: 'longer-than-a-day' },
      { line: 4, column_name: 'ESTADO', reason: 'unknown-code' },
      { line: 5, column_name: 'AGENTE', reason: 'missing' },
      { line: 6, column_name: 'FIM', reason: 'missing' },
    ]);
    expect(await load([...rows.slice(5), 'bia;2026-03-04 08:00:00;2026-03-04 08:00:10;Livre'])).toMatchObject({
      ...{ rows_read: 3, loaded: 1, quarantined: 0, duplicate: 2 },
    });
    await home().build();
    const [sums] = await home().rows(
      'SELECT sum(available_s)::INTEGER AS available, sum(stretches)::INTEGER AS stretches FROM gold.agent_time_mart',
    );
    expect(sums).toEqual({ available: 86_410, stretches: 3 });
  });

  it('takes the version written last, and goes back when that is undone', async () => {
    await home().reset();
    const at = (content: string, hour: number) => {
      const path = home().file('estados.csv', stretchFile([content]));
      utimesSync(path, new Date(), new Date(Date.UTC(2026, 2, 3, hour)));
      return path;
    };
    await home().load(at('ana;2026-03-02 23:00:00;2026-03-02 23:10:00;Livre', 8), STRETCHES);
    await home().build();
    const corrected = await home().load(at('ana;2026-03-02 23:00:00;2026-03-03 00:10:00;Falando', 9), STRETCHES);
    await home().build();
    const after = [
      half('2026-03-02', 46, 'ana', { stretches: 1, handling_s: 1800 }),
      half('2026-03-02', 47, 'ana', { handling_s: 1800 }),
      half('2026-03-03', 0, 'ana', { handling_s: 600 }),
    ];
    expect(await mart()).toEqual(after);
    await home().batches.tombstone(corrected.batch_id);
    await home().build();
    expect(await mart()).toEqual([half('2026-03-02', 46, 'ana', { stretches: 1, available_s: 600 })]);
  });
});

/** A stretch of half-minutes since the first of March. */
interface Stretch {
  readonly agent: number;
  readonly source: number;
  readonly from: number;
  readonly length: number;
  readonly state: number;
}

const WORDS = ['Falando', 'Livre', 'Almoço', 'Treinamento'];
const SOURCES = [STRETCHES, OTHER];
const clock = (halves: number) =>
  new Date(Date.UTC(2026, 2, 1) + halves * 30_000).toISOString().slice(0, 19).replace('T', ' ');
const written = ({ agent, from, length, state }: Stretch) =>
  `ag${agent};${clock(from)};${clock(from + length)};${WORDS[state]}`;
const stretch: fc.Arbitrary<Stretch> = fc.record({
  agent: fc.nat(1),
  source: fc.nat(1),
  from: fc.nat(4 * 2880),
  length: fc.oneof(fc.nat(90), fc.nat(2880)),
  state: fc.nat(3),
});

/** What the mart must hold, half-minute by half-minute: each belongs to the stretch that began first. */
function painted(stretches: readonly Stretch[]): Map<string, number> {
  const sums = new Map<string, number>();
  const add = (key: string, seconds: number) => sums.set(key, (sums.get(key) ?? 0) + seconds);
  for (const own of Map.groupBy(stretches, ({ agent, source }) => `${source} ag${agent}`)) {
    const [name, ones] = own;
    const taken = new Set<number>();
    const inOrder = ones.toSorted((a, b) => a.from - b.from || a.length - b.length || a.state - b.state);
    for (const { from, length, state } of inOrder) {
      for (let at = from; at < from + length; at++) {
        const place = `${name} ${clock(at).slice(0, 10)} ${Math.floor((at % 2880) / 60)}`;
        add(`${place} ${taken.has(at) ? 'overlap' : AGENT_STATES[state]}`, 30);
        taken.add(at);
      }
    }
  }
  return sums;
}

describe('whatever the stretches', () => {
  it(
    'each moment of an agent counts once, and all of them are there',
    async () => {
      const late = deadline(SECONDS);
      await fc.assert(
        fc.asyncProperty(fc.array(stretch, { minLength: 1, maxLength: 25 }), async (all) => {
          if (late()) return;
          await home().reset();
          const once = [...new Map(all.map((one) => [`${one.source} ${one.agent} ${one.from}`, one])).values()];
          for (const [index, layout] of SOURCES.entries()) {
            const own = once.filter(({ source }) => source === index);
            if (own.length > 0) await load(own.map(written), layout);
          }
          await home().build();
          const found = await home().rows<Record<string, number | string>>(
            `SELECT source, agent, CAST(day AS VARCHAR) AS day, half_hour, columns('_s$') FROM gold.agent_time_mart`,
          );
          const sums = new Map(
            found.flatMap(({ source, agent, day, half_hour, ...seconds }) =>
              Object.entries(seconds).flatMap(([name, value]) =>
                value === 0
                  ? []
                  : [[`${source === 'outra' ? 1 : 0} ${agent} ${day} ${half_hour} ${name.slice(0, -2)}`, value]],
              ),
            ) as [string, number][],
          );
          expect(sums).toEqual(painted(once));
        }),
        { numRuns: RUNS },
      );
    },
    full ? 300_000 : 60_000,
  );

  it(
    'loaded, corrected, late or undone, figures are those of a full build',
    async () => {
      const rows = fc.array(stretch, { minLength: 1, maxLength: 6 });
      const step = fc.oneof(
        { weight: 4, arbitrary: fc.record({ do: fc.constant('load' as const), rows }) },
        { weight: 2, arbitrary: fc.record({ do: fc.constant('undo' as const), batch: fc.nat() }) },
        { weight: 3, arbitrary: fc.constant({ do: 'build' as const }) },
      );
      const late = deadline(SECONDS);
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 9 }), async (steps) => {
          if (late()) return;
          await home().reset();
          await load(['ag0;2026-03-01 08:00:00;2026-03-01 09:00:00;Livre']);
          await home().build();
          for (const one of steps) {
            if (one.do === 'build') await home().build();
            else if (one.do === 'load') await load(one.rows.map((row) => written({ ...row, from: row.from % 200 })));
            else {
              const loaded = await home().batches.inState('loaded');
              const batch = loaded[one.batch % Math.max(1, loaded.length)];
              if (batch) await home().batches.tombstone(batch.batch_id);
            }
          }
          await home().build();
          const incremental = await home().snapshot();
          await home().build({ full: true });
          expect(await home().snapshot()).toEqual(incremental);
        }),
        { numRuns: RUNS },
      );
    },
    full ? 300_000 : 60_000,
  );
});
