import type { VNode } from 'preact';
import { _ } from '../../../shared/i18n.ts';
import { outbox } from '../client.ts';
import { config } from '../config.ts';
import { current, draft, more, refusal } from '../state.ts';
import { store } from '../storage.ts';
import { typed } from '../typing.ts';
import { Icon, SEND } from './icon.tsx';
import { toEnd } from './thread.tsx';

let box: HTMLTextAreaElement | null = null;

/** To the composer when there is one; on a phone the keyboard would come uninvited. */
export function takeFocus(): void {
  const target = matchMedia('(pointer: coarse)').matches || !box ? document.getElementById('title') : box;
  target?.focus();
}

function write(text: string): void {
  draft.value = text;
  store({ draft: text });
  refusal.value = text.length > config.limits.text ? 'too_long' : '';
}

export function send(): void {
  const text = draft.value.trim();
  if (text.length > config.limits.text || more.value?.isHolding()) return;
  if (outbox.isFull) {
    refusal.value = 'disconnected';
    return;
  }
  const attachments = more.value?.takeFiles() ?? [];
  if (!text && !attachments.length) return;
  outbox.add({ conversation_id: current.value?.id ?? null, text, attachments });
  write('');
  typed(true);
  toEnd();
  box?.focus();
}

/** Whether the key belongs to an input method. Safari ends the composition before it tells of its Enter (code 229). */
function isComposing(event: KeyboardEvent): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else tells the two Enters apart there
  return event.isComposing || event.keyCode === 229;
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) return;
  event.preventDefault();
  send();
}

/** As tall as its text, where the browser does not do it by itself. */
function grow(element: HTMLTextAreaElement): void {
  if (CSS.supports('field-sizing', 'content')) return;
  element.style.blockSize = 'auto';
  element.style.blockSize = `${element.scrollHeight}px`;
}

export function Composer(): VNode {
  const { Above, AttachButton, problem } = more.value ?? {};
  return (
    <footer>
      {Above && <Above />}
      {refusal.value && problem && <p role="alert" class="failed">{problem(refusal.value)}</p>}
      <form
        class={draft.value.trim() ? '' : 'empty'}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        {AttachButton && <AttachButton />}
        <textarea
          ref={(element) => { box = element; }}
          rows={1}
          dir={draft.value ? 'auto' : undefined}
          value={draft.value}
          placeholder={_('Write a message…')}
          aria-label={_('Message')}
          enterkeyhint="send"
          onInput={(event) => {
            write(event.currentTarget.value);
            typed(!draft.value.trim());
            grow(event.currentTarget);
          }}
          onKeyDown={onKeyDown}
          onBlur={() => { typed(true); }}
        />
        <button type="submit" class="send" aria-label={_('Send')}><Icon d={SEND} /></button>
      </form>
    </footer>
  );
}
