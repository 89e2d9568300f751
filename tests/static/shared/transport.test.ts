import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import type { WebSocket as ServerSocket } from 'ws';
import { delayBefore } from '../../../static/shared/backoff.ts';
import { Transport } from '../../../static/shared/transport.ts';
import type { Connection, Frame, TransportOptions } from '../../../static/shared/transport.ts';
import type { WireEvent } from '../../../static/shared/wire.ts';
import { created } from './samples.ts';

type Received = Record<string, unknown> & { type: string };

let server: WebSocketServer;
let sockets: ServerSocket[];
let received: Received[];
let transport: Transport;

function say(frame: unknown): void {
  sockets.at(-1)?.send(JSON.stringify(frame));
}

function frames(type: string): Received[] {
  return received.filter((frame) => frame.type === type);
}

beforeEach(async () => {
  sockets = [];
  received = [];
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket) => {
    sockets.push(socket);
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as Received;
      received.push(frame);
      if (frame.type === 'hello') socket.send('{"type":"welcome"}');
      if (frame.type === 'echo') socket.send(JSON.stringify({ type: 'ok', ref: frame['ref'], text: frame['text'] }));
      if (frame.type === 'refuse') {
        socket.send(JSON.stringify({ type: 'error', ref: frame['ref'], code: 'too_many_requests', detail: '', retry_after: 3 }));
      }
    });
  });
  await new Promise((done) => server.once('listening', done));
});

afterEach(() => {
  transport.stop();
  for (const socket of server.clients) socket.terminate();
  server.close();
});

interface Seen {
  events: WireEvent[][];
  connections: Connection[];
  reloads: (string | null)[];
  position: number;
}

function connect(change: Partial<TransportOptions> = {}): Seen {
  const seen: Seen = { events: [], connections: [], reloads: [], position: 0 };
  const { port } = server.address() as { port: number };
  transport = new Transport({
    url: () => `ws://127.0.0.1:${port}/`,
    hello: () => Promise.resolve({ type: 'hello', token: 't' }),
    onWelcome: () => undefined,
    onEvents: (events) => {
      seen.events.push([...events]);
      return [];
    },
    positionOf: (id) => (id === 'c1' ? seen.position : undefined),
    onReload: (id) => seen.reloads.push(id),
    onConnection: (connection) => seen.connections.push(connection),
    random: () => 0,
    ...change,
  });
  transport.start();
  return seen;
}

async function online(): Promise<void> {
  await vi.waitUntil(() => transport.isOnline);
}

describe('commands', () => {
  it('are answered by reference', async () => {
    connect();
    await online();
    const answers = await Promise.all(['a', 'b', 'c'].map((text) => transport.send('echo', { text })));
    expect(answers.map((answer) => answer['text'])).toEqual(['a', 'b', 'c']);
  });

  it('reject with the code of the server and the time to wait', async () => {
    connect();
    await online();
    await expect(transport.send('refuse')).rejects.toMatchObject({ code: 'too_many_requests', retryAfter: 3 });
  });

  it('reject at once without a connection, and when it is lost', async () => {
    connect();
    await expect(transport.send('echo')).rejects.toMatchObject({ code: 'disconnected' });
    await online();
    const pending = transport.send('unanswered');
    await vi.waitUntil(() => frames('unanswered').length === 1);
    sockets.at(-1)?.terminate();
    await expect(pending).rejects.toMatchObject({ code: 'disconnected' });
  });
});

describe('events', () => {
  it('arrive in one batch a frame', async () => {
    const seen = connect();
    await online();
    for (let position = 1; position <= 500; position += 1) say(created(position));
    await vi.waitUntil(() => seen.events.flat().length === 500);
    expect(seen.events.length).toBeLessThan(50);
  });

  it('that are missing are asked for after a moment', async () => {
    const seen = connect({ onEvents: () => ['c1'] });
    await online();
    say(created(5));
    await vi.waitUntil(() => frames('resume').length === 1);
    expect(frames('resume')[0]).toMatchObject({ conversation_id: 'c1', position: seen.position });
  });

  it('that a heartbeat shows to be missing are asked for', async () => {
    const seen = connect();
    await online();
    seen.position = 3;
    say({ type: 'heartbeat', heads: { c1: 3, other: 9 } });
    say({ type: 'heartbeat', heads: { c1: 4 } });
    await vi.waitUntil(() => frames('resume').length === 1);
    expect(frames('resume')[0]).toMatchObject({ position: 3 });
    const ref = String(frames('resume')[0]?.['ref']);
    say({ type: 'events', ref, conversation_id: 'c1', events: [created(4)], head: 4 });
    await vi.waitUntil(() => seen.events.length === 1);
    expect(seen.events[0]).toEqual([created(4)]);
  });

  it('that come in parts are asked for until there are no more', async () => {
    const seen = connect({
      onEvents: (events) => {
        seen.position += events.length;
        return [];
      },
    });
    await online();
    say({ type: 'heartbeat', heads: { c1: 5 } });
    for (const [asked, given] of [[0, 2], [2, 2], [4, 1]] as const) {
      await vi.waitUntil(() => frames('resume').at(-1)?.['position'] === asked);
      const events = Array.from({ length: given }, (_, index) => created(asked + index + 1));
      say({ type: 'events', ref: frames('resume').at(-1)?.['ref'], conversation_id: 'c1', events, head: 5 });
    }
    await vi.waitUntil(() => seen.position === 5);
    // A part that brings nothing is the last, whatever it says about the head.
    transport.resume('c1');
    await vi.waitUntil(() => frames('resume').length === 4);
    say({ type: 'events', ref: frames('resume').at(-1)?.['ref'], conversation_id: 'c1', events: [], head: 9 });
    await transport.send('echo');
    await transport.send('echo');
    expect(frames('resume').map((frame) => frame['position'])).toEqual([0, 2, 4, 5]);
  });

  it('are in the state before the answer that followed them is acted on', async () => {
    const order: string[] = [];
    connect({ onEvents: (events) => (order.push(...events.map((event) => event.type)), []) });
    await online();
    const answer = transport.send('custom').then(() => order.push('answer'));
    await vi.waitUntil(() => frames('custom').length === 1);
    say(created(1));
    say({ type: 'ok', ref: frames('custom')[0]?.['ref'] });
    await answer;
    expect(order).toEqual(['message.created', 'answer']);
  });

  it('too many to replay mean a fresh copy', async () => {
    const seen = connect();
    await online();
    say({ type: 'reload', conversation_id: 'c1', head: 900 });
    await vi.waitUntil(() => seen.reloads.length === 1);
    expect(seen.reloads).toEqual(['c1']);
  });
});

