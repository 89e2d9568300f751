// The JSON shapes that the REST API, the socket and the pages share. Times are ISO 8601 in UTC, ids are UUID strings.
import type { Author, ContactConversation, ConversationRow, Line, Message } from './events.gen.ts';

export type {
  Attachment,
  Author,
  ContactConversation,
  ContactRating,
  ConversationRow,
  LastMessage,
  Line,
  Message,
  Tag,
} from './events.gen.ts';

export type AuthorKind = Author['kind'];
export type Direction = Message['direction'];
export type Status = ConversationRow['status'];
export type Priority = ConversationRow['priority'];
export type MessageKind = Message['kind'];
export type LineCode = Line['code'];

export type Conversation = ConversationRow | ContactConversation;

/** An RFC 9457 problem, and the error frame of the socket. */
export interface Problem {
  code: string;
  detail: string;
  status?: number;
  /** Seconds. */
  retry_after?: number;
  errors?: Record<string, string[]>;
}
