import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../../static/console/api.ts';
import type { Api } from '../../../static/console/api.ts';
import { Notices } from '../../../static/console/state/notices.ts';
import { Offers } from '../../../static/console/state/offers.ts';
import type { Offer } from '../../../static/shared/events.gen.ts';

const OFFER: Offer = {
  id: 'o1', conversation_id: 'c1', operator_id: 'me', team_id: 't1', team_name: 'Help',
  contact: { id: 'v1', name: 'Vera', email: '', is_verified: false }, text: 'Hello', language: 'en', priority: 'none',
  waiting_since: '2026-03-02T09:00:00Z', offered_at: '2026-03-02T09:00:10Z', expires_at: '2026-03-02T09:00:30Z', seconds_left: 20, sender: null, note: '',
};

interface Desk {
  offers: Offers;
  notices: Notices;
  heard: string[];
  opened: string[];
}

function desk(answer: (path: string) => Promise<unknown> = () => Promise.resolve({ results: [] })): Desk {
  const notices = new Notices();
  const heard: string[] = [];
  const opened: string[] = [];
  const api = { get: answer, post: answer } as unknown as Api;
  const offers = new Offers({
    api, notices, me: 'me',
    onNew: (offer) => { heard.push(offer.id); },
    open: (id) => { opened.push(id); },
  });
  return { offers, notices, heard, opened };
}

const made = (offer: Partial<Offer> = {}) => ({ type: 'offer.made' as const, position: null, offer: { ...OFFER, ...offer } });

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

describe('offers', () => {
  it('are those of this operator, each told once', () => {
    const { offers, heard } = desk();
    offers.take(made());
    offers.take(made());
    offers.take(made({ id: 'o2', operator_id: 'bob' }));
    expect([offers.list.value.map((one) => one.id), heard]).toEqual([['o1'], ['o1']]);
  });

  it('count down by this page\'s own clock and go when their time is over', () => {
    const { offers } = desk();
    offers.take(made());
    vi.advanceTimersByTime(5000);
    expect(offers.list.value.map((one) => offers.left(one))).toEqual([15]);
    vi.advanceTimersByTime(15_000);
    expect(offers.list.value).toEqual([]);
  });

  it('open their conversation once accepted, and only once', async () => {
    const asked: string[] = [];
    const { offers, opened } = desk((path) => {
      asked.push(path);
      return Promise.resolve({});
    });
    offers.take(made());
    const [offer] = offers.list.value;
    if (!offer) throw new Error('no offer');
    await Promise.all([offers.accept(offer), offers.accept(offer)]);
    expect([asked, opened, offers.list.value]).toEqual([['offers/o1/accept'], ['c1'], []]);
  });

  it('say why, where they can no longer be accepted', async () => {
    const refusal = new ApiError({ code: 'conflict', detail: 'Bob has this conversation now.', status: 409 });
    const { offers, notices, opened } = desk((path) => (path === 'offers' ? Promise.resolve({ results: [] }) : Promise.reject(refusal)));
    offers.take(made());
    for (const offer of offers.list.value) await offers.accept(offer);
    expect(notices.list.value.map((one) => one.text)).toEqual(['Bob has this conversation now.']);
    expect([opened, offers.list.value]).toEqual([[], []]);
  });

  it.each([
    ['taken', 'Bob took the conversation with Vera.'],
    ['expired', 'The offer of Vera was not accepted in time.'],
    ['withdrawn', 'The offer of Vera was withdrawn.'],
  ] as const)('that are %s say so', (outcome, text) => {
    const { offers, notices } = desk();
    offers.take(made());
    offers.take({ type: 'offer.ended', position: null, offer_id: 'o1', conversation_id: 'c1', operator_id: 'me', outcome, taken_by: 'Bob' });
    expect([offers.list.value, notices.list.value.map((one) => one.text)]).toEqual([[], [text]]);
  });

  it('are those that stand, after a gap', async () => {
    const { offers, heard } = desk(() => Promise.resolve({ results: [{ ...OFFER, id: 'o2' }] }));
    offers.take(made());
    await offers.refresh();
    expect([offers.list.value.map((one) => one.id), heard]).toEqual([['o2'], ['o1', 'o2']]);
  });
});
