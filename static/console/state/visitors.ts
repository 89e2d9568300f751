// Who is on the sites now and what they read. Everybody's presence is in the store; this knows more of the newest.
import { computed, signal } from '@preact/signals-core';
import type { ReadonlySignal } from '@preact/signals-core';
import type { Visitor, WireEvent } from '../../shared/wire.ts';
import type { Live } from './live.ts';
import type { Store } from './store.ts';

/** As many as the server names; more rows are no help to anybody who looks. */
const MOST = 200;
/** After a frame that had to leave some out, the board is asked for again; not more often than this. */
const PATIENCE_MS = 3000;

export class Visitors {
  /** By contact. */
  readonly here = signal<Readonly<Record<string, Visitor>>>({});
  /** The newest first. */
  readonly rows: ReadonlySignal<readonly Visitor[]>;
  /** How many there are, shown or not. */
  readonly total: ReadonlySignal<number>;
  readonly isKnown = signal(false);
  readonly #store: Store;
  readonly #live: Live;
  #isShown = false;
  #again: ReturnType<typeof setTimeout> | undefined;

  constructor(store: Store, live: Live) {
    this.#store = store;
    this.#live = live;
    this.rows = computed(() =>
      Object.values(this.here.value)
        .sort((a, b) => (a.since === b.since ? a.contact_id.localeCompare(b.contact_id) : a.since < b.since ? 1 : -1))
        .slice(0, MOST));
    this.total = computed(() => Object.values(store.core.value.presence).filter(Boolean).length);
  }

  /** Whether somebody looks at the board: then it is fetched, and kept whole. */
  show(isShown: boolean): void {
    if (isShown === this.#isShown) return;
    this.#isShown = isShown;
    if (isShown) void this.load();
  }

  /** The socket is back: what was known may be long over. */
  renew(): void {
    this.here.value = {};
    this.isKnown.value = false;
    if (this.#isShown) void this.load();
  }

  async load(): Promise<void> {
    clearTimeout(this.#again);
    this.#again = undefined;
    try {
      const frame = await this.#live.transport.send('visitors');
      const online = frame['contacts_online'] as string[];
      this.here.value = Object.fromEntries((frame['visitors'] as Visitor[]).map((one) => [one.contact_id, one]));
      this.#store.update((state) => ({ ...state, presence: Object.fromEntries(online.map((id) => [id, true])) }));
      this.isKnown.value = true;
    } catch {
      // The next welcome asks again.
    }
  }

  /** What came with a conversation that was opened. */
  put(visitor: Visitor | null | undefined): void {
    if (visitor) this.here.value = { ...this.here.peek(), [visitor.contact_id]: visitor };
  }

  take(event: WireEvent): void {
    if (event.type === 'visitors.changed') {
      const next = { ...this.here.peek() };
      for (const one of event.here) next[one.contact_id] = one;
      for (const id of event.gone) Reflect.deleteProperty(next, id);
      this.here.value = next;
      if (event.is_partial && this.#isShown) this.#again ??= setTimeout(() => void this.load(), PATIENCE_MS);
    } else if (event.type === 'contact.updated') {
      this.#amend(event.contact_id, { name: event.name || event.email });
    } else if (event.type === 'conversation.created') {
      this.#amend(event.contact_id, { conversation_id: event.conversation_id });
    }
  }

  #amend(id: string, change: Partial<Visitor>): void {
    const held = this.here.peek()[id];
    if (held) this.here.value = { ...this.here.peek(), [id]: { ...held, ...(change.name === '' ? {} : change) } };
  }
}
