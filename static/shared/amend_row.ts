// What a recorded event changes in an operator's list row. The widget is built without this file.
import type { ConversationRow, Message } from './types.ts';
import type { RecordedEvent } from './wire.ts';

function statusChange(row: ConversationRow, event: RecordedEvent): Partial<ConversationRow> {
  switch (event.type) {
    case 'conversation.resolved':
      return {
        status: 'resolved',
        resolved_at: event.line?.created_at ?? row.resolved_at,
        last_activity_at: event.line?.created_at ?? row.last_activity_at,
        waiting_since: null,
        snoozed_until: null,
      };
    case 'conversation.reopened':
      return { status: 'open', resolved_at: null, snoozed_until: null };
    case 'conversation.snoozed':
      return { status: 'snoozed', snoozed_until: event.until, resolved_at: null };
    case 'conversation.marked_pending':
      return { status: 'pending', snoozed_until: null, resolved_at: null };
    default:
      return {};
  }
}

function said(row: ConversationRow, { author, created_at, contact_position }: Message): Partial<ConversationRow> {
  // What is said by itself is no answer: the contact waits as before, and nobody has read anything.
  if (author.kind === 'system') return { unread_count: row.unread_count };
  if (author.kind !== 'contact') return { last_activity_at: created_at, waiting_since: null };
  const seen = contact_position ?? 0;
  return {
    last_activity_at: created_at,
    waiting_since: row.waiting_since ?? created_at,
    contact_read_position: seen,
    contact_delivered_position: seen,
  };
}

/** The fields of a row that an event changes, from before it; they stand over those that a message changes for both audiences. */
export function amendedRow(row: ConversationRow, event: RecordedEvent): Partial<ConversationRow> {
  switch (event.type) {
    case 'message.created':
      return said(row, event.message);
    case 'conversation.assigned':
      return {
        operator: event.operator_id ? { id: event.operator_id, name: event.operator_name } : null,
        team_id: event.team_id,
      };
    case 'note.created':
      return { last_activity_at: event.message.created_at };
    case 'conversation.changed':
      return { subject: event.subject, language: event.language };
    case 'conversation.tagged':
      return { tags: event.tags };
    case 'conversation.prioritised':
      return { priority: event.priority };
    case 'conversation.marked_spam':
      return { is_spam: event.is_spam };
    case 'conversation.rated':
      return { rating: event.score };
    default:
      return statusChange(row, event);
  }
}
