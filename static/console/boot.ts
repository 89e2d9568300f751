// What the page's template hands over, so that the first paint asks the network for nothing.
import type { ConversationRow, Message, Priority, Status } from '../shared/types.ts';

export type Availability = 'online' | 'away' | 'offline';

export interface OperatorRef {
  id: string;
  name: string;
  availability: Availability;
}

export interface TagRef {
  id: string;
  name: string;
  colour: string;
}

export interface InboxRef {
  id: string;
  name: string;
  kind: string;
  colour: string;
}

/** A filter and an order under a name; see `state/view_tree.ts`. */
export interface SavedView {
  id: string;
  name: string;
  /** An emoji, or nothing. */
  icon: string;
  filter: Record<string, unknown>;
  /** As the REST API calls it. */
  sort: string;
  is_shared: boolean;
  place: number;
}

export interface CannedReply {
  id: string;
  shortcut: string;
  title: string;
  text: string;
}

/** What is empty is left as it is. */
export interface Macro {
  id: string;
  name: string;
  note: string;
  tags: string[];
  priority: Priority | '';
  assigns: '' | 'me' | 'nobody' | 'operator' | 'team';
  to_operator_id: string | null;
  to_team_id: string | null;
  reply: string;
  status: Status | '';
  snooze_hours: number;
}

/** How many conversations each list holds. Nobody counts the resolved ones: they only grow. */
export interface Counts {
  mine: number;
  unassigned: number;
  all: number;
  pending: number;
  snoozed: number;
}

export interface Boot {
  operator: OperatorRef & { email: string; role: string; permissions: string[] };
  tenant: { id: string; name: string; calendar: string; time_zone: string };
  /** All tenants of this person, this one included. */
  tenants: { id: string; name: string; operator_id: string }[];
  inboxes: InboxRef[];
  operators: OperatorRef[];
  /** `requires_tag`: their conversations are resolved only with one. */
  teams: { id: string; name: string; member_ids: string[]; requires_tag: boolean }[];
  tags: TagRef[];
  canned_replies: CannedReply[];
  /** Those that this operator may run. */
  macros: Macro[];
  /** Everybody's, and then this operator's own. */
  views: SavedView[];
  counts: Counts;
  /** The first page of the list that the address asks for, newest activity first. */
  rows: ConversationRow[];
  next: string | null;
  /** The conversation the address names, if it exists in this tenant, with its newest messages. */
  conversation: { row: ConversationRow; messages: Message[]; has_more: boolean } | null;
  csrf_token: string;
  language: string;
  /** Codes of those a conversation may be held in. */
  languages: string[];
  urls: Urls;
}

export interface Urls {
  inbox: string;
  socket: string;
  api: string;
  counts: string;
  reports: string;
  settings: string;
  start: string;
  profile: string;
  logout: string;
  switch_tenant: string;
}

/** Read the template's JSON. Throws when the page was not made by our template. */
export function readBoot(page: Document): Boot {
  const source = page.getElementById('boot')?.textContent;
  if (!source) throw new Error('The page carries no boot data.');
  return JSON.parse(source) as Boot;
}
