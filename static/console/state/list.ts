// The list pane: which page of which list is here, what is shown while the pointer rests on it, where the cursor is.
import { computed, signal } from '@preact/signals-core';
import type { ReadonlySignal, Signal } from '@preact/signals-core';
import type { ConversationRow } from '../../shared/types.ts';
import type { WireEvent } from '../../shared/wire.ts';
import type { Api, Page } from '../api.ts';
import type { Boot, Counts } from '../boot.ts';
import { arranged, belongs, held, keyOf, orderKey, queryOf } from './lists.ts';
import type { Filter } from './lists.ts';
import { Membership } from './membership.ts';
import type { Store } from './store.ts';

interface Loaded {
  cursor: string | null;
  /** Order key of the last row fetched; null when the list is complete. */
  until: string | null;
}

const COUNT_PAUSE = 2000;
const RENEW_PAUSE = 100;
const MOST_RENEWED = 15;
/** A longer list has been scrolled through: it is not begun anew under the reader. */
const SHORT = 60;

export class ListPane {
  readonly filter: Signal<Filter>;
  readonly loading = signal(false);
  readonly failed = signal(false);
  /** All ids of the list that are known, in their order now. */
  readonly current: ReadonlySignal<readonly string[]>;
  /** What is shown: the same, or as it was when the pointer came. */
  readonly shown: ReadonlySignal<readonly string[]>;
  /** Newcomers that wait until the pointer leaves. */
  readonly waiting: ReadonlySignal<number>;
  readonly isComplete: ReadonlySignal<boolean>;
  readonly isKnown: ReadonlySignal<boolean>;
  readonly #loaded = signal<Readonly<Record<string, Loaded>>>({});
  readonly #frozen = signal<readonly string[] | null>(null);
  readonly #store: Store;
  readonly #api: Api;
  readonly #countsUrl: string;
  readonly #membership: Membership;
  #isCounting = false;
  #isRenewing = false;
  readonly #stale = new Set<string>();
  #run = 0;

