// A view's filter as a tree that is edited: conditions, and groups of them. Pure; the server checks it.
import type { View } from './lists.ts';

export const FIELDS = [
  'status', 'operator', 'team', 'inbox', 'channel', 'tag', 'contact_tag', 'priority', 'language', 'unread', 'waiting', 'created', 'updated', 'contact', 'spam',
] as const;
export type Field = (typeof FIELDS)[number];
export type Op = 'is' | 'is_not' | 'has' | 'has_not' | 'over' | 'within_days' | 'before' | 'after' | 'contains';
export type Value = readonly string[] | boolean | number | string;

export interface Condition {
  /** Keeps a row of the editor the same row while others come and go. */
  readonly key: number;
  readonly field: Field;
  readonly op: Op;
  readonly value: Value;
}

export interface Group {
  readonly key: number;
  readonly joined: 'all' | 'any';
  readonly parts: readonly Part[];
}

export type Part = Condition | Group;
/** Where a part is: the index in the outermost group, in the group there, and so on. */
export type Path = readonly number[];

export const MOST_DEPTH = 3;
export const MOST_CONDITIONS = 20;

const LISTED: readonly Op[] = ['is', 'is_not'];
const DATED: readonly Op[] = ['within_days', 'before', 'after'];
export const OPS: Readonly<Record<Field, readonly Op[]>> = {
  status: LISTED, operator: LISTED, team: LISTED, inbox: LISTED, channel: LISTED, priority: LISTED, language: LISTED,
  tag: ['has', 'has_not'], contact_tag: ['has', 'has_not'], unread: ['is'], spam: ['is'], waiting: ['over'], created: DATED, updated: DATED, contact: ['contains'],
};

let keys = 0;
function key(): number {
  keys += 1;
  return keys;
}

/** What is chosen first; nothing yet where something must be chosen. */
function firstValue(field: Field, op: Op): Value {
  if (op === 'over') return 30;
  if (op === 'within_days') return 7;
  if (field === 'unread' || field === 'spam') return true;
  return op === 'before' || op === 'after' || op === 'contains' ? '' : [];
}

export function condition(field: Field = 'status', op: Op = OPS[field][0] ?? 'is', value: Value = firstValue(field, op)): Condition {
  return { key: key(), field, op, value };
}

export function group(parts: readonly Part[], joined: Group['joined'] = 'all'): Group {
  return { key: key(), joined, parts };
}

export function isGroup(part: Part): part is Group {
  return 'parts' in part;
}

/** The same condition about something else, or in another way; a value that still fits is kept. */
export function turned(before: Condition, field: Field, op: Op): Condition {
  const value = firstValue(field, op);
  const fits = before.field === field && Array.isArray(before.value) === Array.isArray(value) && typeof before.value === typeof value;
  return { ...before, field, op, value: fits ? before.value : value };
}

export function depthOf(part: Part): number {
  return isGroup(part) ? 1 + Math.max(0, ...part.parts.map(depthOf)) : 0;
}

export function conditionsOf(part: Part): readonly Condition[] {
  return isGroup(part) ? part.parts.flatMap(conditionsOf) : [part];
}

/** The tree with another part at a place; without it, and without a group that it leaves empty, when `part` is null. */
export function replaced(tree: Group, path: Path, part: Part | null): Group {
  const [index, ...rest] = path;
  if (index === undefined) return part && isGroup(part) ? part : tree;
  const inner = tree.parts[index];
  const next = rest.length && inner && isGroup(inner) ? replaced(inner, rest, part) : part;
  const gone = next === null || (isGroup(next) && next.parts.length === 0);
  return { ...tree, parts: gone ? tree.parts.filter((_one, at) => at !== index) : tree.parts.map((one, at) => (at === index ? next : one)) };
}

function isChosen({ value }: Condition): boolean {
  return typeof value === 'boolean' || (typeof value === 'number' ? value > 0 : value.length > 0);
}

/** Whether everything has been filled in. */
export function isWhole(tree: Group): boolean {
  const all = conditionsOf(tree);
  return all.length > 0 && all.length <= MOST_CONDITIONS && all.every(isChosen);
}

/** Whether time alone lets conversations in or out. */
export function isTimely(tree: Group): boolean {
  return conditionsOf(tree).some(({ op }) => op === 'over' || op === 'within_days');
}

/** As the API takes it. */
export function toWire(tree: Group): Record<string, unknown> {
  return {
    [tree.joined]: tree.parts.map((part) => (isGroup(part) ? toWire(part) : { field: part.field, op: part.op, value: part.value })),
  };
}

/** From what the API gave; an empty group for what it never gives. */
export function fromWire(wire: Readonly<Record<string, unknown>>): Group {
  const joined = 'any' in wire ? 'any' : 'all';
  const parts = (wire[joined] ?? []) as readonly Record<string, unknown>[];
  return group(parts.map((part) => ('field' in part ? { ...(part as unknown as Condition), key: key() } : fromWire(part))), joined);
}

/** A filter like one of the usual lists, to begin a view with. */
export function likeList(view: View): Group {
  const isOpen = view === 'mine' || view === 'unassigned' || view === 'all';
  const parts: Part[] = [condition('status', 'is', [isOpen ? 'open' : view])];
  if (view === 'mine') parts.push(condition('operator', 'is', ['me']));
  if (view === 'unassigned') parts.push(condition('operator', 'is', ['none']));
  return group(parts);
}
