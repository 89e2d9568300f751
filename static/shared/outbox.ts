/**
 * What was written and is not yet in the thread. Entries go out in the order in which they were written, one at a time
 * for each conversation, under a client id that makes a resend harmless; they leave only when the thread holds them
 * or their author discards them. Kept in a storage that the page provides.
 */
import { delayBefore } from './backoff.ts';
import { newId } from './ids.ts';
import { directionOf } from './text.ts';
import { CommandError } from './transport.ts';
import type { Attachment, Direction, Message, MessageKind } from './types.ts';

export type EntryState = 'sending' | 'sent' | 'failed';

export interface Entry {
  readonly client_id: string;
  /** Null until the conversation exists. */
  readonly conversation_id: string | null;
  readonly kind: Exclude<MessageKind, 'event'>;
  readonly text: string;
  readonly direction: Direction;
  readonly attachments: readonly Attachment[];
  /** The author's own clock; the server's time replaces it. */
  readonly created_at: string;
  readonly state: EntryState;
  /** Why it failed: the code of the error. */
  readonly error: string | null;
}

export interface OutboxStorage {
  load: () => Promise<readonly Entry[]> | readonly Entry[];
  save: (entries: readonly Entry[]) => Promise<void> | void;
}

export interface OutboxOptions {
  storage: OutboxStorage;
  /** Send one; resolves when the server has stored it, with the message it stored. Rejects with a CommandError. */
  deliver: (entry: Entry) => Promise<Message>;
  onChange: (entries: readonly Entry[]) => void;
  random?: () => number;
}

export interface Draft {
  conversation_id: string | null;
  kind?: Exclude<MessageKind, 'event'>;
  text: string;
  attachments?: readonly Attachment[];
}

/** What waits or was refused at one time: more than anybody writes in one tunnel, and little to keep. */
const MOST = 50;

/** Faults of the road, not of the message: the same entry goes out again. */
const PASSING = new Set(['disconnected', 'timeout', 'unavailable', 'too_many_requests', 'unauthenticated']);

/** The lane of what has no conversation yet. */
const NEW = '';

export class Outbox {
  readonly #options: OutboxOptions;
  #list: readonly Entry[] = [];
  /** The entries under way and their lanes: one at a time for each conversation. */
  readonly #underWay = new Map<string, string>();
  readonly #attempts = new Map<string, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  get entries(): readonly Entry[] {
    return this.#list;
  }

  /** Whether no more may be added until something has gone or was taken back. What is being written then stays written. */
  get isFull(): boolean {
    return this.#unsent.length >= MOST;
  }

  /** Take up what an earlier page, or another one that is gone, left behind, and send it. */
  async restore(): Promise<void> {
    const kept = await this.#options.storage.load();
    this.#set([...kept.filter(({ client_id }) => !this.#list.some((entry) => entry.client_id === client_id)), ...this.#list]);
    this.flush();
  }

  /** Queue a message and return its entry, to be shown at once. */
  add(draft: Draft): Entry {
    const entry: Entry = {
      client_id: newId(),
      conversation_id: draft.conversation_id,
      kind: draft.kind ?? 'reply',
      text: draft.text,
      direction: directionOf(draft.text),
      attachments: draft.attachments ?? [],
      created_at: new Date().toISOString(),
      state: 'sending',
      error: null,
    };
    this.#set([...this.#list, entry]);
    this.flush();
    return entry;
  }

  /** Send a failed entry again, under its old client id. */
  retry(clientId: string): void {
    this.#change(clientId, { state: 'sending', error: null });
    this.flush();
  }

  /** Take an entry back; returns it so that its text can return to the composer. */
  discard(clientId: string): Entry | undefined {
    const entry = this.#list.find((other) => other.client_id === clientId);
    this.#set(this.#list.filter((other) => other.client_id !== clientId));
    return entry;
  }

  /** The conversation that the waiting entries began now exists. */
  adopt(conversationId: string): void {
    // The entry that began it keeps its lane, so that the next one cannot overtake it.
    for (const [id, lane] of this.#underWay) if (lane === NEW) this.#underWay.set(id, conversationId);
    this.#set(
      this.#list.map((entry) => (entry.conversation_id === null ? { ...entry, conversation_id: conversationId } : entry)),
    );
  }

  /** Forget what the thread already holds. */
  settle(messages: readonly Pick<Message, 'client_id'>[]): void {
    if (!this.#list.length) return;
    const held = new Set(messages.map((message) => message.client_id));
    const left = this.#list.filter((entry) => !held.has(entry.client_id));
    if (left.length < this.#list.length) this.#set(left);
  }

  /** Send what can be sent. Call it whenever the connection is back. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const entry of this.#list) {
      const lane = entry.conversation_id ?? NEW;
      if (entry.state === 'sending' && ![...this.#underWay.values()].includes(lane)) {
        this.#underWay.set(entry.client_id, lane);
        void this.#send(entry);
      }
    }
  }

  async #send(entry: Entry): Promise<void> {
    let again = true;
    try {
      await this.#options.deliver(entry);
      this.#attempts.delete(entry.client_id);
      this.#change(entry.client_id, { state: 'sent' });
    } catch (error) {
      again = this.#failed(entry, error);
    }
    this.#underWay.delete(entry.client_id);
    if (again) this.flush();
  }

  /** Returns whether the next entry may go at once. */
  #failed(entry: Entry, error: unknown): boolean {
    const code = error instanceof CommandError ? error.code : 'unknown';
    if (!PASSING.has(code)) {
      this.#attempts.delete(entry.client_id);
      this.#change(entry.client_id, { state: 'failed', error: code });
      return true;
    }
    const attempt = this.#attempts.get(entry.client_id) ?? 0;
    this.#attempts.set(entry.client_id, attempt + 1);
    const asked = error instanceof CommandError ? (error.retryAfter ?? 0) * 1000 : 0;
    this.#timer ??= setTimeout(
      () => {
        this.flush();
      },
      Math.max(asked, delayBefore(attempt, this.#options.random)),
    );
    return false;
  }

  #change(clientId: string, change: Partial<Entry>): void {
    if (!this.#list.some((entry) => entry.client_id === clientId)) return;
    this.#set(this.#list.map((entry) => (entry.client_id === clientId ? { ...entry, ...change } : entry)));
  }

  get #unsent(): readonly Entry[] {
    return this.#list.filter((entry) => entry.state !== 'sent');
  }

  #set(entries: readonly Entry[]): void {
    this.#list = entries;
    // What the server has acknowledged comes back with the thread; keeping it could only show it twice.
    void this.#options.storage.save(this.#unsent);
    this.#options.onChange(entries);
  }
}
