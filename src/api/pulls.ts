import { SCHEDULE, type User } from '../access/roles.ts';
import { pull } from '../intake/connectors/pull.ts';
import type { Pulling, PullOptions } from '../intake/connectors/pulling.ts';
import type { JobView } from '../jobs/jobs.ts';
import type { ScheduleMemory, Task } from '../jobs/schedule.ts';
import { type ErrorCode, RamalError } from '../kernel/errors.ts';
import { build } from '../lake/build.ts';
import type { Ledger } from '../storage/ledger/ledger.ts';
import type { App } from './app.ts';
import type { PullAnswer } from './schema-connections.ts';

/** What a pull works with in a home. */
export function pullingOf(app: App): Pulling {
  return { ...app, write: (work) => app.jobs.write(work) };
}

type PullRequest = Pick<PullOptions, 'from' | 'to' | 'limit' | 'today' | 'tables'>;

interface Running {
  readonly job: string;
  readonly ended: Promise<void>;
}

const running = new WeakMap<App, Map<string, Running>>();

/** The job that is extracting from a connection, or null. */
export function runningPull(app: App, name: string): string | null {
  return running.get(app)?.get(name)?.job ?? null;
}

/**
 * Starts a pull as a job beside the writers, and builds when it brought something.
 * @throws RamalError `connectionBusy` when one of the connection is on.
 */
export function startPull(app: App, name: string, request: PullRequest, user: User, signal?: AbortSignal): JobView {
  const ofApp = running.get(app) ?? new Map<string, Running>();
  running.set(app, ofApp);
  if (ofApp.has(name)) throw new RamalError('connectionBusy', { source: name });
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const job = app.jobs.startBeside('pull', async (progress, cancelled): Promise<PullAnswer> => {
    const either = signal ? AbortSignal.any([cancelled, signal]) : cancelled;
    try {
      const options = { ...request, by: user.name, progress, signal: either };
      const { days, tables, changed, error } = await pull(pullingOf(app), name, options);
      if (changed && !either.aborted) await app.jobs.write(() => build(app, { progress, signal: either }));
      if (error) throw error;
      return { days: [...days], tables: [...tables] };
    } finally {
      ofApp.delete(name);
      end();
    }
  });
  ofApp.set(name, { job: job.id, ended });
  return job;
}

/** The work of the schedule: each enabled connection every day, and today where it is wanted. */
export async function connectionTasks(app: App): Promise<Task[]> {
  const enabled = (await app.connections.list()).filter((one) => one.enabled);
  const run = (name: string, request: PullRequest) => async (signal: AbortSignal) => {
    for (let other = running.get(app)?.get(name); other; other = running.get(app)?.get(name)) await other.ended;
    if (signal.aborted) return;
    const { id } = startPull(app, name, request, SCHEDULE, signal);
    await running.get(app)?.get(name)?.ended;
    await new Promise((resolve) => setImmediate(resolve));
    const { error } = app.jobs.get(id);
    if (error) throw Object.assign(new RamalError(error.code as ErrorCode), { message: error.message });
  };
  return enabled.flatMap(({ name, runAt, todayMinutes }) => [
    { name: `pull ${name}`, when: { kind: 'daily', at: runAt } as const, run: run(name, {}) },
    ...(todayMinutes === null
      ? []
      : [
          {
            name: `today ${name}`,
            when: { kind: 'every', minutes: todayMinutes } as const,
            run: run(name, { today: true }),
          },
        ]),
  ]);
}

/** When each scheduled task ran last, in the ledger. */
export function scheduleMemory({ sql }: Ledger): ScheduleMemory {
  return {
    async lastRuns() {
      const rows = await sql<{ task: string; ran_at: Date }[]>`SELECT task, ran_at FROM schedule_run`;
      return new Map(rows.map(({ task, ran_at }) => [task, ran_at]));
    },
    async ran(task, at) {
      await sql`
        INSERT INTO schedule_run (task, ran_at) VALUES (${task}, ${at})
        ON CONFLICT (task) DO UPDATE SET ran_at = excluded.ran_at`;
    },
  };
}
