import { signal } from '@preact/signals-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Alerts } from '../../../static/console/state/alerts.ts';
import { preferences } from '../../../static/console/state/preferences.ts';
import type { Preferences } from '../../../static/console/state/preferences.ts';
import { Store } from '../../../static/console/state/store.ts';
import type { ConversationRow } from '../../../static/shared/types.ts';
import { alice, at, conversationRow, created } from '../shared/samples.ts';
import { boot } from './boot.ts';

let sounds: number;

class Audio {
  currentTime = 0;
  destination = {};
  resume = (): Promise<void> => Promise.resolve();
  createOscillator(): unknown {
    const tone = { frequency: { value: 0 }, connect: (next: unknown) => next, start: () => { sounds += tone.frequency.value === 660 ? 1 : 0; }, stop: () => undefined };
    return tone;
  }

  createGain(): unknown {
    const gain = { setValueAtTime: () => undefined, linearRampToValueAtTime: () => undefined, exponentialRampToValueAtTime: () => undefined };
    return { gain, connect: (next: unknown) => next };
  }
}

function desk(rows: ConversationRow[], change: Partial<Preferences> = {}): Store {
  const store = new Store(boot(rows));
  const wanted = signal({ ...preferences('alice', null).value, ...change });
  new Alerts(store, wanted, () => null, () => undefined);
  dispatchEvent(new Event('pointerdown'));
  return store;
}

const waiting = conversationRow({ position: 1, unread_count: 1, waiting_since: at(1) });

beforeEach(() => {
  sounds = 0;
  vi.useFakeTimers();
  vi.stubGlobal('AudioContext', Audio);
  const icon = document.createElement('link');
  icon.rel = 'icon';
  icon.href = '/p.svg';
  Object.assign(icon.dataset, { plain: '/p.svg', unread: '/u.svg' });
  document.head.replaceChildren(icon);
  document.title = 'Inbox';
});

afterEach(() => { vi.unstubAllGlobals(); });

describe('alerts', () => {
  it('sound once for a message, and no more', () => {
    const store = desk([conversationRow()]);
    store.take([created(1)]);
    expect(sounds).toBe(1);
    vi.advanceTimersByTime(120_000);
    expect(sounds).toBe(1);
  });

  it('sound every half minute until somebody has answered, to whoever wants it', () => {
    const store = desk([waiting], { soundAgain: true });
    vi.advanceTimersByTime(91_000);
    expect(sounds).toBe(3);
    store.take([created(2, alice)]);
    vi.advanceTimersByTime(60_000);
    expect(sounds).toBe(3);
  });

  it('leave in peace whoever is away, and whoever wants to hear of their own alone', () => {
    const store = desk([waiting], { soundAgain: true });
    store.take([{ type: 'operator.availability_changed', position: null, operator_id: 'alice', availability: 'away' }]);
    desk([waiting], { soundAgain: true, onlyMine: true });
    vi.advanceTimersByTime(60_000);
    expect(sounds).toBe(0);
  });

  it('mark the tab while something is unread', () => {
    const icon = (): string | null => document.querySelector('link')?.getAttribute('href') ?? null;
    const store = desk([waiting]);
    expect([document.title, icon()]).toEqual(['(1) Inbox', '/u.svg']);
    store.take([created(2, alice)]);
    expect([document.title, icon()]).toEqual(['Inbox', '/p.svg']);
  });
});
