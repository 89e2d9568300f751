// Writing: replies and notes, canned replies, files. What is written survives everything but sending it.
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { bytes, listed, number } from '../../shared/format.ts';
import { _, ngettext } from '../../shared/i18n.ts';
import { isComposing } from '../../shared/keys.ts';
import type { Attachment, ConversationRow } from '../../shared/types.ts';
import type { App } from '../app.ts';
import type { Mode } from '../state/drafts.ts';
import { useApp } from './context.ts';
import { Icon } from './icons.tsx';
import { IconButton } from './small.tsx';
import { CannedMenu, MentionMenu, typeMark, useCanned, useMentions } from './suggest.tsx';
import type { Suggesting } from './suggest.tsx';

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

/** What who looks on unseen says is for whoever answers: they are mentioned, and so told. */
function whispered(text: string, { operator }: ConversationRow): string {
  return operator && !text.includes(`@${operator.name}`) ? `@${operator.name} ${text}` : text;
}

function Modes({ mode, whisperTo }: { mode: Mode; whisperTo: string | null }): JSX.Element {
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
      {whisperTo === null && one('reply', _('Reply'), 'messages:write', 'R')}
      {one('note', whisperTo === null ? _('Private note') : _('Whisper to %(name)s', { name: whisperTo }), 'notes:write', 'N')}
    </div>
  );
}

function Tools({ mode, canSend, onSend, onMark }: { mode: Mode; canSend: boolean; onSend: (andResolve: boolean) => void; onMark: (mark: '/' | '@') => void }): JSX.Element {
  const app = useApp();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div class="composer__tools">
      <input
        ref={input} type="file" multiple hidden aria-label={_('Attach files')}
        onChange={(event) => { addFiles(app, event.currentTarget.files ?? []); event.currentTarget.value = ''; }}
      />
      <IconButton icon="clip" label={_('Attach files')} onClick={() => { input.current?.click(); }} />
      <IconButton icon="bolt" label={_('Canned replies')} shortcut="/" onClick={() => { onMark('/'); }} />
      {mode === 'note' && <IconButton icon="at" label={_('Mention a colleague')} shortcut="@" onClick={() => { onMark('@'); }} />}
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

/** What keys do while writing: the open menu first, then sending. */
function onWritingKey(app: App, menus: readonly Suggesting[], send: (andResolve: boolean) => void, event: KeyboardEvent): void {
  if (isComposing(event)) return;
  const isCommand = event.ctrlKey || event.metaKey;
  const isPlain = !event.shiftKey && !event.altKey;
  if (menus.some((menu) => menu.key(event))) event.preventDefault();
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
  menus: readonly Suggesting[];
  onType: () => void;
  onLeave: () => void;
  onSend: (andResolve: boolean) => void;
}

function Text({ row, mode, field, draft, menus, onType, onLeave, onSend }: TextProps): JSX.Element {
  const app = useApp();
  useGrowing(field, draft.text);
  const open = menus.find((menu) => menu.query);
  const look = (): void => { for (const menu of menus) menu.look(); };
  return (
    <textarea
      ref={field} id="message" class="composer__text" dir="auto" rows={2} value={draft.text} enterkeyhint="send"
      aria-label={mode === 'note' ? _('Private note') : _('Reply')} aria-autocomplete="list"
      {...(open?.found.length ? { 'aria-controls': 'canned', 'aria-activedescendant': `canned-${open.active}` } : {})}
      placeholder={mode === 'note' ? _('Only your team sees this…') : _('Write to %(name)s…', { name: row.contact.name })}
      onInput={(event) => { draft.set(event.currentTarget.value); look(); onType(); }}
      onKeyUp={(event) => { if (event.key.startsWith('Arrow') && !open) look(); }}
      onKeyDown={(event) => { onWritingKey(app, menus, onSend, event); }}
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

export function Composer({ row }: { row: ConversationRow }): JSX.Element {
  const app = useApp();
  const isWatching = app.desk.watching.value;
  const mode = isWatching ? 'note' : app.mode.value;
  const field = useRef<HTMLTextAreaElement>(null);
  const draft = useDraft(row, mode);
  const canned = useCanned(field, draft.set);
  const mentions = useMentions(field, draft.set, mode === 'note');
  const typing = useTyping(mode);
  const isBusy = app.uploads.of(row.id, mode).length > 0;
  const tooLong = Array.from(draft.text).length - MOST_CHARACTERS;
  const canSend = (draft.text.trim() !== '' || draft.attachments.length > 0) && !isBusy && tooLong <= 0;
  useEffect(() => {
    canned.dismiss();
    mentions.dismiss();
    return typing.stop;
  }, [row.id, mode]);
  const send = (andResolve: boolean, evenSo = false): void => {
    if (!canSend || (mode === 'reply' && app.desk.overtakenBy.peek() && !evenSo)) return;
    if (!app.desk.send({ kind: mode, text: isWatching ? whispered(draft.text.trim(), row) : draft.text.trim(), attachments: draft.attachments })) {
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
      <Modes mode={mode} whisperTo={isWatching ? row.operator?.name ?? null : null} />
      <div class="composer__field" id="composer" role="tabpanel" aria-labelledby={`tab-${mode}`}>
        {canned.query && <CannedMenu of={canned} />}
        {mentions.query && <MentionMenu of={mentions} />}
        <Text row={row} mode={mode} field={field} draft={draft} menus={[canned, mentions]} onType={typing.type} onLeave={typing.stop} onSend={send} />
        <Files row={row} mode={mode} attachments={draft.attachments} remove={draft.remove} />
        {tooLong > 0 && <p class="field__error composer__error" role="alert">{ngettext('%(count)s character too many', '%(count)s characters too many', tooLong, { count: number(tooLong) })}</p>}
      </div>
      <Tools mode={mode} canSend={canSend} onSend={send} onMark={(mark) => { if (field.current) typeMark(mark, field.current, draft.set, mark === '/' ? canned : mentions); }} />
    </form>
  );
}
