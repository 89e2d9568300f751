// Draws what the server describes: forms in the thread, the home, articles. What a control does it looks up by name.
import type { ComponentChild } from 'preact';
import { cell } from '../panel/cell.ts';
import type { Described, Properties, Slots } from '../panel/described.ts';
import { jsx } from '../panel/jsx.ts';
import { forms } from '../panel/state.ts';
import { moment } from './words.ts';

/** What stands in the described fields, by their names. */
export const values = cell<Readonly<Record<string, string>>>({});
/** What an answer put into a slot. */
export const slots = cell<Slots>({});
/** Why the form in the thread was refused: the code of the error. */
export const error = cell('');
/** What controls do. */
export const acts: Record<string, (argument: never) => void> = {};
/** Whether they are pressed. */
export const facts: Record<string, (argument: never) => boolean> = {};

/** A form that came with the session. */
export function form(name: string): ComponentChild {
  return forms.value[name]?.map(draw);
}

export function draw(node: Described): ComponentChild {
  if (typeof node === 'string') return node;
  const [tag, { act, on, slot = '', ask, ...properties }, ...children] = node as readonly [string, Properties, ...Described[]];
  const { name, dateTime } = properties;
  const own: Record<string, unknown> = properties;
  if (act) {
    own['type'] = 'button';
    own['data-act'] = act.join();
    own['onClick'] = () => { acts[act[0]]?.(act[1] as never); };
  }
  if (on) own['aria-pressed'] = facts[on[0]]?.(on[1] as never);
  if (name) {
    own['value'] = values.value[name] ?? '';
    own['aria-invalid'] = !!error.value && properties.type === 'email';
    own['onInput'] = ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
      values.value = { ...values.value, [name]: currentTarget.value };
      error.value = '';
      if (ask) acts['ask']?.(ask as never);
    };
  }
  return jsx(tag, { ...own, children: dateTime ? moment(dateTime) : (slots.value[slot] ?? children).map(draw) });
}
