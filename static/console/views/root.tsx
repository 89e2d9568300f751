// The three panes, the notices, and what a screen reader hears.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { _, ngettext } from '../../shared/i18n.ts';
import { number } from '../../shared/format.ts';
import { shortcuts } from '../shortcuts.ts';
import { Board } from './board.tsx';
import { ContactPane } from './contact.tsx';
import { useApp } from './context.ts';
import { Conversation } from './conversation.tsx';
import { HandingSheet } from './handing.tsx';
import { toggleContact } from './header.tsx';
import { Icon } from './icons.tsx';
import { ListView } from './list.tsx';
import { MacroSheet } from './macro_sheet.tsx';
import { OfferCards } from './offers.tsx';
import { OutboundSheet } from './outbound.tsx';
import { Rail } from './rail.tsx';
import { Sheets } from './sheets.tsx';
import { Sidebar, viewName } from './sidebar.tsx';
import { IconButton } from './small.tsx';
import { ViewSheet } from './view_sheet.tsx';

const OFFLINE_AFTER_MS = 1500;
const WIDTHS = { least: 17, most: 34, step: 1 };

/** Whether the browser itself says that there is no network; a dead socket takes longer to notice. */
function useNetwork(): boolean {
  const [isThere, setThere] = useState(navigator.onLine);
  useEffect(() => {
    const look = (): void => { setThere(navigator.onLine); };
    addEventListener('online', look);
    addEventListener('offline', look);
    return () => {
      removeEventListener('online', look);
      removeEventListener('offline', look);
    };
  }, []);
  return isThere;
}

/** Said only when it lasts: a socket that comes back within a moment is nobody's business. */
function Offline(): JSX.Element | null {
  const app = useApp();
  const connection = app.live.connection.value;
  const isWell = useNetwork() && connection === 'online';
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (isWell) {
      setShown(false);
      return;
    }
    const timer = setTimeout(() => { setShown(true); }, OFFLINE_AFTER_MS);
    return () => { clearTimeout(timer); };
  }, [isWell]);
  if (!shown) return null;
  const waiting = app.desk.outbox.entries.length;
  if (connection === 'refused') {
    return (
      <div class="offline offline--refused" role="alert">
        <Icon name="warn" size={16} /><span>{_('You have been logged out. What you wrote is kept.')}</span>
        <a class="button button--small" href={location.href}>{_('Log in again')}</a>
      </div>
    );
  }
  return (
    <div class="offline" role="status">
      <Icon name="warn" size={16} />
      <span>
        {_('No connection. You can go on writing; it is sent when the connection is back.')}
        {waiting > 0 && ` ${ngettext('%(count)s message is waiting.', '%(count)s messages are waiting.', waiting, { count: number(waiting) })}`}
      </span>
      <button type="button" class="button button--small" onClick={app.live.transport.hurry}>{_('Connect now')}</button>
    </div>
  );
}

function Toasts(): JSX.Element {
  const { notices } = useApp();
  return (
    <div class="toasts" role="status" aria-live="polite">
      {notices.list.value.map((notice) => (
        <div
          key={notice.id} class={`toast toast--${notice.tone}`}
          onPointerEnter={() => { notices.keep(notice.id); }} onPointerLeave={() => { notices.leave(notice.id); }}
          onFocusIn={() => { notices.keep(notice.id); }} onFocusOut={() => { notices.leave(notice.id); }}
        >
          <span class="grow" dir="auto">{notice.text}</span>
          {notice.action && (
            <button type="button" class="button button--small" onClick={() => { notice.action?.run(); notices.dismiss(notice.id); }}>{notice.action.label}</button>
          )}
          <IconButton small icon="close" label={_('Dismiss')} onClick={() => { notices.dismiss(notice.id); }} />
        </div>
      ))}
    </div>
  );
}

/** One voice for everything: the open conversation's new messages with their sender, the others as a number. */
function Announcer(): JSX.Element {
  const { desk, list } = useApp();
  const last = desk.thread.value?.messages.at(-1);
  const opened = useRef({ id: desk.id.value, position: last?.position ?? 0 });
  const [text, setText] = useState('');
  useEffect(() => {
    const before = opened.current;
    const position = last?.position ?? 0;
    opened.current = { id: desk.id.value, position };
    const isNew = before.id === desk.id.value && before.position > 0 && position > before.position;
    if (isNew && last?.kind === 'reply' && last.author.kind === 'contact') setText(`${last.author.name}: ${last.text}`);
  }, [desk.id.value, last?.id]);
  const waiting = list.waiting.value;
  useEffect(() => {
    if (waiting > 0) setText(ngettext('%(count)s new conversation', '%(count)s new conversations', waiting, { count: number(waiting) }));
  }, [waiting]);
  return <div class="visually-hidden" aria-live="polite" role="log" aria-label={_('News')}>{text}</div>;
}

/** The line between list and conversation: drag it, or move it with the arrow keys. */
function Divider(): JSX.Element {
  const { preferences } = useApp();
  const width = preferences.value.listWidth;
  const set = (rem: number): void => {
    preferences.value = { ...preferences.peek(), listWidth: Math.min(WIDTHS.most, Math.max(WIDTHS.least, rem)) };
  };
  const towards = (): 1 | -1 => (document.documentElement.dir === 'rtl' ? -1 : 1);
  return (
    <div
      class="resize" role="separator" tabIndex={0} aria-orientation="vertical" aria-label={_('Width of the list')}
      aria-valuenow={Math.round(width)} aria-valuemin={WIDTHS.least} aria-valuemax={WIDTHS.most}
      onKeyDown={(event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        set(width + step * towards() * WIDTHS.step);
        event.preventDefault();
        event.stopPropagation();
      }}
      onPointerDown={(event) => { event.currentTarget.setPointerCapture(event.pointerId); }}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
        const edge = event.currentTarget.previousElementSibling?.getBoundingClientRect();
        if (edge) set((towards() === 1 ? event.clientX - edge.left : edge.right - event.clientX) / rem);
      }}
    />
  );
}

export function Root(): JSX.Element {
  const app = useApp();
  useEffect(() => app.keys.add(shortcuts(app, { toggleContact: () => { toggleContact(app); }, viewName })), []);
  const isOpen = app.desk.id.value !== null;
  const hasContact = isOpen && app.preferences.value.contactPane;
  return (
    <div
      class={`console ${isOpen ? 'console--open' : ''} ${hasContact ? 'console--contact' : ''}`}
      data-connection={app.live.connection.value}
      style={{ '--list-width': `${app.preferences.value.listWidth}rem` }}
    >
      <Offline />
      <Rail />
      <Sidebar />
      <main class="console__main">
        {app.router.route.value.isBoard ? <Board /> : <ListView />}
        <Divider />
        <Conversation />
      </main>
      {isOpen && (hasContact || app.overlay.value === 'contact') && <ContactPane />}
      <OfferCards />
      <Toasts />
      <Announcer />
      <Sheets />
      {app.sheet.value === 'outbound' && <OutboundSheet />}
      {app.sheet.value === 'macro' && <MacroSheet />}
      {app.sheet.value === 'view' && <ViewSheet />}
      {app.sheet.value === 'handing' && <HandingSheet />}
    </div>
  );
}
