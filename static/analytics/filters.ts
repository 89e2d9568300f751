// Filters apply by themselves; the button is for those without scripts.
import type { Locale } from './spec.ts';
import { html } from './svg.ts';

export function filters(form: HTMLFormElement, locale: Locale): void {
  form.classList.add('filters--alive');
  const compare = form.querySelector<HTMLInputElement>('[data-compare]');
  const hidden = form.querySelector<HTMLInputElement>('input[type="hidden"][name="compare"]');
  form.addEventListener('change', (event) => {
    const field = event.target;
    if (field instanceof HTMLInputElement && field.type === 'date') return;
    if (compare && hidden) hidden.value = compare.checked ? '' : 'none';
    form.requestSubmit(form.querySelector<HTMLButtonElement>('.filters__apply'));
  });
  // An address that can be read: what is not chosen is not in it, and a period is in it once.
  form.addEventListener('submit', (event) => {
    const isCustom = event.submitter instanceof HTMLButtonElement && event.submitter.name === 'period';
    const kept = form.querySelector<HTMLInputElement>('[data-kept]');
    if (kept && isCustom) kept.disabled = true;
    const wantsDays = isCustom || kept?.value === 'custom';
    for (const field of form.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select')) {
      if (field.value === '' || (!wantsDays && 'day' in field.dataset)) field.disabled = true;
    }
  });
  window.addEventListener('pageshow', () => {
    for (const field of form.querySelectorAll<HTMLInputElement>('input, select')) field.disabled = false;
  });
  if (locale.calendar !== 'gregory') for (const day of form.querySelectorAll<HTMLInputElement>('[data-day]')) inWords(day, locale);
}

/** A native date field speaks the Gregorian calendar only: say the day in the reader's own below it. */
function inWords(field: HTMLInputElement, locale: Locale): void {
  const digits = locale.language.startsWith('fa') ? 'arabext' : 'latn';
  const format = new Intl.DateTimeFormat(`${locale.language}-u-ca-${locale.calendar}-nu-${digits}`, { dateStyle: 'long', timeZone: 'UTC' });
  const hint = html('span', { class: 'field__hint', 'aria-live': 'polite' });
  const say = (): void => {
    const at = field.valueAsDate;
    hint.textContent = at ? format.format(at) : '';
  };
  field.after(hint);
  field.addEventListener('input', say);
  say();
}
