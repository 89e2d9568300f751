// The frames of the socket that carry events. Recorded events have a position, ephemeral ones have none.
import type { Author, ConversationRow, Message, Priority, Status } from './types.ts';

interface Recorded<Name extends string> {
  type: Name;
  /** In the reader's own audience: 1, 2, 3, ... without holes. */
  position: number;
  conversation_id: string;
}

interface WithLine {
  by: Author;
  line: Message | null;
}

export type RecordedEvent =
  | (Recorded<'message.created'> & { message: Message })
  | (Recorded<'note.created'> & { message: Message })
  | (Recorded<'conversation.created'> & { inbox_id: string; contact_id: string; language: string; status: Status })
  | (Recorded<'conversation.assigned'> & WithLine & {
        operator_id: string | null;
        operator_name: string;
        team_id: string | null;
      })
  | (Recorded<'conversation.resolved'> & WithLine)
  | (Recorded<'conversation.reopened'> & WithLine)
  | (Recorded<'conversation.snoozed'> & WithLine & { until: string })
  | (Recorded<'conversation.marked_pending'> & WithLine)
  | (Recorded<'conversation.prioritised'> & { priority: Priority; by: Author })
  | (Recorded<'conversation.tagged'> & { tags: string[]; by: Author; line?: Message | null })
  | (Recorded<'conversation.marked_spam'> & { is_spam: boolean; by: Author })
  | (Recorded<'conversation.rated'> & { score: number; comment: string; by: Author });

export type TenantEvent =
  | { type: 'contact.updated'; position: null; contact_id: string; name: string; email: string }
  | { type: 'operator.availability_changed'; position: null; operator_id: string; availability: string }
  | { type: 'operator.deactivated'; position: null; operator_id: string };

export type EphemeralEvent =
  | { type: 'typing.started' | 'typing.stopped'; conversation_id: string; author: Author }
  | { type: 'read.changed'; conversation_id: string; audience: 'contact' | 'operators'; position: number }
  | { type: 'delivered.changed'; conversation_id: string; position: number }
  | { type: 'viewing.changed'; conversation_id: string; operators: Viewer[] }
  | { type: 'conversation.changed'; row: ConversationRow }
  | { type: 'presence.changed'; contact_id: string; online: boolean }
  | { type: 'inbox.changed'; is_open: boolean; online: boolean };

export interface Viewer {
  id: string;
  name: string;
  typing: boolean;
}

export type WireEvent = RecordedEvent | TenantEvent | EphemeralEvent;
