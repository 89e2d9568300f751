// Running a macro: what it would say is shown first and can be changed.
import { signal } from '@preact/signals-core';
import { newId } from '../../shared/ids.ts';
import type { ConversationRow } from '../../shared/types.ts';
import type { Api } from '../api.ts';
import type { Macro } from '../boot.ts';
import { filled } from './canned.ts';
import { explain } from './explain.ts';

interface Chosen {
  readonly macro: Macro;
  readonly conversation: string;
  /** The same until it has run: asking once more says nothing twice. */
  readonly clientId: string;
}

export class Macros {
  readonly chosen = signal<Chosen | null>(null);
  readonly reply = signal('');
  readonly note = signal('');
  readonly isRunning = signal(false);
  /** Why it was not run. */
  readonly problem = signal('');
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Show what a macro would do to a conversation. `values`: what its texts may name. */
  choose(macro: Macro, conversation: string, values: Readonly<Record<string, string>>): void {
    this.reply.value = filled(macro.reply, values);
    this.note.value = filled(macro.note, values);
    this.problem.value = '';
    this.chosen.value = { macro, conversation, clientId: newId() };
  }

  /** Run it. Returns the conversation as it is then, or null when it was refused: the texts stay. */
  async run(): Promise<ConversationRow | null> {
    const chosen = this.chosen.peek();
    if (!chosen || this.isRunning.peek()) return null;
    this.isRunning.value = true;
    this.problem.value = '';
    try {
      const row = await this.#api.post<ConversationRow>(`conversations/${chosen.conversation}/macro`, {
        macro_id: chosen.macro.id, client_id: chosen.clientId, reply: this.reply.peek().trim(), note: this.note.peek().trim(),
      });
      this.chosen.value = null;
      return row;
    } catch (error) {
      this.problem.value = explain(error);
      return null;
    } finally {
      this.isRunning.value = false;
    }
  }
}
