import { signal } from '@preact/signals-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Availability } from '../../../static/console/boot.ts';
import type { KeyValue } from '../../../static/console/state/drafts.ts';
import { IDLE_MS, Idle } from '../../../static/console/state/idle.ts';

class Kept implements KeyValue {
  readonly values = new Map<string, string>();
  getItem(key: string): string | null { return this.values.get(key) ?? null; }
  setItem(key: string, value: string): void { this.values.set(key, value); }
  removeItem(key: string): void { this.values.delete(key); }
}

interface Tab {
  idle: Idle;
  touch: () => void;
}

const availability = signal<Availability>('online');

function tab(storage: KeyValue | null): Tab {
  const page = new EventTarget();
  const idle = new Idle({ owner: 'me', storage, availability, set: (value) => { availability.value = value; } });
  idle.watch(page);
  return { idle, touch: () => { page.dispatchEvent(new Event('keydown')); } };
}

beforeEach(() => {
  vi.useFakeTimers();
  availability.value = 'online';
});
afterEach(() => { vi.useRealTimers(); });

describe('without input', () => {
  it.each([['kept', new Kept()], ['not kept', null]] as const)('one is away after ten minutes, and online again with the next (%s)', (_name, storage) => {
    const { touch } = tab(storage);
    vi.advanceTimersByTime(IDLE_MS - 20_000);
    expect(availability.value).toBe('online');
    vi.advanceTimersByTime(40_000);
    expect(availability.value).toBe('away');
    touch();
    expect(availability.value).toBe('online');
  });

  it('in one tab nobody is away who works in another', () => {
    const storage = new Kept();
    tab(storage);
    const second = tab(storage);
    vi.advanceTimersByTime(IDLE_MS - 60_000);
    second.touch();
    vi.advanceTimersByTime(IDLE_MS - 60_000);
    expect(availability.value).toBe('online');
  });

  it('whoever chose to be away or offline stays so', () => {
    const { idle, touch } = tab(new Kept());
    vi.advanceTimersByTime(IDLE_MS + 20_000);
    idle.chosen();
    touch();
    expect(availability.value).toBe('away');
    availability.value = 'offline';
    vi.advanceTimersByTime(2 * IDLE_MS);
    touch();
    expect(availability.value).toBe('offline');
  });

  it('a page that is opened anew knows that it was away by itself', () => {
    const storage = new Kept();
    tab(storage);
    vi.advanceTimersByTime(IDLE_MS + 20_000);
    tab(storage).touch();
    expect(availability.value).toBe('online');
  });
});
