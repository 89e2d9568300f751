import { describe, expect, it, vi } from 'vitest';
import { Store } from '../../../static/console/state/store.ts';
import { isNews } from '../../../static/console/state/alerts.ts';
import { at, conversationRow, created } from '../shared/samples.ts';
import { alice, bob, boot } from './boot.ts';

const COUNTS = { mine: 0, unassigned: 1, all: 1, pending: 0, snoozed: 0 };

function store(): Store {
  return new Store(boot([conversationRow()], { counts: COUNTS }));
}

describe('a change shown before the server has answered', () => {
  it('lies over the row and moves the counts', () => {
    const held = store();
    held.patch('c1', { operator: alice });
    expect(held.row('c1')?.operator).toEqual(alice);
    expect(held.core.value.conversations['c1']?.operator).toBeNull();
    expect(held.counts.value).toEqual({ ...COUNTS, mine: 1, unassigned: 0 });
  });

  it('goes away whole when it is settled', () => {
    const held = store();
    const settle = held.patch('c1', { status: 'resolved' });
    expect(held.counts.value.all).toBe(0);
    settle();
    expect(held.row('c1')?.status).toBe('open');
    expect(held.counts.value).toEqual(COUNTS);
  });

  it('counts once when the server confirms it', () => {
    const held = store();
    const settle = held.patch('c1', { status: 'resolved' });
    held.replace(conversationRow({ status: 'resolved', position: 1 }));
    settle();
    expect(held.counts.value).toEqual({ ...COUNTS, unassigned: 0, all: 0 });
  });

  it('survives an event that comes in between', () => {
    const held = store();
    held.patch('c1', { priority: 'urgent' });
    held.take([created(1)]);
    expect(held.row('c1')).toMatchObject({ priority: 'urgent', unread_count: 1 });
  });
});

describe('what the socket brings', () => {
  it('asks for a row it does not know, or of which it missed something', () => {
    const held = store();
    const ask = vi.fn();
    held.onStale(ask);
    held.take([created(1)]);
    expect(ask).not.toHaveBeenCalled();
    held.take([created(4)]);
    expect(ask).toHaveBeenCalledWith(['c1']);
    held.take([{ ...created(1), conversation_id: 'c9' }, { type: 'unread.changed', conversation_id: 'c8', unread_count: 1, head: 3 }]);
    expect(ask).toHaveBeenLastCalledWith(['c9']);
  });

  it('asks for a row whose count overtook a message, or came after the next one', () => {
    const held = store();
    const ask = vi.fn();
    held.onStale(ask);
    held.take([created(1)]);
    held.take([{ type: 'unread.changed', conversation_id: 'c1', unread_count: 0, head: 1 }]);
    expect(ask).not.toHaveBeenCalled();
    expect(held.row('c1')?.unread_count).toBe(0);
    held.take([{ type: 'unread.changed', conversation_id: 'c1', unread_count: 2, head: 2 }]);
    expect(ask).toHaveBeenLastCalledWith(['c1']);
    expect(held.row('c1')?.unread_count).toBe(0);
    held.take([created(2)]);
    expect(held.row('c1')?.unread_count).toBe(1);
    held.take([{ type: 'unread.changed', conversation_id: 'c1', unread_count: 0, head: 1 }]);
    expect(ask).toHaveBeenCalledTimes(2);
    expect(held.row('c1')?.unread_count).toBe(1);
  });

  it('tells listeners of a row that was fetched because of news', () => {
    const held = store();
    const listener = vi.fn();
    held.onRow(listener);
    held.renew(conversationRow({ id: 'c9', operator: alice, position: 3, unread_count: 1 }));
    expect(listener).toHaveBeenCalledTimes(1);
    expect(held.row('c9')?.unread_count).toBe(1);
    expect(held.counts.value).toEqual(COUNTS);
  });

  it('counts a conversation that has just begun', () => {
    const held = store();
    const row = conversationRow({ id: 'c2', position: 1 });
    held.take([{
      type: 'conversation.created', position: 1, conversation_id: 'c2', inbox_id: 'i1', contact_id: 'vera', language: 'en',
      status: 'open', created_at: at(1), row,
    }]);
    expect(held.counts.value).toEqual({ ...COUNTS, unassigned: 2, all: 2 });
  });

  it('learns the tags that a colleague has made up', () => {
    const held = store();
    const tag = { id: 't9', name: 'apples', colour: '#00ff00' };
    held.take([{ type: 'conversation.tagged', position: 1, conversation_id: 'c1', tags: [tag], by: { kind: 'operator', ...bob } }]);
    expect(held.tags.value.map((one) => one.name)).toEqual(['apples', 'billing']);
    expect(held.row('c1')?.tags).toEqual([tag]);
  });

  it('tells listeners the row before and after', () => {
    const held = store();
    const listener = vi.fn();
    held.onRow(listener);
    held.take([created(1)]);
    expect(listener).toHaveBeenCalledTimes(1);
    expect(listener.mock.calls[0]?.[0]).toMatchObject({ unread_count: 0 });
    expect(listener.mock.calls[0]?.[1]).toMatchObject({ unread_count: 1, last_message: { text: 'Message 1' } });
  });

  it('gives operators their availability of now', () => {
    const held = store();
    held.take([{ type: 'operator.availability_changed', position: null, operator_id: 'bob', availability: 'online' }]);
    expect(held.operators.value.map((one) => one.availability)).toEqual(['online', 'online']);
  });
});

describe('the thread that came with the page', () => {
  it('is there without asking', () => {
    const held = new Store(boot([], { conversation: { row: conversationRow({ position: 4 }), messages: [], has_more: true } }));
    expect(held.core.value.threads['c1']).toMatchObject({ position: 4, hasMore: true });
  });
});

describe('news', () => {
  const before = conversationRow();
  const said = { text: 'Hello', author_kind: 'contact', created_at: at(1) } as const;
  const after = conversationRow({ position: 1, unread_count: 1, last_message: said });

  it.each([
    ['a message to nobody in particular', before, after, true],
    ['a message in a conversation of mine', before, { ...after, operator: alice }, true],
    ['a first message', undefined, after, true],
    ['a message in a colleague\'s conversation', before, { ...after, operator: bob }, false],
    ['an answer', before, { ...after, last_message: { ...said, author_kind: 'operator' as const } }, false],
    ['somebody marking it unread', { ...after, unread_count: 0 }, after, false],
    ['spam', before, { ...after, is_spam: true }, false],
    ['a message in a resolved one', before, { ...after, status: 'resolved' as const }, false],
  ])('%s', (_name, was, is, wanted) => {
    expect(isNews(was, is, 'alice')).toBe(wanted);
  });

  it('is only mine to those who want no other', () => {
    expect([after, { ...after, operator: alice }].map((is) => isNews(before, is, 'alice', true))).toEqual([false, true]);
  });
});
