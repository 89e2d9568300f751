// What one does rarely: the language, the sound, keeping a copy, leaving.
import type { VNode } from 'preact';
import { _ } from '../../shared/i18n.ts';
import { cell } from '../panel/cell.ts';
import { transport } from '../panel/client.ts';
import { config } from '../panel/config.ts';
import { keep } from '../panel/host.ts';
import { request } from '../panel/session.ts';
import { current, forms, isChat, messages, refusal } from '../panel/state.ts';
import { isMuted, setMuted } from '../panel/sound.ts';
import { acts, facts, form } from './draw.tsx';
import { DOTS, Icon } from './icons.tsx';
import { openChat } from '../panel/switch.ts';

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

acts['sound'] = () => { setMuted(!isMuted.value); };
facts['sound'] = () => !isMuted.value;
acts['save'] = () => { void saveTranscript(); };
acts['new'] = () => {
  close();
  openChat('new');
};
acts['leave'] = () => {
  isEnding.value = true;
  // What was pressed is gone: the keyboard goes on in the question, and Escape leaves that, not the chat.
  queueMicrotask(() => box?.querySelector<HTMLElement>('[data-act=stay]')?.focus());
};
acts['stay'] = close;
acts['end'] = () => {
  const id = current.value?.id;
  close();
  if (id) transport.send('conversation.end', { conversation_id: id }).catch(() => { refusal.value = 'disconnected'; });
};

// Escape leaves what is on top, wherever the focus is (a tap need not move it); only then does it close the chat.
addEventListener('keydown', (event) => {
  // The element knows at once; `toggle` tells a task later.
  if (event.key === 'Escape' && box?.open) {
    event.preventDefault();
    close();
  }
}, true);

function Items(): VNode {
  const shown = isChat.value ? current.value : undefined;
  const isLive = shown && shown.status !== 'resolved';
  return (
    <>
      {form('sound')}
      {isChat.value && messages.value.length > 0 && form('save')}
      {shown && form(isLive ? 'leave' : 'new')}
      {forms.value['options'] && (
        <label>
          {form('language')}
          <select onChange={({ currentTarget }) => { speak(currentTarget.value); }}>
            {form('options')}
          </select>
        </label>
      )}
    </>
  );
}

export function Menu(): VNode {
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
      <div>{isEnding.value ? form('ending') : <Items />}</div>
    </details>
  );
}
