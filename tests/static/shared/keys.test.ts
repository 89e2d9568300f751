import { describe, expect, it, vi } from 'vitest';
import { Keys, nameOf } from '../../../static/shared/keys.ts';

function press(key: string, change: KeyboardEventInit = {}, target: Element = document.body): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...change });
  Object.defineProperty(event, 'target', { value: target });
  return event;
}

describe('the name of a key', () => {
  it.each([
    ['a Latin letter', press('j', { code: 'KeyJ' }), 'j'],
    ['a Persian letter on the J key', press('ت', { code: 'KeyJ' }), 'j'],
    ['a Russian letter with Shift', press('Г', { code: 'KeyU', shiftKey: true }), 'shift+u'],
    ['a Persian question mark', press('؟', { code: 'Slash', shiftKey: true }), '?'],
    ['a slash wherever the layout has it', press('/', { code: 'Digit7', shiftKey: true }), '/'],
    ['a command', press('k', { code: 'KeyK', ctrlKey: true }), 'mod+k'],
    ['a named key', press('ArrowDown', { code: 'ArrowDown' }), 'arrowdown'],
  ])('%s', (_name, event, wanted) => {
    expect(nameOf(event)).toBe(wanted);
  });
});

describe('shortcuts', () => {
  it('run, and keep the key from the page', () => {
    const keys = new Keys();
    const run = vi.fn();
    keys.add([{ keys: ['j'], label: '', run }]);
    const event = press('j');
    expect(keys.handle(event)).toBe(true);
    expect(event.defaultPrevented).toBe(true);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('leave fields alone unless they are meant for them', () => {
    const keys = new Keys();
    const run = vi.fn();
    keys.add([{ keys: ['j'], label: '', run }, { keys: ['mod+k'], label: '', inFields: true, run }]);
    const field = document.createElement('textarea');
    expect(keys.handle(press('j', {}, field))).toBe(false);
    expect(keys.handle(press('k', { ctrlKey: true }, field))).toBe(true);
  });

  it('leave an input method alone', () => {
    const keys = new Keys();
    const run = vi.fn();
    keys.add([{ keys: ['enter'], label: '', run }]);
    expect(keys.handle(press('Enter', { isComposing: true }))).toBe(false);
    const safari = press('Enter');
    Object.defineProperty(safari, 'keyCode', { value: 229 });
    expect(keys.handle(safari)).toBe(false);
    expect(run).not.toHaveBeenCalled();
  });

  it('may be two keys one after the other', () => {
    const keys = new Keys();
    const go = vi.fn();
    const alone = vi.fn();
    keys.add([{ keys: ['g m'], label: '', run: go }, { keys: ['m'], label: '', run: alone }]);
    keys.handle(press('g'));
    keys.handle(press('m'));
    keys.handle(press('m'));
    expect(go).toHaveBeenCalledTimes(1);
    expect(alone).toHaveBeenCalledTimes(1);
  });

  it('can be switched off where a single key would do', () => {
    const keys = new Keys();
    const single = vi.fn();
    const command = vi.fn();
    keys.add([{ keys: ['e'], label: '', run: single }, { keys: ['mod+k'], label: '', run: command }, { keys: ['escape'], label: '', run: command }]);
    keys.singleKeys = false;
    keys.handle(press('e'));
    keys.handle(press('k', { ctrlKey: true }));
    keys.handle(press('Escape'));
    expect(single).not.toHaveBeenCalled();
    expect(command).toHaveBeenCalledTimes(2);
  });

  it('give the key back when they refuse it', () => {
    const keys = new Keys();
    keys.add([{ keys: ['enter'], label: '', run: () => false }]);
    const event = press('Enter');
    expect(keys.handle(event)).toBe(false);
    expect(event.defaultPrevented).toBe(false);
  });
});
