// Writing: replies and notes, canned replies, files. What is written survives everything but sending it.
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { bytes, listed, number } from '../../shared/format.ts';
import { _, ngettext } from '../../shared/i18n.ts';
import { isComposing } from '../../shared/keys.ts';
import type { Attachment, ConversationRow } from '../../shared/types.ts';
import type { App } from '../app.ts';
import type { CannedReply } from '../boot.ts';
import { filled, inserted, searched, slashQuery } from '../state/canned.ts';
import type { SlashQuery } from '../state/canned.ts';
import type { Mode } from '../state/drafts.ts';
import { useApp } from './context.ts';
import { Icon } from './icons.tsx';
import { IconButton } from './small.tsx';

const MOST_CHARACTERS = 10_000;
const MOST_FILES = 10;
/** "Typing" is repeated this often while it goes on, and called off after this much silence. */
const TYPING_MS = 10_000;
const SILENCE_MS = 5000;

/** Take files into the draft on the desk. */
export function addFiles(app: App, files: Iterable<File>): void {
  const id = app.desk.id.peek();
  if (id === null) return;
  const mode = app.mode.peek();
  const held = app.drafts.get(id, mode).attachments.length + app.uploads.of(id, mode).length;
  const list = [...files];
  for (const file of list.slice(0, Math.max(0, MOST_FILES - held))) app.uploads.add(id, mode, file);
  if (held + list.length > MOST_FILES) {
    app.notices.fail(_('At most %(n)s files go with one message.', { n: number(MOST_FILES) }));
  }
}

function Files({ row, mode, attachments, remove }: { row: ConversationRow; mode: Mode; attachments: readonly Attachment[]; remove: (id: string) => void }): JSX.Element | null {
  const { uploads } = useApp();
  const coming = uploads.of(row.id, mode);
  if (!attachments.length && !coming.length) return null;
  return (
    <ul class="files">
      {attachments.map((file) => (
        <li key={file.id} class="files__one">
          {file.content_type.startsWith('image/') ? <img class="files__thumb" src={file.url} alt="" /> : <Icon name="file" />}
          <span class="files__name"><bdi class="truncate">{file.name}</bdi><span class="faint small">{bytes(file.size)}</span></span>
          <IconButton small icon="close" label={_('Remove %(name)s', { name: file.name })} onClick={() => { remove(file.id); }} />
        </li>
      ))}
      {coming.map((one) => (
        <li key={one.id} class={`files__one ${one.error ? 'files__one--failed' : ''}`}>
          {one.preview ? <img class="files__thumb" src={one.preview} alt="" /> : <Icon name="file" />}
          <span class="files__name">
            <bdi class="truncate">{one.file.name}</bdi>
            {one.error ? <span class="small" role="alert">{one.error}</span> : <progress class="progress" value={one.progress} max={1} aria-label={_('Uploading %(name)s', { name: one.file.name })} />}
          </span>
          {one.error && <IconButton small icon="reopen" label={_('Try again')} onClick={() => { uploads.retry(one.id); }} />}
          <IconButton small icon="close" label={_('Remove %(name)s', { name: one.file.name })} onClick={() => { uploads.remove(one.id); }} />
        </li>
      ))}
    </ul>
  );
}

function CannedMenu({ found, active, onPick, onNear }: { found: readonly CannedReply[]; active: number; onPick: (reply: CannedReply) => void; onNear: (index: number) => void }): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  const { boot } = useApp();
  useLayoutEffect(() => { list.current?.querySelector('[data-active=true]')?.scrollIntoView({ block: 'nearest' }); }, [active]);
  return (
    <div class="canned menu">
      {found.length > 0 ? (
        <div id="canned" role="listbox" aria-label={_('Canned replies')} ref={list}>
          {found.map((reply, index) => (
            <div
              key={reply.id} id={`canned-${index}`} class="menu__item canned__one" role="option" aria-selected={index === active} data-active={index === active}
              onPointerMove={() => { onNear(index); }}
              onPointerDown={(event) => { event.preventDefault(); }}
              onClick={() => { onPick(reply); }}
            >
              <span class="canned__head"><bdi class="strong truncate">{reply.title || reply.shortcut}</bdi><kbd class="kbd">/{reply.shortcut}</kbd></span>
              <span class="canned__text muted small" dir="auto">{reply.text}</span>
            </div>
          ))}
        </div>
      ) : (
        <p class="menu__label">
          {boot.canned_replies.length ? _('No canned reply like that.') : _('There are no canned replies yet.')}{' '}
          <a href={`${boot.urls.settings}canned-replies/`}>{_('Manage canned replies')}</a>
        </p>
      )}
    </div>
  );
}

