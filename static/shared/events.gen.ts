// Written by `manage.py write_event_types` from the registry of events. Change it there.

export interface Attachment {
  id: string;
  name: string;
  content_type: string;
  size: number;
  width: number | null;
  height: number | null;
  url: string;
}

export interface Author {
  kind: 'contact' | 'operator' | 'api_key' | 'system';
  id: string | null;
  name: string;
}

export interface ContactConversation {
  id: string;
  status: 'open' | 'pending' | 'snoozed' | 'resolved';
  subject: string;
  language: string;
  operator: ContactOperator | null;
  position: number;
  read_position: number;
  operators_seen_position: number;
  unread_count: number;
  last_message: LastMessage | null;
  created_at: string;
  rating: ContactRating | null;
}

export interface ContactOperator {
  name: string;
}

export interface ContactRating {
  score: number | null;
  comment: string;
  can_rate: boolean;
}

export interface ConversationRow {
  id: string;
  inbox_id: string;
  status: 'open' | 'pending' | 'snoozed' | 'resolved';
  priority: 'none' | 'low' | 'medium' | 'high' | 'urgent';
  language: string;
  subject: string;
  contact: RowContact;
  operator: RowOperator | null;
  team_id: string | null;
  tags: Tag[];
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

export interface LastMessage {
  text: string;
  author_kind: 'contact' | 'operator' | 'api_key' | 'system';
  created_at: string;
}

export interface Line {
  code: string;
  operator?: string;
  team?: string;
  until?: string;
}

export interface Mention {
  kind: 'operator' | 'team';
  id: string;
  name: string;
}

export interface Message {
  id: string;
  conversation_id: string;
  kind: 'reply' | 'note' | 'event';
  client_id: string | null;
  author: Author;
  text: string;
  direction: 'ltr' | 'rtl' | 'auto';
  attachments: Attachment[];
  line: Line | null;
  mentions?: Mention[];
  created_at: string;
  position: number;
  contact_position?: number | null;
}

export interface Notification {
  id: string;
  kind: 'mention' | 'invited' | 'transfer' | 'returned' | 'taken_over';
  conversation_id: string;
  contact_name: string;
  message_id: string | null;
  position: number | null;
  text: string;
  by: Author;
  created_at: string;
  read_at: string | null;
}

export interface Offer {
  id: string;
  conversation_id: string;
  operator_id: string;
  team_id: string | null;
  team_name: string;
  sender: RowOperator | null;
  contact: RowContact;
  text: string;
  note: string;
  language: string;
  priority: 'none' | 'low' | 'medium' | 'high' | 'urgent';
  waiting_since: string;
  offered_at: string;
  expires_at: string;
  seconds_left: number;
}

export interface RowContact {
  id: string;
  name: string;
  email: string;
  is_verified: boolean;
}

export interface RowOperator {
  id: string;
  name: string;
}

export interface Tag {
  id: string;
  name: string;
  colour: string;
}

export interface Viewer {
  id: string;
  name: string;
  is_typing: boolean;
}

export interface Visitor {
  contact_id: string;
  inbox_id: string;
  name: string;
  language: string;
  page_url: string;
  page_title: string;
  since: string;
  conversation_id: string | null;
}

export interface ContactIdentified {
  type: 'contact.identified';
  position: null;
  contact_id: string;
  former_contact_id: string | null;
  conversation_ids: string[];
  external_id: string;
  name: string;
  email: string;
  phone: string;
  is_verified: boolean;
  by: Author;
}

export interface ContactTagged {
  type: 'contact.tagged';
  position: null;
  contact_id: string;
  tags: Tag[];
  by: Author;
}

export interface ContactUpdated {
  type: 'contact.updated';
  position: null;
  contact_id: string;
  name: string;
  email: string;
  phone: string;
  is_verified: boolean;
  by: Author;
}

export interface ConversationAssigned {
  type: 'conversation.assigned';
  position: number;
  conversation_id: string;
  operator_id: string | null;
  operator_name: string;
  team_id: string | null;
  by: Author;
  line: Message | null;
}

export interface ConversationChanged {
  type: 'conversation.changed';
  position: number;
  conversation_id: string;
  subject: string;
  language: string;
  by: Author;
}

export interface ConversationCreated {
  type: 'conversation.created';
  position: number;
  conversation_id: string;
  inbox_id: string;
  contact_id: string;
  language: string;
  status: 'open' | 'pending' | 'snoozed' | 'resolved';
  created_at: string;
  row?: ConversationRow;
}

export interface ConversationInvited {
  type: 'conversation.invited';
  position: number;
  conversation_id: string;
  operator_id: string;
  operator_name: string;
  by: Author;
  line: Message | null;
}

export interface ConversationMarkedPending {
  type: 'conversation.marked_pending';
  position: number;
  conversation_id: string;
  by: Author;
  line: Message | null;
}

export interface ConversationMarkedSpam {
  type: 'conversation.marked_spam';
  position: number;
  conversation_id: string;
  is_spam: boolean;
  by: Author;
}

export interface ConversationPrioritised {
  type: 'conversation.prioritised';
  position: number;
  conversation_id: string;
  priority: 'none' | 'low' | 'medium' | 'high' | 'urgent';
  by: Author;
}

export interface ConversationRated {
  type: 'conversation.rated';
  position: number;
  conversation_id: string;
  score: number;
  comment: string;
  resolution: number;
  by: Author;
}

export interface ConversationReopened {
  type: 'conversation.reopened';
  position: number;
  conversation_id: string;
  by: Author;
  line: Message | null;
}

export interface ConversationResolved {
  type: 'conversation.resolved';
  position: number;
  conversation_id: string;
  resolution: number;
  can_rate: boolean;
  by: Author;
  line: Message | null;
}

export interface ConversationSnoozed {
  type: 'conversation.snoozed';
  position: number;
  conversation_id: string;
  until: string | null;
  by: Author;
  line: Message | null;
}

export interface ConversationTagged {
  type: 'conversation.tagged';
  position: number;
  conversation_id: string;
  tags: Tag[];
  by: Author;
}

export interface ConversationTransferred {
  type: 'conversation.transferred';
  position: number;
  conversation_id: string;
  from_operator_id: string;
  from_operator_name: string;
  to_operator_id: string | null;
  to_operator_name: string;
  team_id: string | null;
  outcome: 'offered' | 'queued' | 'accepted' | 'declined' | 'expired' | 'withdrawn';
  by: Author;
  line: Message | null;
}

export interface DeliveredChanged {
  type: 'delivered.changed';
  conversation_id: string;
  position: number;
}

export interface MessageCreated {
  type: 'message.created';
  position: number;
  conversation_id: string;
  message: Message;
}

export interface NoteCreated {
  type: 'note.created';
  position: number;
  conversation_id: string;
  message: Message;
}

export interface NotificationMade {
  type: 'notification.made';
  operator_id: string;
  notification: Notification;
  unread_count: number;
}

export interface NotificationRead {
  type: 'notification.read';
  operator_id: string;
  notification_ids: string[];
  unread_count: number;
}

export interface OfferEnded {
  type: 'offer.ended';
  position: null;
  offer_id: string;
  conversation_id: string;
  operator_id: string;
  outcome: 'accepted' | 'declined' | 'expired' | 'taken' | 'withdrawn';
  taken_by: string;
}

export interface OfferMade {
  type: 'offer.made';
  position: null;
  offer: Offer;
}

export interface OperatorAvailabilityChanged {
  type: 'operator.availability_changed';
  position: null;
  operator_id: string;
  availability: string;
}

export interface OperatorDeactivated {
  type: 'operator.deactivated';
  position: null;
  operator_id: string;
}

export interface OperatorJoined {
  type: 'operator.joined';
  position: null;
  operator_id: string;
  name: string;
  role: string;
}

export interface OperatorRoleChanged {
  type: 'operator.role_changed';
  position: null;
  operator_id: string;
  role: string;
}

export interface ReadChanged {
  type: 'read.changed';
  conversation_id: string;
  audience: 'contact' | 'operators';
  position: number;
}

export interface TypingStarted {
  type: 'typing.started';
  conversation_id: string;
  author: Author;
}

export interface TypingStopped {
  type: 'typing.stopped';
  conversation_id: string;
  author: Author;
}

export interface UnreadChanged {
  type: 'unread.changed';
  conversation_id: string;
  unread_count: number;
  head: number;
}

export interface ViewingChanged {
  type: 'viewing.changed';
  conversation_id: string;
  operators: Viewer[];
}

export interface ViewsChanged {
  type: 'views.changed';
  operator_id: string | null;
}

export interface VisitorsChanged {
  type: 'visitors.changed';
  here: Visitor[];
  gone: string[];
  is_partial: boolean;
}

export type RecordedEvent =
  | ConversationAssigned | ConversationChanged | ConversationCreated | ConversationInvited
  | ConversationMarkedPending | ConversationMarkedSpam | ConversationPrioritised | ConversationRated
  | ConversationReopened | ConversationResolved | ConversationSnoozed | ConversationTagged
  | ConversationTransferred | MessageCreated | NoteCreated;

export type TenantEvent =
  | ContactIdentified | ContactTagged | ContactUpdated | OfferEnded | OfferMade | OperatorAvailabilityChanged
  | OperatorDeactivated | OperatorJoined | OperatorRoleChanged;

export type EphemeralEvent =
  | DeliveredChanged | NotificationMade | NotificationRead | ReadChanged | TypingStarted | TypingStopped
  | UnreadChanged | ViewingChanged | ViewsChanged | VisitorsChanged;

export type OperatorEvent =
  | ContactIdentified | ContactTagged | ContactUpdated | ConversationAssigned | ConversationChanged
  | ConversationCreated | ConversationInvited | ConversationMarkedPending | ConversationMarkedSpam
  | ConversationPrioritised | ConversationRated | ConversationReopened | ConversationResolved
  | ConversationSnoozed | ConversationTagged | ConversationTransferred | DeliveredChanged | MessageCreated
  | NoteCreated | NotificationMade | NotificationRead | OfferEnded | OfferMade | OperatorAvailabilityChanged
  | OperatorDeactivated | OperatorJoined | OperatorRoleChanged | ReadChanged | TypingStarted | TypingStopped
  | UnreadChanged | ViewingChanged | ViewsChanged | VisitorsChanged;

export type ContactEvent =
  | ConversationAssigned | ConversationChanged | ConversationCreated | ConversationRated | ConversationReopened
  | ConversationResolved | MessageCreated | ReadChanged | TypingStarted | TypingStopped;

export type WireEvent = RecordedEvent | TenantEvent | EphemeralEvent;
