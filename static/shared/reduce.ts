/**
 * The one reducer: what an event does to a client's state, for operators and for contacts alike. Pure, free of any
 * framework, and order does not matter: events that came twice change nothing, events that came early wait for those
 * before them. Invariant (tested against the server): state before + events = state fetched fresh.
 */
import { amended } from './amend.ts';
import { operatorsEvent } from './reduce_operators.ts';
import type { Author, Conversation, Message } from './types.ts';
import type { RecordedEvent, Viewer, WireEvent } from './wire.ts';

export type Audience = 'contact' | 'operators';

/** The messages of one conversation that this client follows. */
export interface Thread {
  /** Sorted by position. */
  readonly messages: readonly Message[];
  /** The last position applied; everything up to it is known. */
  readonly position: number;
  /** Events beyond a hole, sorted by position. */
  readonly early: readonly RecordedEvent[];
  /** Whether there are messages before the first one held here. */
  readonly hasMore: boolean;
}

export interface State<C extends Conversation = Conversation> {
  readonly audience: Audience;
  readonly conversations: Readonly<Record<string, C>>;
  readonly threads: Readonly<Record<string, Thread>>;
  /** Who types where. The owner of the state lets entries expire. */
  readonly typing: Readonly<Record<string, readonly Author[]>>;
  readonly viewing: Readonly<Record<string, readonly Viewer[]>>;
  /** By contact id. */
  readonly presence: Readonly<Record<string, boolean>>;
  /** By operator id. */
  readonly availability: Readonly<Record<string, string>>;
}

/** More than this many early events are not worth keeping: the client asks for a fresh copy anyway. */
const EARLY_LIMIT = 500;

export function emptyState<C extends Conversation>(audience: Audience): State<C> {
  return { audience, conversations: {}, threads: {}, typing: {}, viewing: {}, presence: {}, availability: {} };
}

function byPosition(a: { position: number }, b: { position: number }): number {
  return a.position - b.position;
}

function merged(messages: readonly Message[], more: readonly Message[]): Message[] {
  const ids = new Set(more.map((message) => message.id));
  return [...messages.filter((message) => !ids.has(message.id)), ...more].sort(byPosition);
}

/** The entry of the thread that an event brings, if any. */
function entryOf(event: RecordedEvent): Message | null {
  if ('message' in event) return event.message;
  return 'line' in event ? (event.line ?? null) : null;
}

function follow(thread: Thread, event: RecordedEvent): Thread {
  const entry = entryOf(event);
  return {
    ...thread,
    messages: entry ? merged(thread.messages, [entry]) : thread.messages,
    position: event.position,
  };
}

function withoutTyping<C extends Conversation>(state: State<C>, id: string, author: Author): State<C> {
  const typing = state.typing[id];
  if (!typing?.some((other) => other.kind === author.kind && other.id === author.id)) return state;
  const rest = typing.filter((other) => other.kind !== author.kind || other.id !== author.id);
  return { ...state, typing: { ...state.typing, [id]: rest } };
}

/** A recorded event whose turn it is. */
function apply<C extends Conversation>(state: State<C>, event: RecordedEvent): State<C> {
  const id = event.conversation_id;
  let next = state;
  const thread = next.threads[id];
  if (thread) next = { ...next, threads: { ...next.threads, [id]: follow(thread, event) } };
  if (event.type === 'conversation.created' && event.row) next = withConversation(next, event.row as Conversation as C);
  const conversation = next.conversations[id];
  // A fresher row may already contain this event; a row that missed one waits for its next fresh copy.
  if (conversation && event.position === conversation.position + 1) {
    next = { ...next, conversations: { ...next.conversations, [id]: amended(conversation, event) } };
  }
  return 'message' in event ? withoutTyping(next, id, event.message.author) : next;
}

function record<C extends Conversation>(state: State<C>, event: RecordedEvent): State<C> {
  const id = event.conversation_id;
  const thread = state.threads[id];
  if (!thread) return apply(state, event);
  if (event.position <= thread.position) return state;
  if (event.position > thread.position + 1) {
    if (thread.early.some((other) => other.position === event.position)) return state;
    const early = [...thread.early, event].sort(byPosition).slice(0, EARLY_LIMIT);
    return { ...state, threads: { ...state.threads, [id]: { ...thread, early } } };
  }
  return settle(apply(state, event), id);
}

/** Apply the early events whose turn has come and forget those already contained. */
function settle<C extends Conversation>(state: State<C>, id: string): State<C> {
  let next = state;
  let thread = next.threads[id];
  while (thread && thread.early.length) {
    const [event, ...early] = thread.early;
    if (!event || event.position > thread.position + 1) break;
    const due = event.position === thread.position + 1;
    next = { ...next, threads: { ...next.threads, [id]: { ...thread, early } } };
    if (due) next = apply(next, event);
    thread = next.threads[id];
  }
  return next;
}

