import type { ComponentChildren, VNode } from 'preact';
import { _ } from '../../../shared/i18n.ts';
import { initials } from '../../../shared/initials.ts';
import type { Entry } from '../../../shared/outbox.ts';
import type { Attachment, Direction, Message } from '../../../shared/types.ts';
import { outbox } from '../client.ts';
import { config } from '../config.ts';
import { draft, more, state } from '../state.ts';
import { CHECK, Icon } from './icon.tsx';

interface BubbleProps {
  isOwn: boolean;
  text: string;
  direction: Direction;
  files: readonly Attachment[];
}

export function Bubble({ isOwn, text, direction, files }: BubbleProps): VNode {
  const Files = more.value?.Files;
  return (
    <>
      {text && <div class={isOwn ? 'bubble own' : 'bubble'}><p dir={direction}>{more.value?.rich(text) ?? text}</p></div>}
      {Files && <Files files={files} isOwn={isOwn} />}
    </>
  );
}

interface TurnProps {
  isOwn: boolean;
  /** Who speaks; with a name above only where the turn begins. */
  name?: string;
  isFirst?: boolean;
  isLast?: boolean;
  /** When, and how far it got: where the turn ends. */
  foot?: ComponentChildren;
  children: ComponentChildren;
}

/** One bubble of a side's turn: the face stands beside the last, the name above the first. */
export function Turn({ isOwn, name = '', isFirst = true, isLast = true, foot, children }: TurnProps): VNode {
  const side = isOwn ? 'turn own' : 'turn';
  return (
    <div class={isLast ? `${side} last` : side}>
      {!isOwn && (
        <>
          {isFirst && name && <bdi class="name">{name}</bdi>}
          {isLast && <span class="face" aria-hidden="true">{initials(name || config.title, config.language)}</span>}
        </>
      )}
      {children}
      {foot && <div class="foot">{foot}</div>}
    </div>
  );
}

/** How far one's own last message got. Its echo from the team's side of the house is what makes it "delivered". */
export function Progress({ message }: { message: Message }): VNode {
  const seen = (state.value.conversations[message.conversation_id]?.operators_seen_position ?? 0) >= message.position;
  return (
    <span class={seen ? 'seen' : ''}>
      <Icon d={CHECK} /> {seen ? _('Seen') : _('Delivered')}
    </span>
  );
}

function takeBack(entry: Entry): void {
  outbox.discard(entry.client_id);
  draft.value = draft.value ? `${entry.text}\n${draft.value}` : entry.text;
}

export function Waiting({ entry }: { entry: Entry }): VNode {
  const bubble = <Bubble isOwn text={entry.text} direction={entry.direction} files={entry.attachments} />;
  if (entry.state !== 'failed') {
    return <Turn isOwn foot={entry.state === 'sent' ? <span><Icon d={CHECK} /> {_('Sent')}</span> : _('Sending…')}>{bubble}</Turn>;
  }
  const foot = (
    <span role="alert" class="failed">
      {more.value?.problem(entry.error ?? '') ?? _('Not sent.')}{' '}
      <button type="button" onClick={() => { outbox.retry(entry.client_id); }}>{_('Try again')}</button>{' '}
      <button type="button" onClick={() => { takeBack(entry); }}>{_('Edit')}</button>
    </span>
  );
  return <Turn isOwn foot={foot}>{bubble}</Turn>;
}
