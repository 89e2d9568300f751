// The panel's connection: who this is, what goes out through the outbox, and whom the answers and events go to.
import { newId } from '../../shared/ids.ts';
import { Outbox } from '../../shared/outbox.ts';
import type { Entry } from '../../shared/outbox.ts';
import { Transport } from '../../shared/transport.ts';
import type { CommandError } from '../../shared/transport.ts';
import type { ContactConversation, Message } from '../../shared/types.ts';
import type { Identity, Page } from '../messages.ts';
import { config } from './config.ts';
import { keep, post } from './host.ts';
import { hello, isFinal, openSession } from './session.ts';
import { atEnd, chosen, connection, contact, conversations, current, entries, inbox, isChat, isLost, isOpen, more, page, refusal, state, unread } from './state.ts';
import type { Contact, Inbox } from './state.ts';
import { forget, outboxStorage, store, stored } from './storage.ts';

/** What the host page says about the visitor, until the socket has been told. */
let identity: Identity = {};
let session: Promise<void> | undefined;
let beginning: Promise<string> | undefined;
let lostTimer: ReturnType<typeof setTimeout> | undefined;
let told = -1;
let wasActive: boolean | undefined;

const LOST_AFTER = 3_000;

export const outbox = new Outbox({
  storage: outboxStorage,
  deliver,
  onChange(list) {
    entries.value = list;
    afterChange();
  },
});

export const transport = new Transport({
  url: () => `${location.origin.replace('http', 'ws')}/ws/contact/`,
  async hello() {
    try {
      await ready();
    } catch (error) {
      session = undefined;
      if (isFinal(error)) {
        transport.stop();
        refusal.value = 'permission_denied';
      }
      throw error;
    }
    return { ...hello(), page: page.value };
  },
  onWelcome(frame) {
    contact.value = frame['contact'] as Contact;
    inbox.value = frame['inbox'] as Inbox;
    more.value?.put(frame['conversations'] as ContactConversation[]);
    identify(identity);
    void outbox.restore();
    afterChange();
  },
  onEvents(events) {
    const holes = more.value?.take(events) ?? [];
    afterChange();
    return holes;
  },
  positionOf: (id) => state.value.threads[id]?.position,
  onReload(id) {
    for (const known of conversations.value) if (!id || known.id === id) void more.value?.load(known);
  },
  onConnection(now) {
    connection.value = now;
    clearTimeout(lostTimer);
    if (now === 'online') isLost.value = false;
    else lostTimer = setTimeout(() => { isLost.value = true; }, LOST_AFTER);
  },
  onUnauthenticated: () => (session = openSession()),
});

/** The session, opened once. */
export function ready(): Promise<void> {
  return (session ??= openSession());
}

/** Connect, as whoever this browser's handle says. Once; the transport looks after itself from then on. */
export function start(where: Page): void {
  page.value = where;
  transport.notify('page', { page: where });
  ready().catch(() => { session = undefined; });
  if (more.value) transport.start();
}

export function identify(who: Identity): void {
  identity = who;
  if (!transport.isOnline || !Object.keys(who).length) return;
  identity = {};
  transport.send('identify', { ...who }).then(
    ({ contact: known, handle, was_other }) => {
      contact.value = known as Contact;
      if (!handle) return;
      // Proven to be another contact: begin anew as that one, and with nothing of somebody else who was here.
      if (was_other) forget();
      keep({ handle: handle as string });
      location.reload();
    },
    (error: unknown) => {
      // A page may say what it likes about its visitor; other refusals are nothing the visitor could mend.
      if ((error as CommandError).code === 'expired') post({ type: 'tokenexpired' });
    },
  );
}

/** Tell the loader what the closed panel should show, and the server what has been read. */
export function afterChange(): void {
  if (unread.value !== told) {
    told = unread.value;
    post({ type: 'unread', detail: told });
  }
  // What waits to be sent must find a connection on the next page, untouched or not.
  const isActive = entries.value.length > 0 || conversations.value.some(({ status, unread_count }) => status !== 'resolved' || unread_count);
  if (isActive !== wasActive && (isActive || connection.value === 'online')) {
    wasActive = isActive;
    keep({ active: isActive });
  }
  if (!isOpen.value || !isChat.value || !atEnd.value || document.hidden || !transport.isOnline) return;
  const shown = current.value;
  if (shown?.unread_count) more.value?.read(shown.id, shown.position);
}

/** The conversation that the next message belongs to; made when there is none. The same one however often asked. */
export function conversation(isBegun = false): Promise<string> {
  if (current.value && !isBegun) return Promise.resolve(current.value.id);
  return (beginning ??= begin().finally(() => { beginning = undefined; }));
}

async function begin(): Promise<string> {
  // Kept, so that a reload between question and answer does not begin a second conversation.
  if (!stored.start) store({ start: newId() });
  const answer = await transport.send('conversation.start', {
    client_id: stored.start,
    language: config.language,
    page: page.value,
    ...more.value?.identity(),
  });
  const started = answer['conversation'] as ContactConversation;
  if (chosen.value === 'new') chosen.value = '';
  more.value?.put([started]);
  outbox.adopt(started.id);
  store({ start: '', chosen: chosen.value });
  return started.id;
}

async function deliver(entry: Entry): Promise<Message> {
  const answer = await transport.send('message.send', {
    conversation_id: entry.conversation_id ?? (await conversation(!!stored.start)),
    client_id: entry.client_id,
    text: entry.text,
    attachment_ids: entry.attachments.map(({ id }) => id),
  });
  post({ type: 'message', detail: 'visitor' });
  return answer['message'] as Message;
}
