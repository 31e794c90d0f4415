import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { endServer, freePort, killDescendants, startServer } from './server.ts';

export interface SftpServer {
  /** The folder that it serves, and its address. */
  readonly folder: string;
  readonly place: string;
  readonly privateKey: string;
  readonly fingerprint: string;
  /** Ends the server and the sessions that it serves, as a power cut would. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** OpenSSH's own SFTP on a free loopback port, for this user, by a key made for it. */
export async function startSftp(): Promise<SftpServer> {
  const folder = mkdtempSync('/tmp/ramal-sshd-');
  const served = join(folder, 'entrada');
  mkdirSync(served);
  const key = (name: string) => {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'teste', '-f', join(folder, name)]);
    return join(folder, name);
  };
  const [hostKey, userKey] = [key('host'), key('user')];
  writeFileSync(join(folder, 'authorized'), readFileSync(`${userKey}.pub`));
  const port = await freePort();
  const settings = {
    ListenAddress: '127.0.0.1',
    Port: port,
    HostKey: hostKey,
    AuthorizedKeysFile: join(folder, 'authorized'),
    StrictModes: 'no',
    UsePAM: 'no',
    PasswordAuthentication: 'no',
    PermitRootLogin: 'prohibit-password',
    PidFile: 'none',
    Subsystem: 'sftp internal-sftp',
  };
  const config = join(folder, 'sshd_config');
  writeFileSync(
    config,
    Object.entries(settings)
      .map(([name, value]) => `${name} ${value}\n`)
      .join(''),
  );
  // Under root sshd wants its empty folder, which the package makes when it starts the server.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const start = () => startServer({ command: '/usr/sbin/sshd', args: ['-D', '-e', '-f', config], port, folder });
  let child = await start();
  const printed = execFileSync('ssh-keygen', ['-lf', `${hostKey}.pub`], { encoding: 'utf8' });
  const kill = async () => {
    killDescendants(child.pid!);
    await endServer(child);
  };
  return {
    folder: served,
    place: `sftp://${userInfo().username}@127.0.0.1:${port}${served}`,
    privateKey: readFileSync(userKey, 'utf8'),
    fingerprint: printed.split(' ')[1]!,
    kill,
    async restart() {
      await kill();
      child = await start();
    },
    async stop() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
