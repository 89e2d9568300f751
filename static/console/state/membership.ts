// Which conversations lie in a saved view: only the server can tell. It is asked about those that something happened to.
import { signal } from '@preact/signals-core';
import type { ConversationRow } from '../../shared/types.ts';
import type { WireEvent } from '../../shared/wire.ts';
import type { Api, Page } from '../api.ts';
import { keyOf, NOBODY, queryOf } from './lists.ts';
import type { Filter } from './lists.ts';
import type { Store } from './store.ts';

/** A moment after the event, and not more often than that. */
const PAUSE = 150;
const EVERY = 1000;
const AGAIN = 5000;
const MOST = 100;

export interface Options {
  store: Store;
  api: Api;
  /** The list on show. */
  filter: () => Filter;
  /** Fetch it anew: too much happened to ask about each. */
  refresh: () => Promise<void>;
}

export class Membership {
  readonly #members = signal<Readonly<Record<string, ReadonlySet<string>>>>({});
  readonly #about: Options;
  readonly #wondering = new Set<string>();
  /** Heard of while a page was on its way: the page may be older than that. */
  #meanwhile = new Set<string>();
  #isAsking = false;
  #askedAt = 0;

  constructor(about: Options) {
    this.#about = about;
  }

  of(filter: Filter): ReadonlySet<string> {
    return this.#members.value[keyOf(filter)] ?? NOBODY;
  }

  /** A page is being asked for. */
  expect(): void {
    this.#meanwhile = new Set();
  }

  /** A page came: the first of the list anew (`isWhole`), or one more. */
  take(filter: Filter, rows: readonly ConversationRow[], isWhole: boolean): void {
    this.#set(filter, rows, isWhole ? [...this.of(filter)] : []);
    for (const id of this.#meanwhile) this.#wondering.add(id);
    this.#wonder();
  }

  /** Nobody keeps a view up that is not looked at. */
  forget(filter: Filter): void {
    const kept = Object.entries(this.#members.peek()).filter(([key]) => key !== keyOf(filter));
    this.#members.value = Object.fromEntries(kept);
    this.#wondering.clear();
  }

  hear(event: WireEvent): void {
    if (this.#about.filter().saved === null) return;
    for (const id of this.#concerned(event)) {
      this.#wondering.add(id);
      this.#meanwhile.add(id);
    }
    this.#wonder();
  }

  #concerned(event: WireEvent): readonly string[] {
    if (event.type === 'contact.updated' || event.type === 'contact.tagged' || event.type === 'contact.identified') {
      const rows = this.#about.store.rows.peek().filter((row) => row.contact.id === event.contact_id);
      return [...rows.map((row) => row.id), ...(event.type === 'contact.identified' ? event.conversation_ids : [])];
    }
    const isChange = /^(conversation|message|note|unread)\./.test(event.type);
    return isChange && 'conversation_id' in event ? [event.conversation_id] : [];
  }

  #wonder(): void {
    if (this.#isAsking || this.#wondering.size === 0) return;
    this.#isAsking = true;
    setTimeout(() => void this.#ask(), Math.max(PAUSE, this.#askedAt + EVERY - Date.now()));
  }

  async #ask(): Promise<void> {
    const { api, store, refresh } = this.#about;
    const filter = this.#about.filter();
    const ids = [...this.#wondering];
    this.#wondering.clear();
    this.#askedAt = Date.now();
    const isStill = (): boolean => keyOf(this.#about.filter()) === keyOf(filter);
    try {
      if (ids.length > MOST) await refresh();
      else if (filter.saved !== null && ids.length) {
        const page = await api.get<Page<ConversationRow>>('conversations', { ...queryOf(filter, null), limit: MOST, ids: ids.join() });
        store.put(page.results);
        if (isStill()) this.#set(filter, page.results, ids);
      }
    } catch {
      if (isStill()) for (const id of ids) this.#wondering.add(id);
      this.#askedAt += AGAIN;
    } finally {
      this.#isAsking = false;
      this.#wonder();
    }
  }

  #set(filter: Filter, rows: readonly ConversationRow[], without: readonly string[]): void {
    const members = new Set(this.#members.peek()[keyOf(filter)]);
    for (const id of without) members.delete(id);
    for (const row of rows) members.add(row.id);
    this.#members.value = { ...this.#members.peek(), [keyOf(filter)]: members };
  }
}
