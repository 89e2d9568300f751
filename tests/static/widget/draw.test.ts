// What the server describes becomes elements; what a control does is looked up by name.
import './document.ts';
import { render } from 'preact';
import { beforeEach, describe, expect, it } from 'vitest';

import { acts, draw, error, slots, values } from '../../../static/widget/more/draw.tsx';
import type { Described } from '../../../static/widget/panel/described.ts';

let root: HTMLElement;

function drawn(...nodes: Described[]): HTMLElement {
  render(nodes.map(draw), root);
  return root;
}

beforeEach(() => {
  root = document.createElement('div');
  document.body.append(root);
  values.value = {};
  slots.value = {};
  error.value = '';
});

describe('draw', () => {
  it('makes elements of nodes and text of text', () => {
    const shown = drawn(['p', { class: 'x', dir: 'auto' }, '<b>', ['strong', {}, 'two']], 'days');
    expect(shown.textContent).toBe('<b>twodays');
    expect(shown.querySelector('p')?.getAttribute('dir')).toBe('auto');
    expect(shown.querySelector('strong')?.textContent).toBe('two');
  });

  it('does what a control names, with its argument, and does not submit', () => {
    const heard: unknown[] = [];
    acts['listen'] = (argument: string) => { heard.push(argument); };
    const button = drawn(['button', { act: ['listen', 'a/b'] }, 'Go']).querySelector('button');
    button?.click();
    expect(heard).toEqual(['a/b']);
    expect([button?.type, button?.dataset['act']]).toEqual(['button', 'listen,a/b']);
  });

  it('does nothing for an action nobody knows', () => {
    drawn(['button', { act: ['fly'] }, 'Go']).querySelector('button')?.click();
    expect(root.textContent).toBe('Go');
  });

  it('keeps what is written in a field and asks while it is written', () => {
    const asked: string[] = [];
    acts['ask'] = (path: string) => { asked.push(path); };
    error.value = 'bad_email';
    const field = drawn(['input', { name: 'query', type: 'search', ask: 'found' }]).querySelector('input');
    if (field) field.value = 'tea';
    field?.dispatchEvent(new Event('input'));
    expect([values.value['query'], asked, error.value]).toEqual(['tea', ['found'], '']);
    expect(drawn(['input', { name: 'query', type: 'search' }]).querySelector('input')?.value).toBe('tea');
  });

  it('marks an address that was refused, and no other field', () => {
    error.value = 'bad_email';
    const shown = drawn(['input', { name: 'name', type: 'text' }], ['input', { name: 'email', type: 'email' }]);
    expect([...shown.querySelectorAll('input')].map((input) => input.getAttribute('aria-invalid'))).toEqual(['false', 'true']);
  });

  it('shows in a slot what an answer put there', () => {
    const place: Described = ['div', { slot: 'found' }, 'before'];
    expect(drawn(place).textContent).toBe('before');
    slots.value = { found: [['b', {}, 'after']] };
    expect(drawn(place).textContent).toBe('after');
    slots.value = { found: [] };
    expect(drawn(place).textContent).toBe('');
  });

  it('tells a moment on the visitor\'s own clock', () => {
    const shown = drawn(['time', { dateTime: new Date().toISOString() }]);
    expect(shown.textContent).toMatch(/^\d\d:\d\d/);
  });
});
