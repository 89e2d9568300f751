import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { outboxStorage } from '../../../static/console/state/kept.ts';
import type { Entry } from '../../../static/shared/outbox.ts';
import { wipeLeftovers } from '../../../static/shared/leftovers.ts';

function entry(client_id: string): Entry {
  return {
    client_id, conversation_id: 'c1', kind: 'reply', text: client_id, direction: 'ltr', attachments: [],
    created_at: `2026-11-21T10:00:0${client_id}Z`, state: 'sending', error: null,
  };
}

async function ids(owner: string): Promise<string[]> {
  return (await outboxStorage(owner).load()).map((one) => one.client_id);
}

describe('the kept outbox', () => {
  beforeEach(() => { vi.stubGlobal('indexedDB', new IDBFactory()); });

  it('gives the next page what this one did not send, oldest first', async () => {
    const kept = outboxStorage('acme:alice');
    await kept.save([entry('2'), entry('1')]);
    expect(kept.isLasting()).toBe(true);
    expect(await ids('acme:alice')).toEqual(['1', '2']);
    expect(await ids('acme:bob')).toEqual([]);
  });

  it('lets two pages of one operator keep theirs side by side', async () => {
    const [one, other] = [outboxStorage('acme:alice'), outboxStorage('acme:alice')];
    await one.save([entry('1')]);
    await other.save([entry('2')]);
    await one.save([]);
    expect(await ids('acme:alice')).toEqual(['2']);
  });

  it('is gone after log-out even while another page holds it open, which goes on in memory', async () => {
    const kept = outboxStorage('acme:alice');
    await kept.save([entry('1')]);
    await wipeLeftovers(['acme:alice', 'globex:alice']);
    expect(await ids('acme:alice')).toEqual([]);
    await kept.save([entry('1'), entry('2')]);
    expect(kept.isLasting()).toBe(false);
  });

  it.each([
    ['throws', { open: () => { throw new DOMException('no', 'SecurityError'); } }],
    ['is missing', undefined],
  ])('does without a database that %s', async (_how, database) => {
    vi.stubGlobal('indexedDB', database);
    const kept = outboxStorage('acme:alice');
    await kept.save([entry('1')]);
    expect(await kept.load()).toEqual([]);
    expect(kept.isLasting()).toBe(false);
    await wipeLeftovers(['acme:alice']);
  });
});
