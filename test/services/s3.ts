import { type ChildProcess, execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { S3mini } from 's3mini';
import { endServer, freePort, killDescendants, startServer } from './server.ts';

export interface S3Server {
  /** `s3+http://KEY@host/bucket/entrada`. */
  readonly place: string;
  readonly secretKey: string;
  /** A client of the bucket, to put files there as a client company would. */
  readonly client: S3mini;
  /** Ends the server that answers; what it keeps is kept by the others. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const USER = 'ramal:beta';
const SECRET = 'Chave-secreta-9';
const PARTS = ['account', 'container', 'object'] as const;

/** OpenStack Swift with its S3 interface, on free loopback ports: one of each of its servers, one copy of each object. */
export async function startS3(): Promise<S3Server> {
  const folder = mkdtempSync('/tmp/ramal-swift-');
  mkdirSync(join(folder, 'disk', 'd1'), { recursive: true });
  const common = (port: number) => `[DEFAULT]
bind_ip = 127.0.0.1
bind_port = ${port}
swift_dir = ${folder}
devices = ${join(folder, 'disk')}
mount_check = false
workers = 0
fallocate_reserve = 0
user = ${userInfo().username}
log_address = ${join(folder, 'no-log')}
`;
  const ports = new Map<string, number>();
  for (const part of PARTS) {
    const port = await freePort();
    ports.set(part, port);
    const pipeline = `[pipeline:main]\npipeline = ${part}-server\n[app:${part}-server]\nuse = egg:swift#${part}\n`;
    writeFileSync(join(folder, `${part}.conf`), common(port) + pipeline);
  }
  const port = await freePort();
  ports.set('proxy', port);
  writeFileSync(
    join(folder, 'proxy.conf'),
    `${common(port)}
[pipeline:main]
pipeline = catch_errors cache s3api tempauth copy slo dlo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:1
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
[filter:tempauth]
use = egg:swift#tempauth
user_${USER.replace(':', '_')} = ${SECRET} .admin
[filter:copy]
use = egg:swift#copy
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
`,
  );
  await Promise.all(PARTS.map((part) => makeRing(folder, part, ports.get(part)!)));
  const start = (part: string) =>
    startServer({
      command: `/usr/bin/swift-${part}-server`,
      args: [join(folder, `${part}.conf`)],
      port: ports.get(part)!,
      folder,
    });
  const end = async (child: ChildProcess) => {
    killDescendants(child.pid!);
    await endServer(child);
  };
  const stores = await Promise.all(PARTS.map(start));
  let proxy = await start('proxy');
  const client = new S3mini({
    accessKeyId: USER,
    secretAccessKey: SECRET,
    endpoint: `http://127.0.0.1:${port}/balde`,
    region: 'us-east-1',
  });
  if (!(await client.createBucket())) throw new Error('Swift did not make the bucket');
  return {
    place: `s3+http://${encodeURIComponent(USER)}@127.0.0.1:${port}/balde/entrada`,
    secretKey: SECRET,
    client,
    kill: () => end(proxy),
    async restart() {
      await end(proxy);
      proxy = await start('proxy');
    },
    async stop() {
      for (const child of [proxy, ...stores]) await end(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Where a part's rows or objects lie: all on the one disk. */
async function makeRing(folder: string, part: string, port: number): Promise<void> {
  for (const args of [['create', '4', '1', '0'], ['add', `r1z1-127.0.0.1:${port}/d1`, '1'], ['rebalance']])
    await promisify(execFile)('swift-ring-builder', [`${part}.builder`, ...args], { cwd: folder });
}
