// What stands in a thread: messages, notes, event lines, messages on their way.
import type { JSX } from 'preact';
import { bytes, clock, full, moment, number } from '../../shared/format.ts';
import { _ } from '../../shared/i18n.ts';
import type { Attachment, Message, Priority } from '../../shared/types.ts';
import type { Entry } from '../../shared/outbox.ts';
import { explainCode } from '../state/explain.ts';
import { useApp } from './context.ts';
import { Icon } from './icons.tsx';
import { Avatar, priorityName, Sentence } from './small.tsx';
import { Words } from './words.tsx';

const THUMB_PX = 280;

export function Attached({ file }: { file: Attachment }): JSX.Element {
  const isImage = file.content_type.startsWith('image/') && file.width && file.height;
  if (isImage) {
    const scale = Math.min(1, THUMB_PX / Math.max(file.width ?? 1, file.height ?? 1));
    return (
      <a class="attached attached--image" href={file.url} target="_blank" rel="noopener">
        <img src={file.url} alt={file.name} width={Math.round((file.width ?? 1) * scale)} height={Math.round((file.height ?? 1) * scale)} loading="lazy" decoding="async" />
      </a>
    );
  }
  return (
    <a class="attached attached--file" href={`${file.url}&download`} download={file.name}>
      <Icon name="file" />
      <span class="grow"><bdi class="truncate attached__name">{file.name}</bdi><span class="faint small">{bytes(file.size)}</span></span>
      <Icon name="download" size={16} />
    </a>
  );
}

/** The sentence for an event line. The server sends codes and names, the language is ours. */
export function Line({ message }: { message: Message }): JSX.Element {
  // Each code brings its own parameters; what is not there is an empty word.
  const line: Readonly<Record<string, unknown>> = { ...message.line };
  const by = message.author.name || _('The system');
  const text = (key: string): string => (typeof line[key] === 'string' ? line[key] : '');
  const parts = {
    by, operator: text('operator_name') || text('operator'), team: text('team_name') || text('team'),
    time: text('until') ? moment(text('until')) : '',
    tags: Array.isArray(line['tags']) ? (line['tags'] as string[]).join(', ') : '',
    priority: priorityName((text('priority') || 'none') as Priority),
    score: typeof line['score'] === 'number' ? number(line['score']) : '',
  };
  const sentences: Readonly<Record<string, string>> = {
    assigned: parts.operator ? _('%(by)s assigned this to %(operator)s') : _('%(by)s assigned this to team %(team)s'),
    unassigned: _('%(by)s returned this to the queue'),
    resolved: _('%(by)s resolved the conversation'),
    reopened: _('%(by)s reopened the conversation'),
    snoozed: parts.time ? _('%(by)s snoozed this until %(time)s') : _('%(by)s snoozed this until an answer comes'),
    pending: _('%(by)s marked this as pending'),
    tagged: parts.tags ? _('%(by)s set the tags: %(tags)s') : _('%(by)s removed all tags'),
    joined: _('%(by)s joined the conversation'),
    ended: _('%(by)s ended the chat'),
    rated: _('%(by)s rated the conversation %(score)s of 5'),
    prioritised: _('%(by)s set the priority: %(priority)s'),
    spam: _('%(by)s marked this as spam'),
    woken: _('The snooze is over'),
    transfer_offered: _('%(by)s asked %(operator)s to take over'),
    transfer_declined: _('%(by)s declined to take over'),
    transfer_expired: _('%(operator)s did not take over in time'),
    invited: _('%(by)s invited %(operator)s'),
  };
  const comment = text('comment');
  return (
    <div class="line" title={full(message.created_at)}>
      <span><Sentence text={sentences[text('code')] ?? message.text} parts={parts} /> · <time dateTime={message.created_at}>{clock(message.created_at)}</time></span>
      {comment && <q class="line__comment" dir="auto">{comment}</q>}
    </div>
  );
}

type Receipt = 'seen' | 'delivered' | 'sent' | null;

