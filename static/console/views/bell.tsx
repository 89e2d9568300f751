// What this operator was told: a bell with a number, and the list behind it.
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { count, moment } from '../../shared/format.ts';
import { _, ngettext } from '../../shared/i18n.ts';
import type { Notification } from '../../shared/events.gen.ts';
import { sentence } from '../state/notifications.ts';
import { useApp } from './context.ts';
import { Icon } from './icons.tsx';
import { Avatar, Sentence } from './small.tsx';

function One({ told }: { told: Notification }): JSX.Element {
  const app = useApp();
  const isUnread = told.read_at === null;
  return (
    <li>
      <button type="button" class={`bell__one ${isUnread ? 'bell__one--unread' : ''}`} onClick={() => { app.together.open(told); }}>
        <Avatar name={told.by.name} seed={told.by.id ?? told.by.name} size="small" />
        <span class="bell__words">
          <span>
            {isUnread && <span class="visually-hidden">{_('Unread:')} </span>}
            <Sentence text={sentence({ ...told, by: { ...told.by, name: '%(name)s' }, contact_name: '%(contact)s' })} parts={{ name: told.by.name, contact: told.contact_name }} />
          </span>
          {told.text && <span class="bell__text muted small" dir="auto">{told.text}</span>}
          <time class="faint small" dateTime={told.created_at}>{moment(told.created_at)}</time>
        </span>
      </button>
    </li>
  );
}

function Panel(): JSX.Element {
  const { notifications } = useApp().together;
  const list = notifications.list.value;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => { box.current?.focus(); }, []);
  return (
    <div class="menu rail__menu bell__menu" id="bell" role="group" aria-label={_('Notifications')} tabIndex={-1} ref={box}>
      <div class="bell__head">
        <h2>{_('Notifications')}</h2>
        <button type="button" class="button button--ghost button--small" disabled={notifications.unread.value === 0} onClick={() => { notifications.readAll(); }}>
          <Icon name="checks" size={16} />{_('Mark all as read')}
        </button>
      </div>
      {list.length > 0
        ? <ul class="bell__list">{list.map((told) => <One key={told.id} told={told} />)}</ul>
        : <p class="menu__label">{_('Nobody has asked for you yet. Whoever writes @ and your name in a private note does.')}</p>}
    </div>
  );
}

export function Bell(): JSX.Element {
  const app = useApp();
  const { bell, notifications } = app.together;
  const unread = notifications.unread.value;
  const isOpen = bell.value;
  const box = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    const outside = (event: PointerEvent): void => {
      if (!box.current?.contains(event.target as Node)) bell.value = false;
    };
    document.addEventListener('pointerdown', outside);
    return () => { document.removeEventListener('pointerdown', outside); };
  }, [isOpen]);
  const label = unread > 0
    ? ngettext('Notifications, %(count)s unread', 'Notifications, %(count)s unread', unread, { count: count(unread) })
    : _('Notifications');
  return (
    <div
      class="rail__me bell" ref={box}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return;
        event.stopPropagation();
        bell.value = false;
        opener.current?.focus();
      }}
    >
      {isOpen && <Panel />}
      <button
        ref={opener} type="button" class="button button--ghost button--icon" aria-label={label} title={`${label} (G N)`}
        aria-expanded={isOpen} {...(isOpen ? { 'aria-controls': 'bell' } : {})} onClick={() => { bell.value = !isOpen; }}
      >
        <Icon name="bell" size={20} />
        {unread > 0 && <span class="bell__count" aria-hidden="true">{unread > 99 ? `${count(99)}+` : count(unread)}</span>}
      </button>
    </div>
  );
}
