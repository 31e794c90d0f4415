import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openApp } from '../src/api/app.ts';
import { outboxTask } from '../src/api/outbox-delivery.ts';
import type { Mail, SavedView } from '../src/api/schema-views.ts';
import { ended, heard, startChild } from './killed.ts';
import { startSmtp } from './services/smtp.ts';
import { fileServices } from './services.ts';
import { openWeek } from './week.ts';

test.skipIf(!fileServices('python3-aiosmtpd'))(
  'a process killed between two recipients loses nobody who waits, and sends to nobody twice',
  async () => {
    const smtp = await startSmtp();
    const { api } = await openWeek({ RAMAL_SMTP_URL: smtp.url, RAMAL_MAIL_FROM: 'r@alfa.example' });
    const post = <T>(url: string, body: unknown) => api.json<T>(url, { method: 'POST', body, as: 'administrator' });
    const recipients = ['Ana', 'Bia', 'Caio', 'Davi'];
    for (const name of recipients)
      await post('/api/users', { name, role: 'manager', email: `${name.toLowerCase()}@alfa.example` });
    const view = await post<SavedView>('/api/views', { name: 'Início', screen: '/', followed: 'page', shared: true });
    const said = { recipients, weekdays: [1], at: '07:30', format: 'xlsx' };
    const { id } = await post<Mail>(`/api/views/${view.id}/mails`, said);
    await api.server.fastify.close();
    await api.app.close();
    const child = startChild('kill-mail-child.ts', [api.app.config.home, smtp.url]);
    await heard(child, 'second');
    child.kill('SIGKILL');
    await ended(child);
    expect(child.signalCode).toBe('SIGKILL');
    expect(smtp.received().map(({ to }) => to)).toEqual(['ana@alfa.example']);

    const again = await openApp(api.app.config, api.clock, '0.0.0-test');
    const outcomes = async () =>
      (await again.outbox.ofMail(id, 9)).map(({ recipient, outcome }) => [recipient, outcome]).reverse();
    expect(await outcomes()).toEqual([
      ['Ana', 'sent'],
      ['Bia', 'sending'],
      ['Caio', 'pending'],
      ['Davi', 'pending'],
    ]);
    // The next look of the schedule; the one after finds nothing.
    for (const _ of [1, 2]) await outboxTask(again, () => null).run(new AbortController().signal);
    expect(await outcomes()).toEqual([
      ['Ana', 'sent'],
      ['Bia', 'sending'],
      ['Caio', 'sent'],
      ['Davi', 'sent'],
    ]);
    expect(smtp.received().map(({ to }) => to)).toEqual(['ana@alfa.example', 'caio@alfa.example', 'davi@alfa.example']);
    await again.close();
    rmSync(api.app.config.home, { recursive: true, force: true });
    await smtp.stop();
  },
  60_000,
);
