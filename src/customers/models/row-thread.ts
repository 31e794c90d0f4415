import { parentPort, workerData } from 'node:worker_threads';
import { blockRunner, type RowTask } from './row-blocks.ts';

const run = blockRunner(workerData as RowTask);
parentPort!.on('message', () => {
  run();
  parentPort!.postMessage('done');
});
