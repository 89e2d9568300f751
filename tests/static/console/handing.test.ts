import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../static/console/api.ts';
import type { Api } from '../../../static/console/api.ts';
import type { OperatorRef } from '../../../static/console/boot.ts';
import { Handing, targets } from '../../../static/console/state/handing.ts';
import type { Target } from '../../../static/console/state/handing.ts';
import { Notices } from '../../../static/console/state/notices.ts';
import { isPinned } from '../../../static/console/state/notifications.ts';
import { Store } from '../../../static/console/state/store.ts';
import { conversationRow } from '../shared/samples.ts';
import { boot } from './boot.ts';

const person = (id: string, availability: OperatorRef['availability'] = 'online'): OperatorRef => ({ id, name: id, availability });
const PEOPLE = [person('me'), person('zoe'), person('bob', 'away'), person('amy'), person('dan', 'offline')];
const TEAMS = [{ id: 't1', name: 'Billing', member_ids: ['zoe', 'bob', 'me'], requires_tag: false }, { id: 't2', name: 'Night', member_ids: ['dan', 'me'], requires_tag: false }];
const ZOE: Target = { kind: 'operator', id: 'zoe', name: 'Zoe', online: 1, availability: 'online', isAway: false };

describe('who can be asked', () => {
  it('to take over: who is online, first, and teams with somebody online', () => {
    const all = targets('transfer', PEOPLE, TEAMS, 'me', 'amy');
    expect(all.map(({ id, isAway, online }) => [id, isAway, online])).toEqual([
      ['zoe', false, 1], ['bob', true, 0], ['dan', true, 0], ['t1', false, 1], ['t2', true, 0],
    ]);
  });

  it('to help: everybody, here or not, and no team', () => {
    expect(targets('invite', PEOPLE, TEAMS, 'me', 'amy').map(({ id, isAway }) => [id, isAway])).toEqual([
      ['amy', false], ['zoe', false], ['bob', false], ['dan', false],
    ]);
  });
});

describe('handing over', () => {
  const setUp = (answer: () => Promise<unknown>): { handing: Handing; notices: Notices; asked: [string, unknown][] } => {
    const asked: [string, unknown][] = [];
    const api = { post: (path: string, body: unknown) => { asked.push([path, body]); return answer(); } } as unknown as Api;
    const notices = new Notices();
    return { handing: new Handing(new Store(boot([conversationRow()])), api, notices), notices, asked };
  };

  it('says to whom, with the note, and what comes next', async () => {
    const { handing, notices, asked } = setUp(() => Promise.resolve(conversationRow({ position: 4 })));
    handing.begin();
    handing.target.value = ZOE;
    handing.note.value = ' She waits ';
    expect(await handing.send('c1')).toBe(true);
    expect(asked).toEqual([['conversations/c1/transfer', { operator_id: 'zoe', note: 'She waits' }]]);
    expect(notices.list.value.map(({ text }) => text)).toEqual(['Zoe has 30 seconds to accept.']);
  });

  it('keeps the dialog, with the reason, when it was refused', async () => {
    const why = new ApiError({ code: 'conflict', detail: 'Zoe is not here now.', status: 409 });
    const { handing, notices } = setUp(() => Promise.reject(why));
    handing.begin();
    handing.target.value = ZOE;
    expect([await handing.send('c1'), handing.problem.value, handing.isSending.value, notices.list.value]).toEqual([false, 'Zoe is not here now.', false, []]);
  });

  it('asks nobody without a target', async () => {
    const { handing, asked } = setUp(() => Promise.resolve(null));
    handing.begin();
    expect([await handing.send('c1'), asked]).toEqual([false, []]);
  });
});

it('a note that came with a conversation stands above it until it is read', () => {
  const told = {
    id: 'n1', kind: 'transfer' as const, conversation_id: 'c1', contact_name: 'Vera', message_id: 'm1', position: 3, text: 'She waits',
    by: { kind: 'operator' as const, id: 'bob', name: 'Bob' }, created_at: '2026-03-02T09:00:00Z', read_at: null,
  };
  expect([told, { ...told, text: '' }, { ...told, read_at: told.created_at }, { ...told, kind: 'mention' as const }].map(isPinned)).toEqual([true, false, false, false]);
});
