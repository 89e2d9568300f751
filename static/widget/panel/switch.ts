// From one conversation to another, with what is being written in each.
import { afterChange } from './client.ts';
import { atEnd, chosen, conversations, current, draft, earlier, isChat, more, refusal, state } from './state.ts';
import { store, stored } from './storage.ts';
import { takeFocus } from './views/composer.tsx';

/** What is being written is kept under the conversation in view, which may not be known yet; under nothing for a new one. */
function shown(): string {
  return current.value?.id ?? (chosen.value === 'new' ? '' : chosen.value);
}

/** Show a conversation, by its id, or one to begin (`new`); the one that is chosen already when none is named. */
export function openChat(id = chosen.value): void {
  const before = shown();
  chosen.value = id;
  const after = shown();
  const { drafts } = stored;
  store({ chosen: id });
  if (after !== before) {
    store({ drafts: { ...drafts, [before]: draft.value, [after]: '' }, draft: (draft.value = drafts[after] ?? '') });
    refusal.value = '';
    earlier.value = 0;
  }
  isChat.value = atEnd.value = true;
  if (current.value && !state.value.threads[after]) void more.value?.load(current.value);
  queueMicrotask(takeFocus);
  afterChange();
}

/** Of several conversations the one that has something to read. */
export function openUnread(): void {
  const unread = conversations.value.findLast(({ unread_count }) => unread_count);
  if (unread && !(isChat.value && current.value?.unread_count)) openChat(unread.id);
}
