// The console's socket: what it brings goes into the store, what it lost is fetched again.
import { signal } from '@preact/signals-core';
import { withConversation, withThread } from '../../shared/reduce.ts';
import { Transport } from '../../shared/transport.ts';
import type { Connection, Frame } from '../../shared/transport.ts';
import type { Author, ConversationRow, Message } from '../../shared/types.ts';
import type { Visitor, WireEvent } from '../../shared/wire.ts';
import type { Store } from './store.ts';

export const PAGE = 50;
/** Somebody whose "typing" is not repeated for so long has stopped, even if nobody said so. */
const TYPING_MS = 15_000;

export interface LiveListener {
  /** The connection is there again after it was lost, or the server asked for a fresh start. */
  onBack: () => void;
  /** A socket is open, the first or another; before `onBack`. */
  onWelcome: () => void;
  /** The contact of a conversation that was opened, if on the site. */
  onVisitor: (visitor: Visitor | null | undefined) => void;
  /** After the store took it. */
  onEvent: (event: WireEvent) => void;
}

export class Live {
  readonly connection = signal<Connection>('connecting');
  readonly transport: Transport;
  /** The conversation that the server counts us as looking at. */
  #open: string | null = null;
  #isSilent = false;
  readonly #store: Store;
  readonly #typing = new Map<string, ReturnType<typeof setTimeout>>();

  readonly #listener: LiveListener;

  constructor(store: Store, url: string, listener: LiveListener) {
    this.#store = store;
    this.#listener = listener;
    this.transport = new Transport({
      url: () => url,
      onWelcome: (frame) => {
        this.#welcome(frame);
        listener.onWelcome();
        // The first time too: what happened between the page's rows and this socket reached nobody.
        listener.onBack();
        if (this.#open !== null) void this.#enter(this.#open);
      },
      onEvents: (events) => this.#take(events),
      positionOf: (id) => store.core.peek().threads[id]?.position,
      onReload: (id) => {
        if (id === null) listener.onBack();
        else void this.#enter(id);
      },
      onConnection: (connection) => {
        this.connection.value = connection;
      },
    });
    this.transport.fallback = async () => {
      this.transport.open = (await import('../../shared/poll.ts')).default;
    };
  }

  #welcome(frame: Frame): void {
    const here = (frame['contacts_online'] as string[] | undefined) ?? [];
    const operator = frame['operator'] as { id: string; availability: string } | undefined;
    this.#store.update((state) => ({
      ...state,
      presence: Object.fromEntries(here.map((id) => [id, true])),
      availability: operator ? { ...state.availability, [operator.id]: operator.availability } : state.availability,
    }));
  }

  /**
   * Follow a conversation, and no other; silently, without being seen by anybody. Resolves when the thread is here or
   * when it must wait for a connection.
   */
  async open(id: string | null, isSilent = false): Promise<void> {
    if (this.#open === id && this.#isSilent === isSilent) return;
    if (this.#open !== null && this.#open !== id) this.transport.notify('close', { conversation_id: this.#open });
    this.#open = id;
    this.#isSilent = isSilent;
    if (id !== null && this.transport.isOnline) await this.#enter(id);
  }

  /** Be seen from now on in the conversation that is followed, or no longer. */
  show(id: string | null, isSilent: boolean): void {
    if (id !== null && this.#open === id) void this.open(id, isSilent);
  }

  async #enter(id: string): Promise<void> {
    try {
      const frame = await this.transport.send('open', { conversation_id: id, ...(this.#isSilent ? { silent: true } : {}) });
      this.#put(id, frame);
      this.#listener.onVisitor(frame['visitor'] as Visitor | null | undefined);
    } catch {
      // The page asks over REST when it has nothing to show; the next welcome enters again.
    }
  }

  /** The server's answer to `open`: the row and the newest messages; the reducer joins them to those held. */
  #put(id: string, frame: Frame): void {
    const row = frame['conversation'] as ConversationRow | undefined;
    const messages = frame['messages'] as Message[] | undefined;
    this.#store.update((state) => {
      // The row first: events that came before this answer and join the thread now change it too.
      const next = row ? withConversation(state, row) : state;
      if (!messages || !row) return next;
      return withThread(next, id, { messages, position: row.position, hasMore: Boolean(frame['has_more']) });
    });
  }

  #take(events: readonly WireEvent[]): readonly string[] {
    const holes = this.#store.take(events);
    for (const event of events) {
      if (event.type === 'typing.started') this.#expire(event.conversation_id, event.author);
      this.#listener.onEvent(event);
    }
    return holes;
  }

  #expire(conversation_id: string, author: Author): void {
    const key = `${conversation_id} ${author.kind} ${author.id ?? ''}`;
    clearTimeout(this.#typing.get(key));
    const stop = setTimeout(() => {
      this.#typing.delete(key);
      this.#store.take([{ type: 'typing.stopped', conversation_id, author }]);
    }, TYPING_MS);
    this.#typing.set(key, stop);
  }
}
