import { existsSync } from 'node:fs';
import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { customerAt } from '../../customers/base/one-customer.ts';
import { flowsOf, movementsOf } from '../../customers/personas/movements.ts';
import type { Division, PersonaText } from '../../customers/segments/divisions.ts';
import { formatDay } from '../../kernel/brazil/dates.ts';
import { RamalError } from '../../kernel/errors.ts';
import { pagePdf } from '../../reports/page-pdf.ts';
import { worthWords } from '../../reports/persona-fields.ts';
import { personaName, steadyText } from '../../reports/persona-words.ts';
import { personaWorkbook } from '../../reports/persona-workbook.ts';
import { FILE_WORDS, missingWord } from '../../reports/words.ts';
import type { App } from '../app.ts';
import { groupNames, lostOf, noGroups, npsIn, timeOf, timesOf } from '../persona-times.ts';
import { named, personaViewOf, textViewOf } from '../persona-view.ts';
import { route } from '../route.ts';
import { CustomerGroups, PersonaHistory, PersonasView, PersonaTextBody } from '../schema-segments.ts';
import { numberOf } from '../scope-query.ts';
import { screensAt } from '../screens-at.ts';
import { FILE_QUERY, fileLang, nameFile, sendWorkbook } from '../send-table.ts';
import { personaCustomerRoutes } from './persona-customers.ts';
import { playbookRoutes } from './playbook.ts';

/** @throws RamalError `notFound` for a group that nobody is in. */
async function numberedOf(app: App, text: string | undefined): Promise<number> {
  const number = numberOf('number', text);
  const now = await app.divisions.current();
  if (now?.groups.some((group) => group.number === number)) return number;
  throw new RamalError('notFound', { what: 'persona', received: number, todo: 'Veja as personas em uso' });
}

async function movedSince(app: App, before: Division, now: Division) {
  const flows = await flowsOf(app.lake, await timeOf(app, before), await timeOf(app, now));
  const [pt, en] = [await groupNames(app, 'pt'), await groupNames(app, 'en')];
  const former = before.groups.filter(({ number }) => !now.groups.some((group) => group.number === number));
  return {
    ...{ day: before.day, flows, ...movementsOf(flows) },
    former: former.map(({ number: group }) => ({ group, name: { pt: pt(group)!, en: en(group)! } })),
  };
}

