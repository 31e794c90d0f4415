import { once } from 'node:events';
import { Duplex } from 'node:stream';
import { Worker } from 'node:worker_threads';

/** The embedded PostgreSQL of a home as a socket that the driver can talk to. */
export interface EmbeddedPostgres {
  socket(): Duplex;
  close(): Promise<void>;
}

export async function openEmbeddedPostgres(folder: string): Promise<EmbeddedPostgres> {
  const worker = new Worker(new URL('./pglite-worker.ts', import.meta.url), { workerData: { folder } });
  await once(worker, 'message');
  return {
    socket: () => protocolStream(worker),
    async close() {
      worker.postMessage('close');
      await once(worker, 'exit');
    },
  };
}

const TERMINATE = 'X'.charCodeAt(0);

/** What the driver expects of a socket: `readyState` while open, `close` once ended. Termination stays on this side. */
function protocolStream(worker: Worker): Duplex {
  const stream = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      if (chunk[0] !== TERMINATE) worker.postMessage(new Uint8Array(chunk));
      done();
    },
    final(done) {
      done();
      stream.destroy();
    },
    destroy(error, done) {
      worker.off('message', receive);
      done(error);
    },
  });
  const receive = (message: Uint8Array | string): void => {
    if (typeof message !== 'string') stream.push(Buffer.from(message));
  };
  worker.on('message', receive);
  return Object.defineProperty(stream, 'readyState', { get: () => (stream.destroyed ? 'closed' : 'open') });
}