/** What others are doing here right now, above the field. */
function Collision({ sendAnyway }: { sendAnyway: () => void }): JSX.Element | null {
  const { desk } = useApp();
  const overtaken = desk.overtakenBy.value;
  const typing = desk.colleaguesTyping.value;
  if (overtaken) {
    return (
      <div class="collision collision--stop" role="alert">
        <Icon name="warn" size={16} />
        <span class="grow">{_('%(name)s has just replied. Read it before you send yours.', { name: overtaken.author.name })}</span>
        <button type="button" class="button button--small" onClick={() => { desk.overtakenBy.value = null; }}>{_('Keep writing')}</button>
        <button type="button" class="button button--small" onClick={sendAnyway}>{_('Send anyway')}</button>
      </div>
    );
  }
  if (!typing.length) return null;
  const names = listed(typing.map((one) => one.name));
  return (
    <div class="collision" role="status">
      <Icon name="pencil" size={16} />
      {ngettext('%(names)s is writing a reply', '%(names)s are writing a reply', typing.length, { names })}
    </div>
  );
}

/** "Typing", said often enough and taken back in time. Notes are nobody's business. */
function useTyping(mode: Mode): { type: () => void; stop: () => void } {
  const { desk } = useApp();
  const last = useRef(0);
  const silence = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stop = (): void => {
    clearTimeout(silence.current);
    if (last.current) desk.tellTyping(false);
    last.current = 0;
  };
  const type = (): void => {
    if (mode === 'note') return;
    clearTimeout(silence.current);
    silence.current = setTimeout(stop, SILENCE_MS);
    if (Date.now() - last.current < TYPING_MS) return;
    last.current = Date.now();
    desk.tellTyping(true);
  };
  return { type, stop };
}

interface Writing {
  text: string;
  attachments: readonly Attachment[];
  set: (text: string) => void;
  remove: (fileId: string) => void;
  clear: () => void;
}

/** The draft of this conversation and mode; whatever changes it is kept at once. */
function useDraft(row: ConversationRow, mode: Mode): Writing {
  const { drafts } = useApp();
  const { text, attachments } = drafts.get(row.id, mode);
  return {
    text,
    attachments,
    set: (next) => { drafts.set(row.id, mode, { text: next, attachments: drafts.get(row.id, mode).attachments }); },
    remove: (fileId) => { drafts.set(row.id, mode, { text, attachments: attachments.filter((file) => file.id !== fileId) }); },
    clear: () => { drafts.set(row.id, mode, { text: '', attachments: [] }); },
  };
}

interface Canned {
  query: SlashQuery | null;
  found: readonly CannedReply[];
  active: number;
  setActive: (index: number) => void;
  look: () => void;
  dismiss: () => void;
  pick: (reply: CannedReply) => void;
  /** Whether the key was for the menu. */
  key: (event: KeyboardEvent) => boolean;
}

