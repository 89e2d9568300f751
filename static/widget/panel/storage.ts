// What this browser keeps for us on our own origin. Frames may be refused any storage: then memory has to do.
import type { Entry } from '../../shared/outbox.ts';
import type { Kept } from '../messages.ts';
import { config } from './config.ts';

export interface Stored {
  kept: Kept;
  /** What is being written, and what waits to be written on in other conversations (by id). */
  draft: string;
  drafts: Readonly<Record<string, string>>;
  /** The conversation that was chosen; see state.ts. */
  chosen: string;
  entries: readonly Entry[];
  /** The client id of a conversation that is about to begin. */
  start: string;
  /** The visitor did not want to leave a name. */
  declined: boolean;
}

const slot = `parley:${config.key}`;
const nothing: Stored = { kept: {}, draft: '', drafts: {}, chosen: '', entries: [], start: '', declined: false };

export const stored: Stored = { ...nothing };

/** Take in what other tabs have written. */
export function read(): void {
  try {
    Object.assign(stored, JSON.parse(localStorage.getItem(slot) ?? '{}'));
  } catch {
    // Memory, then.
  }
}
read();

/** Change some of it. The rest is read anew: another tab may have written in the meantime. */
export function store(change: Partial<Stored>): void {
  read();
  Object.assign(stored, change);
  try {
    localStorage.setItem(slot, JSON.stringify(stored));
  } catch {
    // As above.
  }
}

let own: readonly Entry[] = [];

/** The outbox of this tab, beside that of any other: each takes away only what it knew. */
export const outboxStorage = {
  load(): readonly Entry[] {
    read();
    return stored.entries;
  },
  save(list: readonly Entry[]): void {
    const known = [...own, ...list];
    own = list;
    read();
    store({ entries: [...stored.entries.filter(({ client_id }) => !known.some((entry) => entry.client_id === client_id)), ...list] });
  },
};

export function forget(): void {
  store(nothing);
}
