// What a recorded event changes in the conversation itself, beside its messages.
import { amendedRow } from './amend_row.ts';
import type { ContactConversation, Conversation, ConversationRow, Message } from './types.ts';
import type { RecordedEvent } from './wire.ts';

const SUMMARY = 160;

/** The beginning of a text as list rows show it: on one line, and cut as the server cuts it, by code points. */
function summary(text: string): string {
  const characters = Array.from(text.split(/\s+/u).filter(Boolean).join(' '));
  return characters.length > SUMMARY
    ? `${characters
        .slice(0, SUMMARY - 1)
        .join('')
        .trimEnd()}…`
    : characters.join('');
}

function withMessage<C extends Conversation>(conversation: C, message: Message): C {
  const fromContact = message.author.kind === 'contact';
  const isRow = 'inbox_id' in conversation;
  const next = {
    ...conversation,
    last_message: {
      text: summary(message.text),
      author_kind: message.author.kind,
      created_at: message.created_at,
    },
    // Whoever writes has read what came before.
    unread_count: fromContact === isRow ? conversation.unread_count + 1 : 0,
  };
  if ('inbox_id' in next) {
    const row: ConversationRow = next;
    row.last_activity_at = message.created_at;
    row.waiting_since = fromContact ? (row.waiting_since ?? message.created_at) : null;
    if (fromContact) row.contact_read_position = row.contact_delivered_position = message.contact_position ?? 0;
  } else {
    const own: ContactConversation = next;
    if (fromContact) own.read_position = message.position;
    else own.operators_seen_position = message.position;
  }
  return next;
}

function contact(conversation: ContactConversation, event: RecordedEvent): Partial<ContactConversation> {
  switch (event.type) {
    case 'conversation.assigned':
      return { operator: event.operator_id ? { name: event.operator_name } : null };
    case 'conversation.resolved':
      return { status: 'resolved', rating: event.can_rate ? { score: null, comment: '', can_rate: true } : null };
    case 'conversation.reopened':
      return { status: 'open', rating: conversation.rating && { ...conversation.rating, can_rate: false } };
    case 'conversation.changed':
      return { subject: event.subject, language: event.language };
    case 'conversation.rated':
      // A comment closes the rating; a bare score may still be changed.
      return { rating: { score: event.score, comment: event.comment, can_rate: conversation.status === 'resolved' && !event.comment } };
    default:
      return {};
  }
}

/** The conversation after an event of its own stream. */
export function amended<C extends Conversation>(conversation: C, event: RecordedEvent): C {
  const base = event.type === 'message.created' ? withMessage(conversation, event.message) : conversation;
  const change = 'inbox_id' in base ? amendedRow(base, event) : contact(base, event);
  return { ...base, ...change, position: event.position };
}