function read<C extends Conversation>(state: State<C>, id: string, audience: Audience, position: number): State<C> {
  const conversation = state.conversations[id];
  if (!conversation) return state;
  const messages = state.threads[id]?.messages ?? [];
  const own = audience === state.audience;
  const theirs = (message: Message): boolean =>
    message.kind === 'reply' && (message.author.kind === 'contact') === (state.audience === 'operators');
  const unread_count =
    position >= conversation.position
      ? 0
      : messages.filter((message) => theirs(message) && message.position > position).length;
  const change: Partial<Record<string, number>> = own ? { unread_count } : {};
  if ('read_position' in conversation) {
    const field = own ? 'read_position' : 'operators_seen_position';
    if (conversation[field] >= position) return state;
    change[field] = position;
  } else if (!own) {
    if (conversation.contact_read_position >= position) return state;
    change['contact_read_position'] = position;
  }
  return { ...state, conversations: { ...state.conversations, [id]: { ...conversation, ...change } } };
}

function typingStarted<C extends Conversation>(state: State<C>, id: string, author: Author): State<C> {
  const rest = withoutTyping(state, id, author).typing[id] ?? [];
  return { ...state, typing: { ...state.typing, [id]: [...rest, author] } };
}

function unrecorded<C extends Conversation>(state: State<C>, event: Exclude<WireEvent, RecordedEvent>): State<C> {
  switch (event.type) {
    case 'typing.started':
      return typingStarted(state, event.conversation_id, event.author);
    case 'typing.stopped':
      return withoutTyping(state, event.conversation_id, event.author);
    case 'read.changed':
      return read(state, event.conversation_id, event.audience, event.position);
    default:
      return operatorsEvent(state, event);
  }
}

/** Whether the event has a place in the order of a conversation. Names this client does not know yet have one too. */
function isRecorded(event: WireEvent): event is RecordedEvent {
  return event.type !== 'read.changed' && event.type !== 'delivered.changed' && 'position' in event && event.position !== null;
}

/** The state after an event. Never changes its arguments; returns `state` itself when the event changes nothing. */
export function reduce<C extends Conversation>(state: State<C>, event: WireEvent): State<C> {
  return isRecorded(event) ? record(state, event) : unrecorded(state, event);
}

/** How far it is read only grows, and is told without a place in the order: a copy may be older in that alone. */
function withMarks<C extends Conversation>(held: C, fresh: C): C {
  const made: Record<string, unknown> = { ...fresh };
  for (const [name, mark] of Object.entries(held)) {
    if (!name.endsWith('_position') || (mark as number) <= (made[name] as number)) continue;
    made[name] = mark;
    // What a contact has not read is counted from there.
    if (name === 'read_position') made['unread_count'] = held.unread_count;
  }
  return made as unknown as C;
}

/** Put a conversation fetched fresh into the state. An older copy than the one held changes nothing. */
export function withConversation<C extends Conversation>(state: State<C>, conversation: C): State<C> {
  const held = state.conversations[conversation.id];
  if (held && held.position > conversation.position) return state;
  const fresh = held ? withMarks(held, conversation) : conversation;
  return { ...state, conversations: { ...state.conversations, [fresh.id]: fresh } };
}

/**
 * The newest messages, fetched fresh together with the conversation's position at that moment: the client follows
 * the conversation from here on. Messages held before stay only where they join without a hole.
 */
export function withThread<C extends Conversation>(
  state: State<C>,
  id: string,
  fresh: { messages: readonly Message[]; position: number; hasMore: boolean },
): State<C> {
  const held = state.threads[id];
  if (held && held.position > fresh.position) return state;
  const first = fresh.messages[0]?.position ?? 0;
  const joins = held !== undefined && fresh.hasMore && held.position >= first - 1;
  const thread: Thread = {
    messages: joins ? merged(held.messages, fresh.messages) : [...fresh.messages].sort(byPosition),
    position: fresh.position,
    early: held?.early ?? [],
    hasMore: joins ? held.hasMore : fresh.hasMore,
  };
  return settle({ ...state, threads: { ...state.threads, [id]: thread } }, id);
}

/** A page of history before the first message held. */
export function withHistory<C extends Conversation>(
  state: State<C>,
  id: string,
  page: { messages: readonly Message[]; hasMore: boolean },
): State<C> {
  const thread = state.threads[id];
  if (!thread) return state;
  const next = { ...thread, messages: merged(thread.messages, page.messages), hasMore: page.hasMore };
  return { ...state, threads: { ...state.threads, [id]: next } };
}

/** Stop following a conversation; its row stays. */
export function withoutThread<C extends Conversation>(state: State<C>, id: string): State<C> {
  const { [id]: dropped, ...threads } = state.threads;
  return dropped ? { ...state, threads } : state;
}

/** The conversations in which an event is known to be missing; ask the server for what came after their position. */
export function holes(state: State): string[] {
  return Object.keys(state.threads).filter((id) => (state.threads[id]?.early.length ?? 0) > 0);
}
