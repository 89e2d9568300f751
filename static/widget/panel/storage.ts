// What this browser keeps for us on our own origin. Frames may be refused any storage: then memory has to do.
import type { Entry } from '../../shared/outbox.ts';
import type { Kept } from '../messages.ts';
import { config } from './config.ts';

export interface Stored {
  kept: Kept;
  draft: string;
  entries: readonly Entry[];
  /** The client id of a conversation that is about to begin. */
  start: string;
  /** The visitor did not want to leave a name. */
  declined: boolean;
}

const slot = `parley:${config.key}`;
const nothing: Stored = { kept: {}, draft: '', entries: [], start: '', declined: false };

export const stored: Stored = { ...nothing };
try {
  Object.assign(stored, JSON.parse(localStorage.getItem(slot) ?? '{}'));
} catch {
  // Memory, then.
}

export function store(change: Partial<Stored>): void {
  Object.assign(stored, change);
  try {
    localStorage.setItem(slot, JSON.stringify(stored));
  } catch {
    // As above.
  }
}

export function forget(): void {
  store(nothing);
}
