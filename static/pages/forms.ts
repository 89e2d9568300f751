// Controllers of forms: send once, ask before destroying, keep what was typed, fill in what the browser knows.

import { find, type Controller } from './controller.ts';

/** A second press while a form is on its way does nothing; the pressed button says so. */
export const submit: Controller = (element) => {
  element.addEventListener('submit', (event) => {
    if (element.dataset['sent'] === 'true') {
      event.preventDefault();
      return;
    }
    element.dataset['sent'] = 'true';
    const button = event instanceof SubmitEvent ? event.submitter : null;
    button?.setAttribute('aria-busy', 'true');
  });
  // Back from the browser's cache the page is as it was left: busy for ever.
  addEventListener('pageshow', () => {
    delete element.dataset['sent'];
    for (const button of element.querySelectorAll('[aria-busy]')) {
      button.removeAttribute('aria-busy');
    }
  });
};

/** `data-confirm` is asked before the form is sent. */
export const confirmed: Controller = (element) => {
  element.addEventListener('submit', (event) => {
    if (!confirm(element.dataset['confirm'] ?? '')) {
      event.preventDefault();
    }
  });
};

/** Leaving with changes that were not saved is asked about by the browser. */
export const unsaved: Controller = (element) => {
  let isChanged = false;
  element.addEventListener('input', () => (isChanged = true));
  element.addEventListener('submit', () => (isChanged = false));
  addEventListener('beforeunload', (event) => {
    if (isChanged) {
      event.preventDefault();
    }
  });
};

/** A select that is sent when it is changed; its button is for browsers without script. */
export const autoSubmit: Controller = (element) => {
  find(element, '[data-auto-submit-button]')?.setAttribute('hidden', '');
  element.addEventListener('change', () => {
    if (element instanceof HTMLFormElement) {
      element.requestSubmit();
    }
  });
};

/** Put the browser's time zone into the form. */
export const timeZone: Controller = (element) => {
  const field = element.querySelector<HTMLInputElement>('input[name=time_zone]');
  if (field !== null && field.value === '') {
    field.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
  }
};

const ZEROS = [0x660, 0x6f0]; // Arabic-Indic and Persian digits begin here

/** Return the text with Arabic and Persian digits written as ASCII ones. */
export function asciiDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => {
    const code = digit.charCodeAt(0);
    const zero = ZEROS.find((start) => code >= start && code < start + 10) ?? code;
    return String(code - zero);
  });
}

/** A one-time code: digits of any script, a numeric keyboard, nothing but the code in the way. */
export const code: Controller = (element) => {
  const field = element.querySelector<HTMLInputElement>('input[name=code]');
  if (field === null) {
    return;
  }
  field.dir = 'ltr';
  field.autocomplete = 'one-time-code';
  field.removeAttribute('placeholder');
  field.addEventListener('input', () => {
    const plain = asciiDigits(field.value);
    if (plain !== field.value) {
      field.value = plain;
    }
  });
  field.focus();
};

/** Take the focus when the page opens: what is here was asked for. */
export const focus: Controller = (element) => {
  element.focus();
};

/** A navigation that scrolls sideways on a phone begins where one is. */
export const currentInView: Controller = (element) => {
  element.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
};
