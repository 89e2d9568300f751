// A conversation's worth of events as the server would send them, for the tests of the reducer and of the panel.
import type { Author, ContactConversation, ConversationRow, Message } from '../../../static/shared/types.ts';
import type { RecordedEvent } from '../../../static/shared/wire.ts';

export const vera: Author = { kind: 'contact', id: 'vera', name: 'Vera' };
export const alice: Author = { kind: 'operator', id: 'alice', name: 'Alice' };

export function at(position: number): string {
  return new Date(Date.UTC(2026, 10, 21, 9, 0, position)).toISOString();
}

export function message(position: number, author: Author = vera, change: Partial<Message> = {}): Message {
  return {
    id: `m${position}`,
    conversation_id: 'c1',
    kind: 'reply',
    client_id: `k${position}`,
    author,
    text: `Message ${position}`,
    direction: 'ltr',
    attachments: [],
    line: null,
    position,
    created_at: at(position),
    ...change,
  };
}

export function created(position: number, author: Author = vera): RecordedEvent {
  return { type: 'message.created', position, conversation_id: 'c1', message: message(position, author) };
}

export function resolved(position: number): RecordedEvent {
  const line = message(position, alice, { kind: 'event', text: '', client_id: null, line: { code: 'resolved' } });
  return { type: 'conversation.resolved', position, conversation_id: 'c1', resolution: 1, can_rate: true, by: alice, line };
}

export function contactConversation(change: Partial<ContactConversation> = {}): ContactConversation {
  return {
    id: 'c1',
    status: 'open',
    subject: '',
    language: 'en',
    operator: null,
    position: 0,
    read_position: 0,
    operators_seen_position: 0,
    unread_count: 0,
    last_message: null,
    created_at: at(0),
    rating: null,
    ...change,
  };
}

export function conversationRow(change: Partial<ConversationRow> = {}): ConversationRow {
  return {
    id: 'c1',
    inbox_id: 'i1',
    status: 'open',
    priority: 'none',
    language: 'en',
    subject: '',
    contact: { id: 'vera', name: 'Vera', email: '', is_verified: false },
    operator: null,
    team_id: null,
    tags: [],
    last_message: null,
    last_activity_at: at(0),
    waiting_since: null,
    snoozed_until: null,
    unread_count: 0,
    is_spam: false,
    rating: null,
    position: 0,
    contact_read_position: 0,
    contact_delivered_position: 0,
    created_at: at(0),
    resolved_at: null,
    ...change,
  };
}

/** Numbers in [0, 1) that are the same on every run. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
