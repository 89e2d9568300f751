// The JSON shapes that the REST API, the socket and the pages share. Times are ISO 8601 in UTC, ids are UUID strings.

export type AuthorKind = 'contact' | 'operator' | 'api_key' | 'system';
export type Direction = 'ltr' | 'rtl' | 'auto';
export type Status = 'open' | 'pending' | 'snoozed' | 'resolved';
export type Priority = 'none' | 'low' | 'medium' | 'high' | 'urgent';
export type MessageKind = 'reply' | 'note' | 'event';

export interface Author {
  kind: AuthorKind;
  id: string | null;
  name: string;
}

export interface Attachment {
  id: string;
  name: string;
  content_type: string;
  /** Bytes. */
  size: number;
  /** Pixels; null for what is not an image. */
  width: number | null;
  height: number | null;
  /** Signed and expiring. */
  url: string;
}

/** An entry of the thread that nobody wrote: a code that each client puts into its own language. */
export interface Line {
  code: string;
  [parameter: string]: unknown;
}

export interface Message {
  id: string;
  conversation_id: string;
  kind: MessageKind;
  client_id: string | null;
  author: Author;
  text: string;
  direction: Direction;
  attachments: Attachment[];
  line: Line | null;
  /** In the reader's own audience. */
  position: number;
  /** Operators only: the same message in the contact's numbering; null for what the contact never sees. */
  contact_position?: number | null;
  created_at: string;
}

export interface LastMessage {
  text: string;
  author_kind: AuthorKind;
  created_at: string;
}

/** A conversation as operators see it. */
export interface ConversationRow {
  id: string;
  inbox_id: string;
  status: Status;
  priority: Priority;
  language: string;
  subject: string;
  contact: { id: string; name: string; email: string; is_verified: boolean };
  operator: { id: string; name: string } | null;
  team_id: string | null;
  tags: { id: string; name: string; colour: string }[];
  last_message: LastMessage | null;
  last_activity_at: string;
  waiting_since: string | null;
  snoozed_until: string | null;
  unread_count: number;
  is_spam: boolean;
  rating: number | null;
  position: number;
  contact_read_position: number;
  contact_delivered_position: number;
  created_at: string;
  resolved_at: string | null;
}

export interface ContactRating {
  score: number | null;
  comment: string | null;
  can_rate: boolean;
}

/** A conversation as its contact sees it. */
export interface ContactConversation {
  id: string;
  status: Status;
  subject: string;
  language: string;
  operator: { name: string } | null;
  position: number;
  /** How far this contact has read. */
  read_position: number;
  operators_seen_position: number;
  unread_count: number;
  last_message: LastMessage | null;
  created_at: string;
  rating: ContactRating | null;
}

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
