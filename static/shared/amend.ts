// What a recorded event changes in the conversation itself, beside its messages.
import { amendedRow } from './amend_row.ts';
import type { ContactConversation, Conversation, Message } from './types.ts';
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
  const isRow = 'inbox_id' in conversation;
  return {
    ...conversation,
    last_message: {
      text: summary(message.text),
      author_kind: message.author.kind,
      created_at: message.created_at,
    },
    // Whoever writes has read what came before; what the system says by itself nobody wrote (see amend_row.ts).
    unread_count: (message.author.kind === 'contact') === isRow ? conversation.unread_count + 1 : 0,
  };
}

function contact(conversation: ContactConversation, event: RecordedEvent): Partial<ContactConversation> {
  switch (event.type) {
    case 'message.created': {
      const { author, position } = event.message;
      // Only the system has no id, and has read nothing.
      if (!author.id) return {};
      return author.kind === 'contact' ? { read_position: position } : { operators_seen_position: position };
    }
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
  const change = 'inbox_id' in conversation ? amendedRow(conversation, event) : contact(conversation, event);
  return { ...base, ...change, position: event.position };
}
