import { openApp } from '../src/api/app.ts';
import { deliver } from '../src/api/outbox-delivery.ts';
import { systemClock } from '../src/kernel/clock.ts';
import { readConfig } from '../src/kernel/config.ts';
import { sendMessage } from '../src/reports/mailer.ts';

/** Opens a home, writes down whom its mail goes to, and says when it is in the middle of the second message. */
const [home = '', smtp = ''] = process.argv.slice(2);
const environment = { RAMAL_HOME: home, RAMAL_SMTP_URL: smtp, RAMAL_MAIL_FROM: 'r@alfa.example', RAMAL_MEMORY: '500' };
const config = readConfig(environment, home);
const app = await openApp(config, systemClock, '0.0.0-test');
const [mail] = await app.mails.list();
await app.outbox.put({ mail: mail!.id, due: new Date('2026-11-16T10:30:00Z') }, mail!.recipients);
let begun = 0;
await deliver(app, {
  screens: null,
  async send(settings, message) {
    if (++begun === 2) {
      console.log('second');
      await new Promise((resolve) => setTimeout(resolve, 60_000));
    }
    await sendMessage(settings, message);
  },
});
