import { identifies } from '../access/masking.ts';
import type { User } from '../access/roles.ts';
import type { Clock } from '../kernel/clock.ts';
import { RamalError } from '../kernel/errors.ts';
import type { Ledger } from '../storage/ledger/ledger.ts';
import { type Followed, pageOf, viewAddress } from './view.ts';

const MOST_NAME = 80;
const MOST_ADDRESS = 4000;

/** A screen as somebody left it, by a name. */
export interface SavedView {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly path: string;
  readonly query: string;
  readonly followed: Followed;
  /** Others see it too. */
  readonly shared: boolean;
}

export interface ViewSaid {
  readonly name: string;
  /** The screen's path and query. */
  readonly screen: string;
  readonly followed: Followed;
  readonly shared: boolean;
}

/** The views that users saved; each sees their own and those that are shared, administrators all. */
export class SavedViews {
  readonly #ledger: Ledger;
  readonly #clock: Clock;

  constructor(ledger: Ledger, clock: Clock) {
    this.#ledger = ledger;
    this.#clock = clock;
  }

  list(user: User): Promise<SavedView[]> {
    const { sql } = this.#ledger;
    return sql<SavedView[]>`
      SELECT view_id AS id, owner, name, path, query, followed, shared FROM saved_view
      WHERE owner = ${user.name} OR shared OR ${user.role === 'administrator'} ORDER BY owner <> ${user.name}, lower(name), view_id`;
  }

  /** @throws RamalError `notFound` also for somebody else's own. */
  async get(id: number, user: User): Promise<SavedView> {
    const found = await this.find(id);
    if (found && (found.shared || found.owner === user.name || user.role === 'administrator')) return found;
    throw new RamalError('notFound', { what: 'visão', received: String(id), todo: 'Veja as que existem em Visões.' });
  }

  /** Whoever's it is; undefined when there is none. */
  async find(id: number): Promise<SavedView | undefined> {
    const { sql } = this.#ledger;
    const [found] = await sql<SavedView[]>`
      SELECT view_id AS id, owner, name, path, query, followed, shared FROM saved_view WHERE view_id = ${id}`;
    return found;
  }

  /**
   * Saves a screen by a name; the same name of the same user is that view with another screen.
   * @throws RamalError `usage` for a page without report, or a name that is none or could be somebody's number.
   */
  async save(said: ViewSaid, user: User): Promise<SavedView> {
    const name = said.name.trim().replaceAll(/\s+/g, ' ');
    if (name === '' || [...name].length > MOST_NAME)
      throw new RamalError('usage', { what: 'A visão precisa de um nome', todo: `Use até ${MOST_NAME} letras` });
    if (identifies(name))
      throw new RamalError('usage', {
        what: 'O nome da visão parece um documento, telefone ou e-mail',
        todo: 'Use um nome que diga o que se vê',
      });
    const { path, query } = viewAddress(said.screen);
    pageOf(path);
    if (said.screen.length > MOST_ADDRESS)
      throw new RamalError('usage', { what: 'A tela tem filtros demais', todo: 'Tire alguns e salve de novo' });
    const { sql } = this.#ledger;
    const [saved] = await sql<{ id: number }[]>`
      INSERT INTO saved_view (owner, name, path, query, followed, shared, changed_at)
      VALUES (${user.name}, ${name}, ${path}, ${query}, ${said.followed}, ${said.shared}, ${this.#clock.now()})
      ON CONFLICT (owner, name) DO UPDATE SET path = excluded.path, query = excluded.query,
        followed = excluded.followed, shared = excluded.shared, changed_at = excluded.changed_at
      RETURNING view_id AS id`;
    return this.get(saved!.id, user);
  }

  /** Forgets a view and its mails. @throws RamalError `notAllowed` for somebody else's, but by an administrator. */
  async remove(id: number, user: User): Promise<SavedView> {
    const view = await this.get(id, user);
    if (view.owner !== user.name && user.role !== 'administrator')
      throw new RamalError('notAllowed', { what: 'apagar a visão de outra pessoa' });
    await this.#ledger.sql`DELETE FROM saved_view WHERE view_id = ${id}`;
    return view;
  }
}
