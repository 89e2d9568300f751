import { describe, expect, it } from 'vitest';
import { arranged, belongs, FIRST, held, queryOf, recounted, VIEWS } from '../../../static/console/state/lists.ts';
import type { Filter } from '../../../static/console/state/lists.ts';
import type { ConversationRow } from '../../../static/shared/types.ts';
import { at, conversationRow } from '../shared/samples.ts';
import { alice, bob } from './boot.ts';

const ALL: Filter = { ...FIRST, view: 'all' };

function listsOf(row: ConversationRow): string[] {
  return VIEWS.filter((view) => belongs(row, { ...FIRST, view }, 'alice'));
}

describe('which lists a conversation is in', () => {
  it.each([
    ['an open one of nobody', conversationRow(), ['unassigned', 'all']],
    ['an open one of mine', conversationRow({ operator: alice }), ['mine', 'all']],
    ['an open one of a colleague', conversationRow({ operator: bob }), ['all']],
    ['a pending one of mine', conversationRow({ operator: alice, status: 'pending' }), ['pending']],
    ['a snoozed one', conversationRow({ status: 'snoozed' }), ['snoozed']],
    ['a resolved one', conversationRow({ status: 'resolved' }), ['resolved']],
    ['spam', conversationRow({ is_spam: true }), []],
  ])('%s', (_name, row, lists) => {
    expect(listsOf(row)).toEqual(lists);
  });

  it('is narrowed by inbox and by tag', () => {
    const row = conversationRow({ tags: [{ id: 't1', name: 'vip', colour: '' }] });
    expect(belongs(row, { ...ALL, inbox: 'i1', tag: 'vip' }, 'alice')).toBe(true);
    expect(belongs(row, { ...ALL, inbox: 'i2' }, 'alice')).toBe(false);
    expect(belongs(row, { ...ALL, tag: 'bug' }, 'alice')).toBe(false);
  });
});

describe('order', () => {
  const rows = [1, 2, 3].map((n) => conversationRow({ id: `c${n}`, last_activity_at: at(n), waiting_since: n === 2 ? null : at(10 - n) }));

  it('puts the newest activity first', () => {
    expect(arranged(rows, ALL, 'alice', null)).toEqual(['c3', 'c2', 'c1']);
  });

  it('puts the longest wait first and leaves out who does not wait', () => {
    expect(arranged(rows, { ...ALL, sort: 'waiting' }, 'alice', null)).toEqual(['c3', 'c1']);
  });

  it('leaves out what lies beyond the last page fetched', () => {
    expect(arranged(rows, ALL, 'alice', `${at(2)}|c2`)).toEqual(['c3', 'c2']);
  });
});

describe('a held list', () => {
  it('keeps every row where it is and counts who waits above', () => {
    expect(held(['b', 'c'], ['a', 'c', 'b'])).toEqual({ shown: ['b', 'c'], waiting: 1 });
  });

  it('keeps a row that has left the list meanwhile', () => {
    expect(held(['b', 'c'], ['c'])).toEqual({ shown: ['b', 'c'], waiting: 0 });
  });

  it('takes in the history below that was scrolled to', () => {
    expect(held(['a', 'b'], ['new', 'a', 'b', 'c', 'd'])).toEqual({ shown: ['a', 'b', 'c', 'd'], waiting: 1 });
  });

  it('shows everything when it was held empty', () => {
    expect(held([], ['a', 'b'])).toEqual({ shown: ['a', 'b'], waiting: 0 });
  });
});

describe('counts', () => {
  const counts = { mine: 1, unassigned: 2, all: 3, pending: 0, snoozed: 0 };

  it('follow a conversation from list to list', () => {
    expect(recounted(counts, conversationRow(), conversationRow({ operator: alice }), 'alice')).toEqual({
      mine: 2, unassigned: 1, all: 3, pending: 0, snoozed: 0,
    });
  });

  it('never fall below nothing', () => {
    const none = { mine: 0, unassigned: 0, all: 0, pending: 0, snoozed: 0 };
    expect(recounted(none, conversationRow(), conversationRow({ status: 'resolved' }), 'alice')).toEqual(none);
  });
});

describe('the query of a list', () => {
  it('names status, assignee and filters', () => {
    expect(queryOf({ ...FIRST, inbox: 'i1', tag: 'vip', sort: 'waiting' }, 'next')).toEqual({
      status: 'open', sort: 'waiting', limit: '50', assignee: 'me', inbox: 'i1', tag: 'vip', cursor: 'next',
    });
    expect(queryOf({ ...FIRST, view: 'resolved' }, null)).toEqual({ status: 'resolved', sort: '-last_activity_at', limit: '50' });
  });
});
