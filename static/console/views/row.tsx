// One conversation in the list: always the same height, everything that helps to decide which one is next.
import type { JSX } from 'preact';
import { count, full, lasting, moment, when } from '../../shared/format.ts';
import { _ } from '../../shared/i18n.ts';
import { directionOf } from '../../shared/text.ts';
import type { ConversationRow } from '../../shared/types.ts';
import { useApp } from './context.ts';
import { Icon } from './icons.tsx';
import { Avatar, priorityName, TagDot } from './small.tsx';

const LATE_S = 300;
const VERY_LATE_S = 1800;

/** How long the contact has been waiting: icon, words and colour, so that none of them carries it alone. */
export function Waiting({ since }: { since: string }): JSX.Element {
  const { now } = useApp().store;
  const seconds = Math.max(0, (now.value.getTime() - Date.parse(since)) / 1000);
  const tone = seconds > VERY_LATE_S ? 'danger' : seconds > LATE_S ? 'warning' : 'accent';
  return (
    <span class={`waiting waiting--${tone}`} title={_('Waiting since %(time)s', { time: full(since) })}>
      <Icon name="clock" size={13} />
      <span class="visually-hidden">{_('Waiting for')}</span> {lasting(seconds)}
    </span>
  );
}

function Snippet({ row }: { row: ConversationRow }): JSX.Element {
  const { drafts } = useApp();
  const last = row.last_message;
  const text = last?.text ?? '';
  return (
    <p class="row__snippet">
      {drafts.marked.value.has(row.id) && <span class="row__draft">{_('Draft')}</span>}
      {last && last.author_kind !== 'contact' && last.author_kind !== 'system' && <span class="row__ours" title={_('Answered')}><Icon name="check" size={13} /></span>}
      <span class="truncate" dir={directionOf(text)}>{text || row.subject || (last ? _('Attachment') : _('No messages yet'))}</span>
    </p>
  );
}

function Facts({ row }: { row: ConversationRow }): JSX.Element {
  const { store } = useApp();
  const operator = row.operator;
  return (
    <p class="row__facts">
      {row.waiting_since && <Waiting since={row.waiting_since} />}
      {row.status === 'snoozed' && row.snoozed_until && (
        <span class="waiting" title={full(row.snoozed_until)}><Icon name="moon" size={13} /> {moment(row.snoozed_until)}</span>
      )}
      {row.status === 'pending' && <span class="badge">{_('Pending')}</span>}
      {(row.priority === 'urgent' || row.priority === 'high') && (
        <span class={`badge badge--${row.priority === 'urgent' ? 'danger' : 'warning'}`}>
          <Icon name="flag" size={12} />{priorityName(row.priority)}
        </span>
      )}
      {row.tags.slice(0, 2).map((tag) => (
        <span class="badge row__tag" key={tag.id}><TagDot colour={tag.colour} /><bdi class="truncate">{tag.name}</bdi></span>
      ))}
      {row.tags.length > 2 && <span class="badge">+{count(row.tags.length - 2)}</span>}
      <span class="grow" />
      {operator && operator.id !== store.me && (
        <span class="row__operator" title={_('Assigned to %(name)s', { name: operator.name })}>
          <span class="visually-hidden">{_('Assigned to %(name)s', { name: operator.name })}</span>
          <Avatar name={operator.name} seed={operator.id} size="small" />
        </span>
      )}
    </p>
  );
}

interface RowProps {
  row: ConversationRow;
  index: number;
  /** Of the whole list; -1 when unknown. */
  size: number;
  top: number;
  isSelected: boolean;
  isGone: boolean;
}

/** Its properties are plain values: a row is drawn again only when one of them, or a signal it reads, has changed. */
export function Row(props: RowProps): JSX.Element {
  const { row } = props;
  const app = useApp();
  const isUnread = row.unread_count > 0;
  return (
    <div
      id={`row-${row.id}`}
      class={`row ${isUnread ? 'row--unread' : ''} ${props.isGone ? 'row--gone' : ''}`}
      role="option"
      aria-selected={props.isSelected}
      aria-setsize={props.size}
      aria-posinset={props.index + 1}
      style={{ transform: `translateY(${props.top}px)` }}
      onClick={() => { app.open(row.id); }}
      onPointerEnter={() => { app.desk.prefetch(row.id); }}
    >
      <Avatar name={row.contact.name} seed={row.contact.id} />
      <div class="row__body">
        <p class="row__top">
          <bdi class="row__name truncate">{row.contact.name}</bdi>
          <time class="row__time" dateTime={row.last_activity_at} title={full(row.last_activity_at)}>
            {when(row.last_activity_at, app.store.now.value)}
          </time>
        </p>
        <div class="row__middle">
          <Snippet row={row} />
          {isUnread && (
            <span class="count"><span aria-hidden="true">{count(row.unread_count)}</span><span class="visually-hidden">{_('%(n)s unread', { n: count(row.unread_count) })}</span></span>
          )}
        </div>
        <Facts row={row} />
      </div>
    </div>
  );
}
