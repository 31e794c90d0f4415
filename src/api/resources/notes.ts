import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { referenceKind } from '../../intake/reference/registry.ts';
import { businessDay } from '../../kernel/clock.ts';
import { indicatorNamed } from '../../metrics/registry.ts';
import { ruleNamed } from '../../metrics/repeats.ts';
import { parseFilter } from '../../metrics/scope.ts';
import { noteEffect } from '../../reports/note-effect.ts';
import type { Note, NoteSaid } from '../../reports/notes.ts';
import { dayOf } from '../../reports/said.ts';
import { type Call, route } from '../route.ts';
import { EventList, NewNote, NoteList, NoteView } from '../schema-notes.ts';
import { numberOf } from '../scope-query.ts';

const Asked = Type.Object({
  from: Type.String(),
  to: Type.String(),
  causes: Type.Boolean({ description: 'Só as escritas em causas, de qualquer dia' }),
});
const Period = Type.Object({ from: Type.String(), to: Type.String() });
const todayOf = ({ app }: Call) => businessDay(app.clock.now(), app.config.timeZone);
const periodOf = ({ query }: Call) => ({
  from: dayOf('from', query.from) ?? '0001-01-01',
  to: dayOf('to', query.to) ?? '9999-12-31',
});

async function viewOf(call: Call, note: Note) {
  const { createdAt: _, ...rest } = note;
  return { ...rest, mine: note.author === call.user.name, effect: await noteEffect(call.app, note, todayOf(call)) };
}

/** What is said, checked against what exists. */
async function saidIn({ app, body }: Call): Promise<NoteSaid> {
  const said = body as Partial<NoteSaid> & Pick<NoteSaid, 'kind' | 'day' | 'text'>;
  const { metric = null, rule = 'house', sources = [], filters = [], cause = null, owner = null, due = null } = said;
  if (metric !== null) indicatorNamed(metric);
  ruleNamed(rule);
  for (const filter of filters) parseFilter(filter);
  return {
    ...{ kind: said.kind, text: said.text, metric, rule, sources, filters, cause },
    day: dayOf('day', said.day)!,
    owner: owner === null ? null : (await app.accounts.get(owner)).name,
    due: due === null ? null : dayOf('due', due)!,
  };
}

export const noteRoutes = [
  route({
    method: 'GET',
    url: '/api/notes',
    audience: AUDIENCE.figures,
    summary: 'Notas e decisões de um período, e as decisões em aberto, com o antes e o depois das vencidas',
    query: Type.Partial(Asked),
    response: NoteList,
    handler: async (call) => {
      const { from, to } = periodOf(call);
      const notes = call.query.causes ? await call.app.notes.onCauses() : await call.app.notes.list(from, to);
      return { notes: await Promise.all(notes.map((note) => viewOf(call, note))), today: todayOf(call) };
    },
  }),
  route({
    method: 'POST',
    url: '/api/notes',
    audience: AUDIENCE.supervisor,
    summary: 'Escreve uma nota ou uma decisão em um dia',
    body: NewNote,
    response: NoteView,
    handler: async (call) => {
      const note = await call.app.notes.write(await saidIn(call), call.user);
      await call.app.audit.record(call.user, 'note', `note ${note.id}`, { kind: note.kind, day: note.day });
      return viewOf(call, note);
    },
  }),
  route({
    method: 'POST',
    url: '/api/notes/:id',
    audience: AUDIENCE.supervisor,
    summary: 'Diz se uma decisão foi cumprida',
    body: Type.Object({ done: Type.Boolean() }),
    response: NoteView,
    handler: async (call) => {
      const { done } = call.body as { done: boolean };
      const note = await call.app.notes.settle(numberOf('nota', call.params.id), done ? todayOf(call) : null);
      await call.app.audit.record(call.user, 'note', `note ${note.id}`, { done: Number(done) });
      return viewOf(call, note);
    },
  }),
  route({
    method: 'DELETE',
    url: '/api/notes/:id',
    audience: AUDIENCE.supervisor,
    summary: 'Apaga uma nota ou decisão',
    response: Type.Object({ removed: Type.Integer() }),
    handler: async ({ app, user, params }) => {
      const { id } = await app.notes.remove(numberOf('nota', params.id), user);
      await app.audit.record(user, 'note', `note ${id}`, { removed: 1 });
      return { removed: id };
    },
  }),
  route({
    method: 'GET',
    url: '/api/notes/people',
    audience: AUDIENCE.supervisor,
    summary: 'Quem pode responder por uma decisão: os usuários ativos',
    response: Type.Object({ names: Type.Array(Type.String()) }),
    handler: async ({ app }) => {
      const accounts = await app.accounts.list();
      return { names: accounts.filter(({ disabledAt }) => disabledAt === null).map(({ name }) => name) };
    },
  }),
  route({
    method: 'GET',
    url: '/api/events',
    audience: AUDIENCE.figures,
    summary: 'O que houve nos dias de um período: deploys, notas e decisões, para marcar nos gráficos',
    query: Period,
    response: EventList,
    handler: async (call) => {
      const { app } = call;
      const { from, to } = periodOf(call);
      const [deploys, notes] = await Promise.all([
        app.references.entries(referenceKind('deploys')),
        app.notes.list(from, to),
      ]);
      const released = deploys.flatMap(({ key, values }) =>
        key.day ? [{ day: key.day, kind: 'deploy' as const, text: values.description || key.system || '' }] : [],
      );
      const written = notes.map(({ day, kind, text }) => ({ day, kind, text }));
      const events = [...released, ...written].filter(({ day }) => day >= from && day < to);
      return { events: events.sort((a, b) => a.day.localeCompare(b.day)) };
    },
  }),
];
