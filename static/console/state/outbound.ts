// Writing to somebody first: who it is for, what is written, and that it is sent once.
import { signal } from '@preact/signals-core';
import { newId } from '../../shared/ids.ts';
import type { ConversationRow } from '../../shared/types.ts';
import type { Api } from '../api.ts';
import { explain } from './explain.ts';

export interface Addressee {
  contactId: string;
  name: string;
  /** Where they came through, as far as is known. */
  inboxId: string | null;
  language: string;
}

export class Outbound {
  /** Whom the sheet is open for. */
  readonly to = signal<Addressee | null>(null);
  readonly text = signal('');
  readonly inboxId = signal('');
  readonly isSending = signal(false);
  /** Why it was not sent. */
  readonly problem = signal('');
  readonly #api: Api;
  /** The same until it is sent or given up: sending once more makes no second conversation. */
  #clientId = '';
  /** Whose text is kept. */
  #for = '';

  constructor(api: Api) {
    this.#api = api;
  }

  /** What was being written to the same person is still there. */
  begin(to: Addressee, inboxes: readonly { id: string }[]): void {
    if (this.#for !== to.contactId) {
      this.text.value = '';
      this.#clientId = newId();
    }
    this.#for = to.contactId;
    this.problem.value = '';
    const known = inboxes.find(({ id }) => id === to.inboxId) ?? inboxes[0];
    this.inboxId.value = known?.id ?? '';
    this.to.value = to;
  }

  /** Send it. Returns the conversation, or null when it was not taken: the text stays. */
  async send(): Promise<ConversationRow | null> {
    const to = this.to.peek();
    const text = this.text.peek().trim();
    if (!to || !text || this.isSending.peek()) return null;
    this.isSending.value = true;
    this.problem.value = '';
    try {
      const row = await this.#api.post<ConversationRow>('conversations', {
        contact_id: to.contactId, inbox_id: this.inboxId.peek(), client_id: this.#clientId, language: to.language,
        message: { text, kind: 'reply' },
      });
      this.#for = '';
      this.to.value = null;
      return row;
    } catch (error) {
      this.problem.value = explain(error);
      return null;
    } finally {
      this.isSending.value = false;
    }
  }
}
