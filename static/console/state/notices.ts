// Short notices in the corner, each with at most one thing to do about it, and the undo stack behind Ctrl+Z.
import { signal } from '@preact/signals-core';

export interface Notice {
  id: number;
  text: string;
  tone: 'plain' | 'danger';
  action: { label: string; run: () => void } | null;
}

const PLAIN_MS = 6000;
const DANGER_MS = 12_000;
const MOST = 3;

export class Notices {
  readonly list = signal<readonly Notice[]>([]);
  #next = 0;
  #undo: { notice: number; run: () => void }[] = [];
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();

  say(text: string, action: Notice['action'] = null): number {
    return this.#add(text, 'plain', action);
  }

  fail(text: string, action: Notice['action'] = null): number {
    return this.#add(text, 'danger', action);
  }

  /** Say what was done and offer to take it back, by the button or by Ctrl+Z. */
  undoable(text: string, label: string, run: () => void): number {
    const once = (): void => {
      this.#undo = this.#undo.filter((one) => one.notice !== id);
      this.dismiss(id);
      run();
    };
    const id = this.#add(text, 'plain', { label, run: once });
    this.#undo.push({ notice: id, run: once });
    return id;
  }

  /** Take the last thing back. Returns whether there was one. */
  undo(): boolean {
    const last = this.#undo.at(-1);
    last?.run();
    return last !== undefined;
  }

  dismiss(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.#undo = this.#undo.filter((one) => one.notice !== id);
    this.list.value = this.list.peek().filter((notice) => notice.id !== id);
  }

  /** While somebody reads it, it stays. */
  keep(id: number): void {
    clearTimeout(this.#timers.get(id));
  }

  #add(text: string, tone: Notice['tone'], action: Notice['action']): number {
    this.#next += 1;
    const notice: Notice = { id: this.#next, text, tone, action };
    const list = [...this.list.peek(), notice];
    for (const old of list.slice(0, -MOST)) this.dismiss(old.id);
    this.list.value = list.slice(-MOST);
    this.leave(notice.id);
    return notice.id;
  }

  /** Let it go after its time. */
  leave(id: number): void {
    const notice = this.list.peek().find((one) => one.id === id);
    if (!notice) return;
    clearTimeout(this.#timers.get(id));
    this.#timers.set(id, setTimeout(() => { this.dismiss(id); }, notice.tone === 'danger' ? DANGER_MS : PLAIN_MS));
  }
}
