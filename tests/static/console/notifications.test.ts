import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../static/console/api.ts';
import type { Api } from '../../../static/console/api.ts';
import { Notices } from '../../../static/console/state/notices.ts';
import { Notifications, sentence } from '../../../static/console/state/notifications.ts';
import type { Notification } from '../../../static/shared/events.gen.ts';

const MENTION: Notification = {
  id: 'n1', kind: 'mention', conversation_id: 'c1', contact_name: 'Vera', message_id: 'm1', position: 3, text: '@Alice look',
  by: { kind: 'operator', id: 'bob', name: 'Bob' }, created_at: '2026-03-02T09:00:00Z', read_at: null,
};

interface Desk {
  notifications: Notifications;
  notices: Notices;
  heard: string[];
  asked: [string, unknown][];
}

function desk(answer: () => Promise<unknown> = () => Promise.resolve({ results: [], unread_count: 0 })): Desk {
  const notices = new Notices();
  const heard: string[] = [];
  const asked: [string, unknown][] = [];
  const api = { get: answer, post: (path: string, body: unknown) => { asked.push([path, body]); return answer(); } } as unknown as Api;
  const notifications = new Notifications({ api, notices, onNew: (one) => { heard.push(one.id); } });
  return { notifications, notices, heard, asked };
}

const made = (change: Partial<Notification> = {}, unread_count = 1) =>
  ({ type: 'notification.made' as const, operator_id: 'me', notification: { ...MENTION, ...change }, unread_count });

describe('notifications', () => {
  it('come newest first, each told once', () => {
    const { notifications, heard } = desk();
    notifications.take(made());
    notifications.take(made());
    notifications.take(made({ id: 'n2' }, 2));
    expect([notifications.list.value.map(({ id }) => id), notifications.unread.value, heard]).toEqual([['n2', 'n1'], 2, ['n1', 'n2']]);
  });

  it('are read at once and told to the server', () => {
    const { notifications, asked } = desk();
    notifications.take(made());
    notifications.read('n1');
    notifications.read('n1');
    expect([notifications.unread.value, notifications.list.value[0]?.read_at === null, asked]).toEqual([0, false, [['notifications/n1/read', {}]]]);
  });

  it('of the open conversation are read together, and nothing is said when there is none', () => {
    const { notifications, asked } = desk();
    notifications.take(made());
    notifications.take(made({ id: 'n2', conversation_id: 'c2' }, 2));
    notifications.readOf('c3');
    notifications.readOf('c1');
    expect([notifications.unread.value, asked]).toEqual([1, [['notifications/read', { conversation_id: 'c1' }]]]);
  });

  it('that were read on another page are read here', () => {
    const { notifications } = desk();
    notifications.take(made());
    notifications.take(made({ id: 'n2' }, 2));
    notifications.take({ type: 'notification.read', operator_id: 'me', notification_ids: ['n1'], unread_count: 1 });
    expect(notifications.list.value.map(({ read_at }) => read_at === null)).toEqual([true, false]);
    notifications.take({ type: 'notification.read', operator_id: 'me', notification_ids: [], unread_count: 0 });
    expect(notifications.list.value.every(({ read_at }) => read_at !== null)).toBe(true);
  });

  it('that the server did not take are as they were', async () => {
    const gone = new ApiError({ code: 'offline', detail: '', status: 0 });
    let isDown = true;
    const { notifications, notices } = desk(() => (isDown ? Promise.reject(gone) : Promise.resolve({ results: [MENTION], unread_count: 1 })));
    notifications.take(made());
    const before = notifications.unread.value;
    notifications.readAll();
    isDown = false;
    await new Promise((resolve) => { setTimeout(resolve); });
    expect([before, notifications.unread.value, notices.list.value.length]).toEqual([1, 1, 1]);
  });

  it('say what happened', () => {
    expect(sentence(MENTION)).toBe('Bob mentioned you in the conversation with Vera');
  });
});
