// The conversation itself. It opens at the first unread message, stays at the bottom while one reads there, and never
// jumps while one reads further up.
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { day, number } from '../../shared/format.ts';
import { _, ngettext } from '../../shared/i18n.ts';
import type { ConversationRow } from '../../shared/types.ts';
import { receipts, timeline } from '../state/timeline.ts';
import type { Item, Receipts } from '../state/timeline.ts';
import { useApp } from './context.ts';
import { Icon } from './icons.tsx';
import { useLate } from './list.tsx';
import { Bubble, Line, OutgoingBubble } from './message.tsx';
import { Sentence } from './small.tsx';

/** As near to the end as this counts as being there, in pixels. */
const NEAR = 48;
const OLDER_AT = 240;

/** Pixels below the last line on the screen, by conversation, so that coming back is coming back. */
const places = new Map<string, number>();

function receiptOf(id: string, all: Receipts): 'seen' | 'delivered' | 'sent' | null {
  if (all.seen === id) return 'seen';
  if (all.last !== id) return null;
  return all.isDelivered ? 'delivered' : 'sent';
}

function Entry({ item, all, target }: { item: Item; all: Receipts; target: number | null }): JSX.Element {
  const { store } = useApp();
  switch (item.type) {
    case 'day':
      return <p class="divider"><span>{day(item.at, store.now.value)}</span></p>;
    case 'unread':
      return <p class="divider divider--unread" id="first-unread"><span>{_('New')}</span></p>;
    case 'line':
      return <Line message={item.message} />;
    case 'outgoing':
      return <OutgoingBubble entry={item.entry} />;
    case 'message':
      return (
        <Bubble
          message={item.message} isFirst={item.isFirst} isLast={item.isLast}
          isTarget={item.message.position === target} receipt={receiptOf(item.message.id, all)}
        />
      );
  }
}

function Typing(): JSX.Element | null {
  const typing = useApp().desk.typing.value[0];
  if (!typing) return null;
  return (
    <p class="typing">
      <span class="typing__dots" aria-hidden="true"><i /><i /><i /></span>
      <Sentence text={_('%(name)s is typing')} parts={{ name: typing.name }} />
    </p>
  );
}

interface Place {
  box: { current: HTMLDivElement | null };
  /** Whether new messages pull the thread along. */
  stuck: { current: boolean };
  toEnd: () => void;
}

/** Older messages came in above: what is being read stays in place. */
function useSteady({ box, stuck }: Place, items: readonly Item[], id: string): void {
  const held = useRef({ id: '', first: '', scroll: 0 });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const first = items.find((item) => item.type === 'message' || item.type === 'line')?.key ?? '';
    const before = held.current;
    if (before.id === id && before.first && before.first !== first && !stuck.current) {
      element.scrollTop += element.scrollHeight - before.scroll;
    }
    held.current = { id, first, scroll: element.scrollHeight };
  }, [items]);
}

/** Opening: the linked message, else the first unread one, else where it was left, else the end. */
function usePlacing({ box, stuck, toEnd }: Place, items: readonly Item[], id: string, onPlaced: () => void): void {
  const { desk, router } = useApp();
  const placed = useRef('');
  const { message } = router.route.value;
  const unreadFrom = desk.unreadFrom.value;
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || !items.length) return;
    if (message !== null) stuck.current = false;
    else if (placed.current !== id) {
      placed.current = id;
      const below = places.get(id) ?? 0;
      element.scrollTop = element.scrollHeight - element.clientHeight - below;
      stuck.current = below < NEAR;
      onPlaced();
    } else if (stuck.current) toEnd();
  }, [items, id]);
  useLayoutEffect(() => {
    if (unreadFrom === null || message !== null) return;
    box.current?.querySelector('#first-unread')?.scrollIntoView({ block: 'center' });
    onPlaced();
  }, [unreadFrom, id]);
  useEffect(() => {
    if (message === null) return;
    void desk.reach(message).then(() => {
      requestAnimationFrame(() => {
        placed.current = id;
        box.current?.querySelector(`#m${message}`)?.scrollIntoView({ block: 'center' });
      });
    });
  }, [message, id]);
}