describe('the connection', () => {
  it('connects anew at a random moment when the server asks for it, and stays online until then', async () => {
    const seen = connect({ random: () => 0.5 });
    await vi.waitFor(() => { expect(transport.isOnline).toBe(true); });
    say({ type: 'reconnect', within: 0.4 });
    await new Promise((done) => setTimeout(done, 100));
    expect(sockets.length).toBe(1);
    expect((await transport.send('echo', { text: 'still' }))['text']).toBe('still');
    await vi.waitFor(() => { expect(frames('hello').length).toBe(2); });
    await vi.waitFor(() => { expect(transport.isOnline).toBe(true); });
    expect(seen.connections).toEqual(['connecting', 'online', 'connecting', 'online']);
    expect(seen.events).toEqual([]);
  });

  it('comes back by itself and says hello again', async () => {
    const seen = connect();
    await online();
    sockets.at(-1)?.close(1012);
    await vi.waitUntil(() => frames('hello').length === 2);
    await online();
    expect(seen.connections).toEqual(['connecting', 'online', 'waiting', 'connecting', 'online']);
  });

  it('is not long in coming back to a server that welcomes, however often it is cut', async () => {
    const timers = vi.spyOn(globalThis, 'setTimeout');
    connect({ random: () => 0.003 });
    for (let cut = 1; cut <= 6; cut += 1) {
      await online();
      sockets.at(-1)?.terminate();
      await vi.waitUntil(() => sockets.length === cut + 1);
    }
    const pauses = [0, 1, 2, 3].map((attempt) => delayBefore(attempt, () => 0.003)); // 2, 3, 6 and 12 ms
    const paused = timers.mock.calls.map(([, delay]) => delay).filter((delay) => pauses.includes(delay ?? 0));
    timers.mockRestore();
    expect(paused).toEqual([2, 3, 6, 6, 6, 6]);
  });

  it('is tried at once when the network is back', async () => {
    connect({ random: () => 1 });
    await online();
    sockets.at(-1)?.terminate();
    await vi.waitUntil(() => !transport.isOnline);
    const before = Date.now();
    dispatchEvent(new Event('online'));
    await online();
    expect(Date.now() - before).toBeLessThan(400);
  });

  it('stays down when the server refuses this client', async () => {
    const seen = connect();
    await online();
    sockets.at(-1)?.close(4403);
    await vi.waitUntil(() => seen.connections.at(-1) === 'refused');
    expect(sockets).toHaveLength(1);
  });

  it('renews a worn-out token before it comes back', async () => {
    let token = 'old';
    connect({
      hello: () => Promise.resolve<Frame>({ type: 'hello', token }),
      onUnauthenticated: () => {
        token = 'new';
        return Promise.resolve();
      },
    });
    await online();
    sockets.at(-1)?.close(4401);
    await vi.waitUntil(() => frames('hello').length === 2);
    expect(frames('hello').map((frame) => frame['token'])).toEqual(['old', 'new']);
  });

  it('fetches everything fresh when the server says so', async () => {
    const seen = connect();
    await online();
    sockets.at(-1)?.close(4409);
    await vi.waitUntil(() => seen.reloads.length === 1);
    expect(seen.reloads).toEqual([null]);
  });

  it('is given up when nothing is heard, even if the socket looks open', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const seen = connect();
    try {
      await vi.waitUntil(() => transport.isOnline, { interval: 5 });
      await vi.advanceTimersByTimeAsync(40_001);
      await vi.advanceTimersByTimeAsync(5_001);
      expect(seen.connections).toContain('waiting');
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('the delay before another attempt', () => {
  it('lies below a ceiling that doubles from half a second to half a minute', () => {
    expect([0, 1, 2, 5, 6, 20].map((attempt) => delayBefore(attempt, () => 1))).toEqual([500, 1000, 2000, 16000, 30000, 30000]);
    expect(delayBefore(9, () => 0)).toBe(0);
  });
});
