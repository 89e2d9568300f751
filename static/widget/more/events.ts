// Events from the socket: through the reducer into the state, and what they mean for this visitor.
import { holes, reduce } from '../../shared/reduce.ts';
import type { ContactConversation, Message } from '../../shared/types.ts';
import type { WireEvent } from '../../shared/wire.ts';
import { outbox, transport } from '../panel/client.ts';
import { config } from '../panel/config.ts';
import { post } from '../panel/host.ts';
import { request } from '../panel/session.ts';
import { announcement, inbox, isOpen, state } from '../panel/state.ts';
import type { Inbox } from '../panel/state.ts';
import { chime } from '../panel/sound.ts';
import { hear } from '../panel/typing.ts';
import { put } from './history.ts';

/** Not an event of a conversation: another tab of this visitor began one. */
interface Started {
  type: string;
  conversation: ContactConversation;
}

const STATE_EVERY = 60_000;

/** Somebody may have come or gone while the panel stands open. */
export function watchInbox(): void {
  setInterval(() => {
    if (!isOpen.value || document.hidden || !transport.isOnline) return;
    request(`/widget/${config.key}/state`)
      .then((response) => response.json())
      .then((fresh: Inbox) => { inbox.value = fresh; })
      .catch(() => undefined);
  }, STATE_EVERY);
}

export function take(events: readonly WireEvent[]): string[] {
  const before = state.value;
  let next = before;
  for (const event of events) {
    next = reduce(next, event);
    if (event.type === 'typing.started') hear(event.conversation_id, event.author);
    else if ((event as { type: string }).type === 'conversation.started') put([(event as unknown as Started).conversation]);
  }
  state.value = next;
  for (const { messages } of Object.values(next.threads)) outbox.settle(messages);
  for (const event of events) {
    if (event.type !== 'message.created' || event.message.author.kind === 'contact') continue;
    // What was heard before is not news.
    if (event.position > (before.threads[event.conversation_id]?.position ?? 0)) arrived(event.message);
  }
  return holes(next);
}

function arrived(message: Message): void {
  transport.notify('delivered', { conversation_id: message.conversation_id, position: message.position });
  announcement.value = `${message.author.name}: ${message.text}`;
  chime();
  post({ type: 'message', detail: 'operator' });
}

/** Everything up to the newest message of a conversation has been read here. */
export function read(id: string, position: number): void {
  state.value = reduce(state.value, { type: 'read.changed', conversation_id: id, audience: 'contact', position });
  transport.send('read', { conversation_id: id, position }).catch(() => undefined);
}
