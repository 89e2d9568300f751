import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Api } from '../../../static/console/api.ts';
import type { SavedView } from '../../../static/console/boot.ts';
import { Notices } from '../../../static/console/state/notices.ts';
import { Views } from '../../../static/console/state/views.ts';

const VIEW = '0198a000-0000-7000-8000-000000000001';

beforeEach(() => { vi.useFakeTimers(); });

describe('views', () => {
  const view: SavedView = { id: VIEW, name: 'Late', icon: '', filter: { all: [] }, sort: 'waiting', is_shared: true, place: 1 };
  const other = { ...view, id: 'other', name: 'Other', place: 2 };

  function made(held: SavedView[], server: () => SavedView[]): { views: Views; notices: Notices; told: string[]; gone: string[] } {
    const told: string[] = [];
    const gone: string[] = [];
    const send = (method: string) => (path: string, body?: object): Promise<unknown> => {
      told.push(`${method} ${path}${body ? ` ${JSON.stringify(body)}` : ''}`);
      return Promise.resolve({ results: server(), counts: { [VIEW]: 3 } });
    };
    const api = { get: send('GET'), post: send('POST'), put: send('PUT'), remove: send('DELETE') } as unknown as Api;
    const notices = new Notices();
    const views = new Views({
      api, notices, me: 'alice', views: held,
      onChange: (was) => { gone.push(...was.filter((one) => !views.list.peek().some((now) => now.id === one.id)).map((one) => one.id)); },
    });
    return { views, notices, told, gone };
  }

  it('are removed at once, and come back by undo where they were', async () => {
    const { views, notices, told, gone } = made([view, other], () => [other]);
    await views.remove(view);
    expect([views.list.value, gone, told]).toEqual([[other], [VIEW], [`DELETE views/${VIEW}`, 'GET views']]);
    notices.undo();
    expect(told.at(-1)).toBe('POST views {"name":"Late","icon":"","filter":{"all":[]},"sort":"waiting","is_shared":true,"place":1}');
  });

  it('change places, and the server is told all of them', async () => {
    const { views, told } = made([view, other], () => [other, view]);
    await views.move(view, -1);
    expect(told).toEqual([]);
    await views.move(view, 1);
    expect(told[0]).toBe(`PUT views/order {"ids":["other","${VIEW}"]}`);
    expect(views.list.value).toEqual([other, view]);
  });

  it('are asked for anew when everybody\'s or my own changed, not a colleague\'s', async () => {
    const { views, told } = made([], () => [view]);
    views.hear({ type: 'views.changed', operator_id: 'bob' });
    expect(told).toEqual([]);
    views.hear({ type: 'views.changed', operator_id: null });
    await vi.advanceTimersByTimeAsync(2000);
    expect(told).toEqual(['GET views', 'GET views/counts']);
    expect([views.list.value, views.counts.value]).toEqual([[view], { [VIEW]: 3 }]);
  });

  it('are counted not more than every ten seconds', async () => {
    const { views, told } = made([view], () => [view]);
    for (let second = 0; second < 25; second += 1) {
      views.hear({ type: 'unread.changed', conversation_id: 'c1', unread_count: 0, head: 1 });
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(told.length).toBeLessThanOrEqual(3);
  });
});
