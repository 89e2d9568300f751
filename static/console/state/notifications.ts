// What this operator is told: somebody wants them in a conversation. Newest first, with the number of the unread.
import { signal } from '@preact/signals-core';
import { _ } from '../../shared/i18n.ts';
import type { Notification } from '../../shared/events.gen.ts';
import type { WireEvent } from '../../shared/wire.ts';
import type { Api } from '../api.ts';
import { explain } from './explain.ts';
import type { Notices } from './notices.ts';

const MOST = 50;

/** What happened, with names kept from turning the sentence around. */
export function sentence({ kind, by, contact_name }: Notification, isolated: (name: string) => string = String): string {
  const names = { name: isolated(by.name), contact: isolated(contact_name) };
  return {
    mention: _('%(name)s mentioned you in the conversation with %(contact)s', names),
    invited: _('%(name)s invites you to the conversation with %(contact)s', names),
    transfer: _('%(name)s handed over the conversation with %(contact)s', names),
    returned: _('%(name)s did not take over the conversation with %(contact)s', names),
    taken_over: _('%(name)s took over the conversation with %(contact)s', names),
  }[kind];
}

/** Stands above the thread until it is said to be read: what was said on handing over. */
export function isPinned({ kind, read_at, text }: Notification): boolean {
  return kind === 'transfer' && read_at === null && text !== '';
}

interface Page {
  results: Notification[];
  unread_count: number;
}

export class Notifications {
  readonly list = signal<readonly Notification[]>([]);
  readonly unread = signal(0);
  readonly #api: Api;
  readonly #notices: Notices;
  readonly #onNew: (notification: Notification) => void;

  /** `onNew`: call the operator. */
  constructor({ api, notices, onNew }: { api: Api; notices: Notices; onNew: (notification: Notification) => void }) {
    this.#api = api;
    this.#notices = notices;
    this.#onNew = onNew;
  }

  /** What the socket brought. */
  take(event: WireEvent): void {
    if (event.type === 'notification.made') {
      this.unread.value = event.unread_count;
      if (this.list.peek().some((one) => one.id === event.notification.id)) return;
      this.list.value = [event.notification, ...this.list.peek()].slice(0, MOST);
      this.#onNew(event.notification);
    } else if (event.type === 'notification.read') {
      const read = new Set(event.notification_ids);
      this.#mark((one) => event.unread_count === 0 || read.has(one.id), event.unread_count);
    }
  }

  /** After a gap, and at the beginning: what stands now. */
  async refresh(): Promise<void> {
    try {
      const page = await this.#api.get<Page>('notifications', { limit: MOST });
      this.list.value = page.results;
      this.unread.value = page.unread_count;
    } catch {
      // The next welcome asks again.
    }
  }

  read(id: string): void {
    const one = this.list.peek().find((other) => other.id === id);
    if (one && one.read_at === null) void this.#say(`notifications/${id}/read`, {}, (other) => other.id === id);
  }

  readAll(): void {
    if (this.unread.peek() > 0) void this.#say('notifications/read', {}, () => true);
  }

  /** What was told of a conversation that is before the reader's eyes now; what is pinned there has a button. */
  readOf(conversation: string): void {
    const concerns = (one: Notification): boolean => one.conversation_id === conversation;
    const unread = this.list.peek().filter((one) => one.read_at === null && concerns(one));
    if (unread.some(isPinned)) {
      for (const one of unread) if (!isPinned(one)) this.read(one.id);
    } else if (unread.length) void this.#say('notifications/read', { conversation_id: conversation }, concerns);
  }

  /** Shown as read at once; should the server not have heard it, what stands there is asked for. */
  async #say(path: string, body: object, which: (one: Notification) => boolean): Promise<void> {
    const fewer = this.list.peek().filter((one) => one.read_at === null && which(one)).length;
    this.#mark(which, Math.max(0, this.unread.peek() - fewer));
    try {
      await this.#api.post(path, body);
    } catch (error) {
      this.#notices.fail(explain(error));
      void this.refresh();
    }
  }

  #mark(which: (one: Notification) => boolean, unread: number): void {
    const read_at = new Date().toISOString();
    this.list.value = this.list.peek().map((one) => (one.read_at === null && which(one) ? { ...one, read_at } : one));
    this.unread.value = unread;
  }
}
