// What this operator likes, on this machine.
import { effect, signal } from '@preact/signals-core';
import type { Signal } from '@preact/signals-core';
import type { KeyValue } from './drafts.ts';
import type { Sort } from './lists.ts';

export interface Preferences {
  sound: boolean;
  /** It sounds again and again until whoever waits is answered. */
  soundAgain: boolean;
  /** Nothing calls for conversations that nobody has. */
  onlyMine: boolean;
  notifications: boolean;
  singleKeys: boolean;
  contactPane: boolean;
  enterSends: boolean;
  /** Look at colleagues' conversations unseen: for those who supervise. */
  watch: boolean;
  theme: 'system' | 'light' | 'dark';
  /** The order of each list, by its name or the view's id. */
  sorts: Readonly<Record<string, Sort>>;
  /** Width of the list in rem. */
  listWidth: number;
}

const USUAL: Preferences = {
  sound: true, soundAgain: false, onlyMine: false, notifications: false, singleKeys: true, contactPane: true, enterSends: true, watch: false, theme: 'system', listWidth: 22,
  sorts: {},
};

/** The preferences as a signal that keeps itself. */
export function preferences(owner: string, storage: KeyValue | null): Signal<Preferences> {
  const key = `parley:preferences:${owner}`;
  let kept: Partial<Preferences> = {};
  try {
    kept = JSON.parse(storage?.getItem(key) ?? '{}') as Partial<Preferences>;
  } catch {
    // Unreadable: start afresh.
  }
  const value = signal<Preferences>({ ...USUAL, ...kept });
  effect(() => {
    const text = JSON.stringify(value.value);
    try {
      storage?.setItem(key, text);
    } catch {
      // Full or forbidden: they last as long as the page.
    }
  });
  return value;
}