function useCanned(field: { current: HTMLTextAreaElement | null }, set: (text: string) => void): Canned {
  const app = useApp();
  const [query, setQuery] = useState<SlashQuery | null>(null);
  const [active, setActive] = useState(0);
  const found = query ? searched(app.boot.canned_replies, query.query) : [];
  const look = (): void => {
    const element = field.current;
    const next = element && element.selectionStart === element.selectionEnd ? slashQuery(element.value, element.selectionStart) : null;
    if (next?.query !== query?.query || next?.start !== query?.start) setActive(0);
    setQuery(next);
  };
  const pick = (reply: CannedReply): void => {
    const element = field.current;
    if (!element || !query) return;
    const next = inserted(element.value, query, element.selectionStart, filled(reply.text, app.variables()));
    set(next.text);
    setQuery(null);
    element.value = next.text;
    element.focus();
    element.setSelectionRange(next.caret, next.caret);
  };
  const key = (event: KeyboardEvent): boolean => {
    if (!query) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = found[active];
    if (step && found.length) setActive((active + step + found.length) % found.length);
    else if ((event.key === 'Enter' || event.key === 'Tab') && chosen) pick(chosen);
    else if (event.key === 'Escape') setQuery(null);
    else return false;
    return true;
  };
  return { query, found, active, setActive, look, dismiss: () => { setQuery(null); }, pick, key };
}

function Modes({ mode }: { mode: Mode }): JSX.Element {
  const app = useApp();
  const one = (value: Mode, label: string, permission: string, key: string): JSX.Element | false => app.can(permission) && (
    <button type="button" role="tab" id={`tab-${value}`} aria-controls="composer" aria-selected={mode === value} tabIndex={mode === value ? 0 : -1} title={`${label} (${key})`} onClick={() => { app.mode.value = value; }}>
      {value === 'note' && <Icon name="lock" size={14} />}{label}
    </button>
  );
  return (
    <div
      class="tabs composer__modes" role="tablist" aria-label={_('Write')}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
        app.mode.value = mode === 'note' ? 'reply' : 'note';
        event.preventDefault();
      }}
    >
      {one('reply', _('Reply'), 'messages:write', 'R')}
      {one('note', _('Private note'), 'notes:write', 'N')}
    </div>
  );
}

function Tools({ mode, canSend, onSend, onSlash }: { mode: Mode; canSend: boolean; onSend: (andResolve: boolean) => void; onSlash: () => void }): JSX.Element {
  const app = useApp();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div class="composer__tools">
      <input
        ref={input} type="file" multiple hidden aria-label={_('Attach files')}
        onChange={(event) => { addFiles(app, event.currentTarget.files ?? []); event.currentTarget.value = ''; }}
      />
      <IconButton icon="clip" label={_('Attach files')} onClick={() => { input.current?.click(); }} />
      <IconButton icon="bolt" label={_('Canned replies')} shortcut="/" onClick={onSlash} />
      <span class="grow composer__hint faint small">{app.preferences.value.enterSends ? _('Enter sends, Shift+Enter breaks the line') : _('Ctrl+Enter sends')}</span>
      {mode === 'reply' && app.can('conversations:write') && (
        <button type="button" class="button button--ghost button--small composer__both" disabled={!canSend} onClick={() => { onSend(true); }}>{_('Send and resolve')}</button>
      )}
      <button type="button" class="button button--primary button--small composer__send" disabled={!canSend} onClick={() => { onSend(false); }}>
        <Icon name={mode === 'note' ? 'note' : 'send'} size={16} />{mode === 'note' ? _('Add note') : _('Send')}
      </button>
    </div>
  );
}

/** A field as tall as its text, up to a part of the screen. */
function useGrowing(field: { current: HTMLTextAreaElement | null }, text: string): void {
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.blockSize = 'auto';
    element.style.blockSize = `${element.scrollHeight + 2}px`;
  }, [text]);
}

/** What keys do while writing: the canned replies' menu first, then sending. */
function onWritingKey(app: App, canned: Canned, send: (andResolve: boolean) => void, event: KeyboardEvent): void {
  if (isComposing(event)) return;
  const isCommand = event.ctrlKey || event.metaKey;
  const isPlain = !event.shiftKey && !event.altKey;
  if (canned.key(event)) event.preventDefault();
  else if (event.key === 'Enter' && (isCommand || (isPlain && app.preferences.peek().enterSends))) {
    event.preventDefault();
    send(isCommand && event.shiftKey);
  } else if (event.key === 'Escape' && event.target instanceof HTMLElement) event.target.blur();
  else return;
  event.stopPropagation();
}

interface TextProps {
  row: ConversationRow;
  mode: Mode;
  field: { current: HTMLTextAreaElement | null };
  draft: Writing;
  canned: Canned;
  onType: () => void;
  onLeave: () => void;
  onSend: (andResolve: boolean) => void;
}

