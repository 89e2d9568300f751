import { describe, expect, it } from 'vitest';
import { emptyState, holes, reduce, withConversation, withHistory, withThread } from '../../../static/shared/reduce.ts';
import type { State } from '../../../static/shared/reduce.ts';
import type { ContactConversation, ConversationRow } from '../../../static/shared/types.ts';
import type { RecordedEvent, WireEvent } from '../../../static/shared/wire.ts';
import { alice, at, contactConversation, conversationRow, created, message, resolved, seeded, shuffled } from './samples.ts';

function contactState(): State<ContactConversation> {
  const state = withConversation(emptyState<ContactConversation>('contact'), contactConversation());
  return withThread(state, 'c1', { messages: [], position: 0, hasMore: false });
}

function operatorState(): State<ConversationRow> {
  const state = withConversation(emptyState<ConversationRow>('operators'), conversationRow());
  return withThread(state, 'c1', { messages: [], position: 0, hasMore: false });
}

function all<S extends State>(state: S, events: readonly WireEvent[]): S {
  return events.reduce((held, event) => reduce(held, event) as S, state);
}

const HISTORY: RecordedEvent[] = [
  created(1),
  { type: 'conversation.assigned', position: 2, conversation_id: 'c1', operator_id: 'alice', operator_name: 'Alice', team_id: null, by: alice, line: message(2, alice, { kind: 'event', line: { code: 'assigned' } }) },
  created(3, alice),
  created(4),
  { type: 'conversation.prioritised', position: 5, conversation_id: 'c1', priority: 'high', by: alice },
  created(6, alice),
  resolved(7),
  { type: 'conversation.rated', position: 8, conversation_id: 'c1', score: 5, comment: 'Thanks', resolution: 1, by: message(1).author },
];

describe('order', () => {
  it('reaches the same state from every order and any number of repeats', () => {
    const wanted = all(contactState(), HISTORY);
    for (let seed = 1; seed <= 300; seed += 1) {
      const random = seeded(seed);
      const repeated = [...HISTORY, ...HISTORY.filter(() => random() < 0.5)];
      expect(all(contactState(), shuffled(repeated, random)), `seed ${seed}`).toEqual(wanted);
    }
  });

  it('reaches the same state for operators too', () => {
    const wanted = all(operatorState(), HISTORY);
    for (let seed = 1; seed <= 300; seed += 1) {
      const random = seeded(seed);
      expect(all(operatorState(), shuffled([...HISTORY, ...HISTORY], random)), `seed ${seed}`).toEqual(wanted);
    }
  });

  it('returns the very same state for an event that it has applied', () => {
    const state = all(contactState(), HISTORY);
    expect(reduce(state, created(3, alice))).toBe(state);
  });

  it('names the conversation in which an event is missing, until it comes', () => {
    const gap = all(contactState(), [created(1), created(3)]);
    expect(holes(gap)).toEqual(['c1']);
    expect(gap.threads['c1']?.messages.map((entry) => entry.position)).toEqual([1]);
    const whole = reduce(gap, created(2, alice));
    expect(holes(whole)).toEqual([]);
    expect(whole.threads['c1']?.messages.map((entry) => entry.position)).toEqual([1, 2, 3]);
    expect(whole.threads['c1']?.position).toBe(3);
  });

  it('lets an event of an unknown name take its place in the order', () => {
    const later = { type: 'conversation.blessed', position: 1, conversation_id: 'c1' } as unknown as RecordedEvent;
    expect(all(contactState(), [created(2), later]).threads['c1']?.position).toBe(2);
  });

  it('never changes the state it was given', () => {
    const state = contactState();
    const copy = structuredClone(state);
    all(state, HISTORY);
    expect(state).toEqual(copy);
  });
});

describe('a contact', () => {
  it('counts as unread what others wrote, until it has read it', () => {
    let state = all(contactState(), [created(1), created(2, alice), created(3, alice)]);
    expect(state.conversations['c1']?.unread_count).toBe(2);
    state = reduce(state, { type: 'read.changed', conversation_id: 'c1', audience: 'contact', position: 2 });
    expect(state.conversations['c1']).toMatchObject({ unread_count: 1, read_position: 2 });
    state = reduce(state, { type: 'read.changed', conversation_id: 'c1', audience: 'contact', position: 3 });
    expect(state.conversations['c1']).toMatchObject({ unread_count: 0, read_position: 3 });
  });

  it('has something new from the system, which has read nothing', () => {
    const system = { kind: 'system', id: null, name: 'Shop' } as const;
    const state = all(contactState(), [created(1), created(2, system)]);
    expect(state.conversations['c1']).toMatchObject({ unread_count: 1, operators_seen_position: 0 });
  });

  it('learns how far the operators have read, and never backwards', () => {
    let state = all(contactState(), [created(1), created(2)]);
    state = reduce(state, { type: 'read.changed', conversation_id: 'c1', audience: 'operators', position: 2 });
    state = reduce(state, { type: 'read.changed', conversation_id: 'c1', audience: 'operators', position: 1 });
    expect(state.conversations['c1']?.operators_seen_position).toBe(2);
  });

  it('ends with the conversation resolved, rated and its last words kept', () => {
    expect(all(contactState(), HISTORY).conversations['c1']).toEqual(
      contactConversation({
        status: 'resolved',
        operator: { name: 'Alice' },
        position: 8,
        unread_count: 1,
        read_position: 4,
        operators_seen_position: 6,
        last_message: { text: 'Message 6', author_kind: 'operator', created_at: at(6) },
        rating: { score: 5, comment: 'Thanks', can_rate: false },
      }),
    );
  });
});