  constructor(store: Store, api: Api, boot: Boot, filter: Filter) {
    this.#store = store;
    this.#api = api;
    this.#countsUrl = boot.urls.counts;
    this.filter = signal(filter);
    this.#membership = new Membership({
      store, api, filter: () => this.filter.peek(), refresh: () => this.refresh(),
    });
    this.#remember(filter, { results: boot.rows, next: boot.next });
    const here = computed(() => this.#loaded.value[keyOf(this.filter.value)]);
    this.isKnown = computed(() => here.value !== undefined);
    this.isComplete = computed(() => here.value?.until === null);
    this.current = computed(() => {
      const loaded = here.value;
      return loaded ? arranged(store.rows.value, this.filter.value, store.me, loaded.until, this.#membership.of(this.filter.value)) : [];
    });
    const view = computed(() => {
      const frozen = this.#frozen.value;
      return frozen ? held(frozen, this.current.value) : { shown: [...this.current.value], waiting: 0 };
    });
    this.shown = computed(() => view.value.shown);
    this.waiting = computed(() => view.value.waiting);
    store.onStale((ids) => {
      this.#renew(ids);
    });
  }

  /** Keep every row where it is until `release`. */
  hold(): void {
    this.#frozen.value ??= [...this.current.peek()];
  }

  release(): void {
    this.#frozen.value = null;
  }

  /** Whether a row on show has left the list meanwhile: it is drawn as gone. */
  isGone(row: ConversationRow): boolean {
    return !belongs(row, this.filter.value, this.#store.me, this.#membership.of(this.filter.value));
  }

  show(filter: Filter): void {
    const before = this.filter.peek();
    if (keyOf(filter) === keyOf(before)) return;
    if (before.saved !== null) this.#forget(before);
    this.release();
    this.failed.value = false;
    this.filter.value = filter;
    if (!this.isKnown.peek()) void this.refresh();
  }

  /** Fetch the first page again: after a reconnect, or on the first visit. */
  async refresh(): Promise<void> {
    const filter = this.filter.peek();
    const before = this.#store.core.peek().conversations;
    const page = await this.#fetch(filter, null);
    if (!page) return;
    if (filter.saved !== null) {
      this.#remember(filter, page, true);
      this.recount();
      return;
    }
    const { conversations, threads } = this.#store.core.peek();
    const until = page.next === null ? null : lastKey(page.results, filter);
    const fresh = new Set(page.results.map((row) => row.id));
    const range = arranged(this.#store.rows.peek(), filter, this.#store.me, until);
    // They left while this page was not listening. What is open stays, its own events mend it; and so does what was
    // heard of while the answer was on its way, for it may be newer than that.
    this.#store.forget(range.filter((id) => !fresh.has(id) && !threads[id] && conversations[id] === before[id]));
    this.#remember(filter, page);
    this.recount();
  }

  /** The view on show has another filter now. */
  renew(): void {
    this.#forget(this.filter.peek());
    void this.refresh();
  }

  /** Time goes by, and what lies in the view on show depends on it. */
  tick(): void {
    if (!this.loading.peek() && this.current.peek().length <= SHORT) void this.refresh();
  }

  /** Something happened: a saved view may hold other conversations now. */
  hear(event: WireEvent): void {
    this.#membership.hear(event);
  }

  #forget(filter: Filter): void {
    const kept = Object.entries(this.#loaded.peek()).filter(([key]) => key !== keyOf(filter));
    this.#loaded.value = Object.fromEntries(kept);
    this.#membership.forget(filter);
  }

  /** The other lists are fetched again when they are looked at. */
  forgetOthers(): void {
    const key = keyOf(this.filter.peek());
    const kept = this.#loaded.peek()[key];
    this.#loaded.value = kept ? { [key]: kept } : {};
  }

  async more(): Promise<void> {
    const filter = this.filter.peek();
    const loaded = this.#loaded.peek()[keyOf(filter)];
    if (!loaded?.cursor || this.loading.peek()) return;
    const page = await this.#fetch(filter, loaded.cursor);
    if (page) this.#remember(filter, page);
  }

  /** The neighbour of a row in the list on show; the first row when it is not there. */
  neighbour(id: string | null, step: 1 | -1): string | null {
    const ids = this.shown.peek();
    const index = id === null ? -1 : ids.indexOf(id);
    if (index < 0) return ids[0] ?? null;
    return ids[Math.min(ids.length - 1, Math.max(0, index + step))] ?? null;
  }

  /** Where to go when this row leaves the list: the next one, else the one before. */
  successor(id: string): string | null {
    const ids = this.shown.peek();
    const index = ids.indexOf(id);
    if (index < 0) return null;
    return ids[index + 1] ?? ids[index - 1] ?? null;
  }

  /** Ask for the true counts, soon and not too often. */
  recount(): void {
    if (this.#isCounting) return;
    this.#isCounting = true;
    setTimeout(() => {
      this.#isCounting = false;
      const before = this.#store.counts.peek();
      this.#api.get<Counts>(this.#countsUrl).then(
        (counts) => {
          const isSure = this.#store.counts.peek() === before;
          this.#store.counts.value = counts;
          // What moved them meanwhile is in this answer or is not: nobody can tell.
          if (!isSure) this.recount();
        },
        () => undefined, // The next change asks again.
      );
    }, COUNT_PAUSE);
  }

  /** Fetch rows that we heard of without knowing them; when there are many, the list itself. */
  #renew(ids: readonly string[]): void {
    for (const id of ids) this.#stale.add(id);
    if (this.#isRenewing) return;
    this.#isRenewing = true;
    setTimeout(() => {
      this.#isRenewing = false;
      const wanted = [...this.#stale];
      this.#stale.clear();
      if (wanted.length > MOST_RENEWED) {
        this.forgetOthers();
        void this.refresh();
        return;
      }
      for (const id of wanted) {
        this.#api.get<ConversationRow>(`conversations/${id}`).then(
          (row) => { this.#store.renew(row); },
          () => undefined, // The next word of it asks again.
        );
      }
      this.recount();
    }, RENEW_PAUSE);
  }

  async #fetch(filter: Filter, cursor: string | null): Promise<Page<ConversationRow> | null> {
    this.#run += 1;
    const run = this.#run;
    this.#membership.expect();
    this.loading.value = true;
    try {
      const page = await this.#api.get<Page<ConversationRow>>('conversations', queryOf(filter, cursor));
      this.#store.put(page.results);
      this.failed.value = false;
      return page;
    } catch {
      if (run === this.#run) this.failed.value = true;
      return null;
    } finally {
      if (run === this.#run) this.loading.value = false;
    }
  }

  #remember(filter: Filter, page: Page<ConversationRow>, isWhole = false): void {
    if (filter.saved !== null) {
      if (keyOf(filter) !== keyOf(this.filter.peek())) return;
      this.#membership.take(filter, page.results, isWhole);
    }
    const until = page.next === null ? null : lastKey(page.results, filter);
    this.#loaded.value = { ...this.#loaded.peek(), [keyOf(filter)]: { cursor: page.next, until } };
  }
}

function lastKey(rows: readonly ConversationRow[], filter: Filter): string | null {
  const last = rows.at(-1);
  return last ? orderKey(last, filter.sort) : null;
}
