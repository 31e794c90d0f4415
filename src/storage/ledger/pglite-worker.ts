import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';

/** The embedded PostgreSQL, alone in its thread: a long query here stops nobody else. Speaks the wire protocol. */
const database = await PGlite.create({ dataDir: workerData.folder as string });

parentPort?.on('message', async (message: Uint8Array | 'close') => {
  if (message === 'close') {
    await database.close();
    parentPort?.postMessage('closed');
    parentPort?.close();
    return;
  }
  parentPort?.postMessage(await database.execProtocolRaw(message));
});
parentPort?.postMessage('ready');
