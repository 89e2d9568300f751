// Searching: what is here at once, what the server finds after a pause, one answer at a time.
import { computed, signal } from '@preact/signals-core';
import type { ReadonlySignal } from '@preact/signals-core';
import type { ConversationRow, Message } from '../../shared/types.ts';
import type { Api } from '../api.ts';
import { folded } from '../../shared/fold.ts';
import { explain } from './explain.ts';
import type { Store } from './store.ts';

/** A message that the server found, with the conversation it stands in. */
export interface Hit {
  conversation: ConversationRow;
  message: Message | null;
}

const PAUSE_MS = 250;
const MOST_LOCAL = 20;

export class Search {
  readonly query = signal('');
  readonly hits = signal<readonly Hit[]>([]);
  readonly state = signal<'idle' | 'searching' | 'done' | 'failed'>('idle');
  readonly problem = signal('');
  /** Conversations already here whose contact, subject or last line has every word. */
  readonly local: ReadonlySignal<readonly ConversationRow[]>;
  readonly #api: Api;
  readonly #store: Store;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #under: AbortController | null = null;

  constructor(store: Store, api: Api) {
    this.#api = api;
    this.#store = store;
    this.local = computed(() => {
      const words = folded(this.query.value).split(/\s+/).filter(Boolean);
      if (!words.length) return [];
      const has = (row: ConversationRow): boolean => {
        const text = folded(`${row.contact.name} ${row.contact.email} ${row.subject} ${row.last_message?.text ?? ''}`);
        return words.every((word) => text.includes(word));
      };
      return store.rows.value
        .filter(has)
        .sort((a, b) => (a.last_activity_at < b.last_activity_at ? 1 : -1))
        .slice(0, MOST_LOCAL);
    });
  }

  set(query: string): void {
    if (query === this.query.peek()) return;
    this.query.value = query;
    clearTimeout(this.#timer);
    this.#under?.abort();
    if (folded(query).trim().length < 2) {
      this.hits.value = [];
      this.state.value = 'idle';
      return;
    }
    this.state.value = 'searching';
    this.#timer = setTimeout(() => void this.ask(), PAUSE_MS);
  }

  /** Ask the server now. */
  async ask(): Promise<void> {
    this.#under?.abort();
    const under = new AbortController();
    this.#under = under;
    this.state.value = 'searching';
    try {
      const found = await this.#api.get<{ results: Hit[] }>('search', { q: this.query.peek().trim() }, under.signal);
      this.#store.put(found.results.map((hit) => hit.conversation));
      this.hits.value = found.results;
      this.state.value = 'done';
    } catch (error) {
      if (under.signal.aborted) return;
      this.problem.value = explain(error);
      this.state.value = 'failed';
    }
  }
}

/** Cut a text around the first place where a word of the query stands, and mark the words. Marks come in order. */
export function excerpt(text: string, query: string, length = 140): { text: string; isMatch: boolean }[] {
  const words = query.split(/\s+/).filter(Boolean).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  if (!words.length) return [{ text: text.slice(0, length), isMatch: false }];
  const any = new RegExp(words.join('|'), 'giu');
  const first = text.search(any);
  const start = Math.max(0, first - 40);
  const cut = `${start > 0 ? '…' : ''}${text.slice(start, start + length)}${text.length > start + length ? '…' : ''}`;
  const parts: { text: string; isMatch: boolean }[] = [];
  let done = 0;
  for (const match of cut.matchAll(any)) {
    if (match.index > done) parts.push({ text: cut.slice(done, match.index), isMatch: false });
    parts.push({ text: match[0], isMatch: true });
    done = match.index + match[0].length;
  }
  if (done < cut.length) parts.push({ text: cut.slice(done), isMatch: false });
  return parts;
}
