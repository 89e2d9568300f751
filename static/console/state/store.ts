// Everything this page knows, as signals. The shared reducer decides what an event does; this module adds what is
// local: changes shown before the server has confirmed them, counts, and who wants to hear of changed rows.
import { batch, computed, signal } from '@preact/signals-core';
import type { ReadonlySignal, Signal } from '@preact/signals-core';
import { emptyState, holes, reduce, withConversation, withThread } from '../../shared/reduce.ts';
import type { State } from '../../shared/reduce.ts';
import type { ConversationRow } from '../../shared/types.ts';
import type { RecordedEvent, UnreadChanged, WireEvent } from '../../shared/wire.ts';
import type { Availability, Boot, Counts, OperatorRef, TagRef } from '../boot.ts';
import { recounted } from './lists.ts';

export type Patch = Partial<ConversationRow>;
type RowListener = (before: ConversationRow | undefined, after: ConversationRow) => void;

/** Whether an event tells of a conversation whose row does not hold it: we missed what came before, or know more. */
function isBeyond(state: State<ConversationRow>, event: WireEvent): event is RecordedEvent | UnreadChanged {
  if (event.type === 'unread.changed') return (state.conversations[event.conversation_id]?.position ?? event.head) !== event.head;
  if (!('conversation_id' in event && 'position' in event) || !('by' in event || 'message' in event)) return false;
  const { conversation_id: id, position } = event;
  // A followed thread mends its own holes.
  return !state.threads[id] && position > (state.conversations[id]?.position ?? 0);
}

export class Store {
  readonly me: string;
  readonly core: Signal<State<ConversationRow>> = signal(emptyState<ConversationRow>('operators'));
  /** Changes under way, by conversation: laid over the server's rows until it has answered. */
  readonly patches = signal<Readonly<Record<string, readonly Patch[]>>>({});
  readonly counts: Signal<Counts>;
  readonly tags: Signal<readonly TagRef[]>;
  readonly operators: ReadonlySignal<readonly OperatorRef[]>;
  readonly availability: ReadonlySignal<Availability>;
  /** Moves every 20 s; whatever shows a relative time reads it. */
  readonly now = signal(new Date());
  readonly rows: ReadonlySignal<readonly ConversationRow[]>;
  readonly #operators: Signal<readonly OperatorRef[]>;
  readonly #listeners = new Set<RowListener>();
  #onStale: (ids: readonly string[]) => void = () => undefined;

  constructor(boot: Boot) {
    this.me = boot.operator.id;
    this.counts = signal(boot.counts);
    this.tags = signal(boot.tags);
    this.#operators = signal(boot.operators);
    this.operators = computed(() => {
      const { availability } = this.core.value;
      return this.#operators.value.map((one) => ({ ...one, availability: (availability[one.id] ?? one.availability) as Availability }));
    });
    this.availability = computed(() => (this.core.value.availability[this.me] ?? boot.operator.availability) as Availability);
    this.rows = computed(() => Object.values(this.core.value.conversations).map((row) => this.#merged(row)));
    this.put(boot.rows);
    if (boot.conversation) this.#follow(boot.conversation);
  }

  #follow({ row, messages, has_more }: NonNullable<Boot['conversation']>): void {
    this.put([row]);
    const fresh = { messages, position: row.position, hasMore: has_more };
    this.update((state) => withThread(state, row.id, fresh));
  }

  /** A conversation as this operator sees it, changes under way included. */
  row(id: string): ConversationRow | undefined {
    const row = this.core.value.conversations[id];
    return row && this.#merged(row);
  }

  #merged(row: ConversationRow): ConversationRow {
    return (this.patches.value[row.id] ?? []).reduce<ConversationRow>((whole, patch) => ({ ...whole, ...patch }), row);
  }

  /** Called with every row the server sent, before and after; not for changes that are only local so far. */
  onRow(listener: RowListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Called with conversations of which we heard something without knowing what was before it. */
  onStale(callback: (ids: readonly string[]) => void): void {
    this.#onStale = callback;
  }

  /** Rows fetched from the server. They belong to the counts already. */
  put(rows: readonly ConversationRow[]): void {
    this.core.value = rows.reduce<State<ConversationRow>>(withConversation, this.core.peek());
  }

  /** A row the server answered an action with: the counts follow it. */
  replace(row: ConversationRow): void {
    this.#recounting([row.id], () => {
      this.core.value = withConversation(this.core.peek(), row);
    });
  }

  /** A row fetched because of news of it: like an event, for those who listen. */
  renew(row: ConversationRow): void {
    const before = this.core.peek().conversations[row.id];
    // One we never had is in the server's counts already.
    if (before) this.replace(row);
    else this.put([row]);
    for (const listener of this.#listeners) listener(before, row);
  }

  /** Rows that left the lists while nobody told us. */
  forget(ids: readonly string[]): void {
    const gone = new Set(ids);
    const state = this.core.peek();
    const kept = Object.entries(state.conversations).filter(([id]) => !gone.has(id));
    this.core.value = { ...state, conversations: Object.fromEntries(kept) };
  }

  /** Show a change at once. Returns what takes it away again, when the server has answered. */
  patch(id: string, patch: Patch): () => void {
    const set = (change: (list: readonly Patch[]) => readonly Patch[]): void => {
      this.#recounting([id], () => {
        this.patches.value = { ...this.patches.peek(), [id]: change(this.patches.peek()[id] ?? []) };
      });
    };
    set((list) => [...list, patch]);
    return () => {
      set((list) => list.filter((one) => one !== patch));
    };
  }

  update(change: (state: State<ConversationRow>) => State<ConversationRow>): void {
    this.core.value = change(this.core.peek());
  }

  /** Apply what the socket brought. Returns the conversations in which an event is missing. */
  take(events: readonly WireEvent[]): readonly string[] {
    const touched = new Set(events.flatMap((event) => ('conversation_id' in event ? [event.conversation_id] : [])));
    const before = this.core.peek();
    this.#recounting([...touched], () => {
      this.core.value = events.reduce<State<ConversationRow>>(reduce, before);
    });
    const after = this.core.peek();
    for (const id of touched) {
      const row = after.conversations[id];
      if (!row || row === before.conversations[id]) continue;
      for (const listener of this.#listeners) listener(before.conversations[id], row);
    }
    const stale = new Set(events.flatMap((event) => (isBeyond(after, event) ? [event.conversation_id] : [])));
    if (stale.size) this.#onStale([...stale]);
    for (const event of events) if (event.type === 'conversation.tagged') this.#learn(event.tags);
    return holes(after);
  }

  /** Tags that a colleague has just made up. */
  #learn(tags: readonly TagRef[]): void {
    const known = this.tags.peek();
    const fresh = tags.filter((tag) => !known.some((one) => one.id === tag.id));
    if (fresh.length) this.tags.value = [...known, ...fresh].sort((a, b) => a.name.localeCompare(b.name));
  }

  /** Run a change and move the counts by what it did to these conversations. */
  #recounting(ids: readonly string[], change: () => void): void {
    batch(() => {
      const merged = (id: string): ConversationRow | undefined => {
        const row = this.core.peek().conversations[id];
        return row && (this.patches.peek()[id] ?? []).reduce<ConversationRow>((whole, patch) => ({ ...whole, ...patch }), row);
      };
      const before = ids.map(merged);
      change();
      ids.forEach((id, index) => {
        const was = before[index];
        const is = merged(id);
        if (is && was !== is) this.counts.value = recounted(this.counts.peek(), was, is, this.me);
      });
    });
  }
}
