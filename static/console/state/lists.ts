// The lists: which conversation belongs where, and in which order. Pure.
import type { ConversationRow, Priority } from '../../shared/types.ts';
import type { Counts } from '../boot.ts';

export const VIEWS = ['mine', 'unassigned', 'all', 'pending', 'snoozed', 'resolved'] as const;
export type View = (typeof VIEWS)[number];
/** How a list may be sorted, and what the REST API calls it. */
export const SORTS = { newest: '-last_activity_at', waiting: 'waiting', oldest: 'created_at', priority: 'priority' } as const;
export type Sort = keyof typeof SORTS;

export interface Filter {
  readonly view: View;
  /** A saved view instead of `view`: what belongs to it, only the server can tell. */
  readonly saved: string | null;
  readonly inbox: string | null;
  /** By name: tags are sets of names in the API. */
  readonly tag: string | null;
  readonly sort: Sort;
}

/** No conversation lies there. */
export const NOBODY: ReadonlySet<string> = new Set();
const RANKS: Readonly<Record<Priority, number>> = { none: 0, low: 1, medium: 2, high: 3, urgent: 4 };

export const FIRST: Filter = { view: 'mine', saved: null, inbox: null, tag: null, sort: 'newest' };

export function isSort(value: unknown): value is Sort {
  return typeof value === 'string' && Object.hasOwn(SORTS, value);
}

/** What the console calls an order of the REST API. */
export function sortNamed(name: string): Sort {
  return (Object.keys(SORTS) as Sort[]).find((sort) => SORTS[sort] === name) ?? FIRST.sort;
}

/** Where the order of a list is remembered. */
export function listKey(filter: Filter): string {
  return filter.saved ?? filter.view;
}

/** Names one list: what is in it, and in which order. */
export function keyOf(filter: Filter): string {
  return JSON.stringify([listKey(filter), filter.inbox, filter.tag, filter.sort]);
}

export function isView(value: unknown): value is View {
  return (VIEWS as readonly unknown[]).includes(value);
}

function inView(row: ConversationRow, view: View, me: string): boolean {
  if (view === 'pending' || view === 'snoozed' || view === 'resolved') return row.status === view;
  if (row.status !== 'open') return false;
  if (view === 'mine') return row.operator?.id === me;
  return view === 'all' || row.operator === null;
}

/**
 * Whether a conversation belongs to the list. Spam belongs to none but saved views, whose `members` the server names.
 */
export function belongs(row: ConversationRow, filter: Filter, me: string, members: ReadonlySet<string> = NOBODY): boolean {
  if (filter.sort === 'waiting' && row.waiting_since === null) return false;
  if (filter.saved !== null) return members.has(row.id);
  if (row.is_spam) return false;
  if (filter.inbox !== null && row.inbox_id !== filter.inbox) return false;
  if (filter.tag !== null && !row.tags.some((tag) => tag.name === filter.tag)) return false;
  return inView(row, filter.view, me);
}

/** What a list is ordered by, as one comparable string: an ISO time, and the id to keep ties still. */
export function orderKey(row: ConversationRow, sort: Sort): string {
  const first = {
    newest: row.last_activity_at,
    waiting: row.waiting_since ?? '',
    oldest: row.created_at,
    priority: `${RANKS[row.priority]}|${row.last_activity_at}`,
  }[sort];
  return `${first}|${row.id}`;
}

/** Whether the smallest key comes first. */
function isRising(sort: Sort): boolean {
  return sort === 'waiting' || sort === 'oldest';
}

export function compare(a: ConversationRow, b: ConversationRow, sort: Sort): number {
  const left = orderKey(a, sort);
  const right = orderKey(b, sort);
  if (left === right) return 0;
  return (left < right ? -1 : 1) * (isRising(sort) ? 1 : -1);
}

/**
 * The ids of a list, in order. `until`: the order key of the last row fetched from the server; rows known from other
 * lists that lie beyond it are left out, since what lies between is not here yet. Null when the list is complete.
 */
export function arranged(
  rows: readonly ConversationRow[], filter: Filter, me: string, until: string | null, members: ReadonlySet<string> = NOBODY,
): string[] {
  const beyond = (row: ConversationRow): boolean => {
    if (until === null) return false;
    const key = orderKey(row, filter.sort);
    return isRising(filter.sort) ? key > until : key < until;
  };
  return rows
    .filter((row) => belongs(row, filter, me, members) && !beyond(row))
    .sort((a, b) => compare(a, b, filter.sort))
    .map((row) => row.id);
}

/** The query of the REST API that fetches the list. */
export function queryOf(filter: Filter, cursor: string | null): Record<string, string> {
  const isStatus = filter.view === 'pending' || filter.view === 'snoozed' || filter.view === 'resolved';
  const query: Record<string, string> = { sort: SORTS[filter.sort], limit: '50' };
  if (filter.saved !== null) query['view'] = filter.saved;
  else {
    query['status'] = isStatus ? filter.view : 'open';
    if (filter.view === 'mine') query['assignee'] = 'me';
    if (filter.view === 'unassigned') query['assignee'] = 'none';
  }
  if (filter.inbox !== null) query['inbox'] = filter.inbox;
  if (filter.tag !== null) query['tag'] = filter.tag;
  if (cursor !== null) query['cursor'] = cursor;
  return query;
}

const COUNTED = ['mine', 'unassigned', 'all', 'pending', 'snoozed'] as const satisfies readonly View[];

function memberships(row: ConversationRow, me: string): (keyof Counts)[] {
  return COUNTED.filter((view) => belongs(row, { ...FIRST, view }, me));
}

/**
 * The counts after one conversation changed from `before` (undefined: it is new) to `after`; `counts` itself when it is
 * in the same lists as before.
 */
export function recounted(counts: Counts, before: ConversationRow | undefined, after: ConversationRow, me: string): Counts {
  const were = before ? memberships(before, me) : [];
  const are = memberships(after, me);
  if (were.join() === are.join()) return counts;
  const next = { ...counts };
  for (const list of were) next[list] = Math.max(0, next[list] - 1);
  for (const list of are) next[list] += 1;
  return next;
}

/**
 * The list as it is shown while the reader's pointer rests on it: rows keep their places, newcomers wait.
 * Returns the shown ids and how many newcomers wait above.
 */
export function held(frozen: readonly string[], current: readonly string[]): { shown: string[]; waiting: number } {
  const known = new Set(frozen);
  const last = frozen.reduce((most, id) => Math.max(most, current.indexOf(id)), -1);
  // What comes after everything frozen is history that was scrolled to: it may be added, nothing shifts.
  const tail = current.filter((id, index) => index > last && !known.has(id));
  return { shown: [...frozen, ...(last >= 0 || frozen.length === 0 ? tail : [])], waiting: current.filter((id) => !known.has(id)).length - tail.length };
}
