// What calls the operator: a sound, a notification of the system, the number in the tab's title.
import { computed, effect } from '@preact/signals-core';
import type { ReadonlySignal } from '@preact/signals-core';
import { count } from '../../shared/format.ts';
import { _ } from '../../shared/i18n.ts';
import type { Notification as Told, Offer } from '../../shared/events.gen.ts';
import type { ConversationRow } from '../../shared/types.ts';
import { sentence } from './notifications.ts';
import type { Preferences } from './preferences.ts';
import type { Store } from './store.ts';

/** Several messages within this time make one sound. */
const QUIET_MS = 1500;

/** Somebody who has not been answered is heard again after this time. */
const AGAIN_MS = 30_000;

/** Open, and this operator's or, unless only theirs are wanted, nobody's. */
function concerns(row: ConversationRow, me: string, onlyMine: boolean): boolean {
  return row.status === 'open' && !row.is_spam && (row.operator ? row.operator.id === me : !onlyMine);
}

/** Whether a changed row is news for this operator: a contact wrote, and it concerns them. */
export function isNews(before: ConversationRow | undefined, after: ConversationRow, me: string, onlyMine = false): boolean {
  if (!concerns(after, me, onlyMine) || after.last_message?.author_kind !== 'contact') return false;
  return after.unread_count > (before?.unread_count ?? 0) && after.position > (before?.position ?? 0);
}

/** U+2068 and U+2069 keep a name from turning the sentence around. */
function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}

/** A dot on the tab's picture: the template names both. */
function markIcon(isMarked: boolean): void {
  const icon = document.querySelector<HTMLLinkElement>('link[data-unread]');
  const { plain, unread } = icon?.dataset ?? {};
  if (icon && plain && unread) icon.href = isMarked ? unread : plain;
}

export class Alerts {
  readonly #preferences: ReadonlySignal<Preferences>;
  #audio: AudioContext | null = null;
  #lastSound = 0;

  /** `reading`: the conversation before the reader's eyes; `open`: what a click on a notification does. */
  constructor(
    store: Store,
    preferences: ReadonlySignal<Preferences>,
    reading: () => string | null,
    open: (id: string) => void,
  ) {
    this.#preferences = preferences;
    store.onRow((before, after) => {
      if (!isNews(before, after, store.me, preferences.peek().onlyMine)) return;
      const isLookedAt = document.visibilityState === 'visible' && document.hasFocus();
      if (isLookedAt && reading() === after.id) return;
      this.#sound();
      if (!isLookedAt) this.#notify(after, open);
    });
    // Browsers allow sound only after somebody has touched the page.
    const unlock = (): void => {
      this.#audio ??= new AudioContext();
      removeEventListener('pointerdown', unlock);
      removeEventListener('keydown', unlock);
    };
    addEventListener('pointerdown', unlock);
    addEventListener('keydown', unlock);
    const mine = computed(() => store.rows.value.filter((row) => concerns(row, store.me, preferences.value.onlyMine)));
    const title = document.title;
    effect(() => {
      const unread = mine.value.filter((row) => row.unread_count > 0).length;
      document.title = unread > 0 ? `(${count(unread)}) ${title}` : title;
      markIcon(unread > 0);
    });
    setInterval(() => {
      // Whoever is away has said that they do not answer.
      if (!preferences.peek().soundAgain || store.availability.peek() !== 'online') return;
      if (mine.peek().some((row) => row.waiting_since !== null)) this.#sound();
    }, AGAIN_MS);
  }

  /** Ask the browser for notifications. Returns whether it allows them. */
  async allow(): Promise<boolean> {
    if (!('Notification' in globalThis)) return false;
    return (await Notification.requestPermission()) === 'granted';
  }

  /** Somebody waits, and it is this operator's turn. */
  offer(offer: Offer): void {
    this.#sound();
    if (document.visibilityState === 'visible' && document.hasFocus()) return;
    this.#show(_('%(name)s waits for an answer', { name: isolated(offer.contact.name) }), offer.text, offer.conversation_id, () => undefined);
  }

  /** A colleague wants this operator in a conversation. */
  told(told: Told, open: () => void): void {
    this.#sound();
    if (document.visibilityState === 'visible' && document.hasFocus()) return;
    this.#show(sentence(told, isolated), told.text, told.conversation_id, open);
  }

  /** Two soft notes: heard, and not feared. */
  #sound(): void {
    const audio = this.#audio;
    const now = Date.now();
    if (!this.#preferences.peek().sound || !audio || now - this.#lastSound < QUIET_MS) return;
    this.#lastSound = now;
    void audio.resume();
    [660, 880].forEach((pitch, index) => {
      const start = audio.currentTime + index * 0.12;
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0, start);
      volume.gain.linearRampToValueAtTime(0.12, start + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.001, start + 0.35);
      tone.connect(volume).connect(audio.destination);
      tone.start(start);
      tone.stop(start + 0.4);
    });
  }

  #notify(row: ConversationRow, open: (id: string) => void): void {
    const title = _('%(name)s wrote', { name: isolated(row.contact.name) });
    this.#show(title, row.last_message?.text ?? '', row.id, () => { open(row.id); });
  }

  #show(title: string, body: string, tag: string, onClick: () => void): void {
    if (!this.#preferences.peek().notifications) return;
    if (!('Notification' in globalThis) || Notification.permission !== 'granted') return;
    const shown = new Notification(title, { body, tag, dir: 'auto', silent: true });
    shown.onclick = () => {
      focus();
      onClick();
      shown.close();
    };
  }
}
