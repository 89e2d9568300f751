// Several conversations of one visitor: which is in view, what belongs to it, and what was being written in it.
import './document.ts';
import { beforeEach, describe, expect, it } from 'vitest';

import type { Entry } from '../../../static/shared/outbox.ts';
import { withConversation, withThread } from '../../../static/shared/reduce.ts';
import type { ContactConversation, Message } from '../../../static/shared/types.ts';
import { chosen, current, draft, earlier, entries, isChat, messages, state, waiting } from '../../../static/widget/panel/state.ts';
import { store, stored } from '../../../static/widget/panel/storage.ts';
import { openChat, openUnread } from '../../../static/widget/panel/switch.ts';

function conversation(id: string, minute: number, change: Partial<ContactConversation> = {}): ContactConversation {
  return {
    id, status: 'open', subject: '', language: 'en', operator: null, position: 1, read_position: 0, operators_seen_position: 0,
    unread_count: 0, last_message: null, created_at: `2026-01-01T00:0${minute}:00Z`, rating: null, ...change,
  };
}

function said(conversation_id: string, text: string): Message {
  return {
    id: text, conversation_id, kind: 'reply', client_id: text, author: { kind: 'contact', id: 'v', name: 'Vera' }, text,
    direction: 'ltr', attachments: [], line: null, created_at: '2026-01-01T00:00:00Z', position: 1,
  };
}

function waits(conversation_id: string | null, text: string): Entry {
  return {
    client_id: text, conversation_id, kind: 'reply', text, direction: 'ltr', attachments: [],
    created_at: '2026-01-01T00:00:00Z', state: 'sending', error: null,
  };
}

function write(text: string): void {
  draft.value = text;
  store({ draft: text });
}

const texts = (): string[] => messages.value.map(({ text }) => text);

beforeEach(() => {
  let held: typeof state.value = { ...state.value, conversations: {}, threads: {} };
  for (const [id, minute] of [['a', 1], ['b', 2], ['c', 3]] as const) {
    held = withConversation(held, conversation(id, minute));
    held = withThread(held, id, { messages: [said(id, `in ${id}`)], position: 1, hasMore: false });
  }
  state.value = held;
  store({ drafts: {}, draft: '', chosen: '' });
  chosen.value = '';
  draft.value = '';
  earlier.value = 0;
  entries.value = [];
  isChat.value = true;
});

describe('the conversation in view', () => {
  it('is the newest until another is chosen', () => {
    expect([current.value?.id, texts()]).toEqual(['c', ['in c']]);
    openChat('a');
    expect([current.value?.id, texts()]).toEqual(['a', ['in a']]);
  });

  it('has those before it above it, and never one after it', () => {
    openChat('b');
    earlier.value = 5;
    expect(texts()).toEqual(['in a', 'in b']);
  });

  it('is none while a new one is wanted', () => {
    openChat('new');
    expect([current.value, texts()]).toEqual([undefined, []]);
  });

  it('is the newest again when the chosen one is not known', () => {
    openChat('gone');
    expect(current.value?.id).toBe('c');
  });

  it('is remembered for the next page', () => {
    openChat('b');
    expect(stored.chosen).toBe('b');
  });

  it('stays when the chat is opened without naming one', () => {
    openChat('b');
    isChat.value = false;
    openChat();
    expect([current.value?.id, isChat.value]).toEqual(['b', true]);
  });
});

describe('what is being written', () => {
  it('stays in its conversation and comes back with it', () => {
    write('for c');
    openChat('a');
    expect(draft.value).toBe('');
    write('for a');
    openChat('new');
    expect(draft.value).toBe('');
    write('for a new one');
    openChat('c');
    expect(draft.value).toBe('for c');
    openChat('a');
    expect(draft.value).toBe('for a');
    openChat('new');
    expect([draft.value, stored.draft]).toEqual(['for a new one', 'for a new one']);
  });

  it('is not taken away by choosing what is in view already', () => {
    write('for c');
    openChat('c');
    expect(draft.value).toBe('for c');
  });
});

describe('what waits to be sent', () => {
  it('is shown in its own conversation alone', () => {
    entries.value = [waits('a', 'one'), waits('c', 'two')];
    expect(waiting.value.map(({ text }) => text)).toEqual(['two']);
    openChat('a');
    expect(waiting.value.map(({ text }) => text)).toEqual(['one']);
  });

  it('is shown in the new conversation that it begins', () => {
    openChat('new');
    entries.value = [waits(null, 'first'), waits('a', 'other')];
    expect(waiting.value.map(({ text }) => text)).toEqual(['first']);
    openChat('a');
    expect(waiting.value.map(({ text }) => text)).toEqual(['other']);
  });
});

describe('opening the panel', () => {
  it('shows what was not read yet', () => {
    state.value = withConversation(state.value, conversation('b', 2, { position: 2, unread_count: 1 }));
    isChat.value = false;
    openUnread();
    expect([current.value?.id, isChat.value]).toEqual(['b', true]);
  });

  it('stays where one was when everything is read', () => {
    isChat.value = false;
    openUnread();
    expect(isChat.value).toBe(false);
  });
});
