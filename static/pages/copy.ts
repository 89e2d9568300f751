// Copying a snippet or a key.

import { find, type Controller } from './controller.ts';

const SHOWN_MS = 2000;

/** `data-copy-button` puts the text of `data-copy-text` onto the clipboard and says so. */
export const copy: Controller = (element) => {
  const text = find(element, '[data-copy-text]');
  const label = find(element, '[data-copy-label]');
  const status = find(element, '[data-copy-status]');
  const usual = label?.textContent ?? '';
  find(element, '[data-copy-button]')?.addEventListener('click', () => {
    if (text === null) {
      return;
    }
    void write(text).then((isCopied) => {
      if (!isCopied) {
        return;
      }
      const copied = element.dataset['copied'] ?? '';
      if (label !== null) {
        label.textContent = copied;
      }
      if (status !== null) {
        status.textContent = copied;
      }
      setTimeout(() => {
        if (label !== null) {
          label.textContent = usual;
        }
        if (status !== null) {
          status.textContent = '';
        }
      }, SHOWN_MS);
    });
  });
};

/** Tell whether it was copied. Without leave to write (or over plain HTTP) it is selected: Ctrl+C is enough. */
async function write(text: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text.textContent);
    return true;
  } catch {
    getSelection()?.selectAllChildren(text);
    return false;
  }
}
