// What was written and not sent, for each conversation and mode. Kept in the browser, so that a reload, a crash or a
// refused send loses nothing; wiped at log-out.
import { signal } from '@preact/signals-core';
import { draftsKey } from '../../shared/leftovers.ts';
import type { Attachment } from '../../shared/types.ts';

export type Mode = 'reply' | 'note';

export interface Draft {
  text: string;
  attachments: readonly Attachment[];
}

type Kept = Draft & { at: number };

const MOST = 200;
const PAUSE_MS = 250;
const NONE: Draft = { text: '', attachments: [] };

/** The part of Storage that is used; a browser may refuse to give one. */
export type KeyValue = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export class Drafts {
  /** Conversations that have one, for the mark in the list. */
  readonly marked = signal<ReadonlySet<string>>(new Set());
  /** Moves with every change, so that whoever shows a draft follows it. */
  readonly #version = signal(0);
  readonly #key: string;
  readonly #storage: KeyValue | null;
  #all = new Map<string, Kept>();
  /** What changed here and is not written down yet; all else is as the last tab left it. */
  readonly #dirty = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `owner`: tenant and operator, so that two people at one machine keep theirs apart. */
  constructor(owner: string, storage: KeyValue | null) {
    this.#key = draftsKey(owner);
    this.#storage = storage;
    this.#load();
  }

  get(conversationId: string, mode: Mode): Draft {
    this.#version.value; // eslint-disable-line @typescript-eslint/no-unused-expressions -- reading it is following it
    return this.#all.get(`${conversationId} ${mode}`) ?? NONE;
  }

  set(conversationId: string, mode: Mode, draft: Draft): void {
    const key = `${conversationId} ${mode}`;
    this.#all.delete(key);
    this.#dirty.add(key);
    if (draft.text || draft.attachments.length) this.#all.set(key, { ...draft, at: Date.now() });
    this.#trim();
    this.#mark();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => { this.save(); }, PAUSE_MS);
  }

  /** Write down what is still in memory: when the page goes away. */
  save(): void {
    clearTimeout(this.#timer);
    if (!this.#dirty.size) return;
    this.reload();
    this.#trim();
    try {
      if (this.#all.size) this.#storage?.setItem(this.#key, JSON.stringify([...this.#all]));
      else this.#storage?.removeItem(this.#key);
      this.#dirty.clear();
    } catch {
      // Full or forbidden: the drafts live as long as the page.
    }
  }

  /** Take in what another tab of the same operator wrote, under what was written here since. */
  reload(): void {
    const own = [...this.#dirty].map((key) => [key, this.#all.get(key)] as const);
    this.#load();
    for (const [key, draft] of own) {
      this.#all.delete(key);
      if (draft) this.#all.set(key, draft);
    }
    this.#mark();
  }

  /** Forget what is in memory, so that it is not written down once more. */
  forget(): void {
    clearTimeout(this.#timer);
    this.#all.clear();
    this.#dirty.clear();
    this.#mark();
  }

  /** Newest last: the oldest go first when there are too many. */
  #trim(): void {
    for (const old of [...this.#all.keys()].slice(0, -MOST)) this.#all.delete(old);
  }

  #load(): void {
    if (!this.#storage) return;
    try {
      const kept = JSON.parse(this.#storage.getItem(this.#key) ?? '[]') as [string, Kept][];
      this.#all = new Map(kept);
    } catch {
      this.#all = new Map();
    }
    this.#mark();
  }

  #mark(): void {
    this.#version.value += 1;
    const ids = [...this.#all.keys()].map((key) => key.slice(0, key.indexOf(' ')));
    const known = this.marked.peek();
    const fresh = new Set(ids);
    if (fresh.size !== known.size || ids.some((id) => !known.has(id))) this.marked.value = fresh;
  }
}
