// The small scripts of the server-made pages, in a document.
import { afterEach, describe, expect, it, vi } from 'vitest';

import { show } from '../../../static/pages/checklist.ts';
import { bindControllers } from '../../../static/pages/controller.ts';
import { copy } from '../../../static/pages/copy.ts';
import { asciiDigits, code, confirmed, submit, timeZone } from '../../../static/pages/forms.ts';
import { hours } from '../../../static/pages/hours.ts';
import { lookUp } from '../../../static/pages/look_up.ts';
import { momentOf, setPageLocale } from '../../../static/pages/moments.ts';
import { popover } from '../../../static/pages/popover.ts';

function page(html: string): HTMLElement {
  const parsed = new DOMParser().parseFromString(`<body>${html}</body>`, 'text/html');
  document.body.replaceChildren(...parsed.body.childNodes);
  return document.body.firstElementChild as HTMLElement;
}

function one(selector: string): HTMLElement {
  return document.querySelector<HTMLElement>(selector) as HTMLElement;
}

afterEach(() => {
  vi.restoreAllMocks();
  document.body.replaceChildren();
});

describe('bindControllers', () => {
  it('runs each named controller once, however often the page is bound', () => {
    page('<p data-controller="a b"></p>');
    const ran: string[] = [];
    const controllers = { a: () => void ran.push('a'), b: () => void ran.push('b') };
    bindControllers(document, controllers);
    bindControllers(document, controllers);
    expect(ran).toEqual(['a', 'b']);
  });

  it('throws for a name nobody wrote', () => {
    page('<p data-controller="nothing"></p>');
    expect(() => { bindControllers(document, {}); }).toThrow('no controller is called nothing');
  });
});

describe('forms', () => {
  it('are sent once', () => {
    const form = page('<form><button>Send</button></form>');
    submit(form);
    const events = [1, 2].map(() => new SubmitEvent('submit', { cancelable: true, bubbles: true }));
    for (const event of events) form.dispatchEvent(event);
    expect(events.map((event) => event.defaultPrevented)).toEqual([false, true]);
  });

  it('ask before they destroy', () => {
    const form = page('<form data-confirm="Remove?"></form>');
    confirmed(form);
    vi.stubGlobal('confirm', () => false);
    const event = new SubmitEvent('submit', { cancelable: true });
    form.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(true);
    vi.unstubAllGlobals();
  });

  it('carry the time zone of the browser', () => {
    const form = page('<form><input name="time_zone" value=""></form>');
    timeZone(form);
    expect(form.querySelector('input')?.value).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone);
  });

  it('take codes in any digits', () => {
    expect(asciiDigits('۱۲۳ ٤٥٦ 789')).toBe('123 456 789');
    const form = page('<form><input name="code"></form>');
    code(form);
    const field = form.querySelector('input') as HTMLInputElement;
    field.value = '۱۲۳۴۵۶';
    field.dispatchEvent(new Event('input'));
    expect(field.value).toBe('123456');
  });
});

describe('copy', () => {
  const html = `<div data-copied="Copied"><code data-copy-text>the key</code>
    <button data-copy-button><span data-copy-label>Copy</span></button><span data-copy-status></span></div>`;

  it('puts the text onto the clipboard and says so', async () => {
    const element = page(html);
    const writeText = vi.fn(() => Promise.resolve());
    vi.stubGlobal('navigator', { clipboard: { writeText } });
    copy(element);
    one('[data-copy-button]').click();
    await vi.waitFor(() => { expect(one('[data-copy-label]').textContent).toBe('Copied'); });
    expect(writeText).toHaveBeenCalledWith('the key');
    expect(one('[data-copy-status]').textContent).toBe('Copied');
    vi.unstubAllGlobals();
  });

  it('claims nothing when the browser refuses', async () => {
    const element = page(html);
    vi.stubGlobal('navigator', { clipboard: { writeText: () => Promise.reject(new Error('no')) } });
    copy(element);
    one('[data-copy-button]').click();
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(one('[data-copy-label]').textContent).toBe('Copy');
    vi.unstubAllGlobals();
  });
});

