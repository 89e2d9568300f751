import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Api } from '../../../static/console/api.ts';
import { ListPane } from '../../../static/console/state/list.ts';
import { FIRST } from '../../../static/console/state/lists.ts';
import { formatRoute, parseRoute } from '../../../static/console/state/route.ts';
import { Store } from '../../../static/console/state/store.ts';
import type { ConversationRow } from '../../../static/shared/types.ts';
import type { WireEvent } from '../../../static/shared/wire.ts';
import { at, conversationRow, resolved } from '../shared/samples.ts';
import { boot } from './boot.ts';

const VIEW = '0198a000-0000-7000-8000-000000000001';
const SAVED = { ...FIRST, saved: VIEW };

function row(n: number, change: Partial<ConversationRow> = {}): ConversationRow {
  return conversationRow({ id: `c${n}`, last_activity_at: at(n), ...change });
}

/** A list of a saved view, and a server that answers one page after the other. */
function pane(pages: (ConversationRow[] | Error)[]): { list: ListPane; store: Store; asked: Record<string, unknown>[] } {
  const asked: Record<string, unknown>[] = [];
  const get = (path: string, query: Record<string, unknown>): Promise<unknown> => {
    if (path !== 'conversations') return Promise.resolve({ mine: 0, unassigned: 0, all: 0, pending: 0, snoozed: 0 });
    asked.push(query);
    const results = pages.shift();
    return results instanceof Error || !results ? Promise.reject(results ?? new Error('nothing left')) : Promise.resolve({ results, next: null });
  };
  const start = boot([row(1), row(2)], { next: null });
  const store = new Store(start);
  return { list: new ListPane(store, { get } as unknown as Api, start, SAVED), store, asked };
}

beforeEach(() => { vi.useFakeTimers(); });

describe('the list of a saved view', () => {
  it('holds what the server says, and nothing else that is known', () => {
    const { list, store } = pane([]);
    store.put([row(3)]);
    expect(list.shown.value).toEqual(['c2', 'c1']);
  });

  it('asks after an event whether the conversation still passes', async () => {
    const { list, store, asked } = pane([[]]);
    const event: WireEvent = resolved(1);
    store.take([event]);
    list.hear(event);
    expect(list.shown.value).toEqual(['c2', 'c1']);
    await vi.advanceTimersByTimeAsync(200);
    expect(asked).toEqual([{ view: VIEW, sort: '-last_activity_at', limit: 100, ids: 'c1' }]);
    expect(list.shown.value).toEqual(['c2']);
  });

  it('takes in what passes now, in its place', async () => {
    const { list } = pane([[row(9)]]);
    list.hear({ type: 'unread.changed', conversation_id: 'c9', unread_count: 1, head: 4 });
    await vi.advanceTimersByTimeAsync(200);
    expect(list.shown.value).toEqual(['c9', 'c2', 'c1']);
  });

  it('asks once a second, about all that happened meanwhile', async () => {
    const { list, asked } = pane([[], [], []]);
    const hear = (id: string): void => { list.hear({ type: 'unread.changed', conversation_id: id, unread_count: 0, head: 1 }); };
    hear('c5');
    hear('c6');
    await vi.advanceTimersByTimeAsync(200);
    hear('c7');
    hear('c8');
    await vi.advanceTimersByTimeAsync(500);
    expect(asked.map((query) => query['ids'])).toEqual(['c5,c6']);
    await vi.advanceTimersByTimeAsync(600);
    expect(asked.map((query) => query['ids'])).toEqual(['c5,c6', 'c7,c8']);
  });

  it('does not ask for who types, nor when another list is on show', async () => {
    const { list, asked } = pane([[row(4)]]);
    list.hear({ type: 'typing.started', conversation_id: 'c1', author: { kind: 'contact', id: 'vera', name: 'Vera' } });
    await vi.advanceTimersByTimeAsync(2000);
    expect(asked).toEqual([]);
    list.show({ ...FIRST, view: 'all' });
    list.hear({ type: 'unread.changed', conversation_id: 'c1', unread_count: 0, head: 1 });
    await vi.advanceTimersByTimeAsync(2000);
    expect(asked.length).toBe(1);
    expect(asked[0]).not.toHaveProperty('ids');
  });

  it('asks again when the server could not be asked', async () => {
    const { list, asked } = pane([new Error('road'), []]);
    list.hear({ type: 'unread.changed', conversation_id: 'c1', unread_count: 0, head: 1 });
    await vi.advanceTimersByTimeAsync(200);
    expect(list.shown.value).toEqual(['c2', 'c1']);
    await vi.advanceTimersByTimeAsync(7000);
    expect(asked.length).toBe(2);
    expect(list.shown.value).toEqual(['c2']);
  });

  it('is fetched afresh when it is looked at again', async () => {
    const { list, asked } = pane([[], [row(2)]]);
    list.show({ ...FIRST, view: 'all' });
    await vi.advanceTimersByTimeAsync(0);
    list.show(SAVED);
    expect(list.isKnown.value).toBe(false);
    await vi.advanceTimersByTimeAsync(0);
    expect(asked.map((query) => query['view'])).toEqual([undefined, VIEW]);
    expect(list.shown.value).toEqual(['c2']);
  });

  it('is sorted as it is asked', () => {
    const { list, store } = pane([[]]);
    store.put([row(1, { priority: 'urgent', position: 9 })]);
    expect(list.shown.value).toEqual(['c2', 'c1']);
  });
});

describe('orders', () => {
  it('put the highest priority first, and the oldest first', async () => {
    const { list } = pane([[row(1, { priority: 'low' }), row(2), row(3, { priority: 'urgent' }), row(4, { priority: 'low' })]]);
    list.show({ ...SAVED, sort: 'priority' });
    await vi.advanceTimersByTimeAsync(0);
    expect(list.shown.value).toEqual(['c3', 'c4', 'c1', 'c2']);
  });
});

describe('addresses', () => {
  it('name a view by its id, and its order', () => {
    const route = parseRoute(new URL(`http://x/inbox/?view=${VIEW}&sort=oldest`), '/inbox/');
    expect(route.filter).toEqual({ ...SAVED, sort: 'oldest' });
    expect(formatRoute(route, '/inbox/')).toBe(`/inbox/?view=${VIEW}&sort=oldest`);
    expect(parseRoute(new URL('http://x/inbox/?view=toString&sort=toString'), '/inbox/').filter).toEqual(FIRST);
  });
});
