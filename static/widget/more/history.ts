// Fetching what was said: the newest messages of a conversation, then older ones, then the conversation before it.
import { withConversation, withHistory, withThread } from '../../shared/reduce.ts';
import type { ContactConversation, Message } from '../../shared/types.ts';
import { request } from '../panel/session.ts';
import { conversations, current, earlier, state } from '../panel/state.ts';
import { transport } from '../panel/client.ts';

interface PageOfMessages {
  messages: Message[];
  has_more: boolean;
}

const LIMIT = 50;
let isLoading = false;

async function fetchPage(id: string, before?: number): Promise<PageOfMessages> {
  const query = `limit=${LIMIT}${before === undefined ? '' : `&before=${before}`}`;
  const response = await request(`/widget/conversations/${id}/messages?${query}`);
  return (await response.json()) as PageOfMessages;
}

/** Fetch the newest messages; from then on the conversation is followed from the position its row had. */
export async function load(conversation: ContactConversation): Promise<void> {
  const { id, position } = conversation;
  const page = position > 1 ? await fetchPage(id).catch(() => undefined) : { messages: [], has_more: false };
  if (page) state.value = withThread(state.value, id, { messages: page.messages, position, hasMore: page.has_more });
}

export function put(list: readonly ContactConversation[]): void {
  for (const conversation of list) state.value = withConversation(state.value, conversation);
  for (const conversation of list) {
    const { id } = conversation;
    if (state.value.threads[id]) transport.resume(id);
    else if (id === current.value?.id) void load(conversation);
  }
}

/** Show what came before the first message in view. Returns when it is there, or at once when there is nothing. */
export async function loadOlder(): Promise<void> {
  const list = conversations.value;
  const at = list.indexOf(current.value as ContactConversation) - earlier.value;
  const shown = list[at];
  const thread = shown && state.value.threads[shown.id];
  if (!thread || isLoading) return;
  isLoading = true;
  try {
    if (thread.hasMore) {
      const page = await fetchPage(shown.id, thread.messages[0]?.position);
      state.value = withHistory(state.value, shown.id, { messages: page.messages, hasMore: page.has_more });
    } else {
      const previous = list[at - 1];
      if (!previous) return;
      await load(previous);
      earlier.value += 1;
    }
  } catch {
    // Scrolling up again asks again.
  } finally {
    isLoading = false;
  }
}
