import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Acts } from '../../../static/console/state/acts.ts';
import { ApiError } from '../../../static/console/api.ts';
import type { Api } from '../../../static/console/api.ts';
import { Notices } from '../../../static/console/state/notices.ts';
import { Store } from '../../../static/console/state/store.ts';
import { setLocale } from '../../../static/shared/format.ts';
import type { ConversationRow } from '../../../static/shared/types.ts';
import { conversationRow } from '../shared/samples.ts';
import { boot } from './boot.ts';

type Answer = (path: string, body: object) => Promise<Partial<ConversationRow>>;

/** A server of one conversation, as far as these actions need one. */
function server(answer: Answer): { api: Api; asked: string[] } {
  const asked: string[] = [];
  const take = (path: string, body: object = {}): Promise<Partial<ConversationRow>> => {
    asked.push(`${path} ${JSON.stringify(body)}`);
    return answer(path, body);
  };
  return { api: { post: take, put: take, get: take } as unknown as Api, asked };
}

beforeEach(() => {
  vi.useFakeTimers();
  setLocale({ language: 'en', timeZone: 'UTC' });
});
afterEach(() => { vi.useRealTimers(); });

describe('notices', () => {
  it('go away by themselves, unless somebody is reading them', () => {
    const notices = new Notices();
    const id = notices.say('Saved.');
    notices.keep(id);
    vi.advanceTimersByTime(60_000);
    expect(notices.list.value).toHaveLength(1);
    notices.leave(id);
    vi.advanceTimersByTime(6000);
    expect(notices.list.value).toEqual([]);
  });

  it('are at most three', () => {
    const notices = new Notices();
    for (const text of ['one', 'two', 'three', 'four']) notices.say(text);
    expect(notices.list.value.map((one) => one.text)).toEqual(['two', 'three', 'four']);
  });

  it('undo the last thing first, each once', () => {
    const notices = new Notices();
    const undone: string[] = [];
    notices.undoable('A', 'Undo', () => undone.push('A'));
    notices.undoable('B', 'Undo', () => undone.push('B'));
    expect([notices.undo(), notices.undo(), notices.undo()]).toEqual([true, true, false]);
    expect(undone).toEqual(['B', 'A']);
  });
});

describe('an action', () => {
  const start = (): Store => new Store(boot([conversationRow()], { counts: { mine: 0, unassigned: 1, all: 1, pending: 0, snoozed: 0 } }));

  it('is shown at once and stays when the server agrees', async () => {
    const store = start();
    const { api, asked } = server(() => Promise.resolve(conversationRow({ status: 'resolved', position: 1 })));
    new Acts(store, api, new Notices()).resolve('c1');
    expect(store.row('c1')?.status).toBe('resolved');
    await vi.runAllTimersAsync();
    expect(asked).toEqual(['conversations/c1/resolve {}']);
    expect(store.row('c1')?.status).toBe('resolved');
    expect(store.patches.value['c1']).toEqual([]);
  });

  it('is taken back, with the reason, when the server refuses', async () => {
    const store = start();
    const notices = new Notices();
    const { api } = server(() => Promise.reject(new ApiError({ code: 'permission_denied', detail: '', status: 403 })));
    new Acts(store, api, notices).assign('c1', 'bob');
    expect(store.row('c1')?.operator?.name).toBe('Bob');
    await vi.advanceTimersByTimeAsync(1);
    expect(store.row('c1')?.operator).toBeNull();
    expect(notices.list.value.map((one) => one.text)).toEqual(['You are not allowed to do this.']);
  });

  it('can be tried again when the road was at fault', async () => {
    const store = start();
    const notices = new Notices();
    const faults = [new ApiError({ code: 'offline', detail: '', status: 0 })];
    const { api, asked } = server(() => {
      const fault = faults.shift();
      return fault ? Promise.reject(fault) : Promise.resolve(conversationRow({ priority: 'high', position: 1 }));
    });
    new Acts(store, api, notices).prioritise('c1', 'high');
    await vi.advanceTimersByTimeAsync(1);
    expect(store.row('c1')?.priority).toBe('none');
    notices.list.value[0]?.action?.run();
    await vi.advanceTimersByTimeAsync(1);
    expect(store.row('c1')?.priority).toBe('high');
    expect(asked).toHaveLength(2);
  });

  it('is undone by its opposite, tags as they were before', async () => {
    const store = new Store(boot([conversationRow({ tags: [{ id: 't2', name: 'vip', colour: '' }] })]));
    const notices = new Notices();
    const { api, asked } = server((_path, body) => {
      const tags = (body as { tags: string[] }).tags.map((name) => ({ id: name, name, colour: '' }));
      return Promise.resolve(conversationRow({ tags, position: asked.length }));
    });
    new Acts(store, api, notices).toggleTag('c1', 'billing');
    await vi.advanceTimersByTimeAsync(1);
    notices.undo();
    await vi.advanceTimersByTimeAsync(1);
    expect(asked).toEqual(['conversations/c1/tags {"tags":["vip","billing"]}', 'conversations/c1/tags {"tags":["vip"]}']);
    expect(store.row('c1')?.tags.map((tag) => tag.name)).toEqual(['vip']);
  });
});
