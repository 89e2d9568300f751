import { signal } from '@preact/signals-core';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Cursor } from '../../../static/console/state/cursor.ts';

function made(): { cursor: Cursor; opened: string[]; paint: () => void } {
  const open = signal<string | null>('c1');
  const opened: string[] = [];
  const painted: (() => void)[] = [];
  const cursor = new Cursor({
    opened: open,
    open: (id) => {
      opened.push(id);
      open.value = id;
    },
    afterPaint: (then) => { painted.push(then); },
  });
  return { cursor, opened, paint: () => { painted.splice(0).forEach((then) => { then(); }); } };
}

beforeEach(() => { vi.useFakeTimers(); });

describe('the cursor', () => {
  it('stands on what is open', () => {
    expect(made().cursor.id.value).toBe('c1');
  });

  it('moves at once, and opens when that was painted', () => {
    const { cursor, opened, paint } = made();
    cursor.move('c2', 1);
    expect([cursor.id.value, opened]).toEqual(['c2', []]);
    paint();
    expect([cursor.id.value, opened]).toEqual(['c2', ['c2']]);
  });

  it('opens nothing on the way of somebody who runs', () => {
    const { cursor, opened, paint } = made();
    for (const id of ['c2', 'c3', 'c4']) {
      cursor.move(id, 1);
      vi.advanceTimersByTime(100);
    }
    paint();
    expect([cursor.id.value, opened]).toEqual(['c4', []]);
    vi.advanceTimersByTime(50);
    expect(opened).toEqual(['c4']);
    vi.advanceTimersByTime(1000);
    expect(opened).toEqual(['c4']);
  });

  it('opens at once what somebody acts on', () => {
    const { cursor, opened, paint } = made();
    cursor.move('c2', 1);
    cursor.settle();
    expect(opened).toEqual(['c2']);
    paint();
    cursor.settle();
    expect(opened).toEqual(['c2']);
  });

  it('goes where something else was opened', () => {
    const { cursor, opened, paint } = made();
    cursor.move('c2', 1);
    cursor.drop();
    paint();
    vi.advanceTimersByTime(1000);
    expect([cursor.id.value, opened]).toEqual(['c1', []]);
  });
});
