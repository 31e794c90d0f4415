import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endServer, freePort, killDescendants, startServer } from './server.ts';

export interface FtpServer {
  readonly folder: string;
  /** `ftp://…`, `ftps://…` (AUTH TLS is then demanded) or `sftp://…` of a server that takes passwords. */
  readonly place: string;
  readonly password: string;
  /** The certificate of a server with TLS, in PEM. */
  readonly certificate: string;
  /** Gives a file to the server's user, who may then move it. */
  own(path: string): void;
  kill(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface FtpOptions {
  readonly kind: 'ftp' | 'ftps' | 'sftp';
  /** Answers MLSD; without it there is LIST alone, as on many servers. */
  readonly mlsd?: boolean;
}

const PASSWORD = 'Senha-de-teste-7';

/** ProFTPD on a free loopback port, with one user of its own. */
export async function startFtp({ kind, mlsd = true }: FtpOptions): Promise<FtpServer> {
  const folder = mkdtempSync('/tmp/ramal-proftpd-');
  chmodSync(folder, 0o755);
  const served = join(folder, 'entrada');
  mkdirSync(served);
  const root = process.getuid?.() === 0;
  const id = (flag: string) => execFileSync('id', [flag, ...(root ? ['nobody'] : [])], { encoding: 'utf8' }).trim();
  const [uid, gid] = [Number(id('-u')), Number(id('-g'))];
  const hash = execFileSync('openssl', ['passwd', '-6', PASSWORD], { encoding: 'utf8' }).trim();
  const users = join(folder, 'users');
  writeFileSync(users, `beta:${hash}:${uid}:${gid}::${served}:/bin/false\n`, { mode: 0o600 });
  const own = (path: string) => {
    if (root) chownSync(path, uid, gid);
  };
  for (const path of [served, users]) own(path);
  const [port, passive] = [await freePort(), await freePort()];
  const certificate = join(folder, 'certificate.pem');
  const [key, hostKey] = [join(folder, 'key.pem'), join(folder, 'host')];
  if (kind === 'ftps')
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-days',
        '2',
        '-subj',
        '/CN=localhost',
        '-addext',
        'subjectAltName=DNS:localhost',
        '-keyout',
        key,
        '-out',
        certificate,
      ],
      { stdio: 'pipe' },
    );
  if (kind === 'sftp') execFileSync('ssh-keygen', ['-q', '-t', 'rsa', '-m', 'PEM', '-N', '', '-f', hostKey]);
  const tls = [
    'TLSEngine on',
    'TLSRequired on',
    `TLSRSACertificateFile ${certificate}`,
    `TLSRSACertificateKeyFile ${key}`,
  ];
  const sftp = ['SFTPEngine on', `SFTPHostKey ${hostKey}`, 'SFTPAuthMethods password'];
  const lines = [
    ...(kind === 'ftps' ? ['LoadModule mod_tls.c', ...tls] : []),
    ...(kind === 'sftp' ? ['LoadModule mod_sftp.c', ...sftp] : []),
    'ServerType standalone',
    'ServerName "teste"',
    'DefaultAddress 127.0.0.1',
    `Port ${port}`,
    `User ${id('-un')}`,
    `Group ${id('-gn')}`,
    'WtmpLog off',
    'UseIPv6 off',
    'DefaultServer on',
    'RequireValidShell off',
    'AuthOrder mod_auth_file.c',
    `AuthUserFile ${users}`,
    `PidFile ${join(folder, 'pid')}`,
    `ScoreboardFile ${join(folder, 'scoreboard')}`,
    `DelayTable none`,
    'SystemLog none',
    `PassivePorts ${passive} ${Math.min(65_535, passive + 50)}`,
    'AllowOverwrite on',
    'TimesGMT on',
    ...(mlsd ? [] : ['FactsAdvertise off', '<Limit MLSD MLST>', '  DenyAll', '</Limit>']),
  ];
  const config = join(folder, 'proftpd.conf');
  writeFileSync(config, `${lines.join('\n')}\n`);
  const start = () => startServer({ command: '/usr/sbin/proftpd', args: ['-n', '-c', config], port, folder });
  let child = await start();
  const kill = async () => {
    killDescendants(child.pid!);
    await endServer(child);
  };
  return {
    folder: served,
    place: `${kind}://beta@${kind === 'ftps' ? 'localhost' : '127.0.0.1'}:${port}${served}`,
    password: PASSWORD,
    certificate: kind === 'ftps' ? readFileSync(certificate, 'utf8') : '',
    own,
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
