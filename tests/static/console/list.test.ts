import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Api } from '../../../static/console/api.ts';
import { ListPane } from '../../../static/console/state/list.ts';
import { FIRST } from '../../../static/console/state/lists.ts';
import { Store } from '../../../static/console/state/store.ts';
import type { ConversationRow } from '../../../static/shared/types.ts';
import { at, conversationRow, resolved } from '../shared/samples.ts';
import { boot } from './boot.ts';

interface Page { results: ConversationRow[]; next: string | null }

const ALL = { ...FIRST, view: 'all' } as const;

function row(n: number): ConversationRow {
  return conversationRow({ id: `c${n}`, last_activity_at: at(n) });
}

/** A server that answers with these pages, one after the other. */
function pane(rows: ConversationRow[], next: string | null, pages: (Page | Error)[]): { list: ListPane; store: Store; asked: unknown[] } {
  const asked: unknown[] = [];
  const get = (path: string, query: unknown): Promise<unknown> => {
    if (path === '/inbox/counts/') return Promise.resolve({ mine: 0, unassigned: 0, all: 9, pending: 0, snoozed: 0 });
    asked.push(query);
    const page = pages.shift();
    return page instanceof Error || !page ? Promise.reject(page ?? new Error('nothing left')) : Promise.resolve(page);
  };
  const start = boot(rows, { next });
  const store = new Store(start);
  return { list: new ListPane(store, { get } as unknown as Api, start, ALL), store, asked };
}

beforeEach(() => { vi.useFakeTimers(); });

describe('a list', () => {
  it('is there at once from what came with the page', () => {
    const { list } = pane([row(3), row(2)], null, []);
    expect(list.shown.value).toEqual(['c3', 'c2']);
    expect(list.isComplete.value).toBe(true);
  });

  it('goes on where the last page ended', async () => {
    const { list, asked } = pane([row(3), row(2)], 'next', [{ results: [row(1)], next: null }]);
    expect(list.isComplete.value).toBe(false);
    await list.more();
    expect(list.shown.value).toEqual(['c3', 'c2', 'c1']);
    expect(list.isComplete.value).toBe(true);
    expect(asked).toEqual([{ status: 'open', sort: '-last_activity_at', limit: '50', cursor: 'next' }]);
  });

  it('keeps what it has when a page cannot be fetched, and can try again', async () => {
    const { list } = pane([row(3)], 'next', [new Error('road'), { results: [row(1)], next: null }]);
    await list.more();
    expect([list.failed.value, list.shown.value]).toEqual([true, ['c3']]);
    await list.more();
    expect([list.failed.value, list.shown.value]).toEqual([false, ['c3', 'c1']]);
  });

  it('drops what left while nobody listened, but not what is open', async () => {
    const { list, store } = pane([row(3), row(2), row(1)], null, [{ results: [row(3)], next: null }]);
    store.update((state) => ({ ...state, threads: { c1: { messages: [], position: 0, early: [], hasMore: false } } }));
    await list.refresh();
    expect(list.shown.value).toEqual(['c3', 'c1']);
  });

  it('keeps what was heard of while the answer was on its way', async () => {
    const { list, store } = pane([row(3), row(2)], null, [{ results: [row(3)], next: null }]);
    const refreshed = list.refresh();
    store.put([row(5)]);
    await refreshed;
    expect(list.shown.value).toEqual(['c5', 'c3']);
  });

  it('stays as it is while it is held', () => {
    const { list, store } = pane([row(2), row(1)], null, []);
    list.hold();
    store.put([row(5)]);
    expect([list.shown.value, list.waiting.value]).toEqual([['c2', 'c1'], 1]);
    list.release();
    expect([list.shown.value, list.waiting.value]).toEqual([['c5', 'c2', 'c1'], 0]);
  });

  it('knows the neighbours and the successor of a row', () => {
    const { list } = pane([row(3), row(2), row(1)], null, []);
    expect([list.neighbour(null, 1), list.neighbour('c2', 1), list.neighbour('c1', 1), list.neighbour('c3', -1)]).toEqual(['c3', 'c1', 'c1', 'c3']);
    expect([list.successor('c3'), list.successor('c1'), list.successor('c9')]).toEqual(['c2', 'c2', null]);
  });

  it('asks for the counts again when a conversation moved while they were on their way', async () => {
    const store = new Store(boot([row(1)]));
    const counts = (all: number): object => ({ mine: 0, unassigned: all, all, pending: 0, snoozed: 0 });
    const answers: ((counts: object) => void)[] = [];
    const get = (): Promise<object> => new Promise((resolve) => { answers.push(resolve); });
    const list = new ListPane(store, { get } as unknown as Api, boot([row(1)]), ALL);
    list.recount();
    await vi.advanceTimersByTimeAsync(2000);
    store.take([resolved(1)]);
    answers[0]?.(counts(1));
    await vi.advanceTimersByTimeAsync(2000);
    answers[1]?.(counts(0));
    await vi.advanceTimersByTimeAsync(10_000);
    expect([answers.length, store.counts.value.all]).toEqual([2, 0]);
  });

  it('fetches a row that was heard of without being known, and the true counts', async () => {
    const { list, store } = pane([row(2)], null, []);
    const fetched: string[] = [];
    const api = { get: (path: string) => {
      fetched.push(path);
      return Promise.resolve(path === '/inbox/counts/' ? { mine: 0, unassigned: 0, all: 9, pending: 0, snoozed: 0 } : row(7));
    } } as unknown as Api;
    const other = new ListPane(store, api, boot([row(2)]), ALL);
    store.take([{ type: 'conversation.reopened', position: 9, conversation_id: 'c7', by: { kind: 'contact', id: 'vera', name: 'Vera' }, line: null }]);
    await vi.advanceTimersByTimeAsync(3000);
    expect(fetched).toEqual(['conversations/c7', '/inbox/counts/']);
    expect(other.shown.value).toEqual(['c7', 'c2']);
    expect(list.shown.value).toEqual(['c7', 'c2']);
    expect(store.counts.value.all).toBe(9);
  });
});