describe('an operator', () => {
  it('sees who waits since when', () => {
    let state = all(operatorState(), [created(1), created(2)]);
    expect(state.conversations['c1']).toMatchObject({ waiting_since: at(1), unread_count: 2 });
    state = reduce(state, created(3, alice));
    expect(state.conversations['c1']?.waiting_since).toBeNull();
  });

  it('does not take what the system says by itself for an answer', () => {
    const system = { kind: 'system', id: null, name: 'Shop' } as const;
    const row = all(operatorState(), [created(1), created(2, system)]).conversations['c1'];
    expect(row).toMatchObject({ waiting_since: at(1), unread_count: 1, last_activity_at: at(1) });
    expect(row?.last_message?.text).toBe('Message 2');
  });

  it('takes a fresh row and then only the events after it', () => {
    let state = withConversation(operatorState(), conversationRow({ position: 3, unread_count: 9 }));
    state = all(state, [created(1), created(2), created(3)]);
    expect(state.conversations['c1']?.unread_count).toBe(9);
    expect(state.threads['c1']?.messages).toHaveLength(3);
    expect(reduce(state, created(4)).conversations['c1']?.unread_count).toBe(10);
  });

  it('keeps the newer of two rows', () => {
    const state = withConversation(operatorState(), conversationRow({ position: 3, status: 'pending' }));
    const late = withConversation(state, conversationRow({ position: 2 }));
    expect(late.conversations['c1']?.status).toBe('pending');
  });

  it('is not set back by a row that was fetched before the last word of who has read what', () => {
    const read = reduce(
      withConversation(operatorState(), conversationRow({ position: 3 })),
      { type: 'read.changed', conversation_id: 'c1', audience: 'contact', position: 2 },
    );
    const late = withConversation(read, conversationRow({ position: 4, contact_read_position: 1, contact_delivered_position: 3 }));
    expect(late.conversations['c1']).toMatchObject({ position: 4, contact_read_position: 2, contact_delivered_position: 3 });
  });

  it('counts what a contact has not read from where they are', () => {
    const held = withConversation(emptyState<ContactConversation>('contact'), contactConversation({ position: 3, read_position: 3, unread_count: 0 }));
    const late = withConversation(held, contactConversation({ position: 3, read_position: 1, unread_count: 2 }));
    expect(late.conversations['c1']).toMatchObject({ read_position: 3, unread_count: 0 });
    const fresh = withConversation(held, contactConversation({ position: 4, read_position: 3, unread_count: 1 }));
    expect(fresh.conversations['c1']).toMatchObject({ read_position: 3, unread_count: 1 });
  });

  it('sees a note in the thread, not as the last message', () => {
    const note = message(1, alice, { kind: 'note' });
    const state = reduce(operatorState(), { type: 'note.created', position: 1, conversation_id: 'c1', message: note });
    expect(state.threads['c1']?.messages).toEqual([note]);
    expect(state.conversations['c1']).toMatchObject({ last_message: null, position: 1 });
  });

  it('sees a renamed contact in every conversation of theirs', () => {
    const state = reduce(operatorState(), { type: 'contact.updated', position: null, contact_id: 'vera', name: 'Vera K', email: 'v@x.test', phone: '', is_verified: false, by: alice });
    expect(state.conversations['c1']?.contact).toEqual({ id: 'vera', name: 'Vera K', email: 'v@x.test', is_verified: false });
  });

  it('hands the conversations of a visitor to the contact they turned out to be', () => {
    const known = { name: 'Vera K', email: 'v@x.test', is_verified: true };
    const state = reduce(operatorState(), { type: 'contact.identified', position: null, contact_id: 'known', former_contact_id: 'vera', conversation_ids: ['c1'], external_id: 'user-7', phone: '', by: alice, ...known });
    expect(state.conversations['c1']?.contact).toEqual({ id: 'known', ...known });
  });
});

describe('typing', () => {
  it('starts once however often it is said, and ends with the message', () => {
    let state = all(contactState(), [
      { type: 'typing.started', conversation_id: 'c1', author: alice },
      { type: 'typing.started', conversation_id: 'c1', author: alice },
    ]);
    expect(state.typing['c1']).toEqual([alice]);
    state = reduce(state, created(1, alice));
    expect(state.typing['c1']).toEqual([]);
  });
});

describe('fresh copies', () => {
  it('replaces what does not join without a hole', () => {
    const state = all(contactState(), [created(1), created(2)]);
    const fresh = withThread(state, 'c1', { messages: [message(700), message(701)], position: 701, hasMore: true });
    expect(fresh.threads['c1']?.messages.map((entry) => entry.position)).toEqual([700, 701]);
    expect(fresh.threads['c1']?.hasMore).toBe(true);
  });

  it('keeps what joins, and the early events that now fit', () => {
    const state = all(contactState(), [created(1), created(4)]);
    const fresh = withThread(state, 'c1', { messages: [message(2), message(3)], position: 3, hasMore: true });
    expect(fresh.threads['c1']?.messages.map((entry) => entry.position)).toEqual([1, 2, 3, 4]);
    expect(fresh.threads['c1']?.position).toBe(4);
    expect(holes(fresh)).toEqual([]);
  });

  it('puts history before what is there, once', () => {
    let state = withThread(contactState(), 'c1', { messages: [message(5)], position: 5, hasMore: true });
    state = withHistory(state, 'c1', { messages: [message(3), message(4)], hasMore: true });
    state = withHistory(state, 'c1', { messages: [message(2), message(3)], hasMore: false });
    expect(state.threads['c1']?.messages.map((entry) => entry.position)).toEqual([2, 3, 4, 5]);
    expect(state.threads['c1']?.hasMore).toBe(false);
  });
});
