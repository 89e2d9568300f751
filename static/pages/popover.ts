// A menu made of <details>: closes by Escape, by a click elsewhere, and when the focus leaves it.

import type { Controller } from './controller.ts';

export const popover: Controller = (element) => {
  if (!(element instanceof HTMLDetailsElement)) {
    return;
  }
  const close = (): void => {
    element.open = false;
  };
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && element.open) {
      event.stopPropagation();
      close();
      element.querySelector('summary')?.focus();
    }
  });
  element.addEventListener('focusout', (event) => {
    if (event.relatedTarget instanceof Node && !element.contains(event.relatedTarget)) {
      close();
    }
  });
  document.addEventListener('pointerdown', (event) => {
    if (event.target instanceof Node && !element.contains(event.target)) {
      close();
    }
  });
};
