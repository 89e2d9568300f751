// Moments in the page's language, calendar and time zone. The server writes them plainly, for browsers without script.

import { moment, setLocale, shortDate } from '../shared/format.ts';
import type { Controller } from './controller.ts';

/** Take language, calendar and zone from `<html>`. Call it once, before controllers are bound. */
export function setPageLocale(): void {
  const { lang, dataset } = document.documentElement;
  const zone = dataset['timeZone'];
  setLocale({
    language: lang || 'en',
    ...(zone ? { timeZone: zone } : {}),
    ...(dataset['calendar'] ? { calendar: dataset['calendar'] } : {}),
  });
}

/** `<time datetime data-kind="moment|date">` */
export const momentOf: Controller = (element) => {
  const at = element.getAttribute('datetime');
  if (at !== null) {
    element.textContent = element.dataset['kind'] === 'date' ? shortDate(at) : moment(at);
  }
};
