import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import { Live } from '../../../static/console/state/live.ts';
import { Store } from '../../../static/console/state/store.ts';
import { conversationRow, created, message } from '../shared/samples.ts';
import { boot } from './boot.ts';

let server: WebSocketServer;
let live: Live;

beforeEach(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await new Promise((done) => server.once('listening', done));
});

afterEach(() => {
  live.transport.stop();
  for (const socket of server.clients) socket.terminate();
  server.close();
});

describe('opening a conversation', () => {
  it('applies to its row, too, what was heard before the answer and belongs after it', async () => {
    server.on('connection', (socket) => {
      socket.send('{"type":"welcome"}');
      socket.on('message', (data: Buffer) => {
        const frame = JSON.parse(data.toString()) as { type: string; ref: string };
        if (frame.type !== 'open') return;
        // The page was away for events 2 and 3; the hint of event 4 overtakes the answer.
        socket.send(JSON.stringify(created(4)));
        const conversation = conversationRow({ position: 3, unread_count: 3 });
        socket.send(JSON.stringify({ type: 'ok', ref: frame.ref, conversation, messages: [1, 2, 3].map((at) => message(at)), has_more: false }));
      });
    });
    const row = conversationRow({ position: 1, unread_count: 1 });
    const store = new Store(boot([row], { conversation: { row, messages: [message(1)], has_more: false } }));
    const { port } = server.address() as { port: number };
    const quiet = { onBack: () => undefined, onWelcome: () => undefined, onVisitor: () => undefined, onEvent: () => undefined };
    live = new Live(store, `ws://127.0.0.1:${port}/`, quiet);
    void live.open('c1');
    live.transport.start();

    await vi.waitFor(() => { expect(store.core.value.threads['c1']?.position).toBe(4); });

    expect(store.row('c1')).toMatchObject({ position: 4, unread_count: 4 });
  });
});
