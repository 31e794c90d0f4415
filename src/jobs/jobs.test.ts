import { expect, test } from 'vitest';
import { RamalError } from '../kernel/errors.ts';
import { Jobs, type JobView } from './jobs.ts';

/** A piece of work that waits until it is told to end. */
function gate() {
  let open: () => void = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

test('a job is queued, runs, and keeps what it gave', async () => {
  const jobs = new Jobs();
  const { open, opened } = gate();
  const { id, ...started } = jobs.start('build', async (progress) => {
    progress({ step: 'marcas', done: 1, total: 3 });
    await opened;
    return { rows: 7 };
  });
  expect(started).toEqual({
    kind: 'build',
    state: 'queued',
    step: '',
    done: 0,
    total: 0,
    secondsLeft: null,
    result: null,
    error: null,
  });
  await Promise.resolve();
  expect(jobs.get(id)).toMatchObject({ state: 'running', step: 'marcas', done: 1, total: 3, result: null });
  open();
  await jobs.idle();
  expect(jobs.get(id)).toMatchObject({ state: 'done', result: { rows: 7 }, error: null, secondsLeft: null });
});

test('the latest of a kind is known until it ends', async () => {
  const jobs = new Jobs();
  const { open, opened } = gate();
  expect(jobs.current('base')).toBeNull();
  jobs.startBeside('other', () => opened);
  const { id } = jobs.startBeside('base', () => opened);
  expect(jobs.current('base')).toMatchObject({ id, kind: 'base', state: 'running' });
  open();
  await jobs.idle();
  expect(jobs.current('base')).toBeNull();
});

test('one writer at a time, in the order they were asked', async () => {
  const jobs = new Jobs();
  const seen: string[] = [];
  let running = 0;
  const work = (name: string) => async () => {
    running += 1;
    expect(running).toBe(1);
    seen.push(name);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
  };
  for (const name of ['a', 'b', 'c', 'd']) jobs.start('x', work(name));
  await jobs.idle();
  expect(seen).toEqual(['a', 'b', 'c', 'd']);
});

test('a failure is told with its code, and the next job runs', async () => {
  const jobs = new Jobs();
  const known = jobs.start('intake', () => Promise.reject(new RamalError('fileEmpty', { file: 'a.csv' })));
  const unknown = jobs.start('intake', () => Promise.reject(new Error('algo quebrou')));
  const thrown = jobs.start('intake', () => {
    throw Object.assign(new Error('cheio'), { code: 'ENOSPC', path: '/dados' });
  });
  const next = jobs.start('intake', async () => 'feito');
  await jobs.idle();
  const told = ({ id }: JobView) => [jobs.get(id).state, jobs.get(id).error];
  expect(told(known)).toEqual([
    'failed',
    { code: 'fileEmpty', message: 'O arquivo a.csv está vazio. Peça um novo envio ao cliente.' },
  ]);
  expect(told(unknown)).toEqual(['failed', { code: 'unexpected', message: 'Falha inesperada: algo quebrou.' }]);
  expect(told(thrown)).toEqual(['failed', { code: 'diskFull', message: expect.stringContaining('/dados') }]);
  expect(jobs.get(next.id)).toMatchObject({ state: 'done', result: 'feito' });
});

test('a running job is asked to stop, and is cancelled when it did', async () => {
  const jobs = new Jobs();
  const { id } = jobs.start('intake', async (_, signal) => {
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    throw new RamalError('cancelled', { what: 'a.csv' });
  });
  await Promise.resolve();
  expect(jobs.cancel(id).state).toBe('running');
  await jobs.idle();
  expect(jobs.get(id)).toMatchObject({ state: 'cancelled', error: { code: 'cancelled' } });
});

test('a queued job that is cancelled never starts', async () => {
  const jobs = new Jobs();
  const { open, opened } = gate();
  jobs.start('build', () => opened);
  let started = false;
  const { id } = jobs.start('build', async () => {
    started = true;
  });
  expect(jobs.cancel(id).state).toBe('cancelled');
  open();
  await jobs.idle();
  expect([started, jobs.get(id).state]).toEqual([false, 'cancelled']);
});

test('cancelling all leaves what is done as it is', async () => {
  const jobs = new Jobs();
  const done = jobs.start('build', async () => 1);
  await jobs.idle();
  const running = jobs.start('build', async (_, signal) => {
    while (!signal.aborted) await new Promise((resolve) => setImmediate(resolve));
    throw new RamalError('cancelled', { what: 'b' });
  });
  const queued = jobs.start('build', async () => 2);
  await Promise.resolve();
  jobs.cancelAll();
  await jobs.idle();
  expect([done, running, queued].map(({ id }) => jobs.get(id).state)).toEqual(['done', 'cancelled', 'cancelled']);
});

test('the last two hundred are kept; an unknown one is not found', async () => {
  const jobs = new Jobs();
  const ids = Array.from({ length: 201 }, () => jobs.start('build', async () => 1).id);
  await jobs.idle();
  expect(jobs.get(ids[1]!).state).toBe('done');
  for (const id of [ids[0]!, 'x']) {
    expect(() => jobs.get(id)).toThrow(expect.objectContaining({ code: 'notFound', status: 404 }));
  }
});

test('work beside the writers begins at once, and writes in its turn', async () => {
  const jobs = new Jobs();
  const { open, opened } = gate();
  const seen: string[] = [];
  const { id: writer } = jobs.start('intake', async () => {
    await opened;
    seen.push('intake');
  });
  const { id } = jobs.startBeside('pull', async () => {
    seen.push('asks');
    await jobs.write(async () => void seen.push('writes'));
    await expect(jobs.write(() => Promise.reject(new Error('torto')))).rejects.toThrow('torto');
    return 'feito';
  });
  jobs.start('build', async () => void seen.push('build'));
  await new Promise((resolve) => setImmediate(resolve));
  expect([jobs.get(writer).state, jobs.get(id).state, seen]).toEqual(['running', 'running', ['asks']]);
  open();
  await jobs.idle();
  expect(jobs.get(id)).toMatchObject({ state: 'done', result: 'feito' });
  expect(seen).toEqual(['asks', 'intake', 'writes', 'build']);
});

test('what cannot be tidied holds up nobody', async () => {
  const jobs = new Jobs();
  const stuck = () => {
    throw new Error('ocupado');
  };
  const first = jobs.start('build', async () => 1, stuck);
  const second = jobs.start('build', async () => 2);
  await jobs.idle();
  expect([jobs.get(first.id).state, jobs.get(second.id).state]).toEqual(['done', 'done']);
});

test('work that stops where it looks at its signal is cancelled, not failed', async () => {
  const jobs = new Jobs();
  const { id } = jobs.startBeside('segments', async (_, signal) => {
    while (true) {
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
    }
  });
  jobs.cancel(id);
  await jobs.idle();
  expect(jobs.get(id)).toMatchObject({ state: 'cancelled', error: { code: 'cancelled' } });
});

test('work that gives nothing ends with nothing, as the API tells it', async () => {
  const jobs = new Jobs();
  const { id } = jobs.start('build', async () => {});
  await jobs.idle();
  expect(jobs.get(id)).toMatchObject({ state: 'done', result: null });
});
