// What several operators do with one conversation: whom a note may mention, what one is told, handing over.
import { computed, effect, signal, untracked } from '@preact/signals-core';
import type { ReadonlySignal } from '@preact/signals-core';
import type { Notification } from '../../shared/events.gen.ts';
import { _ } from '../../shared/i18n.ts';
import type { WireEvent } from '../../shared/wire.ts';
import type { Api } from '../api.ts';
import type { Boot } from '../boot.ts';
import { Handing } from './handing.ts';
import { mentionedIn } from './mentions.ts';
import type { Mentionable } from './mentions.ts';
import type { Notices } from './notices.ts';
import { Notifications, sentence } from './notifications.ts';
import type { Store } from './store.ts';

/** What was told of the open conversation has been read after so long a look. */
const LOOK_MS = 1000;

interface Around {
  boot: Boot;
  store: Store;
  api: Api;
  notices: Notices;
  /** The conversation on the desk; read inside an effect, it is followed. */
  opened: () => string | null;
  open: (conversation: string, message: number | null) => void;
  /** Call the operator, who may be elsewhere. */
  call: (told: Notification, open: () => void) => void;
}

export class Together {
  readonly notifications: Notifications;
  readonly handing: Handing;
  /** Whether the notifications are open. */
  readonly bell = signal(false);
  /** Whom a note may mention: everybody else, and the teams. */
  readonly mentionables: ReadonlySignal<readonly Mentionable[]>;
  readonly #around: Around;
  #looking: ReturnType<typeof setTimeout> | undefined;

  constructor(around: Around) {
    const { boot, store, api, notices } = around;
    this.#around = around;
    this.handing = new Handing(store, api, notices);
    this.notifications = new Notifications({ api, notices, onNew: (told) => { this.#told(told); } });
    this.mentionables = computed(() => [
      ...store.operators.value.filter(({ id }) => id !== store.me).map(({ id, name }) => ({ kind: 'operator' as const, id, name })),
      ...boot.teams.map(({ id, name }) => ({ kind: 'team' as const, id, name })),
    ]);
  }

  /** Have what is told of the open conversation become read when it was looked at. */
  follow(): void {
    effect(() => {
      this.#around.opened();
      this.notifications.unread.value; // eslint-disable-line @typescript-eslint/no-unused-expressions -- reading it is following it
      untracked(() => { this.#look(); });
    });
    addEventListener('focus', () => { this.#look(); });
  }

  take(event: WireEvent): void {
    this.notifications.take(event);
  }

  /** The ids of whom a note mentions. */
  mentionedIn(text: string): string[] {
    return mentionedIn(text, this.mentionables.peek());
  }

  /** Go to what somebody was told of. */
  open({ id, conversation_id, position }: Notification): void {
    this.bell.value = false;
    this.notifications.read(id);
    this.#around.open(conversation_id, position);
  }

  /** Not of what is before the reader's eyes. */
  #told(told: Notification): void {
    if (this.#isLookedAt(told.conversation_id)) return;
    const open = (): void => { this.open(told); };
    this.#around.call(told, open);
    this.#around.notices.say(sentence(told), { label: _('Show'), run: open });
  }

  #isLookedAt(conversation: string): boolean {
    return untracked(this.#around.opened) === conversation && document.visibilityState === 'visible' && document.hasFocus();
  }

  #look(): void {
    clearTimeout(this.#looking);
    const id = untracked(this.#around.opened);
    if (id === null) return;
    this.#looking = setTimeout(() => { if (this.#isLookedAt(id)) this.notifications.readOf(id); }, LOOK_MS);
  }
}
