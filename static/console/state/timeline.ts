// A thread as it is drawn: days, groups of one author, the line above what is new, event lines. Pure.
import { sameDay } from '../../shared/format.ts';
import type { Entry } from '../../shared/outbox.ts';
import type { Message } from '../../shared/types.ts';

export type Item =
  | { type: 'day'; key: string; at: string }
  | { type: 'unread'; key: string }
  | { type: 'line'; key: string; message: Message }
  | { type: 'message'; key: string; message: Message; isFirst: boolean; isLast: boolean }
  | { type: 'outgoing'; key: string; entry: Entry };

const GROUP_MS = 5 * 60_000;

function together(a: Message | undefined, b: Message | undefined): boolean {
  if (!a || !b || a.kind !== b.kind || a.kind === 'event') return false;
  if (a.author.kind !== b.author.kind || a.author.id !== b.author.id || a.author.name !== b.author.name) return false;
  return Date.parse(b.created_at) - Date.parse(a.created_at) < GROUP_MS && sameDay(a.created_at, b.created_at);
}

/** `unreadFrom`: position of the first unread message; the line stands above it. */
export function timeline(messages: readonly Message[], outgoing: readonly Entry[], unreadFrom: number | null): Item[] {
  const items: Item[] = [];
  messages.forEach((message, index) => {
    const before = messages[index - 1];
    if (!before || !sameDay(before.created_at, message.created_at)) {
      items.push({ type: 'day', key: `day ${message.created_at}`, at: message.created_at });
    }
    const divides = message.position === unreadFrom;
    if (divides) items.push({ type: 'unread', key: 'unread' });
    if (message.kind === 'event') items.push({ type: 'line', key: message.id, message });
    else {
      const after = messages[index + 1];
      items.push({
        type: 'message',
        // The same key before and after the server has it: the bubble stays, only its state changes.
        key: message.client_id ?? message.id,
        message,
        isFirst: divides || !together(before, message),
        isLast: after?.position === unreadFrom || !together(message, after),
      });
    }
  });
  const held = new Set(messages.map((message) => message.client_id));
  for (const entry of outgoing) {
    if (!held.has(entry.client_id)) items.push({ type: 'outgoing', key: entry.client_id, entry });
  }
  return items;
}

export interface Receipts {
  /** Id of the last of our replies that the contact has seen. */
  seen: string | null;
  /** Id of our last reply, when it is not the seen one, and whether it has reached the contact's browser. */
  last: string | null;
  isDelivered: boolean;
}

/** How far our replies got. Positions of the contact's numbering. */
export function receipts(messages: readonly Message[], readPosition: number, deliveredPosition: number): Receipts {
  const ours = messages.filter((one) => one.kind === 'reply' && one.author.kind !== 'contact' && typeof one.contact_position === 'number');
  const last = ours.at(-1);
  const seen = ours.findLast((one) => (one.contact_position ?? Infinity) <= readPosition);
  return {
    seen: seen?.id ?? null,
    last: last && last.id !== seen?.id ? last.id : null,
    isDelivered: (last?.contact_position ?? Infinity) <= deliveredPosition,
  };
}