export const personaRoutes = [
  route({
    method: 'GET',
    url: '/api/personas',
    audience: AUDIENCE.manager,
    summary: 'As personas em uso: quem são, onde estão na base, o que as distingue, e o que ganharam e perderam',
    response: PersonasView,
    handler: async ({ app }) => {
      const { now, before } = await timesOf(app);
      if (!now)
        return {
          segments: null,
          worth: worthWords([]),
          roles: [],
          personas: [],
          texts: [],
          since: null,
          nps: null,
          lost: null,
        };
      const { id, day, base, customers, approvedAt, approvedBy, roles, personas } = now;
      const texts = [...(await app.divisions.texts()).values()].map(textViewOf);
      const stability = now.groups.map(({ number, stability: of }) => {
        const [pt, en] = [steadyText(of, 'pt'), steadyText(of, 'en')];
        return { number, stability: of, warning: pt === null || en === null ? null : { pt, en } };
      });
      const lost = before && lostOf(app, [before, now]);
      return {
        segments: { id, day, base, customers, approvedAt: approvedAt?.toISOString() ?? null, approvedBy, stability },
        ...{ worth: worthWords(roles), roles: roles.map(named), personas: personas.map(personaViewOf), texts },
        since: before && !lost ? await movedSince(app, before, now) : null,
        nps: (await npsIn(app, now)) as PersonasView['nps'],
        lost,
      };
    },
  }),
  route({
    method: 'GET',
    url: '/api/customers/bases/:base/rows/:row/groups',
    audience: AUDIENCE.manager,
    summary: 'De que persona um cliente é, e de quais foi, nas divisões que estiveram em uso',
    response: CustomerGroups,
    handler: async ({ app, params }) => {
      const base = await app.bases.get(numberOf('base de clientes', params.base));
      const own = await customerAt(app.lake, app.bases.pathOf(base.id), numberOf('cliente', params.row));
      const approved = await app.divisions.approved();
      const texts = await app.divisions.texts();
      const groups = await Promise.all(
        approved.map(async (one) => {
          if (!existsSync(app.divisions.pathOf(one.id))) return [];
          const found = await app.divisions.groupOf(one.id, String(own[base.key]));
          if (!found) return [];
          const persona = one.personas.find(({ group }) => group === found.number);
          const written = texts.get(found.number);
          const name = (lang: 'pt' | 'en') => written?.name ?? (persona ? personaName(persona, lang) : null);
          const { id: segments, day } = one;
          const action = written?.action ?? persona?.action ?? null;
          return [{ segments, day, ...found, name: { pt: name('pt'), en: name('en') }, action }];
        }),
      );
      return { current: approved[0]?.id ?? null, groups: groups.flat() };
    },
  }),
  route({
    method: 'GET',
    url: '/api/personas/workbook',
    audience: AUDIENCE.manager,
    summary: 'As personas em uso em XLSX: clusters, métricas médias, segmentos e recomendações',
    query: Type.Object({ lang: FILE_QUERY.lang }),
    handler: async (call) => {
      const { app } = call;
      const now = await app.divisions.current();
      if (!now) throw noGroups();
      await app.audit.record(call.user, 'export', 'personas', { format: 'xlsx' });
      const lang = fileLang(call);
      const texts = await app.divisions.texts();
      const missingLabel = missingWord(app.config.missingLabel, lang);
      const nps = await npsIn(app, now);
      const stream = personaWorkbook(now, lang, missingLabel, { texts, groups: now.groups, nps });
      return sendWorkbook(call, 'personas', stream);
    },
  }),
  route({
    method: 'GET',
    url: '/api/personas/pdf',
    audience: AUDIENCE.manager,
    summary: 'As personas em uso em uma página PDF, como a tela se imprime',
    query: Type.Object({ lang: FILE_QUERY.lang }),
    handler: async (call) => {
      const { app, request, reply, user } = call;
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      const reader = { lang: fileLang(call), user, screens: screensAt(request.server), signal: gone.signal };
      const now = await app.divisions.current();
      const about: [string, string][] = now ? [[FILE_WORDS[reader.lang].about.until, formatDay(now.day)]] : [];
      const pdf = await pagePdf(app, { screen: '/personas' }, { title: 'Personas', about }, reader);
      await app.audit.record(user, 'export', 'personas', { format: 'pdf' });
      nameFile(reply, 'personas.pdf');
      return reply.type('application/pdf').send(pdf);
    },
  }),
  ...personaCustomerRoutes,
  ...playbookRoutes,
  route({
    method: 'GET',
    url: '/api/personas/:number/texts',
    audience: AUDIENCE.manager,
    summary: 'Tudo o que se escreveu de uma persona, do mais novo',
    response: PersonaHistory,
    handler: async ({ app, params }) => ({
      texts: (await app.divisions.history(numberOf('number', params.number))).map(textViewOf),
    }),
  }),
  route({
    method: 'POST',
    url: '/api/personas/:number/texts',
    audience: AUDIENCE.manager,
    summary:
      'Escreve o nome, o retrato, a dor e a ação de uma persona; o que é nulo volta a ser o que os números dizem',
    body: PersonaTextBody,
    response: PersonaHistory,
    handler: async ({ app, params, body, user }) => {
      const number = await numberedOf(app, params.number);
      await app.divisions.write(number, body as PersonaText, user);
      return { texts: (await app.divisions.history(number)).map(textViewOf) };
    },
  }),
];
