// What an operator does to a conversation: shown at once, then told to the server, taken back when it refuses, and
// with an offer to undo.
import { _ } from '../../shared/i18n.ts';
import type { ConversationRow, Priority } from '../../shared/types.ts';
import type { Api } from '../api.ts';
import { ApiError } from '../api.ts';
import { moment } from '../../shared/format.ts';
import { explain } from './explain.ts';
import type { Notices } from './notices.ts';
import type { Patch, Store } from './store.ts';

interface Change {
  /** Below the conversation; empty for the conversation itself. */
  path: string;
  body?: object;
  patch: Patch;
  method?: 'post' | 'put' | 'patch';
}

export class Acts {
  readonly #store: Store;
  readonly #api: Api;
  readonly #notices: Notices;

  constructor(store: Store, api: Api, notices: Notices) {
    this.#store = store;
    this.#api = api;
    this.#notices = notices;
  }

  resolve(id: string): void {
    const before = this.#store.row(id);
    if (!before || before.status === 'resolved') return;
    this.#undoable(id, _('Resolved.'), this.#resolved(), () => this.#change(id, this.#opened()));
  }

  reopen(id: string): void {
    const before = this.#store.row(id);
    if (!before || before.status === 'open') return;
    void this.#change(id, this.#opened());
  }

  /** Until a moment; null: until the contact writes. */
  snooze(id: string, until: Date | null): void {
    const at = until?.toISOString() ?? null;
    const change: Change = { path: 'snooze', body: { until: at }, patch: { status: 'snoozed', snoozed_until: at } };
    const text = until ? _('Snoozed until %(time)s.', { time: moment(until) }) : _('Snoozed until they write.');
    this.#undoable(id, text, change, () => this.#change(id, this.#opened()));
  }

  markPending(id: string): void {
    this.#undoable(id, _('Marked as pending.'), { path: 'pending', patch: { status: 'pending' } }, () =>
      this.#change(id, this.#opened()),
    );
  }

  /** Hand it to an operator, or back to the queue with null. */
  assign(id: string, operatorId: string | null): void {
    const before = this.#store.row(id);
    if (!before || (before.operator?.id ?? null) === operatorId) return;
    const was = before.operator?.id ?? null;
    const name = this.#store.operators.peek().find((one) => one.id === operatorId)?.name ?? '';
    const text = operatorId === null ? _('Unassigned.') : operatorId === this.#store.me
      ? _('Assigned to you.') : _('Assigned to %(name)s.', { name });
    this.#undoable(id, text, this.#assigned(operatorId, before.team_id), () =>
      this.#change(id, this.#assigned(was, before.team_id)),
    );
  }

  assignTeam(id: string, teamId: string | null, name: string): void {
    const before = this.#store.row(id);
    if (!before || before.team_id === teamId) return;
    const was = before.operator?.id ?? null;
    const text = teamId === null ? _('Taken from the team.') : _('Given to team %(name)s.', { name });
    this.#undoable(id, text, this.#assigned(was, teamId), () => this.#change(id, this.#assigned(was, before.team_id)));
  }

  prioritise(id: string, priority: Priority): void {
    if (this.#store.row(id)?.priority === priority) return;
    void this.#change(id, { path: 'priority', body: { priority }, patch: { priority } });
  }

  /** Say what it is about, or which language it is held in. Resolves to null: a refusal is a notice. */
  async describe(id: string, about: { subject: string } | { language: string }): Promise<null> {
    await this.#change(id, { path: '', method: 'patch', body: about, patch: about });
    return null;
  }

  /** Add a tag when it is not there, else take it away. */
  toggleTag(id: string, name: string): void {
    const before = this.#store.row(id);
    if (!before) return;
    const names = before.tags.map((tag) => tag.name);
    const has = names.includes(name);
    const text = has ? _('Tag “%(name)s” removed.', { name }) : _('Tagged “%(name)s”.', { name });
    const next = has ? names.filter((one) => one !== name) : [...names, name];
    this.#undoable(id, text, this.#tagged(next), () => this.#change(id, this.#tagged(names)));
  }

  markSpam(id: string, is_spam: boolean): void {
    const change = (value: boolean): Change => ({ path: 'spam', body: { is_spam: value }, patch: { is_spam: value } });
    const text = is_spam ? _('Marked as spam.') : _('No longer spam.');
    this.#undoable(id, text, change(is_spam), () => this.#change(id, change(!is_spam)));
  }

  markUnread(id: string): void {
    const unread_count = Math.max(1, this.#store.row(id)?.unread_count ?? 0);
    void this.#change(id, { path: 'unread', patch: { unread_count } });
  }

  #resolved(): Change {
    return { path: 'resolve', patch: { status: 'resolved', resolved_at: new Date().toISOString(), waiting_since: null } };
  }

  #opened(): Change {
    return { path: 'reopen', patch: { status: 'open', resolved_at: null, snoozed_until: null } };
  }

  #assigned(operator_id: string | null, team_id: string | null): Change {
    const found = this.#store.operators.peek().find((one) => one.id === operator_id);
    const operator = found ? { id: found.id, name: found.name } : null;
    return { path: 'assign', body: { operator_id, team_id }, patch: { operator, team_id } };
  }

  #tagged(names: readonly string[]): Change {
    const known = this.#store.tags.peek();
    const tags = names.map((name) => known.find((tag) => tag.name === name) ?? { id: name, name, colour: '' });
    return { path: 'tags', method: 'put', body: { tags: names }, patch: { tags } };
  }

  #undoable(id: string, text: string, change: Change, undo: () => Promise<boolean>): void {
    const notice = this.#notices.undoable(text, _('Undo'), () => void undo());
    void this.#change(id, change).then((done) => {
      if (!done) this.#notices.dismiss(notice);
    });
  }

  /** Returns whether the server did it. */
  async #change(id: string, change: Change): Promise<boolean> {
    const settle = this.#store.patch(id, change.patch);
    try {
      const method = change.method ?? 'post';
      const path = ['conversations', id, change.path].filter(Boolean).join('/');
      const answer = await this.#api[method]<Partial<ConversationRow> | null>(path, change.body ?? {});
      if (answer?.id === id && answer.status) this.#store.replace(answer as ConversationRow);
      else this.#store.replace(await this.#api.get<ConversationRow>(`conversations/${id}`));
      return true;
    } catch (error) {
      const again = { label: _('Try again'), run: () => void this.#change(id, change) };
      this.#notices.fail(explain(error), error instanceof ApiError && error.isTemporary ? again : null);
      return false;
    } finally {
      settle();
    }
  }
}
