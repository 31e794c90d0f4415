import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endServer, freePort, startServer } from './server.ts';

/** A message as the server put it into its box. */
export interface Received {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly files: ReadonlyMap<string, Buffer>;
}

export interface SmtpServer {
  readonly url: string;
  /** What has arrived, the oldest first. */
  received(): Received[];
  stop(): Promise<void>;
}

interface SmtpOptions {
  /** The largest message that it takes, in bytes. */
  readonly largest?: number;
}

/** Debian's aiosmtpd on loopback, with a Maildir behind it. */
export async function startSmtp({ largest = 32 * 2 ** 20 }: SmtpOptions = {}): Promise<SmtpServer> {
  const folder = mkdtempSync(join(tmpdir(), 'ramal-smtp-'));
  const box = join(folder, 'box');
  const port = await freePort();
  const args = ['-m', 'aiosmtpd', '-n', '-s', String(largest), '-l', `127.0.0.1:${port}`];
  const child = await startServer({
    command: '/usr/bin/python3',
    args: [...args, '-c', 'aiosmtpd.handlers.Mailbox', box],
    port,
    folder,
  });
  return {
    url: `smtp://127.0.0.1:${port}`,
    received() {
      const fresh = join(box, 'new');
      if (!existsSync(fresh)) return [];
      const at = (name: string) => statSync(join(fresh, name), { bigint: true }).mtimeNs;
      return readdirSync(fresh)
        .sort((a, b) => Number(at(a) - at(b)))
        .map((name) => parse(readFileSync(join(fresh, name), 'latin1')));
    },
    async stop() {
      await endServer(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Reads what nodemailer writes: a text, and files in base64 (RFC 5322, RFC 2045). */
function parse(message: string): Received {
  const { headers, body } = partOf(message.replaceAll('\r\n', '\n'));
  const boundary = /boundary="([^"]+)"/.exec(headers.get('content-type') ?? '')?.[1];
  const parts = boundary
    ? body
        .split(`--${boundary}`)
        .slice(1, -1)
        .map((part) => partOf(part.replace(/^\n/, '')))
    : [];
  const files = new Map<string, Buffer>();
  let text = boundary ? '' : decoded(headers, body).toString('utf8');
  for (const part of parts) {
    const name = /filename="?([^";]+)"?/.exec(part.headers.get('content-disposition') ?? '')?.[1];
    if (name) files.set(name, decoded(part.headers, part.body));
    else text = decoded(part.headers, part.body).toString('utf8');
  }
  const header = (name: string) => words(headers.get(name) ?? '');
  return { from: header('from'), to: header('to'), subject: header('subject'), text, files };
}

function partOf(text: string): { headers: Map<string, string>; body: string } {
  const end = text.indexOf('\n\n');
  const lines = text
    .slice(0, end)
    .replace(/\n[ \t]+/g, ' ')
    .split('\n');
  const headers = new Map(
    lines.map((line) => {
      const at = line.indexOf(':');
      return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()] as const;
    }),
  );
  return { headers, body: text.slice(end + 2) };
}

function decoded(headers: ReadonlyMap<string, string>, body: string): Buffer {
  const encoding = headers.get('content-transfer-encoding');
  if (encoding === 'base64') return Buffer.from(body, 'base64');
  if (encoding === 'quoted-printable') return quotedPrintable(body);
  return Buffer.from(body, 'latin1');
}

function quotedPrintable(text: string): Buffer {
  const plain = text
    .replace(/=\n/g, '')
    .replace(/=([\dA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(plain, 'latin1');
}

/** A header's encoded words (RFC 2047). */
function words(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([qb])\?([^?]*)\?=/gi, (_, kind: string, said: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(said, 'base64').toString('utf8')
        : quotedPrintable(said.replaceAll('_', ' ')).toString('utf8'),
    );
}