function Text({ row, mode, field, draft, canned, onType, onLeave, onSend }: TextProps): JSX.Element {
  const app = useApp();
  useGrowing(field, draft.text);
  return (
    <textarea
      ref={field} id="message" class="composer__text" dir="auto" rows={2} value={draft.text} enterkeyhint="send"
      aria-label={mode === 'note' ? _('Private note') : _('Reply')} aria-autocomplete="list"
      {...(canned.query && canned.found.length ? { 'aria-controls': 'canned', 'aria-activedescendant': `canned-${canned.active}` } : {})}
      placeholder={mode === 'note' ? _('Only your team sees this…') : _('Write to %(name)s…', { name: row.contact.name })}
      onInput={(event) => { draft.set(event.currentTarget.value); canned.look(); onType(); }}
      onKeyUp={(event) => { if (event.key.startsWith('Arrow') && !canned.query) canned.look(); }}
      onKeyDown={(event) => { onWritingKey(app, canned, onSend, event); }}
      onBlur={() => { app.drafts.save(); onLeave(); }}
      onPaste={(event) => {
        const files = event.clipboardData?.files;
        if (!files?.length) return;
        event.preventDefault();
        addFiles(app, files);
      }}
    />
  );
}

/** Write the slash at the caret, as if it had been typed. */
function typeSlash(element: HTMLTextAreaElement, draft: Writing, canned: Canned): void {
  element.focus();
  const before = element.value.slice(0, element.selectionStart);
  element.setRangeText(/(^|\s)$/.test(before) ? '/' : ' /', element.selectionStart, element.selectionEnd, 'end');
  draft.set(element.value);
  canned.look();
}

export function Composer({ row }: { row: ConversationRow }): JSX.Element {
  const app = useApp();
  const mode = app.mode.value;
  const field = useRef<HTMLTextAreaElement>(null);
  const draft = useDraft(row, mode);
  const canned = useCanned(field, draft.set);
  const typing = useTyping(mode);
  const isBusy = app.uploads.of(row.id, mode).length > 0;
  const tooLong = Array.from(draft.text).length - MOST_CHARACTERS;
  const canSend = (draft.text.trim() !== '' || draft.attachments.length > 0) && !isBusy && tooLong <= 0;
  useEffect(() => {
    canned.dismiss();
    return typing.stop;
  }, [row.id, mode]);
  const send = (andResolve: boolean, evenSo = false): void => {
    if (!canSend || (mode === 'reply' && app.desk.overtakenBy.peek() && !evenSo)) return;
    if (!app.desk.send({ kind: mode, text: draft.text.trim(), attachments: draft.attachments })) {
      app.notices.fail(_('Too many messages are waiting to be sent. This one stays here until some of them have gone.'));
      return;
    }
    app.desk.overtakenBy.value = null;
    draft.clear();
    typing.stop();
    if (andResolve) app.resolveAndNext();
    else field.current?.focus();
  };
  return (
    <form class={`composer composer--${mode}`} onSubmit={(event) => { event.preventDefault(); send(false); }}>
      <Collision sendAnyway={() => { send(false, true); }} />
      <Modes mode={mode} />
      <div class="composer__field" id="composer" role="tabpanel" aria-labelledby={`tab-${mode}`}>
        {canned.query && <CannedMenu found={canned.found} active={canned.active} onPick={canned.pick} onNear={canned.setActive} />}
        <Text row={row} mode={mode} field={field} draft={draft} canned={canned} onType={typing.type} onLeave={typing.stop} onSend={send} />
        <Files row={row} mode={mode} attachments={draft.attachments} remove={draft.remove} />
        {tooLong > 0 && <p class="field__error composer__error" role="alert">{ngettext('%(count)s character too many', '%(count)s characters too many', tooLong, { count: number(tooLong) })}</p>}
      </div>
      <Tools mode={mode} canSend={canSend} onSend={send} onSlash={() => { if (field.current) typeSlash(field.current, draft, canned); }} />
    </form>
  );
}
