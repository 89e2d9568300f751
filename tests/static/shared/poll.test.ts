import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Transport } from '../../../static/shared/transport.ts';
import type { Connection } from '../../../static/shared/transport.ts';
import type { WireEvent } from '../../../static/shared/wire.ts';
import { Site } from './poll_site.ts';
import { created } from './samples.ts';

let site: Site;
let transport: Transport;
let events: WireEvent[];
let connections: Connection[];
let fetched: number;

/** A fresh page: nothing is known of its network. */
function visit(): void {
  vi.resetModules();
  events = [];
  connections = [];
  fetched = 0;
  transport = new Transport({
    url: () => site.url,
    hello: () => Promise.resolve({ type: 'hello', token: 't' }),
    onWelcome: () => undefined,
    onEvents: (some) => (events.push(...some), []),
    positionOf: () => undefined,
    onReload: () => undefined,
    onConnection: (now) => connections.push(now),
    random: () => 0.5,
  });
  transport.fallback = async () => {
    fetched += 1;
    transport.open = (await import('../../../static/shared/poll.ts')).default;
  };
  transport.start();
}

async function online(): Promise<void> {
  await vi.waitUntil(() => transport.isOnline, { timeout: 10_000 });
}

beforeEach(async () => {
  site = new Site();
  await site.listen();
});

afterEach(() => {
  transport.stop();
  site.close();
});

describe('where sockets are blocked', () => {
  it('two that did not open are followed by polls, which carry commands, answers and events', async () => {
    visit();
    await online();
    expect(connections).toEqual(['connecting', 'waiting', 'connecting', 'waiting', 'connecting', 'online']);
    expect([fetched, site.opened, site.sockets]).toEqual([1, 1, 0]);
    const answers = await Promise.all(['a', 'b', 'c'].map((text) => transport.send('echo', { text })));
    expect(answers.map((answer) => answer['text'])).toEqual(['a', 'b', 'c']);
    for (let position = 1; position <= 100; position += 1) site.say(created(position));
    await vi.waitUntil(() => events.length === 100);
    expect(events).toEqual(Array.from({ length: 100 }, (_, index) => created(index + 1)));
  });

  it('a lost answer loses no frame and doubles none, in neither direction', async () => {
    visit();
    await online();
    site.loses = 2;
    const answer = await transport.send('echo', { text: 'once' });
    site.loses = 1;
    site.say(created(1));
    site.say(created(2));
    await vi.waitUntil(() => events.length >= 2, { timeout: 10_000 });
    expect(answer['text']).toBe('once');
    expect(site.said.filter((frame) => frame.type === 'echo')).toHaveLength(1);
    expect((await transport.send('echo', { text: 'after' }))['text']).toBe('after');
    expect(events).toEqual([created(1), created(2)]);
    expect(site.opened).toBe(1);
  });

  it('a session that is over is followed by another, without trying a socket first', async () => {
    visit();
    await online();
    site.forget();
    await vi.waitUntil(() => site.opened === 2, { timeout: 10_000 });
    await online();
    expect(site.said.map((frame) => frame.type)).toEqual(['hello', 'hello']);
    expect(connections.slice(5)).toEqual(['online', 'waiting', 'connecting', 'online']);
  });

  it('the close code of the server is obeyed', async () => {
    visit();
    await online();
    site.say({ type: 'close', code: 4403 });
    await vi.waitUntil(() => connections.at(-1) === 'refused');
    expect(site.left).toEqual([]);
  });

  it('who stops tells the server', async () => {
    visit();
    await online();
    transport.stop();
    await vi.waitUntil(() => site.left.length === 1);
    expect(site.left).toEqual(['session 1']);
  });

  it('a site that answers neither is asked for both in turn', async () => {
    site.status = 502;
    visit();
    await vi.waitUntil(() => connections.filter((now) => now === 'connecting').length >= 4, { timeout: 10_000 });
    expect(site.opened).toBe(0);
    site.status = 0;
    await online();
  }, 20_000);
});

describe('where sockets open', () => {
  it('nothing else is fetched, however often they are cut', async () => {
    site.blocks = false;
    visit();
    await online();
    for (const count of [2, 3, 4]) {
      site.cut();
      await vi.waitUntil(() => site.sockets === count, { timeout: 10_000 });
      await online();
    }
    expect([fetched, site.opened, site.sockets]).toEqual([0, 0, 4]);
  });

  it('again, polls make room for them', async () => {
    visit();
    await online();
    site.blocks = false;
    dispatchEvent(new Event('online'));
    await vi.waitUntil(() => site.left.length === 1, { timeout: 10_000 });
    await online();
    expect((await transport.send('echo', { text: 'by socket' }))['text']).toBe('by socket');
    expect(site.sockets).toBe(2); // one to look, one to stay
    site.cut();
    await vi.waitUntil(() => site.sockets === 3, { timeout: 10_000 });
    expect(site.opened).toBe(1);
  });
});
