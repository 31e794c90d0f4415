import { createTransport } from 'nodemailer';
import { RamalError } from '../kernel/errors.ts';

/** A message with files, in plain text. */
export interface Message {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly files: readonly { readonly name: string; readonly content: Buffer; readonly type: string }[];
}

/** Where messages go out, `smtp://user:password@host:587`, and whom they are from. */
export interface MailSettings {
  readonly smtpUrl: string;
  readonly mailFrom: string;
}

const PATIENCE_MS = 30_000;
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * Sends a message by SMTP (RFC 5321). Off this machine it goes encrypted: by TLS at once (`smtps:`) or after STARTTLS
 * (RFC 3207), or not at all.
 * @throws RamalError `mailUnset` where no server is configured, `mailFailed` with what the server said.
 */
export async function sendMessage({ smtpUrl, mailFrom }: MailSettings, message: Message): Promise<void> {
  if (smtpUrl === '' || mailFrom === '') throw new RamalError('mailUnset');
  const { hostname, protocol, port, username, password } = new URL(smtpUrl);
  const secure = protocol === 'smtps:';
  const transport = createTransport({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (secure ? 465 : 587),
    secure,
    requireTLS: !secure && !LOOPBACK.test(hostname),
    ...(username === '' ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({
      from: mailFrom,
      to: message.to,
      subject: message.subject,
      text: message.text,
      attachments: message.files.map(({ name, content, type }) => ({ filename: name, content, contentType: type })),
    });
  } catch (cause) {
    throw new RamalError('mailFailed', { cause: causeOf(cause, message.to) }, cause);
  } finally {
    transport.close();
  }
}

/** What the server said, without the address that it may repeat. */
function causeOf(cause: unknown, address: string): string {
  const { code = '', responseCode, message = '' } = cause as { code?: string; responseCode?: number; message?: string };
  const said = message.replaceAll(address, '***').split('\n')[0]!.slice(0, 200);
  return [code, responseCode, said].filter(Boolean).join(' ');
}
