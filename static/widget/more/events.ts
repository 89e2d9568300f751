// Events from the socket: through the reducer into the state, and what they mean for this visitor.
import { holes, reduce } from '../../shared/reduce.ts';
import type { ContactConversation, Message } from '../../shared/types.ts';
import type { WireEvent } from '../../shared/wire.ts';
import { outbox, transport } from '../panel/client.ts';
import { post } from '../panel/host.ts';
import { announcement, inbox, state } from '../panel/state.ts';
import type { Inbox } from '../panel/state.ts';
import { chime } from '../panel/sound.ts';
import { hear } from '../panel/typing.ts';
import { put } from './history.ts';
import { refresh } from './way.tsx';

/** The socket's own frames that are no events of a conversation. */
type Told =
  /** Another tab of this visitor began a conversation. */
  | { type: 'conversation.started'; conversation: ContactConversation }
  /** Somebody came or the last one left; the inbox opened or closed. */
  | ({ type: 'inbox.changed' } & Inbox);

function hearTold(told: Told | WireEvent): void {
  if (told.type === 'conversation.started') put([told.conversation]);
  else if (told.type === 'inbox.changed') inbox.value = told;
}

export function take(events: readonly WireEvent[]): string[] {
  const before = state.value;
  for (const event of events) {
    // One by one: what is told of a conversation may come with its beginning.
    state.value = reduce(state.value, event);
    if (event.type === 'typing.started') hear(event.conversation_id, event.author);
    else hearTold(event);
  }
  for (const { messages } of Object.values(state.value.threads)) outbox.settle(messages);
  for (const event of events) {
    if (event.type !== 'message.created' || event.message.author.kind === 'contact') continue;
    // What was heard before is not news.
    if (event.position > (before.threads[event.conversation_id]?.position ?? 0)) arrived(event.message);
  }
  // The home tells of conversations too.
  refresh();
  return holes(state.value);
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
  // Not heard: it is told again, or the operators would never know.
  transport.send('read', { conversation_id: id, position }).catch(() => { setTimeout(read, 5_000, id, position); });
}
