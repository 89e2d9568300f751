// The business hours editor: more or fewer times a day, holidays, and hiding what the chosen mode does not use.

import { find, type Controller } from './controller.ts';

export const hours: Controller = (element) => {
  const week = find(element, '[data-hours-week]');
  const holidays = find(element, '[data-hours-holidays]');
  const zone = find(element, '[data-hours-zone]');

  const show = (): void => {
    const mode = element.querySelector<HTMLInputElement>('input[name=hours_mode]:checked')?.value;
    week?.toggleAttribute('hidden', mode !== 'weekly');
    holidays?.toggleAttribute('hidden', mode !== 'weekly');
    zone?.toggleAttribute('hidden', mode !== 'weekly');
  };

  element.addEventListener('change', show);
  element.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>('button') : null;
    if (button?.hasAttribute('data-hours-add')) {
      addSlot(button);
    } else if (button?.hasAttribute('data-hours-add-date')) {
      addDate(element, button);
    } else if (button?.hasAttribute('data-hours-remove')) {
      remove(button);
    }
    if (button !== null) {
      element.dispatchEvent(new Event('input', { bubbles: true }));
    }
  });
  show();
};

function copyOf(template: HTMLElement | null): HTMLElement | null {
  const first = template instanceof HTMLTemplateElement ? template.content.firstElementChild : null;
  return first instanceof HTMLElement ? (first.cloneNode(true) as HTMLElement) : null;
}

function addSlot(button: HTMLElement): void {
  const day = button.closest<HTMLElement>('[data-hours-day]');
  const slot = day && copyOf(find(day, '[data-hours-template]'));
  const closed = day && find(day, '[data-hours-closed]');
  if (!slot || !closed) {
    return;
  }
  const [start, end] = slot.querySelectorAll('input');
  if (start && end && closed.previousElementSibling === null) {
    start.value = '09:00';
    end.value = '17:00';
  }
  closed.before(slot);
  closed.hidden = true;
  start?.focus();
}

function addDate(element: HTMLElement, button: HTMLElement): void {
  const date = copyOf(find(element, '[data-hours-date-template]'));
  if (date !== null) {
    button.before(date);
    date.querySelector('input')?.focus();
  }
}

function remove(button: HTMLElement): void {
  const day = button.closest<HTMLElement>('[data-hours-day]');
  button.closest('[data-hours-slot]')?.remove();
  if (day === null) {
    return;
  }
  const closed = find(day, '[data-hours-closed]');
  closed?.toggleAttribute('hidden', find(day, '[data-hours-slots] [data-hours-slot]') !== null);
  find(day, '[data-hours-add]')?.focus();
}
