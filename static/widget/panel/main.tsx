import { setCatalogue } from '../../shared/i18n.ts';
import type { ToPanel } from '../messages.ts';
import { afterChange, identify, outbox, start } from './client.ts';
import { render } from 'preact';
import type { VNode } from 'preact';
import { onChange } from './cell.ts';
import { config } from './config.ts';
import { listen, post } from './host.ts';
import type { More } from './more.ts';
import { kit } from './kit.ts';
import './panel.css';
import './thread.css';
import { takeLink } from './session.ts';
import { draft, isChat, isLost, isOpen, more, page } from './state.ts';
import { forget, store, stored } from './storage.ts';
import { openUnread } from './switch.ts';
import { Composer, takeFocus } from './views/composer.tsx';
import { Header } from './views/header.tsx';
import { settleScroll, Thread } from './views/thread.tsx';

function opened(): void {
  isOpen.value = true;
  openUnread();
  more.value?.refresh();
  takeFocus();
  afterChange();
}

/** Where articles stand alone there is nothing to write in. */
function Main(): VNode {
  const Screen = more.value?.Screen ?? 'main';
  return isChat.value ? <><Thread />{config.help_mode !== 'help_only' && <Composer />}</> : <Screen />;
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
      if (message.open || message.kept.active) start(message.page);
      break;
    case 'open':
      opened();
      start(message.page);
      break;
    case 'page':
      if (page.value && page.value.url !== message.page.url) start(message.page);
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
  render(<><Header /><Main /></>, document.body);
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
  if (page.value) start(page.value);
}
void fetchMore();
