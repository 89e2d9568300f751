// Writing an article: its marks by buttons and keys, its pictures, and what visitors will read beside it.

import { _ } from '../shared/i18n.ts';
import { drawn, type ArticleNode } from './article_nodes.ts';
import { find, type Controller } from './controller.ts';
import { marked } from './marks.ts';

const PAUSE = 250; // ms after the last letter
const KEYS: Readonly<Record<string, string>> = { b: 'strong', i: 'em', k: 'link' };

/** `data-preview` and `data-pictures` of the form are where a text is drawn and a picture is kept. */
export const article: Controller = (element) => {
  const form = element as HTMLFormElement;
  form.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  for (const panel of form.querySelectorAll<HTMLElement>('[data-article-text]')) {
    bind(form, panel);
  }
};

function bind(form: HTMLFormElement, panel: HTMLElement): void {
  const body = panel.querySelector<HTMLTextAreaElement>('[data-article-body]');
  const title = panel.querySelector<HTMLInputElement>('input[type=text]');
  const marks = find(panel, '[data-article-marks]');
  if (body === null || title === null || marks === null) {
    return;
  }
  marks.hidden = false;
  marks.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-mark]') : null;
    if (button !== null) {
      mark(body, button.dataset['mark'] ?? '');
    }
  });
  body.addEventListener('keydown', (event) => {
    const name = event.ctrlKey || event.metaKey ? KEYS[event.key.toLowerCase()] : undefined;
    if (name !== undefined) {
      event.preventDefault();
      mark(body, name);
    }
  });
  preview(form, panel, { title, body });
  pictures(form, panel, body);
}

function mark(body: HTMLTextAreaElement, name: string): void {
  const made = marked(name, { text: body.value, start: body.selectionStart, end: body.selectionEnd });
  body.value = made.text;
  body.focus();
  body.setSelectionRange(made.start, made.end);
  body.dispatchEvent(new Event('input', { bubbles: true }));
}

async function asked(form: HTMLFormElement, url: string, fields: Readonly<Record<string, string | Blob>>): Promise<Response> {
  const sent = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    sent.append(name, value);
  }
  const token = form.querySelector<HTMLInputElement>('input[name=csrfmiddlewaretoken]')?.value ?? '';
  return fetch(url, { method: 'POST', body: sent, headers: { 'X-CSRFToken': token } });
}

interface Written {
  readonly title: HTMLInputElement;
  readonly body: HTMLTextAreaElement;
}

/** Draw the text a moment after the last letter; an answer that was overtaken is dropped. */
function preview(form: HTMLFormElement, panel: HTMLElement, { title, body }: Written): void {
  const pane = find(panel, '[data-article-preview]');
  const heading = find(panel, '[data-preview-title]');
  const drawing = find(panel, '[data-preview-body]');
  if (pane === null || heading === null || drawing === null) {
    return;
  }
  let timer = 0;
  let latest = 0;
  const draw = async (): Promise<void> => {
    const number = ++latest;
    try {
      const answer = await asked(form, form.dataset['preview'] ?? '', { body: body.value });
      if (answer.ok && number === latest) {
        drawing.replaceChildren(drawn(((await answer.json()) as { nodes: ArticleNode[] }).nodes));
      }
    } catch {
      // Away from the network one goes on writing; the next letter tries again.
    }
  };
  const name = (): void => {
    heading.textContent = title.value;
  };
  title.addEventListener('input', name);
  body.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void draw(), PAUSE);
  });
  pane.hidden = false;
  name();
  if (body.value !== '') {
    void draw();
  }
}

function pictures(form: HTMLFormElement, panel: HTMLElement, body: HTMLTextAreaElement): void {
  const field = panel.querySelector<HTMLInputElement>('[data-article-picture]');
  const refusal = find(panel, '[data-article-refusal]');
  const keep = async (file: File): Promise<void> => {
    const told = await upload(form, file);
    if (refusal !== null) {
      refusal.textContent = told.refusal;
      refusal.hidden = told.refusal === '';
    }
    if (told.markdown !== '') {
      body.setRangeText(told.markdown, body.selectionStart, body.selectionEnd, 'end');
      body.focus();
      body.dispatchEvent(new Event('input', { bubbles: true }));
    }
  };
  field?.addEventListener('change', () => {
    const file = field.files?.[0];
    field.value = '';
    if (file !== undefined) {
      void keep(file);
    }
  });
  body.addEventListener('paste', (event) => {
    const file = event.clipboardData?.files[0];
    if (file?.type.startsWith('image/') === true) {
      event.preventDefault();
      void keep(file);
    }
  });
}

async function upload(form: HTMLFormElement, file: File): Promise<{ markdown: string; refusal: string }> {
  const failed = { markdown: '', refusal: _('The picture was not uploaded. Please try again.') };
  try {
    const answer = await asked(form, form.dataset['pictures'] ?? '', { file });
    const told = (await answer.json()) as { id?: string; name?: string; detail?: string };
    if (told.id !== undefined) {
      return { markdown: `![${(told.name ?? '').replace(/[[\]]/g, '')}](image:${told.id})`, refusal: '' };
    }
    return told.detail === undefined ? failed : { markdown: '', refusal: told.detail };
  } catch {
    return failed;
  }
}
