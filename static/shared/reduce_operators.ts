// What only operators are told and nobody records: who looks at what, who is there, what was delivered. The widget is
// built without this file.
import type { State } from './reduce.ts';
import type { Conversation } from './types.ts';
import type { RecordedEvent, WireEvent } from './wire.ts';

function put<C extends Conversation, K extends 'viewing' | 'availability'>(
  state: State<C>,
  key: K,
  id: string,
  value: State<C>[K][string],
): State<C> {
  return { ...state, [key]: { ...state[key], [id]: value } };
}

/** A count of another moment than the row's is of no use: the row is fetched afresh. */
function unread<C extends Conversation>(state: State<C>, id: string, unread_count: number, head: number): State<C> {
  const conversation = state.conversations[id];
  if (conversation?.position !== head || conversation.unread_count === unread_count) return state;
  return { ...state, conversations: { ...state.conversations, [id]: { ...conversation, unread_count } } };
}

function delivered<C extends Conversation>(state: State<C>, id: string, position: number): State<C> {
  const conversation = state.conversations[id];
  if (!conversation || !('contact_delivered_position' in conversation)) return state;
  if (conversation.contact_delivered_position >= position) return state;
  const next = { ...conversation, contact_delivered_position: position };
  return { ...state, conversations: { ...state.conversations, [id]: next } };
}

function rename<C extends Conversation>(
  state: State<C>,
  contactId: string | null,
  about: { id: string; name: string; email: string; is_verified: boolean },
): State<C> {
  const changed: Record<string, C> = {};
  for (const [id, conversation] of Object.entries(state.conversations)) {
    if ('contact' in conversation && conversation.contact.id === contactId) {
      changed[id] = { ...conversation, contact: { ...conversation.contact, ...about } };
    }
  }
  return { ...state, conversations: { ...state.conversations, ...changed } };
}

function visitors<C extends Conversation>(state: State<C>, here: readonly string[], gone: readonly string[]): State<C> {
  const changed = here.map((id) => [id, true]).concat(gone.map((id) => [id, false]));
  return { ...state, presence: { ...state.presence, ...(Object.fromEntries(changed) as Record<string, boolean>) } };
}

/** The state after an event that is for operators alone; the same state for any other. */
export function operatorsEvent<C extends Conversation>(state: State<C>, event: Exclude<WireEvent, RecordedEvent>): State<C> {
  switch (event.type) {
    case 'delivered.changed':
      return delivered(state, event.conversation_id, event.position);
    case 'viewing.changed':
      return put(state, 'viewing', event.conversation_id, event.operators);
    case 'unread.changed':
      return unread(state, event.conversation_id, event.unread_count, event.head);
    case 'visitors.changed':
      return visitors(state, event.here.map((one) => one.contact_id), event.gone);
    case 'operator.availability_changed':
      return put(state, 'availability', event.operator_id, event.availability);
    case 'contact.updated':
    case 'contact.identified': {
      const about = { id: event.contact_id, name: event.name, email: event.email, is_verified: event.is_verified };
      const known = rename(state, event.contact_id, about);
      // The conversations of who they were until now.
      return event.type === 'contact.identified' ? rename(known, event.former_contact_id, about) : known;
    }
    default:
      return state;
  }
}
