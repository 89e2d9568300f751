import { beforeAll, describe, expect, it } from 'vitest';
import { formatRoute, parseRoute } from '../../../static/console/state/route.ts';
import { excerpt } from '../../../static/console/state/search.ts';
import { receipts, timeline } from '../../../static/console/state/timeline.ts';
import { browserName } from '../../../static/console/state/contacts.ts';
import { tint } from '../../../static/console/views/small.tsx';
import { initials } from '../../../static/shared/initials.ts';
import { setLocale } from '../../../static/shared/format.ts';
import type { Entry } from '../../../static/shared/outbox.ts';
import { alice, message } from '../shared/samples.ts';

beforeAll(() => { setLocale({ language: 'en', timeZone: 'UTC' }); });

describe('the timeline', () => {
  const kinds = (items: ReturnType<typeof timeline>): string[] => items.map((item) => item.type);

  it('begins each day with a separator and each author with a face', () => {
    const items = timeline([
      message(1), message(2), message(3, alice),
      message(4, alice, { created_at: '2026-11-22T09:00:00Z' }),
    ], [], null);
    expect(kinds(items)).toEqual(['day', 'message', 'message', 'message', 'day', 'message']);
    expect(items.flatMap((item) => (item.type === 'message' ? [item.isFirst] : []))).toEqual([true, false, true, true]);
  });

  it('draws the line above the first unread message and begins a group there', () => {
    const items = timeline([message(1), message(2)], [], 2);
    expect(kinds(items)).toEqual(['day', 'message', 'unread', 'message']);
    expect(items[3]).toMatchObject({ isFirst: true });
  });

  it('never groups a note with a reply', () => {
    const items = timeline([message(1, alice), message(2, alice, { kind: 'note' })], [], null);
    expect(items[2]).toMatchObject({ isFirst: true });
  });

  it('shows a message on its way once, under the key it keeps', () => {
    const entry: Entry = {
      client_id: 'k2', conversation_id: 'c1', kind: 'reply', text: 'Hi', direction: 'ltr', attachments: [],
      created_at: '2026-11-21T09:00:02Z', state: 'sending', error: null,
    };
    const before = timeline([message(1)], [entry], null);
    const after = timeline([message(1), message(2, alice)], [entry], null);
    expect(kinds(before)).toEqual(['day', 'message', 'outgoing']);
    expect(kinds(after)).toEqual(['day', 'message', 'message']);
    expect(after[2]?.key).toBe(before[2]?.key);
  });
});

describe('receipts', () => {
  const ours = [1, 2, 3].map((n) => message(n, alice, { contact_position: n }));

  it('say seen at the last one seen, and how far the last one got', () => {
    expect(receipts(ours, 1, 2)).toEqual({ seen: 'm1', last: 'm3', isDelivered: false });
    expect(receipts(ours, 1, 3)).toEqual({ seen: 'm1', last: 'm3', isDelivered: true });
    expect(receipts(ours, 3, 3)).toEqual({ seen: 'm3', last: null, isDelivered: true });
  });

  it('know nothing of notes', () => {
    expect(receipts([message(1, alice, { kind: 'note', contact_position: null })], 5, 5)).toEqual({ seen: null, last: null, isDelivered: false });
  });
});

describe('the address', () => {
  const id = '01a1ffd3-f0b9-70dd-97cb-4b018fa9cfbc';
  const route = (address: string): ReturnType<typeof parseRoute> => parseRoute(new URL(address, 'http://localhost'), '/inbox/');

  it.each([
    '/inbox/', '/inbox/?view=all', `/inbox/${id}/`, `/inbox/${id}/?view=resolved&inbox=i1&tag=vip&sort=waiting`, `/inbox/${id}/#m12`, '/inbox/?q=where+is',
  ])('%s comes back as it was', (address) => {
    expect(formatRoute(route(address), '/inbox/')).toBe(address);
  });

  it('takes what it does not know for what is usual', () => {
    expect(route('/inbox/?view=everything&sort=up')).toMatchObject({ conversation: null, filter: { view: 'mine', sort: 'newest' } });
    expect(route('/inbox/not-an-id/').conversation).toBeNull();
    expect(route('/inbox/#m3').message).toBeNull();
  });
});

describe('an excerpt', () => {
  it('is cut around the first match and marks every one', () => {
    const text = `${'so many words before '.repeat(5)}the order and the other order`;
    const parts = excerpt(text, 'order');
    expect(parts.filter((part) => part.isMatch).map((part) => part.text)).toEqual(['order', 'order']);
    expect(parts[0]?.text.startsWith('…')).toBe(true);
  });

  it('is not fooled by what means something in a pattern', () => {
    expect(excerpt('cost (in €)', '(in')).toEqual([{ text: 'cost ', isMatch: false }, { text: '(in', isMatch: true }, { text: ' €)', isMatch: false }]);
  });
});

describe('an avatar', () => {
  it('has the colour that the server gives it on other pages', () => {
    // zlib.crc32(b"01a1ffd3-f0b9-70dd-97cb-4b018fa9cfbc") % 8, and of b"".
    expect(tint('01a1ffd3-f0b9-70dd-97cb-4b018fa9cfbc')).toBe(3);
    expect(tint('')).toBe(0);
  });

  it.each([['Vera Jonaitienė', 'VJ'], ['Jean Luc Picard', 'JP'], ['مریم احمدی', 'م'], ['Sara احمدی', 'S'],
    ['ألف (ب)', 'أ'], ['šarūnas', 'Š'], ['"Bob" O’Hara', 'BO'], ['Visitor 7', 'V7'], ['#80700B', '8'], ['– !', ''], ['', '']])('of %j says %j', (name, letters) => {
    expect(initials(name)).toBe(letters);
  });
});

describe('a browser', () => {
  it.each([
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0', 'Edge 142', 'Windows'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1', 'Safari 18', 'iOS'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0', 'Firefox 142', 'Linux'],
    ['curl/8.5', '', ''],
  ])('%s', (agent, browser, system) => {
    expect(browserName(agent)).toEqual({ browser, system });
  });
});
