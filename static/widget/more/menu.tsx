// What one does rarely: the language, the sound, keeping a copy, leaving.
import type { VNode } from 'preact';
import { _ } from '../../shared/i18n.ts';
import { cell } from '../panel/cell.ts';
import { transport } from '../panel/client.ts';
import { config } from '../panel/config.ts';
import { keep } from '../panel/host.ts';
import { request } from '../panel/session.ts';
import { current, messages, refusal, wantsNew } from '../panel/state.ts';
import { focusComposer } from '../panel/views/composer.tsx';
import { BELL, DOTS, GLOBE, Icon, LEAVE, PLUS, SAVE } from './icons.tsx';
import { isMuted, setMuted } from '../panel/sound.ts';

const isOpen = cell(false);
/** Ending is asked about before it is done. */
const isEnding = cell(false);

let box: HTMLDetailsElement | null = null;

function close(): void {
  isOpen.value = false;
  isEnding.value = false;
  box?.querySelector('summary')?.focus();
}

/** The panel in another language is another document; the text being written is kept and found again there. */
export function speak(language: string): void {
  keep({ language });
  if (transport.isOnline) transport.send('language', { language }).catch(() => undefined);
  location.href =
    config.mode === 'page' ? `${location.pathname}?language=${language}` : location.pathname.replace(/[^/]+\/$/, `${language}/`);
}

async function saveTranscript(): Promise<void> {
  const id = current.value?.id;
  close();
  if (!id) return;
  try {
    const response = await request(`/widget/conversations/${id}/transcript?zone=${Intl.DateTimeFormat().resolvedOptions().timeZone}`);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await response.blob());
    link.download = `chat-${new Date().toISOString().slice(0, 10)}.txt`;
    link.click();
    setTimeout(() => { URL.revokeObjectURL(link.href); }, 10_000);
  } catch {
    refusal.value = 'disconnected';
  }
}

function end(): void {
  const id = current.value?.id;
  close();
  if (id) transport.send('conversation.end', { conversation_id: id }).catch(() => { refusal.value = 'disconnected'; });
}

export function startNew(): void {
  wantsNew.value = true;
  close();
  focusComposer();
}

function Item({ d, text, act, state }: { d: string; text: string; act: () => void; state?: boolean }): VNode {
  return (
    <button type="button" aria-pressed={state} onClick={act}>
      <Icon d={d} />
      {text}
    </button>
  );
}

// Escape leaves what is on top, wherever the focus is (a tap need not move it); only then does it close the chat.
addEventListener('keydown', (event) => {
  // The element knows at once; `toggle` tells a task later.
  if (event.key === 'Escape' && box?.open) {
    event.preventDefault();
    close();
  }
}, true);

/** What was pressed is gone: the keyboard goes on in the question, and Escape leaves that, not the chat. */
function takeFocus(button: HTMLButtonElement | null): void {
  button?.focus();
}

function Ending(): VNode {
  return (
    <div class="confirm" role="alertdialog" aria-label={_('End this conversation?')}>
      <p>{_('End this conversation?')}</p>
      <div class="row">
        <button type="button" class="main" onClick={end}>{_('End it')}</button>
        <button ref={takeFocus} type="button" onClick={close}>{_('Go on')}</button>
      </div>
    </div>
  );
}

export function Menu(): VNode {
  const isLive = current.value && current.value.status !== 'resolved';
  return (
    <details
      ref={(element) => { box = element; }}
      class="menu"
      open={isOpen.value}
      onToggle={({ currentTarget }) => { isOpen.value = currentTarget.open; }}
      onFocusOut={({ currentTarget, relatedTarget }) => {
        if (relatedTarget instanceof Node && !currentTarget.contains(relatedTarget)) isOpen.value = false;
      }}
    >
      <summary class="quiet" aria-label={_('More')}><Icon d={DOTS} /></summary>
      <div>
        {isEnding.value ? <Ending /> : (
          <>
            <Item d={BELL} text={_('Sound')} state={!isMuted.value} act={() => { setMuted(!isMuted.value); }} />
            {messages.value.length > 0 && <Item d={SAVE} text={_('Save a copy')} act={() => void saveTranscript()} />}
            {current.value && !isLive && <Item d={PLUS} text={_('New conversation')} act={startNew} />}
            {isLive && <Item d={LEAVE} text={_('End conversation')} act={() => { isEnding.value = true; }} />}
            {config.languages.length > 1 && (
              <label>
                <Icon d={GLOBE} />
                <span class="hidden">{_('Language')}</span>
                <select onChange={({ currentTarget }) => { speak(currentTarget.value); }}>
                  {config.languages.map(([code, name]) => <option key={code} value={code} lang={code} selected={code === config.language}>{name}</option>)}
                </select>
              </label>
            )}
          </>
        )}
      </div>
    </details>
  );
}
