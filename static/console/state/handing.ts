// Handing a conversation over to a colleague or a team, or asking a colleague to help: what the dialog holds.
import { signal } from '@preact/signals-core';
import { _ } from '../../shared/i18n.ts';
import type { ConversationRow } from '../../shared/types.ts';
import type { Api } from '../api.ts';
import { ApiError } from '../api.ts';
import type { Boot, OperatorRef } from '../boot.ts';
import { explain } from './explain.ts';
import type { Notices } from './notices.ts';
import type { Store } from './store.ts';

export type Way = 'transfer' | 'invite';

export interface Target {
  kind: 'operator' | 'team';
  id: string;
  name: string;
  /** How many of a team are online; of a person 1 or 0. */
  online: number;
  availability: OperatorRef['availability'] | null;
  /** Cannot be asked now: an offer that nobody sees would only come back. */
  isAway: boolean;
}

const ORDER = { online: 0, away: 1, offline: 2 };

/** Who can be asked, those who are online first; teams are there to hand over to alone. */
export function targets(way: Way, operators: readonly OperatorRef[], teams: Boot['teams'], me: string, holder: string | null): Target[] {
  const isOnline = new Set(operators.filter((one) => one.availability === 'online' && one.id !== me).map(({ id }) => id));
  const people = operators
    .filter(({ id }) => id !== me && (way === 'invite' || id !== holder))
    .sort((a, b) => ORDER[a.availability] - ORDER[b.availability] || a.name.localeCompare(b.name))
    .map(({ id, name, availability }): Target => ({
      kind: 'operator', id, name, availability, online: Number(isOnline.has(id)), isAway: way === 'transfer' && !isOnline.has(id),
    }));
  if (way === 'invite') return people;
  return [...people, ...teams.map(({ id, name, member_ids }): Target => {
    const online = member_ids.filter((member) => isOnline.has(member)).length;
    return { kind: 'team', id, name, availability: null, online, isAway: online === 0 };
  })];
}

export class Handing {
  readonly way = signal<Way>('transfer');
  readonly target = signal<Target | null>(null);
  readonly note = signal('');
  readonly problem = signal('');
  readonly isSending = signal(false);
  readonly #store: Store;
  readonly #api: Api;
  readonly #notices: Notices;

  constructor(store: Store, api: Api, notices: Notices) {
    this.#store = store;
    this.#api = api;
    this.#notices = notices;
  }

  begin(): void {
    this.way.value = 'transfer';
    this.target.value = null;
    this.note.value = '';
    this.problem.value = '';
  }

  /** Say it to the server. Returns whether it was taken; if not, `problem` says why, and nothing has changed. */
  async send(conversation: string): Promise<boolean> {
    const target = this.target.peek();
    const way = this.way.peek();
    if (!target || this.isSending.peek()) return false;
    this.isSending.value = true;
    this.problem.value = '';
    try {
      const key = target.kind === 'team' ? 'team_id' : 'operator_id';
      const body = { [key]: target.id, note: this.note.peek().trim() };
      this.#store.replace(await this.#api.post<ConversationRow>(`conversations/${conversation}/${way}`, body));
      this.#notices.say(this.#done(way, target));
      return true;
    } catch (error) {
      const why = error instanceof ApiError && error.problem.code === 'conflict' && error.problem.detail;
      this.problem.value = why || explain(error);
      return false;
    } finally {
      this.isSending.value = false;
    }
  }

  #done(way: Way, { kind, name }: Target): string {
    if (way === 'invite') return _('%(name)s was invited.', { name });
    return kind === 'team' ? _('Given to team %(name)s.', { name }) : _('%(name)s has 30 seconds to accept.', { name });
  }
}
