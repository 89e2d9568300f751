/**
 * The only code of ours that runs in the customer's page: a button in a closed shadow root, and an iframe that is made
 * when somebody means to use it. No cookies, no fonts, no Intl, no console, one global (`Parley`).
 */
import type { Identity, Kept, PanelNews, ToHost, ToPanel } from '../messages.ts';
import css from './loader.css?inline';
import type { ParleyWidget } from './widget.d.ts';

type Command = readonly [name: string, ...values: unknown[]];
type Listener = (detail: unknown) => void;
/** The published types, `on` and `push` as this file sees them; what one has and the other lacks does not compile. */
type Api = Omit<ParleyWidget, 'on' | 'push'> & { on: (name: string, listener: Listener) => void; push: (...commands: Command[]) => void };

const { key, origin, colour, ink, side, language, texts, hidden } = __PARLEY__;
const globals = window as unknown as { Parley?: { open?: unknown } };
const queued = globals.Parley;
const script = document.currentScript;
const { documentElement } = document;
const slot = `parley:${key}`;
const listeners: Record<string, Listener[]> = {};
const host = document.createElement('div');
const root = host.attachShadow({ mode: 'closed' });
const button = document.createElement('button');
const badge = document.createElement('b');

let frame: HTMLIFrameElement | undefined;
let isReady = false;
let isOpen = false;
let unread = 0;
let identity: Identity = {};
let pageOverflow = '';
let kept: Kept = {};

/** Recall what is kept, which another tab may have changed or forgotten, and change it. */
function keep(change?: Kept): void {
  try {
    kept = JSON.parse(localStorage[slot] as string) as Kept;
  } catch {
    // Nothing kept yet, or storage refused: then this page alone remembers.
  }
  if (!change) return;
  kept = { ...kept, ...change };
  try {
    localStorage[slot] = JSON.stringify(kept);
  } catch {
    // As above.
  }
}
keep();

function chosenLanguage(): string {
  for (const wish of [kept.language, script?.dataset['language'], documentElement.lang, ...navigator.languages]) {
    const [code = ''] = (wish ?? '').toLowerCase().split('-');
    if (texts[code]) return code;
  }
  return language;
}

function emit(name: string, detail?: unknown): void {
  for (const listener of listeners[name] ?? []) listener(detail);
}

function post(message: PanelNews): void {
  const { title, referrer } = document;
  const page = { url: location.href, title, referrer };
  if (isReady) frame?.contentWindow?.postMessage({ ...message, page } satisfies ToPanel, origin);
}

function label(): void {
  const name = texts[chosenLanguage()] ?? '';
  const count = String((!isOpen && unread) || '');
  button.ariaLabel = name + (count && ` (${count})`);
  button.ariaExpanded = String(isOpen);
  badge.textContent = count;
  if (frame) frame.title = name;
}

/** Make the panel on the first sign of intent, so that it is there when the click comes. */
function prepare(): void {
  if (frame) return;
  frame = document.createElement('iframe');
  frame.src = `${origin}/widget/${key}/${chosenLanguage()}/`;
  root.append(frame);
  label();
}

function toggle(open: boolean): void {
  if (open === isOpen) return;
  prepare();
  isOpen = open;
  button.classList.toggle('open', open);
  const { style } = documentElement;
  if (open) {
    pageOverflow = style.overflow;
    // The button gives way where the panel covers the page, which then must not scroll behind it.
    if (!button.offsetWidth) style.overflow = 'hidden';
    frame?.focus();
  } else {
    style.overflow = pageOverflow;
    button.focus();
  }
  post({ type: open ? 'open' : 'closed' });
  label();
  emit(open ? 'open' : 'close');
}

function restart(): void {
  frame?.remove();
  frame = undefined;
  isReady = false;
  unread = 0;
  if (isOpen) prepare();
  label();
}

function receive(message: ToHost): void {
  if (message.type === 'ready') {
    isReady = true;
    post({ type: 'init', kept, identity, open: isOpen });
  } else if (message.type === 'keep') {
    keep(message.kept);
    label();
  } else if (message.type === 'close') {
    toggle(false);
  } else {
    if (message.type === 'unread') {
      unread = message.detail;
      label();
    }
    emit(message.type, message.detail);
  }
}

function icon(): SVGElement {
  const make = (name: string): SVGElement => document.createElementNS('http://www.w3.org/2000/svg', name);
  const svg = make('svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  for (const d of ['M12 4c5 0 9 3 9 7s-4 7-9 7a11 11 0 0 1-3 0l-4 3v-5a7 7 0 0 1-2-5c0-4 4-7 9-7M8 11h0m4 0h0m4 0h0', 'm6 9 6 6 6-6']) {
    const path = make('path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}

const api: Api = {
  open: () => { toggle(true); },
  close: () => { toggle(false); },
  show: () => { host.hidden = false; },
  hide: () => {
    toggle(false);
    host.hidden = true;
  },
  identify: (who) => {
    identity = who;
    post({ type: 'identify', identity });
  },
  setLanguage: (wish) => {
    keep({ language: wish });
    restart();
  },
  on: (name, listener) => { (listeners[name] ??= []).push(listener); },
  reset: () => {
    identity = {};
    keep({ handle: '', active: false });
    restart();
  },
  push: (...commands) => {
    for (const [name, ...values] of commands) (api as unknown as Record<string, Listener>)[name]?.(...(values as [unknown]));
  },
};

function mount(): void {
  const sheet = new CSSStyleSheet();
  const at = side === 'start' ? '20px auto' : 'auto 20px';
  sheet.replaceSync(`${css}*{--fill:${colour};--ink:${ink};--at:${at}}`);
  root.adoptedStyleSheets = [sheet];
  button.append(icon(), badge);
  root.append(button);
  host.hidden = !!hidden;
  label();
  document.body.append(host);
  // A finger enters, too, before it taps.
  button.onpointerenter = button.onfocus = prepare;
  button.onclick = () => { toggle(!isOpen); };
  addEventListener('message', (event: MessageEvent<ToHost>) => {
    if (frame && event.source === frame.contentWindow && event.origin === origin) receive(event.data);
  });
  // The keyboard of a phone shrinks what can be seen, which only this page can measure.
  const { visualViewport } = window;
  visualViewport?.addEventListener('resize', () => {
    if (frame) frame.style.cssText = `--height:${visualViewport.height}px;--offset:${visualViewport.offsetTop}px`;
  });
  // A page may show another one by itself; no event tells of it in every browser.
  setInterval(() => { post({ type: 'page' }); }, 1999);
  if (kept.active) setTimeout(prepare, 999);
  if (queued) api.push(...(queued as unknown as Command[]));
}

// A second tag on the page does nothing; what waits for the first is a list.
if (!queued?.open) {
  globals.Parley = api;
  if (document.body as Node | null) mount();
  else addEventListener('DOMContentLoaded', mount);
}
