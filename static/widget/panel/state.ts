// Everything the views show, in cells: changing one repaints the panel before the next frame.
import type { Entry } from '../../shared/outbox.ts';
import type { State } from '../../shared/reduce.ts';
import type { Connection } from '../../shared/transport.ts';
import type { ContactConversation, Message } from '../../shared/types.ts';
import type { Page } from '../messages.ts';
import { cell, derived } from './cell.ts';
import { config } from './config.ts';
import type { Slots } from './described.ts';
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
/** The thread is in view, not the home or what lies behind it. */
export const isChat = cell(config.home !== 2);
/** Where the visitor is. */
export const page = cell<Page | null>(null);
/** What the thread may ask, as the server describes it. */
export const forms = cell<Slots>({});
export const contact = cell<Contact | null>(null);
export const inbox = cell<Inbox | null>(null);
export const draft = cell(stored.draft);
export const more = cell<More | null>(null);
/** Whether the newest message is in view. */
export const atEnd = cell(true);
/** How many earlier conversations are shown above the current one. */
export const earlier = cell(0);
/** The conversation that the visitor chose: its id, `new` for one that is still to begin, nothing for the newest. */
export const chosen = cell(stored.chosen);
export const announcement = cell('');
/** A refusal that concerns the composer, as the code of the error. */
export const refusal = cell('');

/** Oldest first. */
export const conversations = derived(() =>
  Object.values(state.value.conversations).sort((a, b) => (a.created_at < b.created_at ? -1 : 1)),
);

export const current = derived<ContactConversation | undefined>(() =>
  chosen.value === 'new' ? undefined : (state.value.conversations[chosen.value] ?? conversations.value.at(-1)),
);

export const unread = derived(() => conversations.value.reduce((sum, { unread_count }) => sum + unread_count, 0));

export const isAway = derived(() => inbox.value !== null && !(inbox.value.is_open && inbox.value.online));

/** The messages of the current conversation and of the earlier ones in view, oldest first. */
export const messages = derived(() => {
  const end = conversations.value.indexOf(current.value as ContactConversation) + 1;
  const shown = conversations.value.slice(Math.max(0, end - 1 - earlier.value), end);
  return shown.flatMap(({ id }): readonly Message[] => state.value.threads[id]?.messages ?? []);
});

/** What is under way for the conversation in view and not in its thread yet. */
export const waiting = derived(() => {
  const held = new Set(messages.value.map((message) => message.client_id));
  const id = current.value?.id;
  // What began a conversation belongs to it, whichever is looked at meanwhile.
  const begun = chosen.value ? undefined : id;
  return entries.value.filter(({ client_id, conversation_id }) => !held.has(client_id) && ((conversation_id ?? begun) === id || !conversations.value.length));
});
