// The conversation on the desk: its thread, history, what is new in it, and what is on its way out.
import { computed, effect, signal, untracked } from '@preact/signals-core';
import type { ReadonlySignal } from '@preact/signals-core';
import { Outbox } from '../../shared/outbox.ts';
import type { Draft as Outgoing, Entry, OutboxStorage } from '../../shared/outbox.ts';
import { withHistory, withThread } from '../../shared/reduce.ts';
import type { Thread } from '../../shared/reduce.ts';
import type { Author, ConversationRow, Message } from '../../shared/types.ts';
import type { Viewer } from '../../shared/wire.ts';
import type { Api } from '../api.ts';
import { PAGE } from './live.ts';
import type { Live } from './live.ts';
import type { Store } from './store.ts';

interface MessagePage {
  messages?: Message[];
  results?: Message[];
  has_more?: boolean;
  next?: string | null;
}

const FAR = 40;
const READ_AFTER = 1000;
const LOOK_AGAIN_MS = 80;
const PATIENCE_MS = 1200;

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => { setTimeout(resolve, ms); });
}

export class Desk {
  readonly id = signal<string | null>(null);
  readonly row: ReadonlySignal<ConversationRow | undefined>;
  readonly thread: ReadonlySignal<Thread | undefined>;
  readonly outgoing: ReadonlySignal<readonly Entry[]>;
  /** The contact, if typing. */
  readonly typing: ReadonlySignal<readonly Author[]>;
  /** Colleagues who are writing to the contact. */
  readonly colleaguesTyping: ReadonlySignal<readonly Author[]>;
  /** Other operators who have this conversation open. */
  readonly viewers: ReadonlySignal<readonly Viewer[]>;
  /** Looked at unseen: a colleague's, by somebody who supervises and wants to. */
  readonly watching: ReadonlySignal<boolean>;
  /** Conversations in which this operator shows up nevertheless. */
  readonly #joined = signal<ReadonlySet<string>>(new Set());
  /** The conversation could not be fetched: gone or not ours (`missing`), or no connection (`offline`). */
  readonly trouble = signal<'missing' | 'offline' | null>(null);
  readonly loadingOlder = signal(false);
  /** Position of the first message that was unread when the conversation was opened. */
  readonly unreadFrom = signal<number | null>(null);
  /** A colleague's reply that came while we were writing; cleared by sending anyway. */
  readonly overtakenBy = signal<Message | null>(null);
  readonly outbox: Outbox;
  readonly #store: Store;
  readonly #live: Live;
  readonly #api: Api;
  /** Whom a note mentions, by their ids. */
  readonly #mentionedIn: (text: string) => readonly string[];
  readonly #watches: () => boolean;
  readonly #entries = signal<readonly Entry[]>([]);
  #reading: ReturnType<typeof setTimeout> | undefined;
  #readUpTo = 0;

