import { describe, expect, it } from 'vitest';
import { Store } from '../../../static/console/state/store.ts';
import { Visitors } from '../../../static/console/state/visitors.ts';
import type { Live } from '../../../static/console/state/live.ts';
import type { Visitor } from '../../../static/shared/wire.ts';
import { boot } from './boot.ts';

function visitor(contact_id: string, since = '10:00'): Visitor {
  return { contact_id, inbox_id: 'i1', name: '', language: 'en', page_url: '', page_title: '', since: `2026-11-21T${since}:00Z`, conversation_id: null };
}

/** A board over a server that knows these visitors and counts how often it is asked. */
function board(known: Visitor[]): { visitors: Visitors; asked: () => number } {
  let asked = 0;
  const send = (): Promise<unknown> => {
    asked += 1;
    return Promise.resolve({ visitors: known, contacts_online: known.map((one) => one.contact_id) });
  };
  const live = { transport: { send } } as unknown as Live;
  return { visitors: new Visitors(new Store(boot()), live), asked: () => asked };
}

function ids(visitors: Visitors): string[] {
  return visitors.rows.value.map((one) => one.contact_id);
}

describe('the visitors', () => {
  it('are asked for when somebody looks, and stand newest first', async () => {
    const { visitors, asked } = board([visitor('a', '10:00'), visitor('b', '11:00')]);
    visitors.renew();
    expect(asked()).toBe(0);
    visitors.show(true);
    await Promise.resolve();
    await Promise.resolve();
    expect([ids(visitors), visitors.total.value, visitors.isKnown.value]).toEqual([['b', 'a'], 2, true]);
  });

  it('are asked for again after the connection was away, and nobody who left meanwhile stays', async () => {
    const { visitors, asked } = board([visitor('b')]);
    visitors.put(visitor('a'));
    visitors.show(true);
    visitors.renew();
    await new Promise((resolve) => { setTimeout(resolve, 0); });
    expect([asked(), ids(visitors)]).toEqual([2, ['b']]);
  });

  it('come, go on to other pages and leave', () => {
    const { visitors } = board([]);
    visitors.take({ type: 'visitors.changed', here: [visitor('a'), visitor('b')], gone: [], is_partial: false });
    visitors.take({ type: 'visitors.changed', here: [{ ...visitor('b'), page_title: 'Cups' }], gone: ['a'], is_partial: false });
    expect(visitors.rows.value.map((one) => [one.contact_id, one.page_title])).toEqual([['b', 'Cups']]);
  });
});
