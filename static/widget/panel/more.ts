// What the second half of the panel brings. It is fetched while the first half is painted and the session
// opened; until it is there one can read the greeting and write, and what was written waits.
import type { ComponentChildren, ComponentType } from 'preact';
import type { Attachment, ContactConversation, Line, Message } from '../../shared/types.ts';
import type { WireEvent } from '../../shared/wire.ts';

export interface More {
  /** Put events into the state. Returns the conversations in which one is missing. */
  take: (events: readonly WireEvent[]) => string[];
  /** Take in conversations as the server just described them; those in view are brought up to date. */
  put: (conversations: readonly ContactConversation[]) => void;
  /** Fetch a conversation anew. */
  load: (conversation: ContactConversation) => Promise<void>;
  /** Show what came before the first message in view. */
  loadOlder: () => Promise<void>;
  /** The way back, or to the home, in the header. */
  Back: ComponentType;
  /** The home and what lies behind it, in the place of the thread. */
  Screen: ComponentType;
  /** Something may have changed of what stands around the chat. */
  refresh: () => void;
  /** The button of the menu and the menu itself, in the header. */
  Menu: ComponentType;
  /** What asks for something at the end of the thread: languages, name and e-mail, a rating. */
  Cards: ComponentType;
  /** Notices and chips above the composer. */
  Above: ComponentType;
  AttachButton: ComponentType;
  Files: ComponentType<{ files: readonly Attachment[]; isOwn: boolean }>;
  /** A text with its links. */
  rich: (text: string) => ComponentChildren;
  line: (line: Line, message: Message) => string;
  /** "Today", "Friday, 20 November". */
  day: (time: string) => string;
  time: (time: string) => string;
  /** Why something was refused, in words. */
  problem: (code: string) => string;
  /** When somebody will be there, or that they are. */
  status: () => string;
  /** Ids of what was uploaded for the message being written; the list is then empty. */
  takeFiles: () => readonly Attachment[];
  /** Whether sending must wait: an upload is under way, or an answer is still owed. */
  isHolding: () => boolean;
  read: (id: string, position: number) => void;
  /** Before a conversation begins: what else is known about the visitor. */
  identity: () => { name?: string; email?: string };
}
