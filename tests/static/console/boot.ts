// What the template would hand over to Alice of Acme.
import type { Boot } from '../../../static/console/boot.ts';
import type { ConversationRow } from '../../../static/shared/types.ts';

export const alice = { id: 'alice', name: 'Alice' };
export const bob = { id: 'bob', name: 'Bob' };

export function boot(rows: ConversationRow[] = [], change: Partial<Boot> = {}): Boot {
  return {
    operator: { ...alice, availability: 'online', email: 'alice@acme.example', role: 'operator', permissions: ['conversations:write'] },
    tenant: { id: 'acme', name: 'Acme', calendar: '', time_zone: 'UTC' },
    tenants: [{ id: 'acme', name: 'Acme', operator_id: 'alice' }],
    inboxes: [{ id: 'i1', name: 'Website', kind: 'widget', colour: '' }],
    operators: [{ ...alice, availability: 'online' }, { ...bob, availability: 'away' }],
    teams: [],
    tags: [{ id: 't1', name: 'billing', colour: '#ff0000' }],
    canned_replies: [],
    macros: [],
    views: [],
    counts: { mine: 0, unassigned: 0, all: 0, pending: 0, snoozed: 0 },
    rows,
    next: null,
    conversation: null,
    csrf_token: 'token',
    language: 'en',
    languages: ['en', 'ar', 'fa', 'lt'],
    urls: {
      inbox: '/inbox/', socket: 'ws://localhost/ws/operator/', api: '/api/v1/', counts: '/inbox/counts/', reports: '/reports/',
      settings: '/settings/', start: '/start/', profile: '/settings/profile/', logout: '/accounts/logout/', switch_tenant: '/switch/',
    },
    ...change,
  };
}

/** A storage that forgets when the test ends. */
export function memory(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const held = new Map<string, string>();
  return {
    getItem: (key) => held.get(key) ?? null,
    setItem: (key, value) => { held.set(key, value); },
    removeItem: (key) => { held.delete(key); },
  };
}
