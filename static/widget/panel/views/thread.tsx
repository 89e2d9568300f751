import type { ComponentChild, VNode } from 'preact';
import { _ } from '../../../shared/i18n.ts';
import type { Message } from '../../../shared/types.ts';
import { afterChange } from '../client.ts';
import { config } from '../config.ts';
import { announcement, atEnd, current, isLost, messages, more, state, waiting } from '../state.ts';
import { DOWN, Icon } from './icon.tsx';
import { Bubble, Progress, Turn, Waiting } from './message.tsx';

/** Messages of one person within this time are one turn. */
const TURN = 5 * 60_000;
const NEAR = 48;

let log: HTMLElement | null = null;
let height = 0;

function isSameTurn(a: Message | undefined, b: Message): boolean {
  return (
    a?.kind === 'reply' &&
    b.kind === 'reply' &&
    a.author.kind === b.author.kind &&
    a.author.id === b.author.id &&
    Date.parse(b.created_at) - Date.parse(a.created_at) < TURN
  );
}

function entry(message: Message, previous: Message | undefined, next: Message | undefined, lastOwn: Message | undefined): ComponentChild {
  const time = more.value?.time(message.created_at);
  if (message.kind !== 'reply') {
    const text = message.line && more.value?.line(message.line, message);
    return text && <p key={message.id} class="line">{text}</p>;
  }
  const isOwn = message.author.kind === 'contact';
  const isLast = !next || !isSameTurn(message, next);
  const foot = isLast && (
    <>
      <time dateTime={message.created_at}>{time}</time>
      {message === lastOwn && <>{' · '}<Progress message={message} /></>}
    </>
  );
  return (
    <Turn key={message.id} isOwn={isOwn} name={message.author.name} isFirst={!isSameTurn(previous, message)} isLast={isLast} foot={foot}>
      <Bubble isOwn={isOwn} text={message.text} direction={message.direction} files={message.attachments} />
    </Turn>
  );
}

function entries(): ComponentChild[] {
  const list = messages.value;
  const lastOwn = list.findLast((message) => message.author.kind === 'contact' && message.kind === 'reply');
  let day: string | undefined = '';
  return list.flatMap((message, index) => {
    const its = more.value?.day(message.created_at);
    const separator = its !== day && its && <p key={its} class="day">{its}</p>;
    day = its;
    return [separator, entry(message, list[index - 1], list[index + 1], lastOwn)];
  });
}

/** Keep the newest message in view, or what is being read where it is. */
export function settleScroll(): void {
  if (!log) return;
  if (atEnd.value) log.scrollTop = log.scrollHeight;
  else if (log.scrollTop < NEAR && height < log.scrollHeight) log.scrollTop += log.scrollHeight - height;
  height = log.scrollHeight;
}

function onScroll(): void {
  if (!log) return;
  atEnd.value = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
  if (log.scrollTop < NEAR * 4) void more.value?.loadOlder();
  if (atEnd.value) afterChange();
}

export function toEnd(): void {
  atEnd.value = true;
  settleScroll();
}

function Typing(): ComponentChild {
  const { id = '', status } = current.value ?? {};
  const author = status !== 'resolved' && state.value.typing[id]?.find(({ kind }) => kind !== 'contact');
  return author && (
    <Turn isOwn={false} isFirst={false} name={author.name}>
      <div class="bubble dots" role="img" aria-label={_('%(name)s is typing', { name: author.name })}><i /><i /><i /></div>
    </Turn>
  );
}

export function Thread(): VNode {
  const Cards = more.value?.Cards;
  return (
    <>
      {isLost.value && <p class="banner" role="status">{_('No connection. Trying again…')}</p>}
      <main ref={(element) => { log = element; }} onScroll={onScroll} tabIndex={0} aria-label={_('Conversation')}>
        <div role="log" aria-live="off">
          {config.greeting && <Turn isOwn={false}><div class="bubble"><p dir="auto">{config.greeting}</p></div></Turn>}
          {entries()}
          {waiting.value.map((each) => <Waiting key={each.client_id} entry={each} />)}
          <Typing />
        </div>
        {Cards && <Cards />}
      </main>
      <p class="hidden" role="status">{announcement.value}</p>
      {!atEnd.value && (
        <button type="button" class="jump" onClick={toEnd} aria-label={_('Newest messages')}><Icon d={DOWN} /></button>
      )}
    </>
  );
}
