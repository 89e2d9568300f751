// A menu to type into: filter, arrows, Enter, Escape; the focus goes back to where it came from.
import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { _ } from '../../shared/i18n.ts';
import { folded } from '../../shared/fold.ts';
import { Icon } from './icons.tsx';

export interface Option {
  id: string;
  label: string;
  /** Drawn before the label. */
  mark?: ComponentChildren;
  /** At the end of the line: the resulting date, a shortcut. */
  hint?: string;
  isChecked?: boolean;
  /** Heading above the first option of the same group. */
  group?: string;
  run: () => void;
}

interface PickerProps {
  label: string;
  placeholder: string;
  options: readonly Option[];
  /** What to offer for a text that is no option's name. */
  extra?: (text: string) => Option | null;
  onClose: () => void;
  /** The offer stands below what was found, not above. */
  extraLast?: boolean;
  /** Stay open after a choice: for tags. */
  keepOpen?: boolean;
}

function found(options: readonly Option[], text: string): Option[] {
  const words = folded(text).split(/\s+/).filter(Boolean);
  return options.filter((option) => words.every((word) => folded(option.label).includes(word)));
}

/** Close when the pointer goes down elsewhere, and give the focus back at the end. */
export function useDismiss(onClose: () => void): { current: HTMLDivElement | null } {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    const outside = (event: PointerEvent): void => {
      const target = event.target as Element;
      if (!box.current?.contains(target) && !target.closest('[data-opens]')) onClose();
    };
    document.addEventListener('pointerdown', outside);
    return () => {
      document.removeEventListener('pointerdown', outside);
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return box;
}

export function Picker({ label, placeholder, options, extra, extraLast, onClose, keepOpen }: PickerProps): JSX.Element {
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const box = useDismiss(onClose);
  const more = text ? [extra?.(text) ?? []].flat() : [];
  const shown = extraLast ? [...found(options, text), ...more] : [...more, ...found(options, text)];
  const current = shown[Math.min(active, shown.length - 1)];
  // Before the next key can arrive: whoever types at once loses nothing.
  useLayoutEffect(() => { input.current?.focus(); }, []);
  useLayoutEffect(() => { list.current?.querySelector('[data-active=true]')?.scrollIntoView({ block: 'nearest' }); }, [active, text]);
  const pick = (option: Option): void => {
    option.run();
    if (!keepOpen) onClose();
    setText('');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setActive((Math.min(active, shown.length - 1) + step + shown.length) % Math.max(1, shown.length));
    else if (event.key === 'Enter') { if (current) pick(current); }
    else if (event.key === 'Escape' || event.key === 'Tab') onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="picker menu" ref={box}>
      <input
        ref={input} class="input picker__input" type="text" dir="auto" role="combobox" autoComplete="off"
        aria-label={label} aria-expanded="true" aria-controls="picker-list" aria-autocomplete="list"
        {...(current ? { 'aria-activedescendant': `pick-${shown.indexOf(current)}` } : {})}
        placeholder={placeholder} value={text}
        onInput={(event) => { setText(event.currentTarget.value); setActive(0); }}
        onKeyDown={onKeyDown}
      />
      <div class="picker__list" id="picker-list" role="listbox" aria-label={label} ref={list}>
        {shown.map((option, index) => (
          <div key={option.id} role="presentation">
            {option.group && option.group !== shown[index - 1]?.group && <p class="menu__label" role="presentation">{option.group}</p>}
            <div
              id={`pick-${index}`} class="menu__item" role="option" aria-selected={option === current} data-active={option === current}
              onPointerMove={() => { setActive(index); }}
              onClick={() => { pick(option); }}
            >
              {option.mark}
              <bdi class="grow truncate">{option.label}</bdi>
              {option.hint && <span class="faint small nowrap">{option.hint}</span>}
              {option.isChecked && <><Icon name="check" size={16} /><span class="visually-hidden">{_('chosen')}</span></>}
            </div>
          </div>
        ))}
      </div>
      {shown.length === 0 && <p class="menu__label">{_('Nothing found')}</p>}
    </div>
  );
}