/** Everything about where the thread is scrolled to. */
function useScroll(row: ConversationRow, items: readonly Item[], last: number): Place & { atEnd: boolean; onScroll: () => void } {
  const { desk } = useApp();
  const box = useRef<HTMLDivElement>(null);
  const stuck = useRef(true);
  const [atEnd, setAtEnd] = useState(true);
  const toEnd = (): void => {
    stuck.current = true;
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  };
  const onScroll = (): void => {
    const element = box.current;
    if (!element) return;
    const below = element.scrollHeight - element.scrollTop - element.clientHeight;
    stuck.current = below < NEAR;
    setAtEnd(stuck.current);
    places.set(row.id, below);
    if (stuck.current && row.unread_count > 0) desk.seen(last);
    if (element.scrollTop < OLDER_AT) void desk.older();
  };
  const place: Place = { box, stuck, toEnd };
  useSteady(place, items, row.id);
  usePlacing(place, items, row.id, onScroll);
  // The composer grows, a window changes, a picture arrives: the end stays the end.
  useEffect(() => {
    const observer = new ResizeObserver(() => { if (stuck.current) toEnd(); });
    if (box.current) {
      observer.observe(box.current);
      if (box.current.firstElementChild) observer.observe(box.current.firstElementChild);
    }
    return () => { observer.disconnect(); };
  }, [row.id]);
  return { ...place, atEnd, onScroll };
}

/** Messages of the contact that came while the reader was further up. */
function useMissed(row: ConversationRow, last: number, atEnd: boolean): number {
  const { desk } = useApp();
  const [from, setFrom] = useState(last);
  useEffect(() => { if (atEnd) setFrom(last); }, [atEnd, last, row.id]);
  return (desk.thread.value?.messages ?? []).filter((one) => one.position > from && one.kind !== 'event').length;
}

function Skeleton(): JSX.Element {
  return (
    <div class="thread__skeleton" aria-hidden="true">
      {[60, 40, 75, 30].map((width, index) => (
        <span key={width} class="skeleton" style={{ inlineSize: `${width}%`, alignSelf: index % 2 ? 'end' : 'start' }} />
      ))}
    </div>
  );
}

export function Thread({ row }: { row: ConversationRow }): JSX.Element {
  const app = useApp();
  const { desk, router } = app;
  const thread = desk.thread.value;
  const messages = thread?.messages;
  const outgoing = desk.outgoing.value;
  const unreadFrom = desk.unreadFrom.value;
  const items = useMemo(() => timeline(messages ?? [], outgoing, unreadFrom), [messages, outgoing, unreadFrom]);
  const all = useMemo(
    () => receipts(messages ?? [], row.contact_read_position, row.contact_delivered_position),
    [messages, row.contact_read_position, row.contact_delivered_position],
  );
  const last = thread?.position ?? 0;
  const { box, atEnd, toEnd, onScroll } = useScroll(row, items, last);
  const missed = useMissed(row, last, atEnd);
  const late = useLate(!thread);
  // Newly arrived while looking at the end, or the window came to the front: it was seen.
  useEffect(() => {
    const look = (): void => {
      if (atEnd && last > 0 && row.unread_count > 0) desk.seen(last);
    };
    look();
    addEventListener('focus', look);
    return () => { removeEventListener('focus', look); };
  }, [last, atEnd, row.id, row.unread_count]);
  return (
    <div class="thread">
      <div class="thread__scroll" ref={box} onScroll={onScroll} tabIndex={0} role="log" aria-label={_('Messages')} aria-live="off">
        <div class="thread__items">
          {desk.loadingOlder.value && <p class="thread__older"><span class="spinner" /></p>}
          {thread && !thread.hasMore && <p class="thread__start">{_('This is where the conversation begins.')}</p>}
          {items.map((item) => <Entry key={item.key} item={item} all={all} target={router.route.value.message} />)}
          <Typing />
        </div>
      </div>
      {late && <Skeleton />}
      {!atEnd && (
        <button type="button" class="pill thread__pill" onClick={toEnd}>
          <Icon name="down" size={14} />
          {missed > 0 ? ngettext('%(count)s new message', '%(count)s new messages', missed, { count: number(missed) }) : _('To the newest')}
        </button>
      )}
    </div>
  );
}
