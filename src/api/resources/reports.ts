import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { businessDay } from '../../kernel/clock.ts';
import { pageWorkbook } from '../../reports/page-workbook.ts';
import { type Followed, readView, viewAddress } from '../../reports/view.ts';
import { route } from '../route.ts';
import { FollowedName, ScreenAddress } from '../schema-views.ts';
import { FILE_QUERY, reporting, sendWorkbook } from '../send-table.ts';

export const reportRoutes = [
  route({
    method: 'GET',
    url: '/api/report',
    audience: AUDIENCE.intake,
    summary: 'Uma tela inteira em XLSX, uma planilha por quadro',
    query: Type.Object({
      lang: FILE_QUERY.lang,
      screen: ScreenAddress,
      followed: Type.Optional(FollowedName),
    }),
    handler: async (call) => {
      const { app, query, user, request } = call;
      const followed = (query.followed as Followed | undefined) ?? 'fixed';
      const today = businessDay(app.clock.now(), app.config.timeZone);
      const view = await readView(app.lake, viewAddress(String(query.screen)), followed, today);
      const origin = `${request.protocol}://${request.host}`;
      const to = { ...reporting(call), screen: `${origin}${view.screen}` };
      const { name, stream } = await pageWorkbook(to, view);
      await app.audit.record(user, 'export', name, { format: 'xlsx' });
      return sendWorkbook(call, name, stream);
    },
  }),
];
