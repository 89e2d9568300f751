// Everything the views show, in cells: changing one repaints the panel before the next frame.
import type { Entry } from '../../shared/outbox.ts';
import type { State } from '../../shared/reduce.ts';
import type { Connection } from '../../shared/transport.ts';
import type { ContactConversation, Message } from '../../shared/types.ts';
import { cell, derived } from './cell.ts';
import { config } from './config.ts';
import type { More } from './more.ts';
import { stored } from './storage.ts';

export interface Contact {
  id: string;
  name: string;
  email: string;
}

export interface Inbox {
  is_open: boolean;
  online: boolean;
  next_opening: string | null;
}

const EMPTY: State<ContactConversation> = {
  audience: 'contact',
  conversations: {},
  threads: {},
  typing: {},
  viewing: {},
  presence: {},
  availability: {},
};

export const state = cell(EMPTY);
export const entries = cell<readonly Entry[]>([]);
export const connection = cell<Connection>('stopped');
/** The connection has been away long enough to say so. */
export const isLost = cell(false);
export const isOpen = cell(config.mode === 'page');
export const contact = cell<Contact | null>(null);
export const inbox = cell<Inbox | null>(null);
export const draft = cell(stored.draft);
export const more = cell<More | null>(null);
/** Whether the newest message is in view. */
export const atEnd = cell(true);
/** How many earlier conversations are shown above the current one. */
export const earlier = cell(0);
/** The visitor wants a new conversation rather than go on with the last. */
export const wantsNew = cell(false);
export const announcement = cell('');
/** A refusal that concerns the composer, as the code of the error. */
export const refusal = cell('');

/** Oldest first. */
export const conversations = derived(() =>
  Object.values(state.value.conversations).sort((a, b) => (a.created_at < b.created_at ? -1 : 1)),
);

export const current = derived<ContactConversation | undefined>(() =>
  wantsNew.value ? undefined : conversations.value.at(-1),
);

export const unread = derived(() => conversations.value.reduce((sum, { unread_count }) => sum + unread_count, 0));

export const isAway = derived(() => inbox.value !== null && !(inbox.value.is_open && inbox.value.online));

/** The messages of the current conversation and of the earlier ones in view, oldest first. */
export const messages = derived(() => {
  const shown = conversations.value.slice(wantsNew.value ? conversations.value.length : -1 - earlier.value);
  return shown.flatMap(({ id }): readonly Message[] => state.value.threads[id]?.messages ?? []);
});

/** What is under way for the conversation in view and not in its thread yet. */
export const waiting = derived(() => {
  const held = new Set(messages.value.map((message) => message.client_id));
  return entries.value.filter((entry) => !held.has(entry.client_id));
});
