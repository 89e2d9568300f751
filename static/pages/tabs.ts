// Tabs over panels of one form: without script all panels show, one below the other.

import type { Controller } from './controller.ts';

/** Show the panel of the chosen tab; arrows, Home and End move between tabs. `[data-tabs-chosen]` keeps the choice. */
export const tabs: Controller = (element) => {
  const list = element.querySelector<HTMLElement>('[role=tablist]');
  const buttons = [...element.querySelectorAll<HTMLElement>('[role=tab]')];
  const chosen = element.querySelector<HTMLInputElement>('[data-tabs-chosen]');
  if (list === null) {
    return;
  }

  const choose = (button: HTMLElement): void => {
    for (const other of buttons) {
      const isChosen = other === button;
      other.setAttribute('aria-selected', String(isChosen));
      other.tabIndex = isChosen ? 0 : -1;
      document.getElementById(other.getAttribute('aria-controls') ?? '')?.toggleAttribute('hidden', !isChosen);
    }
    if (chosen !== null) {
      chosen.value = button.dataset['tab'] ?? '';
    }
    button.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    element.dispatchEvent(new CustomEvent('tab-chosen', { bubbles: true }));
  };

  list.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[role=tab]') : null;
    if (button !== null) {
      choose(button);
    }
  });
  list.addEventListener('keydown', (event) => {
    const at = buttons.findIndex((button) => button === event.target);
    const to = target(event.key, at, buttons.length, getComputedStyle(list).direction === 'rtl');
    const button = to === null ? undefined : buttons[to];
    if (at >= 0 && button !== undefined) {
      event.preventDefault();
      choose(button);
      button.focus();
    }
  });

  list.hidden = false;
  const first = buttons.find((button) => button.getAttribute('aria-selected') === 'true') ?? buttons[0];
  if (first !== undefined) {
    choose(first);
  }
};

/** Return the index of the tab a key leads to, or null: arrows go along the line, round the ends. */
export function target(key: string, at: number, count: number, isRightToLeft: boolean): number | null {
  const forward = isRightToLeft ? 'ArrowLeft' : 'ArrowRight';
  const back = isRightToLeft ? 'ArrowRight' : 'ArrowLeft';
  switch (key) {
    case forward:
      return (at + 1) % count;
    case back:
      return (at - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
