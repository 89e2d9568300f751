// Who is on the site now, where the list of conversations stands otherwise.
import type { JSX } from 'preact';
import { full, languageName, lasting, number } from '../../shared/format.ts';
import { _, ngettext } from '../../shared/i18n.ts';
import type { Visitor } from '../../shared/wire.ts';
import { useApp } from './context.ts';
import { Icon } from './icons.tsx';
import { Skeleton, useLate } from './list.tsx';
import { Avatar, Empty, IconButton, NUMBER } from './small.tsx';

/** Host and path as people read them. */
export function shortAddress(address: string): string {
  if (!URL.canParse(address)) return address;
  const { host, pathname } = new URL(address);
  try {
    return host + decodeURI(pathname);
  } catch {
    return host + pathname;
  }
}

/** The page somebody is on, by its title; the address is one hover or one click away. */
export function PageLink({ visitor }: { visitor: Visitor }): JSX.Element {
  const { page_url: address, page_title: title } = visitor;
  const shown = title ? <span dir="auto">{title}</span> : <bdi class="ltr">{shortAddress(address)}</bdi>;
  if (!address) return <span class="muted">{title ? shown : _('Page unknown')}</span>;
  return <a href={address} target="_blank" rel="noopener noreferrer nofollow" title={shortAddress(address)}>{shown}</a>;
}

function nameOf({ name }: Visitor): string {
  return NUMBER.test(name) ? _('Visitor %(number)s', { number: name }) : name || _('Visitor');
}

function Somebody({ visitor }: { visitor: Visitor }): JSX.Element {
  const app = useApp();
  const { conversation_id: conversation, since } = visitor;
  const seconds = Math.max(0, (app.store.now.value.getTime() - Date.parse(since)) / 1000);
  const name = <bdi class="truncate">{nameOf(visitor)}</bdi>;
  return (
    <li class="visitor" {...(conversation !== null && conversation === app.desk.id.value ? { 'aria-current': 'true' as const } : {})}>
      <Avatar name={visitor.name} seed={visitor.contact_id} />
      <div class="visitor__body">
        <p class="visitor__top">
          {conversation === null ? <span class="visitor__name">{name}</span> : (
            <a
              class="visitor__name visitor__open" href={app.router.href({ conversation })}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                event.preventDefault();
                app.open(conversation);
              }}
            >
              {name}
            </a>
          )}
          <time class="visitor__since" dateTime={since} title={_('On the site since %(time)s', { time: full(since) })}>{lasting(seconds)}</time>
        </p>
        <p class="visitor__page"><Icon name="globe" size={13} /><span class="truncate"><PageLink visitor={visitor} /></span></p>
        <p class="visitor__facts">
          {visitor.language && <span>{languageName(visitor.language)}</span>}
          {conversation !== null && <span class="badge badge--accent"><Icon name="chat" size={12} />{_('Conversation')}</span>}
          {conversation === null && app.can('messages:write') && (
            <button
              type="button" class="button button--small"
              onClick={() => { app.writeTo({ contactId: visitor.contact_id, name: nameOf(visitor), inboxId: visitor.inbox_id, language: visitor.language }); }}
            >
              <Icon name="send" size={14} />{_('Write first')}
            </button>
          )}
        </p>
      </div>
    </li>
  );
}

function Rows(): JSX.Element {
  const { visitors } = useApp();
  const rows = visitors.rows.value;
  const isLate = useLate(!visitors.isKnown.value);
  const more = visitors.total.value - rows.length;
  if (!rows.length) {
    if (!visitors.isKnown.value) return isLate ? <Skeleton /> : <></>;
    return (
      <Empty
        icon="globe" title={_('Nobody is on your site right now')}
        text={_('Whoever has the chat open, or a conversation under way, appears here with the page they are on.')}
      />
    );
  }
  return (
    <div class="rows" tabIndex={0} role="region" aria-label={_('Visitors on the site')}>
      <ul class="visitors">{rows.map((visitor) => <Somebody key={visitor.contact_id} visitor={visitor} />)}</ul>
      {more > 0 && <p class="rows__rest">{ngettext('and %(count)s more', 'and %(count)s more', more, { count: number(more) })}</p>}
    </div>
  );
}

export function Board(): JSX.Element {
  const { visitors, overlay } = useApp();
  return (
    <section class="list" aria-label={_('Visitors')}>
      <header class="list__header">
        <IconButton class="list__nav" icon="menu" label={_('Lists and menu')} onClick={() => { overlay.value = 'nav'; }} />
        <h1 class="list__title truncate">{_('Visitors')}</h1>
        <span class="count count--quiet">{number(visitors.total.value)}</span>
      </header>
      <div class="list__body"><Rows /></div>
    </section>
  );
}
