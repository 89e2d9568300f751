import { setCatalogue } from '../../shared/i18n.ts';
import type { Page, ToPanel } from '../messages.ts';
import { afterChange, identify, outbox, start } from './client.ts';
import { render } from 'preact';
import { onChange } from './cell.ts';
import { config } from './config.ts';
import { listen, post } from './host.ts';
import type { More } from './more.ts';
import { kit } from './kit.ts';
import './panel.css';
import './thread.css';
import { takeLink } from './session.ts';
import { draft, isLost, isOpen, more } from './state.ts';
import { forget, store, stored } from './storage.ts';
import { Composer, focusComposer } from './views/composer.tsx';
import { Header } from './views/header.tsx';
import { settleScroll, Thread } from './views/thread.tsx';

let page: Page | undefined;

function connect(where: Page): void {
  page = where;
  start(page);
}

function opened(): void {
  isOpen.value = true;
  // On a phone the keyboard would come uninvited.
  if (matchMedia('(pointer: coarse)').matches) document.getElementById('title')?.focus();
  else focusComposer();
  afterChange();
}

function receive(message: ToPanel): void {
  switch (message.type) {
    case 'init':
      // The host's copy outlives ours where frames may keep nothing; where both are kept, the host's is the newer.
      if (message.kept.handle === '') {
        forget();
        draft.value = '';
      }
      store({ kept: { ...stored.kept, ...message.kept } });
      identify(message.identity);
      // Not before: somebody else's messages would go out as this visitor's.
      void outbox.restore();
      if (message.open) opened();
      if (message.open || message.kept.active) connect(message.page);
      break;
    case 'open':
      opened();
      connect(message.page);
      break;
    case 'page':
      if (page && page.url !== message.page.url) connect(message.page);
      break;
    case 'closed':
      isOpen.value = false;
      break;
    case 'identify':
      identify(message.identity);
  }
}

const { style } = document.documentElement;
style.setProperty('--fill', config.colour);
style.setProperty('--on-fill', config.ink);
style.setProperty('--accent', `light-dark(${config.accent.join()})`);
setCatalogue(config.language, config.strings);
takeLink();
document.body.className = config.mode;
onChange(() => {
  render(<><Header /><Thread /><Composer /></>, document.body);
  settleScroll();
});
addEventListener('resize', settleScroll);
document.addEventListener('visibilitychange', afterChange);
addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.defaultPrevented) post({ type: 'close' });
});
listen(receive);
// The second half finds what it shares with the first here; a script in the document cannot be imported.
(globalThis as { parleyKit?: unknown }).parleyKit = kit;

async function fetchMore(): Promise<void> {
  try {
    more.value = ((await import(/* @vite-ignore */ config.more)) as { default: More }).default;
  } catch {
    isLost.value = true;
    setTimeout(() => void fetchMore(), 5_000);
    return;
  }
  if (page) start(page);
}
void fetchMore();