describe('hours', () => {
  const html = `<form>
    <input type="radio" name="hours_mode" value="always" checked>
    <input type="radio" name="hours_mode" value="weekly">
    <div data-hours-week><div data-hours-day="mon">
      <div data-hours-slots><span data-hours-closed>Closed</span></div>
      <button type="button" data-hours-add>+</button>
      <template data-hours-template><span data-hours-slot><input name="mon_start"><input name="mon_end"><button type="button" data-hours-remove>x</button></span></template>
    </div></div>
    <div data-hours-holidays><button type="button" data-hours-add-date>+</button>
      <template data-hours-date-template><span data-hours-slot><input name="holiday"></span></template></div>
  </form>`;

  it('shows the week only when times are chosen', () => {
    hours(page(html));
    expect(one('[data-hours-week]').hidden).toBe(true);
    document.querySelector<HTMLInputElement>('[value=always]')?.removeAttribute('checked');
    one('[value=weekly]').click();
    expect(one('[data-hours-week]').hidden).toBe(false);
    expect(one('[data-hours-holidays]').hidden).toBe(false);
  });

  it('adds and removes times of a day', () => {
    hours(page(html));
    one('[data-hours-add]').click();
    one('[data-hours-add]').click();
    const starts = [...document.querySelectorAll<HTMLInputElement>('[name=mon_start]')].map((field) => field.value);
    expect(starts).toEqual(['09:00', '']);
    expect(one('[data-hours-closed]').hidden).toBe(true);
    one('[data-hours-remove]').click();
    one('[data-hours-remove]').click();
    expect(document.querySelectorAll('[data-hours-slot]')).toHaveLength(0);
    expect(one('[data-hours-closed]').hidden).toBe(false);
  });

  it('adds holidays', () => {
    hours(page(html));
    one('[data-hours-add-date]').click();
    expect(document.querySelectorAll('[name=holiday]')).toHaveLength(1);
  });
});

describe('checklist', () => {
  it('marks what is done, opens what is next and says so', () => {
    const element = page(`<div>
      <progress data-checklist-progress max="2" value="0"></progress>
      <span data-checklist-count data-text="{done} of {total} done"></span>
      <p data-checklist-news data-text="Done: {step}"></p>
      <div data-checklist-finished hidden></div>
      <p data-checklist-waiting></p><p data-checklist-seen hidden><b data-checklist-host></b></p>
      <li data-step="install" data-done="false" data-title="Install"><details open></details></li>
      <li data-step="hello" data-done="false" data-title="Hello"><details></details></li></div>`);
    show(element, { steps: { install: true, hello: false }, seen_host: 'shop.example' });
    expect(one('[data-step=install]').dataset['done']).toBe('true');
    expect(one('[data-step=hello] details').hasAttribute('open')).toBe(true);
    expect(one('[data-checklist-count]').textContent).toBe('1 of 2 done');
    expect(one('[data-checklist-news]').textContent).toBe('Done: Install');
    expect(one('[data-checklist-host]').textContent).toBe('shop.example');
    expect(one('[data-checklist-finished]').hidden).toBe(true);
    show(element, { steps: { install: true, hello: true }, seen_host: 'shop.example' });
    expect(one('[data-checklist-finished]').hidden).toBe(false);
  });
});

describe('moments and menus', () => {
  it('writes a date in the calendar and digits of the page', () => {
    document.documentElement.lang = 'fa';
    document.documentElement.dataset['calendar'] = 'persian';
    document.documentElement.dataset['timeZone'] = 'Asia/Tehran';
    setPageLocale();
    const element = page('<time datetime="2026-03-21T12:00:00+00:00" data-kind="date">2026-03-21</time>');
    momentOf(element);
    expect(element.textContent).toBe('۱ فروردین ۱۴۰۵');
  });

  it('closes a menu by Escape and by a press elsewhere', () => {
    const menu = page('<details open><summary>Me</summary></details>') as HTMLDetailsElement;
    popover(menu);
    menu.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    expect(menu.open).toBe(false);
    menu.open = true;
    document.dispatchEvent(new Event('pointerdown'));
    expect(menu.open).toBe(false);
  });
});

describe('looking a setting up', () => {
  const shown = (): string[] => [...document.querySelectorAll<HTMLElement>('a:not([hidden])')].map((link) => link.textContent);
  const type = (text: string): void => {
    const field = one('input') as HTMLInputElement;
    field.value = text;
    field.dispatchEvent(new Event('input'));
  };

  it('leaves the pages that are about every word, in any script, and follows the first by Enter', () => {
    const nav = page(`<nav><input type="search">
      <div data-group><a href="#general" data-words="time zone, holidays">General</a></div>
      <div data-group><a href="#teams" data-words="holidays, routing">Teams</a><a href="#tags" data-words="رنگ‌ها">برچسب‌ها</a></div>
      <p data-none hidden>None</p></nav>`);
    lookUp(nav);
    type('HOLI zone');
    expect([shown(), one('[data-group]:last-of-type').hidden]).toEqual([['General'], true]);
    type('برچسبها');
    expect(shown()).toEqual(['برچسب‌ها']);
    let followed = '';
    one('a:not([hidden])').addEventListener('click', (event) => {
      event.preventDefault();
      followed = (event.currentTarget as HTMLAnchorElement).getAttribute('href') ?? '';
    });
    one('input').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', cancelable: true }));
    expect(followed).toBe('#tags');
  });

  it('says when there is none, and Escape brings all back', () => {
    lookUp(page('<nav><input type="search"><a href="#a" data-words="">General</a><p data-none hidden>None</p></nav>'));
    type('teapot');
    expect([shown(), one('[data-none]').hidden]).toEqual([[], false]);
    one('input').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', cancelable: true }));
    expect([shown(), one('[data-none]').hidden]).toEqual([['General'], true]);
  });
});
