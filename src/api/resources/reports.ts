import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { businessDay } from '../../kernel/clock.ts';
import { pagePdf } from '../../reports/page-pdf.ts';
import { pageWorkbook } from '../../reports/page-workbook.ts';
import { type Followed, readView, viewAddress } from '../../reports/view.ts';
import { route } from '../route.ts';
import { FollowedName, ScreenAddress } from '../schema-views.ts';
import { originOf, screensAt } from '../screens-at.ts';
import { FILE_QUERY, nameFile, reporting, sendWorkbook } from '../send-table.ts';

export const reportRoutes = [
  route({
    method: 'GET',
    url: '/api/report',
    audience: AUDIENCE.figures,
    summary: 'Uma tela inteira em XLSX, uma planilha por quadro, ou em PDF, como ela se imprime',
    query: Type.Object({
      lang: FILE_QUERY.lang,
      screen: ScreenAddress,
      followed: Type.Optional(FollowedName),
      format: Type.Optional(Type.Union([Type.Literal('xlsx'), Type.Literal('pdf')])),
    }),
    handler: async (call) => {
      const { app, query, user, request } = call;
      const followed = (query.followed as Followed | undefined) ?? 'fixed';
      const today = businessDay(app.clock.now(), app.config.timeZone);
      const view = await readView(app.lake, viewAddress(String(query.screen)), followed, today);
      const to = { ...reporting(call), screen: `${originOf(call)}${view.screen}` };
      const workbook = await pageWorkbook(to, view);
      const { name, stream } = workbook;
      const { format = 'xlsx' } = query;
      await app.audit.record(user, 'export', name, { format: String(format) });
      if (format === 'xlsx') return sendWorkbook(call, name, stream);
      stream.destroy();
      const gone = new AbortController();
      call.reply.raw.once('close', () => gone.abort());
      const reader = { lang: to.lang, user, screens: screensAt(request.server), signal: gone.signal };
      const pdf = await pagePdf(app, view, workbook, reader);
      nameFile(call.reply, `${name}.pdf`);
      return call.reply.type('application/pdf').send(pdf);
    },
  }),
];