  constructor(
    store: Store, live: Live, api: Api, storage: OutboxStorage, mentionedIn: (text: string) => readonly string[],
    /** Whether this operator wants to look at colleagues' conversations unseen, and may. */
    watches: () => boolean,
  ) {
    this.#watches = watches;
    this.#mentionedIn = mentionedIn;
    this.#store = store;
    this.#live = live;
    this.#api = api;
    this.outbox = new Outbox({
      storage,
      deliver: (entry) => this.#deliver(entry),
      onChange: (entries) => {
        this.#entries.value = entries;
      },
    });
    const of = <T>(pick: (id: string) => T, none: T): ReadonlySignal<T> =>
      computed(() => (this.id.value === null ? none : pick(this.id.value)));
    this.row = of<ConversationRow | undefined>((id) => store.row(id), undefined);
    this.thread = of<Thread | undefined>((id) => store.core.value.threads[id], undefined);
    this.outgoing = of<readonly Entry[]>((id) => this.#entries.value.filter((entry) => entry.conversation_id === id), []);
    this.typing = of<readonly Author[]>((id) => (store.core.value.typing[id] ?? []).filter((one) => one.kind === 'contact'), []);
    this.colleaguesTyping = of<readonly Author[]>(
      (id) => (store.core.value.typing[id] ?? []).filter((one) => one.kind === 'operator' && one.id !== store.me), [],
    );
    this.viewers = of<readonly Viewer[]>((id) => (store.core.value.viewing[id] ?? []).filter((one) => one.id !== store.me), []);
    this.watching = computed(() => {
      const row = this.row.value;
      return watches() && row !== undefined && row.operator !== null && row.operator.id !== store.me && !this.#joined.value.has(row.id);
    });
    effect(() => {
      const isSilent = this.watching.value;
      untracked(() => { live.show(this.id.peek(), isSilent); });
    });
    effect(() => {
      const { thread } = this;
      if (thread.value) this.outbox.settle(thread.value.messages);
    });
    effect(() => {
      // What another page left behind since then goes out too; the client ids keep two pages from doubling it.
      if (live.connection.value === 'online') untracked(() => void this.outbox.restore());
    });
  }

  /** Put a conversation on the desk; null clears it. */
  async open(id: string | null): Promise<void> {
    if (this.id.peek() === id) return;
    clearTimeout(this.#reading);
    this.trouble.value = null;
    this.overtakenBy.value = null;
    this.unreadFrom.value = null;
    this.#readUpTo = 0;
    this.id.value = id;
    if (id === null) {
      await this.#live.open(null);
      return;
    }
    const unread = this.row.peek()?.unread_count ?? 0;
    if (this.thread.peek()) this.#divide(unread);
    // Whose it is decides whether one is seen there.
    if (this.#watches() && !this.row.peek()) await this.fetch(id);
    if (this.id.peek() !== id) return;
    await this.#live.open(id, this.watching.peek());
    await this.#arrival(id);
    if (this.id.peek() === id && !this.thread.peek()) await this.fetch(id);
    if (this.id.peek() === id) this.#divide(unread);
  }

  /** Fetch a thread over REST: when there is no socket, or to have a neighbour at hand. */
  async fetch(id: string): Promise<void> {
    try {
      const [row, page] = await Promise.all([
        this.#api.get<ConversationRow>(`conversations/${id}`),
        this.#api.get<MessagePage>(`conversations/${id}/messages`, { limit: PAGE }),
      ]);
      const { messages, hasMore } = read(page);
      this.#store.put([row]);
      // Asked for side by side: what came in between is asked for again by position.
      const position = Math.min(row.position, messages.at(-1)?.position ?? row.position);
      this.#store.update((state) => withThread(state, id, { messages, position, hasMore }));
      if (position < row.position) this.#live.transport.resume(id);
      if (this.id.peek() === id) this.trouble.value = null;
    } catch (error) {
      if (this.id.peek() !== id || this.thread.peek()) return;
      const status = (error as { problem?: { status?: number } }).problem?.status;
      this.trouble.value = status === 404 || status === 403 ? 'missing' : 'offline';
    }
  }

  /** Have a conversation ready before it is asked for. */
  prefetch(id: string | null): void {
    if (id !== null && !this.#store.core.peek().threads[id]) void this.fetch(id);
  }

  /** Fetch the page before the first message held. Returns whether anything came. */
  async older(): Promise<boolean> {
    const id = this.id.peek();
    const thread = this.thread.peek();
    const first = thread?.messages[0];
    if (id === null || !first || !thread.hasMore || this.loadingOlder.peek()) return false;
    this.loadingOlder.value = true;
    try {
      const page = await this.#api.get<MessagePage>(`conversations/${id}/messages`, { before: first.position, limit: PAGE });
      const { messages, hasMore } = read(page);
      this.#store.update((state) => withHistory(state, id, { messages, hasMore }));
      return messages.length > 0;
    } catch {
      return false;
    } finally {
      this.loadingOlder.value = false;
    }
  }

  /** Load history until the message at this position is here. */
  async reach(position: number): Promise<void> {
    const id = this.id.peek();
    for (let waited = 0; waited < FAR * LOOK_AGAIN_MS && !this.thread.peek(); waited += LOOK_AGAIN_MS) {
      await pause(LOOK_AGAIN_MS);
      if (this.id.peek() !== id) return;
    }
    for (let pages = 0; pages < FAR; pages += 1) {
      const first = this.thread.peek()?.messages[0]?.position ?? 0;
      if (first <= position || !(await this.older())) return;
    }
  }

  /** Queue a message; the thread shows it at once. Null when it was not taken: no conversation, or too much waits already. */
  send(draft: Omit<Outgoing, 'conversation_id'>): Entry | null {
    const id = this.id.peek();
    if (id === null || this.outbox.isFull) return null;
    this.unreadFrom.value = null;
    return this.outbox.add({ ...draft, conversation_id: id });
  }

  /** The reader has had this before the eyes: tell the server after a second of it. */
  seen(position: number): void {
    const id = this.id.peek();
    if (id === null || position <= this.#readUpTo || this.watching.peek()) return;
    clearTimeout(this.#reading);
    this.#reading = setTimeout(() => {
      if (document.visibilityState === 'hidden' || !document.hasFocus()) return;
      this.#readUpTo = position;
      const head = this.#store.row(id)?.position ?? 0;
      this.#store.take([{ type: 'unread.changed', conversation_id: id, unread_count: 0, head }]);
      this.#live.transport.send('read', { conversation_id: id, position }).catch(() => {
        this.#readUpTo = 0; // Not heard: this look tells it again, or the next one.
        if (this.id.peek() === id) this.seen(position);
      });
    }, READ_AFTER);
  }

  /** Tell the contact, and whoever else looks, that an answer is being written. */
  tellTyping(isTyping: boolean): void {
    const id = this.id.peek();
    if (id !== null && !this.watching.peek()) this.#live.transport.notify(isTyping ? 'typing.start' : 'typing.stop', { conversation_id: id });
  }

  /** Show up in the conversation that one has watched. */
  join(): void {
    const id = this.id.peek();
    if (id !== null) this.#joined.value = new Set([...this.#joined.peek(), id]);
  }

  /** It was marked unread: do not mark it read again until it is opened anew. */
  stopReading(): void {
    clearTimeout(this.#reading);
    this.#readUpTo = Number.POSITIVE_INFINITY;
  }

  /** Give a socket that is only just connecting a moment to bring the thread. */
  async #arrival(id: string): Promise<void> {
    for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_AGAIN_MS) {
      if (this.id.peek() !== id || this.thread.peek() || this.#live.connection.peek() !== 'connecting') return;
      await pause(LOOK_AGAIN_MS);
    }
  }

  /** Draw the line above the first of the last `unread` messages of the contact. */
  #divide(unread: number): void {
    if (unread < 1) return;
    const theirs = (this.thread.peek()?.messages ?? []).filter((one) => one.kind === 'reply' && one.author.kind === 'contact');
    this.unreadFrom.value = theirs.at(-unread)?.position ?? theirs[0]?.position ?? null;
  }

  async #deliver(entry: Entry): Promise<Message> {
    const { conversation_id, client_id, text, kind } = entry;
    const frame = await this.#live.transport.send('message.send', {
      conversation_id, client_id, text, kind, attachment_ids: entry.attachments.map((one) => one.id),
      ...(kind === 'note' ? { mentions: this.#mentionedIn(text) } : {}),
    });
    return frame['message'] as Message;
  }
}

function read(page: MessagePage): { messages: Message[]; hasMore: boolean } {
  return { messages: page.messages ?? page.results ?? [], hasMore: page.has_more ?? Boolean(page.next) };
}
