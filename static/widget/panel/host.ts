// The other side of the frame: the loader in the host page. As a page of its own the panel keeps house itself.
import type { Kept, ToHost, ToPanel } from '../messages.ts';
import { config } from './config.ts';
import { stored, store } from './storage.ts';

let origin = '';

/** Tell the loader; before it has spoken only `ready`, which says nothing about anybody, goes out. */
export function post(message: ToHost): void {
  if (config.mode === 'frame') parent.postMessage(message, message.type === 'ready' ? '*' : origin || '/');
}

/** Keep a choice on both sides: the host's storage outlives ours where frames may keep nothing. */
export function keep(kept: Kept): void {
  store({ kept: { ...stored.kept, ...kept } });
  post({ type: 'keep', kept });
}

/** Listen to the page that embeds this frame, to nobody else. */
export function listen(receive: (message: ToPanel) => void): void {
  if (config.mode === 'page') {
    const page = { url: location.origin + location.pathname, title: document.title, referrer: document.referrer };
    receive({ type: 'init', kept: {}, page, identity: {}, open: true });
    return;
  }
  addEventListener('message', (event: MessageEvent<ToPanel | null>) => {
    if (event.source !== parent || (origin && event.origin !== origin) || typeof event.data?.type !== 'string') return;
    origin = event.origin;
    receive(event.data);
  });
  post({ type: 'ready' });
}
