// Finding a page of the settings by what is on it.

import { folded } from '../shared/fold.ts';
import { find } from './controller.ts';
import type { Controller } from './controller.ts';

/** A navigation with a search field: only links stay that are about every word typed; Enter follows the first. */
export const lookUp: Controller = (element) => {
  const field = element.querySelector<HTMLInputElement>('input[type=search]');
  if (!field) return;
  const links = [...element.querySelectorAll<HTMLAnchorElement>('a[data-words]')];
  const about = links.map((link) => folded(`${link.textContent} ${link.dataset['words'] ?? ''}`));
  const show = (): void => {
    const wanted = folded(field.value).split(/\s+/).filter(Boolean);
    links.forEach((link, index) => { link.hidden = !wanted.every((word) => about[index]?.includes(word)); });
    for (const group of element.querySelectorAll<HTMLElement>('[data-group]')) {
      group.hidden = group.querySelector('a:not([hidden])') === null;
    }
    find(element, '[data-none]')?.toggleAttribute('hidden', links.some((link) => !link.hidden));
  };
  field.addEventListener('input', show);
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') links.find((link) => !link.hidden)?.click();
    else if (event.key === 'Escape' && field.value) {
      field.value = '';
      show();
    } else return;
    event.preventDefault();
  });
};
