// Logging out from a page beside the inbox.

import { wipeLeftovers } from '../shared/leftovers.ts';
import type { Controller } from './controller.ts';

/** The log-out form: first goes what the inbox kept of the person's unsent words (`data-owners`: tenant:operator, ...). */
export const leave: Controller = (element) => {
  const form = element as HTMLFormElement;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const owners = (form.dataset['owners'] ?? '').split(/\s+/).filter(Boolean);
    void wipeLeftovers(owners).finally(() => { form.submit(); });
  });
};
