import { describe, expect, it } from 'vitest';
import {
  condition, conditionsOf, depthOf, fromWire, group, isTimely, isWhole, likeList, replaced, toWire, turned,
} from '../../../static/console/state/view_tree.ts';

const WIRE = {
  all: [
    { field: 'status', op: 'is', value: ['open'] },
    { any: [{ field: 'tag', op: 'has_not', value: ['t1'] }, { field: 'waiting', op: 'over', value: 30 }] },
  ],
};

describe('the tree of a view', () => {
  it('comes from the API and goes back as it was', () => {
    const tree = fromWire(WIRE);
    expect(toWire(tree)).toEqual(WIRE);
    expect([depthOf(tree), conditionsOf(tree).length, isTimely(tree)]).toEqual([2, 3, true]);
    expect(new Set(conditionsOf(tree).map((one) => one.key)).size).toBe(3);
  });

  it('has a part replaced, and one taken out', () => {
    const tree = fromWire(WIRE);
    const open = condition('unread', 'is', false);
    expect(toWire(replaced(tree, [1, 0], open))).toEqual({
      all: [WIRE.all[0], { any: [{ field: 'unread', op: 'is', value: false }, { field: 'waiting', op: 'over', value: 30 }] }],
    });
    expect(toWire(replaced(tree, [0], null))).toEqual({ all: [WIRE.all[1]] });
    expect(toWire(tree)).toEqual(WIRE);
  });

  it('loses a group with its last condition, but never the outermost', () => {
    const tree = group([group([condition()])]);
    expect(toWire(replaced(tree, [0, 0], null))).toEqual({ all: [] });
  });

  it('is whole when everything is chosen', () => {
    expect(isWhole(fromWire(WIRE))).toBe(true);
    expect(isWhole(group([]))).toBe(false);
    expect(isWhole(group([condition('status')]))).toBe(false);
    expect(isWhole(group([condition('contact')]))).toBe(false);
    expect(isWhole(group([condition('waiting', 'over', 0)]))).toBe(false);
    expect(isWhole(group([condition('unread', 'is', false)]))).toBe(true);
    expect(isWhole(group(Array.from({ length: 21 }, () => condition('unread'))))).toBe(false);
  });

  it('keeps a value that still fits, and no other', () => {
    const before = condition('status', 'is', ['open']);
    expect(turned(before, 'status', 'is_not').value).toEqual(['open']);
    expect(turned(before, 'priority', 'is').value).toEqual([]);
    expect(turned(condition('created', 'within_days', 3), 'created', 'before').value).toBe('');
    expect(turned(condition('created', 'before', '2026-01-01'), 'created', 'after').value).toBe('2026-01-01');
  });

  it('begins like the list on show', () => {
    expect(toWire(likeList('mine'))).toEqual({
      all: [{ field: 'status', op: 'is', value: ['open'] }, { field: 'operator', op: 'is', value: ['me'] }],
    });
    expect(toWire(likeList('snoozed'))).toEqual({ all: [{ field: 'status', op: 'is', value: ['snoozed'] }] });
  });
});
