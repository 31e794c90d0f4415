import type { NoteList, NoteView } from '../api/schema-notes.ts';
import type { Options } from './arguments.ts';
import { scopeQuery } from './scope-query.ts';
import { date, figure } from './shown.ts';
import { textTable } from './terminal.ts';
import { isoDay, listOf, numbered, removal, shownBy, usage, type Work } from './work.ts';

/** `ramal note …`. */
export const noteCommand: Work = async ({ client, rest, options }) => {
  const [action = 'list', word] = rest;
  const shown = shownBy(options);
  if (action === 'list') {
    const { source: _, where: __, ...period } = options;
    const { notes } = await client.json<NoteList>('GET', `/api/notes${scopeQuery(period, {})}`);
    return shown(notes, (all) => textTable(all.map(noteRow)));
  }
  if (action === 'add') {
    const made = await client.json<NoteView>('POST', '/api/notes', newNote(word, options));
    const kind = made.kind === 'decision' ? 'Decisão' : 'Nota';
    return shown(made, ({ id, day }) => `${kind} ${id} escrita em ${date(day)}`);
  }
  const id = numbered(word, 'nota', 'ramal note list');
  const url = `/api/notes/${id}`;
  if (action === 'done' || action === 'reopen') {
    const done = action === 'done';
    return shown(await client.json<NoteView>('POST', url, { done }), (note) =>
      note.doneOn === null ? `Decisão ${id} em aberto` : `Decisão ${id} cumprida em ${date(note.doneOn)}`,
    );
  }
  if (action !== 'remove') throw usage(`Ação desconhecida: ${action}`, 'Use list, add, done, reopen ou remove');
  return removal(client, url, options, `a nota ${id}`);
};

/** A note, or a decision where somebody owes it. */
function newNote(text: string | undefined, options: Options) {
  const { day, owner, due, metric, rule, cause, where = [] } = options;
  if (!text) throw usage('Falta o texto', 'Escreva-o entre aspas: ramal note add "…" --day 11/11/2026');
  if (!day) throw usage('Falta --day', 'Diga o dia de que a nota fala, como --day 11/11/2026');
  if ((owner === undefined) !== (due === undefined))
    throw usage('Uma decisão tem quem responde e um prazo', 'Use --owner e --due, ou nenhum dos dois');
  return {
    ...{ kind: owner === undefined ? 'note' : 'decision', day: isoDay(day), text },
    ...{ sources: listOf(options.source), filters: where, metric: metric ?? null },
    ...(rule === undefined ? {} : { rule }),
    ...(cause === undefined ? {} : { cause }),
    ...(owner === undefined ? {} : { owner, due: isoDay(due) }),
  };
}

function noteRow({ id, day, kind, text, author, owner, due, doneOn, effect }: NoteView) {
  const standing = doneOn === null ? `${owner}, até ${date(due)}` : `cumprida em ${date(doneOn)}`;
  return {
    número: id,
    dia: date(day),
    'o que é': kind === 'decision' ? `decisão (${standing})` : 'nota',
    texto: text,
    por: author,
    'antes e depois': effect
      ? `${figure(effect.unit, effect.before.value)} → ${figure(effect.unit, effect.after.value)}`
      : null,
  };
}
