import { describe, expect, it, vi } from 'vitest';
import { Outbox } from '../../../static/shared/outbox.ts';
import type { Entry } from '../../../static/shared/outbox.ts';
import { CommandError } from '../../../static/shared/transport.ts';
import type { Message } from '../../../static/shared/types.ts';
import { message, seeded, vera } from './samples.ts';

/** A server that stores each client id once, and may lose the request, or the answer, or refuse. */
class Server {
  stored: Message[] = [];
  constructor(private readonly fate: (entry: Entry) => 'stored' | 'lost' | 'unanswered' | 'refused') {}

  deliver = async (entry: Entry): Promise<Message> => {
    await Promise.resolve();
    const fate = this.fate(entry);
    if (fate === 'lost') throw new CommandError({ code: 'disconnected', detail: '' });
    if (fate === 'refused') throw new CommandError({ code: 'too_large', detail: 'Too long' });
    let found = this.stored.find((other) => other.client_id === entry.client_id);
    if (!found) {
      found = message(this.stored.length + 1, vera, { client_id: entry.client_id, text: entry.text });
      this.stored.push(found);
    }
    if (fate === 'unanswered') throw new CommandError({ code: 'timeout', detail: '' });
    return found;
  };
}

function box(server: Server, kept: Entry[] = [], random = (): number => 0): { outbox: Outbox; saved: () => readonly Entry[] } {
  let saved: readonly Entry[] = kept;
  const storage = {
    load: () => kept,
    save: (entries: readonly Entry[]) => {
      saved = structuredClone(entries);
    },
  };
  return { outbox: new Outbox({ storage, deliver: server.deliver, onChange: () => undefined, random }), saved: () => saved };
}

describe('the outbox', () => {
  it('delivers everything once and in order over a bad connection', async () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const random = seeded(seed);
      const server = new Server(() => (['stored', 'lost', 'unanswered'] as const)[Math.floor(random() * 3)] ?? 'stored');
      const { outbox } = box(server);
      const texts = Array.from({ length: 8 }, (_, index) => `Message ${index}`);
      for (const text of texts) outbox.add({ conversation_id: 'c1', text });
      await vi.waitUntil(() => outbox.entries.every((entry) => entry.state === 'sent'), { interval: 1 });
      expect(server.stored.map((entry) => entry.text), `seed ${seed}`).toEqual(texts);
      outbox.settle(server.stored);
      expect(outbox.entries).toEqual([]);
    }
  });

  it('keeps what was refused, with the reason, and goes on with the next', async () => {
    const server = new Server((entry) => (entry.text === 'too long' ? 'refused' : 'stored'));
    const { outbox, saved } = box(server);
    const refused = outbox.add({ conversation_id: 'c1', text: 'too long' });
    outbox.add({ conversation_id: 'c1', text: 'short' });
    await vi.waitUntil(() => server.stored.length === 1);
    expect(saved()).toMatchObject([{ text: 'too long', state: 'failed', error: 'too_large' }]);
    expect(outbox.discard(refused.client_id)?.text).toBe('too long');
    expect(saved()).toEqual([]);
  });

  it('retries a failed message under its old client id', async () => {
    let refuse = true;
    const server = new Server(() => (refuse ? 'refused' : 'stored'));
    const { outbox } = box(server);
    const entry = outbox.add({ conversation_id: 'c1', text: 'Hello' });
    await vi.waitUntil(() => outbox.entries[0]?.state === 'failed');
    refuse = false;
    outbox.retry(entry.client_id);
    await vi.waitUntil(() => server.stored.length === 1);
    expect(server.stored[0]?.client_id).toBe(entry.client_id);
  });

  it('takes up after a reload what was not acknowledged, and nothing else', async () => {
    const offline = new Server((entry) => (entry.text === 'first' ? 'stored' : 'lost'));
    const { outbox, saved } = box(offline, [], () => 1);
    outbox.add({ conversation_id: 'c1', text: 'first' });
    outbox.add({ conversation_id: 'c1', text: 'second' });
    await vi.waitUntil(() => outbox.entries[0]?.state === 'sent');
    const kept = [...saved()];
    expect(kept.map((entry) => entry.text)).toEqual(['second']);
    const online = new Server(() => 'stored');
    const next = box(online, kept);
    await next.outbox.restore();
    next.outbox.flush();
    await vi.waitUntil(() => online.stored.length === 1);
    expect(online.stored[0]?.client_id).toBe(kept[0]?.client_id);
  });

  it('lets nothing overtake the message that begins the conversation', async () => {
    const sent: string[] = [];
    const outbox: Outbox = new Outbox({
      storage: { load: () => [], save: () => undefined },
      onChange: () => undefined,
      deliver: async (entry) => {
        if (entry.text === 'first') {
          await new Promise((done) => setTimeout(done, 5));
          outbox.adopt('c1');
          outbox.flush();
          await new Promise((done) => setTimeout(done, 20));
        }
        sent.push(entry.text);
        return message(sent.length, vera, { client_id: entry.client_id });
      },
    });
    outbox.add({ conversation_id: null, text: 'first' });
    outbox.add({ conversation_id: null, text: 'second' });
    outbox.add({ conversation_id: null, text: 'third' });
    await vi.waitUntil(() => sent.length === 3);
    expect(sent).toEqual(['first', 'second', 'third']);
    expect(outbox.entries.map((entry) => entry.conversation_id)).toEqual(['c1', 'c1', 'c1']);
  });

  it('takes no more than fifty that wait, and more again when some have gone', async () => {
    let isUp = false;
    const server = new Server(() => (isUp ? 'stored' : 'refused'));
    const { outbox, saved } = box(server);
    for (let n = 0; n < 50; n += 1) outbox.add({ conversation_id: 'c1', text: String(n) });
    await vi.waitFor(() => { expect(saved().filter((entry) => entry.state === 'failed')).toHaveLength(50); });
    expect(outbox.isFull).toBe(true);
    isUp = true;
    outbox.retry(saved()[0]?.client_id ?? '');
    await vi.waitFor(() => { expect(outbox.isFull).toBe(false); });
    expect(server.stored.map((one) => one.text)).toEqual(['0']);
  });

  it('sends what another page left behind as soon as it is taken up, and not again what is under way', async () => {
    const server = new Server(() => 'stored');
    const first = box(server);
    const entry = first.outbox.add({ conversation_id: 'c1', text: 'One' });
    const second = box(server, [{ ...entry, client_id: 'of-another-page', text: 'Two' }, entry]);
    await second.outbox.restore();
    await second.outbox.restore();
    await vi.waitFor(() => { expect(second.outbox.entries.map((one) => one.state)).toEqual(['sent', 'sent']); });
    await vi.waitFor(() => { expect(first.outbox.entries[0]?.state).toBe('sent'); });
    expect(server.stored.map((one) => one.text).sort()).toEqual(['One', 'Two']);
  });
});