function ReceiptMark({ receipt }: { receipt: Receipt }): JSX.Element | null {
  if (receipt === null) return null;
  const words = { seen: _('Seen'), delivered: _('Delivered'), sent: _('Sent') };
  return <span class={`receipt receipt--${receipt}`}><Icon name={receipt === 'sent' ? 'check' : 'checks'} size={14} />{words[receipt]}</span>;
}

interface BubbleProps {
  message: Message;
  isFirst: boolean;
  isLast: boolean;
  isTarget: boolean;
  receipt: Receipt;
}

function Byline({ message, isMine }: { message: Message; isMine: boolean }): JSX.Element {
  return (
    <p class="message__author">
      {message.kind === 'note' && <><Icon name="lock" size={13} /><span>{_('Private note')} · </span></>}
      {message.author.kind === 'system' && <><Icon name="bolt" size={13} /><span>{_('Automatic')} · </span></>}
      <bdi class="truncate">{isMine ? _('You') : message.author.name}</bdi>
    </p>
  );
}

function Face({ message, isFirst }: { message: Message; isFirst: boolean }): JSX.Element {
  const { author } = message;
  return isFirst ? <Avatar name={author.name} seed={author.id ?? author.name} size="small" /> : <span class="message__gap" />;
}

function sideOf(message: Message): 'note' | 'theirs' | 'ours' {
  if (message.kind === 'note') return 'note';
  return message.author.kind === 'contact' ? 'theirs' : 'ours';
}

export function Bubble({ message, isFirst, isLast, isTarget, receipt }: BubbleProps): JSX.Element {
  const { store } = useApp();
  const { author } = message;
  const side = sideOf(message);
  const isMine = author.kind === 'operator' && author.id === store.me;
  const classes = ['message', `message--${side}`, isFirst ? 'message--first' : '', isTarget ? 'message--target' : ''].join(' ');
  return (
    <article
      id={`m${message.position}`} class={classes}
      aria-label={side === 'note' ? _('Private note by %(name)s', { name: author.name }) : _('Message by %(name)s', { name: author.name })}
    >
      {side === 'theirs' && <Face message={message} isFirst={isFirst} />}
      <div class="message__body">
        {isFirst && (side !== 'ours' || !isMine) && <Byline message={message} isMine={isMine} />}
        {message.text && <div class="bubble"><Words text={message.text} direction={message.direction} mentions={message.mentions} /></div>}
        {message.attachments.map((file) => <Attached key={file.id} file={file} />)}
        {(isLast || receipt) && (
          <p class="message__foot">
            <time dateTime={message.created_at} title={full(message.created_at)}>{clock(message.created_at)}</time>
            <ReceiptMark receipt={receipt} />
          </p>
        )}
      </div>
    </article>
  );
}

export function OutgoingBubble({ entry }: { entry: Entry }): JSX.Element {
  const app = useApp();
  const isNote = entry.kind === 'note';
  const isFailed = entry.state === 'failed';
  return (
    <article class={`message message--${isNote ? 'note' : 'ours'} message--first message--${entry.state}`} aria-label={isFailed ? _('Not sent') : _('Being sent')}>
      <div class="message__body">
        {isNote && <p class="message__author"><Icon name="lock" size={13} />{_('Private note')}</p>}
        {entry.text && <div class="bubble"><Words text={entry.text} direction={entry.direction} /></div>}
        {entry.attachments.map((file) => <Attached key={file.id} file={file} />)}
        <p class="message__foot">
          {isFailed ? (
            <>
              <span class="receipt receipt--failed"><Icon name="warn" size={14} />{_('Not sent.')} {explainCode(entry.error ?? '')}</span>
              <button type="button" class="button button--link" onClick={() => { app.desk.outbox.retry(entry.client_id); }}>{_('Try again')}</button>
              <button type="button" class="button button--link" onClick={() => { app.takeBack(entry.client_id); }}>{_('Edit')}</button>
            </>
          ) : (
            <span class="receipt"><Icon name="clock" size={13} />{app.live.connection.value === 'online' ? _('Sending…') : _('Waiting for a connection')}</span>
          )}
        </p>
      </div>
    </article>
  );
}
